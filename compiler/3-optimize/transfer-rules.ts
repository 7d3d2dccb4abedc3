/** Rules of range analysis that integers and floats share. */
import {
  holdsZero,
  integerBetween,
  magnitude,
  maybeInfinite,
  maybeNegative,
  type Fact,
} from './facts.ts';

/** A fact cut to another's bounds. Where nothing is left the operation has thrown or its precondition is broken. */
export function within(fact: Fact, bounds: Fact): Fact {
  const lo = Math.max(Math.ceil(fact.lo), bounds.lo);
  const hi = Math.min(Math.floor(fact.hi), bounds.hi);
  return lo <= hi ? { ...fact, lo, hi } : bounds;
}

/** The least and greatest result of a function that is monotonic in each operand. */
export function corners(
  a: Fact,
  b: Fact,
  compute: (x: number, y: number) => number,
): [number, number] {
  const results = [a.lo, a.hi].flatMap((x) => [b.lo, b.hi].map((y) => compute(x, y)));
  return [Math.min(...results), Math.max(...results)];
}

/** A remainder has the dividend's sign, is at most the dividend and less than the divisor. */
export function remainder(a: Fact, b: Fact): Fact {
  const least = a.integral && b.integral && magnitude(b) <= Number.MAX_SAFE_INTEGER ? 1 : 0;
  const most = Math.max(0, Math.min(magnitude(a), magnitude(b) - least));
  return {
    ...integerBetween(a.lo < 0 ? -most + 0 : 0, a.hi > 0 ? most : 0),
    integral: a.integral && b.integral,
    nan: a.nan || b.nan || holdsZero(b) || maybeInfinite(a),
    negativeZero: maybeNegative(a),
  };
}
