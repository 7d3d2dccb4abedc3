/** A run of many programs, in batches. */
import type { OptimizationLevel, ToolchainName } from '../../compiler/5-link/types.ts';
import { makeProgram } from './generate/program.ts';
import type { Failure, Verdict } from './judge.ts';
import type { Program } from './program.ts';
import { judgeBatch, type BatchOptions } from './run/batch.ts';

export interface FuzzOptions {
  readonly seed: number;
  /** The index of the first program, and how many there are. */
  readonly first: number;
  readonly count: number;
  readonly batch: number;
  /** How many of the programs have values on the heap, from 0 to 1. */
  readonly heapShare: number;
  /** How many have parallel loops. */
  readonly parallelShare: number;
  /** How many batches are under way at a time. */
  readonly jobs: number;
  /** LLVM's level; undefined is 3 for most batches and 0 for some. */
  readonly level: OptimizationLevel | undefined;
  /** Leaves machine code out. */
  readonly interpretOnly: boolean;
  readonly toolchain: ToolchainName;
}

export interface Found {
  readonly program: Program;
  readonly failure: Failure;
  readonly options: BatchOptions;
}

export interface Tally {
  programs: number;
  calls: number;
  /** Calls that a check of tsnative's own stopped, so that V8 says nothing about them. */
  stopped: number;
  /** Programs whose results V8 doesn't share, as they call approximated functions. */
  approximate: number;
  discarded: number;
  readonly reasons: Map<string, number>;
  readonly failures: Found[];
}

/** Makes and judges programs; `progress` is called after each batch. */
export async function fuzz(options: FuzzOptions, progress: (tally: Tally) => void): Promise<Tally> {
  const tally: Tally = {
    programs: 0,
    calls: 0,
    stopped: 0,
    approximate: 0,
    discarded: 0,
    reasons: new Map(),
    failures: [],
  };
  const starts: number[] = [];
  const end = options.first + options.count;
  for (let start = options.first; start < end; start += options.batch) starts.push(start);
  let next = 0;
  const work = async (): Promise<void> => {
    for (;;) {
      const place = next++;
      const start = starts[place];
      if (start === undefined) return;
      const last = Math.min(start + options.batch, end);
      const programs = Array.from({ length: last - start }, (_, i) =>
        makeProgram(options.seed, start + i, options.heapShare, options.parallelShare),
      );
      const batch = batchOptions(options, place);
      const verdicts = await judgeBatch(programs, batch);
      for (const program of programs) count(tally, program, verdicts.get(program.index), batch);
      progress(tally);
    }
  };
  await Promise.all(Array.from({ length: options.jobs }, work));
  return tally;
}

export function batchOptions(
  { interpretOnly, level, toolchain }: FuzzOptions,
  place: number,
): BatchOptions {
  const usual: OptimizationLevel = place % 4 === 3 ? 0 : 3;
  return { native: interpretOnly ? undefined : (level ?? usual), toolchain };
}

function count(
  tally: Tally,
  program: Program,
  verdict: Verdict | undefined,
  options: BatchOptions,
): void {
  tally.programs++;
  if (program.approximate) tally.approximate++;
  switch (verdict?.kind) {
    case 'agreed':
      tally.calls += verdict.calls;
      tally.stopped += verdict.stopped;
      break;
    case 'discarded':
      tally.discarded++;
      tally.reasons.set(verdict.reason, (tally.reasons.get(verdict.reason) ?? 0) + 1);
      break;
    case 'failed':
      tally.failures.push({ program, failure: verdict, options });
      break;
    case undefined:
      throw new Error(`program ${program.index} has no verdict`);
  }
}
