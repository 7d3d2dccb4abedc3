/**
 * What range analysis knows of the results of operations on doubles. Bounds are computed by the same
 * operations: rounding is monotonic, so the rounded bound bounds the rounded results.
 */
import type { OpName } from '../ir/ops.ts';
import {
  holdsZero,
  isSafeInteger,
  magnitude,
  maybeInfinite,
  maybeNegative,
  maybePositive,
  type Fact,
} from './facts.ts';
import { corners, remainder } from './transfer-rules.ts';

export function float(op: OpName, a: Fact, b: Fact, top: Fact): Fact {
  const nan = a.nan || b.nan;
  const make = (lo: number, hi: number, rest: Partial<Fact> = {}): Fact => ({
    // A bound that is no number comes from infinities.
    lo: Number.isNaN(lo) ? -Infinity : lo + 0,
    hi: Number.isNaN(hi) ? Infinity : hi + 0,
    integral: a.integral && b.integral,
    nan,
    negativeZero: false,
    below: new Map(),
    ...rest,
  });
  switch (op) {
    case 'add':
      return make(a.lo + b.lo, a.hi + b.hi, {
        nan:
          nan ||
          (a.hi === Infinity && b.lo === -Infinity) ||
          (a.lo === -Infinity && b.hi === Infinity),
        negativeZero: a.negativeZero && b.negativeZero,
      });
    case 'sub':
      return make(a.lo - b.hi, a.hi - b.lo, {
        nan:
          nan ||
          (a.hi === Infinity && b.hi === Infinity) ||
          (a.lo === -Infinity && b.lo === -Infinity),
        negativeZero: a.negativeZero && holdsZero(b),
      });
    case 'mul': {
      // 0 × ∞ is NaN, or stands for 0 × the large numbers before it.
      const [lo, hi] = corners(a, b, (x, y) => (x === 0 || y === 0 ? 0 : x * y));
      const underflows = !(a.integral && b.integral) && signsMayDiffer(a, b);
      return make(lo, hi, {
        nan: nan || (holdsZero(a) && maybeInfinite(b)) || (holdsZero(b) && maybeInfinite(a)),
        negativeZero: underflows || zeroOfOtherSign(a, b) || zeroOfOtherSign(b, a),
      });
    }
    case 'div':
      return quotient(a, b, make);
    case 'rem':
      return remainder(a, b);
    case 'neg':
      return {
        ...make(-a.hi, -a.lo),
        integral: a.integral,
        nan: a.nan,
        negativeZero: holdsZero(a),
      };
    case 'abs':
      if (a.lo >= 0) return { ...a, negativeZero: false };
      return {
        ...make(a.hi <= 0 ? -a.hi : 0, magnitude(a)),
        integral: a.integral,
        nan: a.nan,
      };
    case 'copysign':
      return {
        ...make(-magnitude(a), magnitude(a)),
        integral: a.integral,
        nan: a.nan,
        negativeZero: holdsZero(a),
      };
    case 'floor':
      return whole(a, Math.floor, false);
    case 'ceil':
    case 'trunc':
      return whole(a, op === 'ceil' ? Math.ceil : Math.trunc, !a.integral && a.lo < 0 && a.hi > -1);
    case 'sqrt':
      return {
        ...make(Math.sqrt(Math.max(0, a.lo)), Math.sqrt(Math.max(0, a.hi))),
        integral: false,
        nan: a.nan || a.lo < 0,
        negativeZero: a.negativeZero,
      };
    default:
      return top;
  }
}

const signsMayDiffer = (a: Fact, b: Fact): boolean =>
  (maybeNegative(a) && maybePositive(b)) || (maybePositive(a) && maybeNegative(b));

/** The first number may be a zero whose sign isn't that of the second. */
const zeroOfOtherSign = (a: Fact, b: Fact): boolean =>
  (holdsZero(a) && maybeNegative(b)) || (a.negativeZero && maybePositive(b));

function quotient(
  a: Fact,
  b: Fact,
  make: (lo: number, hi: number, rest?: Partial<Fact>) => Fact,
): Fact {
  // Quotients of safe integers are far from underflow.
  const underflows = maybeInfinite(b) || !isSafeInteger(a) || !isSafeInteger(b);
  const rest = {
    integral: false,
    nan: a.nan || b.nan || (holdsZero(a) && holdsZero(b)) || (maybeInfinite(a) && maybeInfinite(b)),
    negativeZero: (underflows && signsMayDiffer(a, b)) || zeroOfOtherSign(a, b),
  };
  if (!holdsZero(b)) return make(...corners(a, b, (x, y) => x / y), rest);
  const positive = a.lo >= 0 && b.lo >= 0 && !b.negativeZero && !a.negativeZero;
  return make(positive ? 0 : -Infinity, Infinity, rest);
}

const whole = (a: Fact, round: (x: number) => number, makesZero: boolean): Fact => ({
  ...a,
  lo: round(a.lo) + 0,
  hi: round(a.hi) + 0,
  integral: true,
  negativeZero: a.negativeZero || makesZero,
});
