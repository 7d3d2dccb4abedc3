/** Finds a smaller program that fails as a larger one does. */
import type { Failure } from './judge.ts';
import type { Program } from './program.ts';
import { applyReduction, combined, reductionsOf, type Reduction } from './reduce.ts';
import { judgeBatch, type BatchOptions } from './run/batch.ts';

export interface Shrunk {
  readonly program: Program;
  readonly failure: Failure;
}

export interface ShrinkLimits {
  readonly milliseconds: number;
  /** Told the size of the source after each step. */
  readonly progress?: (program: Program) => void;
}

const candidatesAtOnce = 100;

/**
 * Makes steps that keep the failure until none is left that does. Each round tries many steps in one
 * build, and then all the good ones together.
 * @param options with machine code left out where the failure is one without it
 */
export async function shrink(
  found: Shrunk,
  options: BatchOptions,
  { milliseconds, progress }: ShrinkLimits,
): Promise<Shrunk> {
  const end = performance.now() + milliseconds;
  let best = await firstStep(found, options);
  for (;;) {
    const better = await round(best, options, end);
    if (!better) return best;
    best = better;
    progress?.(best.program);
    if (performance.now() > end) return best;
  }
}

/** The failing call alone. */
async function firstStep(found: Shrunk, options: BatchOptions): Promise<Shrunk> {
  const { program, failure } = found;
  const set = failure.call === undefined ? program.sets[0] : program.sets[failure.call];
  if (!set) return found;
  const [alone] = await failing(found, [{ ...program, sets: [set] }], options);
  return alone ?? found;
}

async function round(
  best: Shrunk,
  options: BatchOptions,
  end: number,
): Promise<Shrunk | undefined> {
  const steps = reductionsOf(best.program);
  for (let start = 0; start < steps.length && performance.now() < end; start += candidatesAtOnce) {
    const tried = steps.slice(start, start + candidatesAtOnce);
    const results = await failing(
      best,
      tried.map((step) => applyReduction(best.program, step)),
      options,
    );
    const good = tried.filter((_, place) => results[place] !== undefined);
    if (good.length === 0) continue;
    const together = await failing(
      best,
      combinations(good).map((step) => applyReduction(best.program, step)),
      options,
    );
    // The steps are in the order of what they gain.
    return [...together, ...results].find((result) => result !== undefined);
  }
  return undefined;
}

/** All good steps, then the half of them that gains most, and so on. */
function combinations(good: readonly Reduction[]): Reduction[] {
  const trees = good.filter(({ kind }) => kind === 'trees');
  const found: Reduction[] = [];
  for (let count = trees.length; count > 1; count = Math.floor(count / 2)) {
    found.push(combined(trees.slice(0, count)));
  }
  return found;
}

/** For each candidate itself with its failure, where that is the known one. */
async function failing(
  { failure }: Shrunk,
  candidates: readonly Program[],
  options: BatchOptions,
): Promise<(Shrunk | undefined)[]> {
  const programs = candidates.map((program, index) => ({ ...program, index }));
  const verdicts = await judgeBatch(programs, options);
  return programs.map((program) => {
    const verdict = verdicts.get(program.index);
    return verdict?.kind === 'failed' && verdict.what === failure.what
      ? { program, failure: verdict }
      : undefined;
  });
}
