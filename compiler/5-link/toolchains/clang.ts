/** Compiling with clang, the bundled one or the system's. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { codes } from '../../diagnostics/codes.ts';
import { severalAtOnce } from '../../background.ts';
import { writeAtomically } from '../atomic.ts';
import { run } from '../process.ts';
import type { Ran, RunOptions, Tool } from '../process.ts';
import { compileLinked } from './c-sources.ts';
import {
  runtimeSources,
  sourceOptions,
  wasmRenames,
  type RuntimeSource,
} from '../runtime-sources.ts';
import { withScratch } from '../scratch.ts';
import { clangCpuOptions, targetKey } from '../targets.ts';
import { ToolchainError } from '../types.ts';
import type { CompileJob, ToolchainName } from '../types.ts';
import { listedCpus, toolFailure, unknownCpu, wordsOf } from './failure.ts';

/** What links object files of a job's target; all are names in the folder `cwd` of the options. */
export type Link = (
  objects: readonly string[],
  output: string,
  job: CompileJob,
  options: RunOptions & { readonly cwd: string },
) => Promise<void>;

export interface ClangTools {
  readonly name: ToolchainName;
  readonly clang: Tool;
  /** Clang with the headers of C's library for every target. */
  readonly cc: Tool;
  readonly link: Link;
  /** Makes static libraries; undefined where there is none. */
  readonly archiver?: Tool | undefined;
}

/**
 * Compiles and links a job. The files have the same names each time, and the tools see no other
 * part of their paths, as LLVM writes a module's file name into what it makes.
 * @throws ToolchainError with clang's or the linker's words; the signal's reason when aborted
 */
export async function compileWithClang(
  tools: ClangTools,
  job: CompileJob,
  signal?: AbortSignal,
): Promise<void> {
  await withScratch(async (cwd) => {
    const options = { cwd, signal, started: job.started };
    const runs = modulesOf(job).flatMap(({ name, llvm }) => [
      { name, llvm, output: ['-c', '-o', `${name}.o`, ...remarkOptions(job)] },
      ...(job.assembly === undefined ? [] : [{ name, llvm, output: ['-S', '-o', `${name}.s`] }]),
    ]);
    // What has begun is waited for before the folder goes, also when something fails.
    await severalAtOnce(runs, async ({ name, llvm, output }) => {
      const compile = async (): Promise<void> => {
        await writeFile(join(cwd, `${name}.ll`), llvm);
        await runClang(tools, job, `${name}.ll`, output, options);
      };
      if (output.includes('-c')) await unlessKept(job, llvm, join(cwd, `${name}.o`), compile);
      else await compile();
    });
    const sources = runtimeSources(job);
    for (const source of sources)
      await unlessKept(job, source.text, join(cwd, `${source.name}.o`), () =>
        compileSource(tools, job, source, options),
      );
    const linked = await compileLinked(tools, job, options);
    const objects = [
      ...[...modulesOf(job), ...sources].map(({ name }) => `${name}.o`),
      ...linked,
      ...(job.linked?.archives ?? []),
    ];
    if (job.library?.isStatic) await archive(tools.archiver, objects, job.library.file, options);
    else await tools.link(objects, linkedFile(job), job, options);
    await deliver(cwd, job);
  });
}

/** The name of what is linked, in the scratch folder. */
export const linkedFile = ({ library }: CompileJob): string => library?.file ?? 'module.node';

/** Makes a static library of object files; the same objects give the same bytes. */
export async function archive(
  archiver: Tool | undefined,
  objects: readonly string[],
  output: string,
  options: RunOptions,
): Promise<void> {
  if (!archiver) throw new ToolchainError(codes.noArchiver(undefined, {}));
  const ran = await run(archiver, ['rcsD', output, ...objects], options);
  if (ran.code !== 0) throw toolFailure(archiver, ran, options.cwd);
}

/** Puts an object file in its place from what is kept, or else makes it there and keeps it. */
async function unlessKept(
  { objects, target, level }: CompileJob,
  text: string,
  path: string,
  make: () => Promise<void>,
): Promise<void> {
  const key = [text, targetKey(target), level];
  const kept = await objects?.get(key);
  if (kept) return writeFile(path, kept);
  await make();
  await objects?.put(key, await readFile(path));
}

