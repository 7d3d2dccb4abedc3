/** Which doubles that come from other functions could come as integers: see `index.ts`. */
import type { IrFunction, Value } from '../../ir/types.ts';
import { walkOps } from '../../ir/walk.ts';
import { isSafeInteger, type Fact } from '../facts.ts';
import { BoundConverter } from '../narrow-bounds.ts';
import { planNarrowing } from '../narrow-plan.ts';
import { analyzeRanges } from '../ranges.ts';
import { sizesIn } from '../specialize.ts';
import { toldZeroSigns } from '../zero-sign.ts';
import type { Surroundings } from './summaries.ts';

/** A parameter of a function, or a result of what it calls. */
export interface Candidate {
  readonly kind: 'param' | 'result';
  /** The function whose signature it is of. */
  readonly of: IrFunction;
  readonly index: number;
  readonly fact: Fact;
}

/** The doubles that a function gets from others, are safe integers in every call, and are wanted as such. */
export function wantedIntegers(
  fn: IrFunction,
  functions: ReadonlyMap<string, IrFunction>,
  around: Surroundings,
): Candidate[] {
  const possible = new Map<number, Candidate>();
  const own = around.summaryOf(fn.name);
  const add = ({ id, type }: Value, candidate: Omit<Candidate, 'fact'>, fact?: Fact): void => {
    if (type === 'f64' && fact && isSafeInteger(fact)) possible.set(id, { ...candidate, fact });
  };
  if (own && !own.isOpen)
    fn.params.forEach(({ value }, index) =>
      add(value, { kind: 'param', of: fn, index }, own.params[index]),
    );
  walkOps(fn.body, ({ op, results, attributes: { callee = '' } }) => {
    const summary = op === 'call' ? around.summaryOf(callee) : undefined;
    const of = functions.get(callee);
    if (!summary || summary.isOpen || !of) return;
    results.forEach((value, index) => {
      const fact = summary.results?.[index];
      // Other callers may tell the sign of a zero.
      if (!fact?.negativeZero) add(value, { kind: 'result', of, index }, fact);
    });
  });
  if (possible.size === 0) return [];
  const ranges = analyzeRanges(fn, around);
  if (!ranges) return [];
  const told = toldZeroSigns(fn, ranges);
  for (const [id, { fact }] of possible) if (fact.negativeZero && told.has(id)) possible.delete(id);
  const bounds = new BoundConverter(fn);
  const isFixed = bounds.isFixed.bind(bounds);
  const plan = planNarrowing(fn, ranges, isFixed, new Set(possible.keys()));
  // Products of sizes may be too large for a plan, until `specialize` has tested the sizes.
  const sizes = sizesIn(fn);
  return [...possible].flatMap(([id, candidate]) =>
    plan.shall({ id, type: 'f64' }) || sizes.has(id) ? [candidate] : [],
  );
}
