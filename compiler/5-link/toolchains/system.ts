/** A clang and a linker that the machine has on its PATH. */
import { basename } from 'node:path';
import { run } from '../process.ts';
import type { Tool } from '../process.ts';
import type { ToolchainProbe } from '../types.ts';
import { compileWithClang } from './clang.ts';
import type { Link } from './clang.ts';
import { linkElf } from './elf.ts';
import { toolFailure } from './failure.ts';
import { findPrograms } from './path.ts';
import type { Environment } from './path.ts';

/** The first whose assembly has opaque pointers without an option. */
const oldestClang = 15;
/** Apple counts otherwise: its 15 is the first that is made of LLVM 15 or later in every release. */
const oldestAppleClang = 15;
/** The newest that distributions may install under a name with its number. */
const newestNumbered = 30;

const numbers = Array.from(
  { length: newestNumbered - oldestClang + 1 },
  (_, index) => newestNumbered - index,
);
const numbered = (name: string): string[] => [
  name,
  ...numbers.map((number) => `${name}-${number}`),
];

/** The names under which the toolchain looks for its programs; the first that is there wins. */
export const systemPrograms = {
  clang: numbered('clang'),
  linker: [...numbered('ld.lld'), 'ld'],
  archiver: [...numbered('llvm-ar'), 'ar'],
} as const;

/** The toolchain, or what the PATH lacks. */
export async function probeSystem(env: Environment = process.env): Promise<ToolchainProbe> {
  const name = 'system';
  const missing = (problem: string): ToolchainProbe => ({
    name,
    toolchain: undefined,
    problem,
    mend: mends[process.platform] ?? `install clang ${oldestClang} or later with lld`,
  });
  if (process.platform === 'win32') return missing('it is not supported on Windows');
  const files = await findPrograms(systemPrograms.clang, env);
  const versions = await Promise.all(files.map(clangVersion));
  const index = versions.findIndex((version) => version?.isNewEnough);
  const [clang, version] = [files[index], versions[index]];
  if (clang === undefined || version === undefined) {
    const old = versions.find((candidate) => candidate !== undefined);
    return missing(
      old ? `${old.text} is older than ${oldestClang}` : 'there is no clang on the PATH',
    );
  }
  // Apple's clang knows its linker.
  const linker = process.platform === 'darwin' ? clang : await findLinker(env);
  if (linker === undefined) return missing('there is no ld.lld and no ld on the PATH');
  const tool: Tool = { name: basename(clang), file: clang };
  const [archiverFile] = await findPrograms(systemPrograms.archiver, env);
  const archiver = archiverFile ? { name: basename(archiverFile), file: archiverFile } : undefined;
  const link: Link =
    process.platform === 'darwin'
      ? linkWithAppleClang(tool)
      : (objects, output, job, options) =>
          linkElf({ name: basename(linker), file: linker }, objects, output, job, options);
  return {
    name,
    toolchain: {
      name,
      dialect: 'opaque',
      version: `${version.text} (${clang}, ${linker})`,
      supports: ({ platform, arch }) =>
        platform === process.platform && (arch === process.arch || platform === 'darwin'),
      compilesC: true,
      compile: (job, signal) =>
        compileWithClang({ name, clang: tool, cc: tool, link, archiver }, job, signal),
    },
  };
}

const mends: Readonly<Record<string, string>> = {
  linux: 'install clang 15 or later with lld, such as apt-get install clang lld',
  darwin: 'xcode-select --install',
  win32: 'take the bundled toolchain',
};

async function findLinker(env: Environment): Promise<string | undefined> {
  const [linker] = await findPrograms(systemPrograms.linker, env);
  return linker;
}

interface ClangVersion {
  /** Such as `clang 16.0.6`. */
  readonly text: string;
  readonly isNewEnough: boolean;
}

/** What `clang --version` says; undefined for a program that is no clang. */
async function clangVersion(file: string): Promise<ClangVersion | undefined> {
  const ran = await run({ name: basename(file), file }, ['--version']).catch(() => undefined);
  const match = /(Apple )?clang version ((\d+)[\d.]*)/.exec(ran?.stdout ?? '');
  if (match === null) return undefined;
  const [, apple = '', version = '', major] = match;
  const oldest = apple === '' ? oldestClang : oldestAppleClang;
  return { text: `${apple}clang ${version}`, isNewEnough: Number(major) >= oldest };
}

function linkWithAppleClang(clang: Tool): Link {
  return async (objects, output, { target, keepsSymbols, library }, options) => {
    const flags = ['-shared', '-target', target.triple, '-Wl,-undefined,dynamic_lookup'];
    if (!keepsSymbols) flags.push('-Wl,-x');
    if (library) flags.push(`-Wl,-install_name,@rpath/${library.file}`);
    const ran = await run(clang, [...flags, ...objects, '-o', output], options);
    if (ran.code !== 0) throw toolFailure(clang, ran, options.cwd);
  };
}