/** Compiles a part of the runtime, which has to be without errors. */
async function compileSource(
  { clang }: Pick<ClangTools, 'clang'>,
  job: CompileJob,
  { name, text }: RuntimeSource,
  options: RunOptions & { readonly cwd: string },
): Promise<void> {
  await writeFile(join(options.cwd, `${name}.c`), text);
  const { target } = job;
  const args = [
    ...sourceOptions(job, { name }),
    // What is C's own there must keep its names.
    ...(name === 'wasm' ? [] : wasmRenames(target)),
    ...['-target', target.triple],
    ...clangCpuOptions(target),
    ...['-c', `${name}.c`, '-o', `${name}.o`],
  ];
  const ran = await run(clang, args, options);
  if (ran.code !== 0) throw toolFailure(clang, ran, options.cwd);
}

/** What is compiled: the parts, but the whole where its assembly, names or remarks are to be read. */
function modulesOf({ llvm, parts, assembly, keepsSymbols, remarks }: CompileJob): {
  readonly name: string;
  readonly llvm: string;
}[] {
  const isRead = assembly !== undefined || keepsSymbols === true || remarks !== undefined;
  if (isRead || parts === undefined || parts.length < 2) return [{ name: 'module', llvm }];
  return parts.map((part, index) => ({ name: `module${index + 1}`, llvm: part }));
}

/** LLVM's passes whose remarks a report can use; the others' would be a hundred times as many. */
export const remarkPasses =
  '^(loop-vectorize|slp-vectorizer|inline|loop-unroll|loop-idiom|loop-distribute)$';
/** The name of the file with the remarks in the scratch folder. */
export const remarkFile = 'module.opt.yaml';

const remarkOptions = ({ remarks }: CompileJob): string[] =>
  remarks === undefined
    ? []
    : [`-foptimization-record-file=${remarkFile}`, `-foptimization-record-passes=${remarkPasses}`];

/** Puts what was made in the scratch folder in its place. */
export async function deliver(folder: string, job: CompileJob): Promise<void> {
  const files = [
    { path: job.output, data: await readFile(join(folder, linkedFile(job))), mode: 0o755 },
    ...(job.library?.imports
      ? [
          {
            path: job.library.imports.output,
            data: await readFile(join(folder, job.library.imports.file)),
          },
        ]
      : []),
    ...(job.assembly === undefined
      ? []
      : [{ path: job.assembly, data: await readFile(join(folder, 'module.s')) }]),
    ...(job.remarks === undefined
      ? []
      : [{ path: job.remarks, data: await readFile(join(folder, remarkFile)) }]),
  ];
  await writeAtomically(files);
}

async function runClang(
  { name, clang }: ClangTools,
  job: CompileJob,
  module: string,
  output: readonly string[],
  options: RunOptions,
): Promise<void> {
  const { level, target } = job;
  const args = [
    `-O${level}`,
    ...['-x', 'ir', module],
    ...['-target', target.triple],
    ...clangCpuOptions(target),
    // Position-independent code is what Windows always has.
    ...(target.platform === 'win32' || target.platform === 'wasm32' ? [] : ['-fPIC']),
    // A short loop that lies across two lines of the cache takes up to 1.6 times as long, or doesn't, by luck.
    ...(target.arch === 'x64' ? ['-falign-loops=64'] : []),
    // A sum's order counts, but what is summed can be computed in vectors.
    ...['-mllvm', '-force-ordered-reductions'],
    // A stride that isn't known is hardly ever 1, as which LLVM would vectorise it and nothing else.
    ...['-mllvm', '-enable-mem-access-versioning=false'],
    // What JavaScript rounds twice must be rounded twice.
    '-ffp-contract=off',
    '-Wno-override-module',
    ...output,
  ];
  const ran = await run(clang, args, options);
  if (ran.code === 0) return;
  if (refusesCpu(ran)) throw unknownCpu(name, target, await knownCpus(clang, ran, job, options));
  if (/^module\d*\.ll:\d+:\d+: error:/m.test(ran.stderr)) {
    const words = wordsOf(clang, ran, options.cwd);
    throw new ToolchainError(codes.badAssembly(undefined, { words }));
  }
  throw toolFailure(clang, ran, options.cwd);
}

const refusesCpu = ({ stderr }: Ran): boolean =>
  /error: (unknown target CPU|unsupported argument '[^']*' to option '-m(arch|cpu)=')/.test(stderr);

/** The CPUs for a job's architecture: for x86 clang names them when it refuses one, for ARM on request. */
async function knownCpus(
  clang: Tool,
  refusal: Ran,
  { target }: CompileJob,
  options: RunOptions,
): Promise<string[]> {
  const named = /valid target CPU values are: (.*)/.exec(refusal.stderr)?.[1];
  if (named !== undefined) return named.split(', ');
  const args = ['--print-supported-cpus', '-target', target.triple];
  const { stdout, stderr } = await run(clang, args, options);
  return listedCpus(`${stdout}\n${stderr}`);
}
