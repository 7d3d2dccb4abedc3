/** Compiling a project's own sources in C, for the platform of an addon. */
import { basename, join } from 'node:path';
import { codes } from '../../diagnostics/codes.ts';
import { severalAtOnce } from '../../background.ts';
import { run } from '../process.ts';
import type { RunOptions } from '../process.ts';
import { wasmRenames } from '../runtime-sources.ts';
import { clangCpuOptions, platformName } from '../targets.ts';
import { ToolchainError } from '../types.ts';
import type { CompileJob, Target } from '../types.ts';
import type { ClangTools } from './clang.ts';
import { wordsOf } from './failure.ts';

/**
 * What headers a source sees. Those of musl name the functions as every C library of Linux has them, so that one file
 * serves all.
 */
const headers: Readonly<Record<string, (architecture: string) => string>> = {
  linux: (architecture) => `${architecture}-linux-musl`,
  darwin: (architecture) => `${architecture}-macos.11.0`,
  win32: (architecture) => `${architecture}-windows-gnu`,
  freebsd: (architecture) => `${architecture}-freebsd`,
  wasm32: () => 'wasm32-wasi',
};

const tripleOf = ({ platform, arch, triple }: Target): string =>
  headers[platform]?.(arch === 'arm64' ? 'aarch64' : 'x86_64') ?? triple;

/**
 * Compiles the sources of a job.
 * @returns the names of the object files in the folder `cwd`
 * @throws ToolchainError with the compiler's words
 */
export async function compileLinked(
  { name, cc }: Pick<ClangTools, 'name' | 'cc'>,
  job: CompileJob,
  options: RunOptions & { readonly cwd: string },
): Promise<string[]> {
  const { target, level } = job;
  const sources = (job.linked?.sources ?? []).map((source, index) => ({
    ...source,
    object: `c${index}.o`,
  }));
  await severalAtOnce(sources, async ({ path, include, flags, object }) => {
    const args = [
      ...['-c', path, '-o', object, `-O${Math.max(level, 1)}`, '-fvisibility=hidden'],
      // Bundled, it would have checks of its own that call a library; and `errno` is the program's.
      ...['-fno-sanitize=undefined', '-fno-stack-protector', '-fno-strict-aliasing'],
      ...(target.platform === 'win32' || target.platform === 'wasm32' ? [] : ['-fPIC']),
      ...(name === 'bundled' ? ['-target', tripleOf(target)] : []),
      ...(name === 'bundled' ? cpuOptions(target) : clangCpuOptions(target)),
      // As the headers would declare it by another name.
      ...wasmRenames(target),
      ...include.map((folder) => `-I${folder}`),
      ...flags,
    ];
    const folder = join(options.cwd, 'cache');
    const env = { ZIG_GLOBAL_CACHE_DIR: folder, ZIG_LOCAL_CACHE_DIR: folder };
    const ran = await run({ ...cc, env: { ...cc.env, ...env } }, args, options);
    if (ran.code !== 0)
      throw new ToolchainError(
        codes.cSourceFailed(undefined, {
          file: basename(path),
          target: platformName(target),
          words: wordsOf(cc, ran, options.cwd),
        }),
      );
  });
  return sources.map(({ object }) => object);
}

/** Zig has names of its own for levels of CPUs. */
const cpuOptions = ({ arch, cpu }: Target): string[] =>
  arch === 'wasm32'
    ? ['-mcpu=generic+bulk_memory']
    : arch === 'x64' || cpu === 'native'
      ? [`-mcpu=${cpu.replaceAll('-', '_')}`]
      : [];
