/** Programs as machine code, in a process of their own that may crash or hang. */
import { fork } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { binaryPath, emitGlue, gluePath } from '../../../compiler/4-emit/glue.ts';
import { emitAddon } from '../../../compiler/4-emit/addon.ts';
import { sha256 } from '../../../compiler/5-link/cache.ts';
import { selectToolchain } from '../../../compiler/5-link/select.ts';
import { hostTarget, platformName } from '../../../compiler/5-link/targets.ts';
import type { OptimizationLevel, ToolchainName } from '../../../compiler/5-link/types.ts';
import type { IrModule } from '../../../compiler/ir/types.ts';
import { repository } from '../../support/project.ts';
import type { Outcome } from '../../support/outcome.ts';
import type { ArgumentSet } from '../program.ts';
import type { Constants } from './calls.ts';

/** What the process is told of one program. */
export interface Job {
  readonly index: number;
  /** The function's id in the addon. */
  readonly id: string;
  readonly sets: readonly ArgumentSet[];
  readonly constants: Constants;
  readonly parallel: boolean;
  /** The addon's ids of the constants that it reads, by their names. */
  readonly globals: Readonly<Record<string, string>>;
}

export interface JobList {
  /** The emitted glue. */
  readonly glue: string;
  readonly jobs: readonly Job[];
}

/** What the process tells of one program. */
export interface JobResult {
  readonly index: number;
  readonly outcomes: readonly NativeOutcome[];
}

export interface NativeOutcome extends Outcome {
  /** How many blocks of the heap the call has left behind. */
  readonly leaked: number;
}

export interface NativeOptions {
  readonly level: OptimizationLevel;
  readonly toolchain: ToolchainName;
}

/** Outcomes, or what happened to the process. */
export type NativeResult = readonly NativeOutcome[] | string;

/** What a program gave with some number of threads for its parallel loops. */
export interface NativeRun {
  readonly threads: number;
  readonly result: NativeResult;
}

/** How many threads parallel loops have: programs without any run with the first. */
const threadCounts: readonly number[] = [2, 1, 3, 16];

const name = 'fuzz';
const longestMilliseconds = 20_000;

/**
 * Compiles a module and runs jobs in it, those with parallel loops once for each number of threads.
 * @returns by the jobs' indices
 * @throws ToolchainError where LLVM refuses the module
 */
export async function runNative(
  module: IrModule,
  jobs: readonly Job[],
  { level, toolchain }: NativeOptions,
): Promise<Map<number, NativeRun[]>> {
  const folder = mkdtempSync(join(tmpdir(), 'tsnative-fuzz-'));
  try {
    const glue = await buildAddon(module, folder, level, toolchain);
    const runs = new Map<number, NativeRun[]>(jobs.map(({ index }) => [index, []]));
    for (const [place, threads] of threadCounts.entries()) {
      const own = place === 0 ? jobs : jobs.filter(({ parallel }) => parallel);
      for (const [index, result] of await runAll({ glue, jobs: own }, threads))
        runs.get(index)?.push({ threads, result });
    }
    return runs;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function buildAddon(
  module: IrModule,
  folder: string,
  level: OptimizationLevel,
  toolchainName: ToolchainName,
): Promise<string> {
  const toolchain = await selectToolchain(toolchainName);
  // One level, as each takes LLVM's time again.
  const target = hostTarget(process.env['TSNATIVE_FUZZ_CPU'] ?? 'baseline');
  const hash = 'fuzz';
  const { platform, triple, tiers } = target;
  const { dialect } = toolchain;
  const options = { dialect, triple, tiers, platform, hash };
  const { llvm, sites, methods } = emitAddon(module, options);
  const output = join(folder, binaryPath(name, platformName(target)));
  mkdirSync(dirname(output), { recursive: true });
  await toolchain.compile({ llvm, target, level, output });
  const { records, exports, globals } = module;
  const files = await emitGlue({
    package: name,
    hash,
    binaries: { [platformName(target)]: sha256(readFileSync(output)) },
    records,
    exports,
    globals,
    sites,
    methods,
  });
  for (const { path, text } of files) writeFileSync(join(folder, path), text);
  return join(folder, gluePath(name));
}

/** Runs all jobs; where the process dies, the first job without a result is tried alone. */
async function runAll(list: JobList, threads: number): Promise<Map<number, NativeResult>> {
  const results = new Map<number, NativeResult>();
  let waiting = list.jobs;
  while (waiting.length > 0) {
    const end = await runJobs({ ...list, jobs: waiting }, threads, results);
    const [suspect, ...others] = waiting.filter(({ index }) => !results.has(index));
    if (!suspect) break;
    const alone = await runJobs({ ...list, jobs: [suspect] }, threads, results);
    if (!results.has(suspect.index))
      results.set(suspect.index, `the process ${alone ?? end ?? 'ended'}`);
    waiting = others;
  }
  return results;
}

/** One process; gives what ended it, if not its being done. */
function runJobs(
  list: JobList,
  threads: number,
  results: Map<number, NativeResult>,
): Promise<string | undefined> {
  const worker = fileURLToPath(new URL('./worker.ts', import.meta.url));
  const child = fork(worker, [], {
    cwd: repository,
    execArgv: ['--import', 'tsx'],
    serialization: 'advanced',
    env: { ...process.env, TSNATIVE: 'require', TSNATIVE_TEST_THREADS: String(threads) },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  return new Promise((resolve, reject) => {
    let hung = false;
    const stop = (): void => {
      hung = true;
      child.kill('SIGKILL');
    };
    let timer = setTimeout(stop, longestMilliseconds);
    child.on('message', ({ index, outcomes }: JobResult) => {
      results.set(index, outcomes);
      clearTimeout(timer);
      timer = setTimeout(stop, longestMilliseconds);
    });
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      if (hung) resolve(`gave no answer in ${longestMilliseconds / 1000} s`);
      else if (signal) resolve(`was ended by ${signal}`);
      else resolve(code === 0 ? undefined : `ended with code ${code}`);
    });
    child.send(list);
  });
}
