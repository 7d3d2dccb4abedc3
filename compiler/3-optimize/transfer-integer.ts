/** What range analysis knows of the results of operations on integers. */
import type { OpName } from '../ir/ops.ts';
import type { IntegerType } from '../ir/types.ts';
import {
  holdsZero,
  integerBetween,
  isSafeInteger,
  isWithin,
  onlyValue,
  type Fact,
} from './facts.ts';
import { corners, remainder, within } from './transfer-rules.ts';

/** The exact result if integers of the type hold it, else anything: it may have wrapped. */
export function integer(op: OpName, type: IntegerType, a: Fact, b: Fact, top: Fact): Fact {
  const fit = (lo: number, hi: number): Fact => {
    const exact = integerBetween(lo + 0, hi + 0);
    if (isSafeInteger(exact)) return isWithin(exact, top) ? exact : top;
    return type === 'i64' && isWide(exact) ? roundedAway(exact) : top;
  };
  // What doesn't fit throws.
  const cut = (lo: number, hi: number): Fact => {
    const exact = integerBetween(lo + 0, hi + 0);
    return isSafeInteger(exact) ? within(exact, top) : top;
  };
  // Bounds beyond 2^53 may be rounded, so little is computed from them.
  const isUnary = op === 'neg' || op === 'not' || op === 'clz';
  if (!isSafeInteger(a) || !(isUnary || isSafeInteger(b))) {
    if (op === 'and') return masked(a, b, top);
    if (type !== 'i64' || !isWide(a) || !isWide(b)) return top;
    if (op === 'add') return fit(a.lo + b.lo, a.hi + b.hi);
    return op === 'sub' ? fit(a.lo - b.hi, a.hi - b.lo) : top;
  }
  switch (op) {
    case 'add':
      return fit(a.lo + b.lo, a.hi + b.hi);
    case 'sub':
      return fit(a.lo - b.hi, a.hi - b.lo);
    case 'mul':
      return fit(...corners(a, b, (x, y) => x * y));
    case 'add.exact':
      return cut(a.lo + b.lo, a.hi + b.hi);
    case 'sub.exact':
      return cut(a.lo - b.hi, a.hi - b.lo);
    case 'mul.exact':
      return cut(...corners(a, b, (x, y) => x * y));
    case 'div':
      return holdsZero(b) ? top : fit(...corners(a, b, (x, y) => Math.trunc(x / y)));
    case 'rem':
      return { ...remainder(a, b), nan: false, negativeZero: false };
    case 'neg':
      return fit(-a.hi, -a.lo);
    case 'not':
      return top.lo < 0 ? fit(-1 - a.hi, -1 - a.lo) : fit(top.hi - a.hi, top.hi - a.lo);
    case 'and':
      return masked(a, b, top);
    case 'or':
    case 'xor':
      return a.lo >= 0 && b.lo >= 0 ? fit(0, allOnes(Math.max(a.hi, b.hi))) : top;
    case 'shl': {
      const count = onlyValue(b);
      if (count === undefined || count < 0 || count >= bitsOf(type)) return top;
      return fit(a.lo * 2 ** count, a.hi * 2 ** count);
    }
    case 'shr': {
      const count = onlyValue(b);
      if (count === undefined || count < 0 || count >= bitsOf(type))
        return fit(Math.min(a.lo, 0), Math.max(a.hi, 0));
      return fit(Math.floor(a.lo / 2 ** count), Math.floor(a.hi / 2 ** count));
    }
    case 'clz':
      return fit(0, bitsOf(type));
    default:
      return top;
  }
}

/** Sums of two such are no i64 that wraps. */
const isWide = ({ lo, hi }: Fact): boolean => lo >= -(2 ** 62) && hi <= 2 ** 62;

/** Bounds that were computed in double precision, with one rounding, moved to where they surely hold. */
const roundedAway = ({ lo, hi }: Fact): Fact =>
  integerBetween(lo - Math.abs(lo) * 2 ** -52, hi + Math.abs(hi) * 2 ** -52);

const bitsOf = (type: IntegerType): number => Number(type.slice(1));

/** A mask that is not negative bounds the result. */
function masked(a: Fact, b: Fact, top: Fact): Fact {
  const bounds = [a, b].filter(({ lo }) => lo >= 0).map(({ hi }) => hi);
  return bounds.length > 0 ? integerBetween(0, Math.min(...bounds)) : top;
}

/** The least 2^n − 1 that is not below a number. */
const allOnes = (bound: number): number => {
  let ones = 1;
  while (ones - 1 < bound) ones *= 2;
  return ones - 1;
};
