/**
 * What range analysis knows of an operation's result from what it knows of the operands.
 *
 * Bounds of float operations are computed by the same operations: rounding is monotonic, so the
 * rounded bound bounds the rounded results.
 */
import type { OpName } from '../ir/ops.ts';
import { isInteger, type IntegerType, type IrType } from '../ir/types.ts';
import {
  allRelations,
  anyBool,
  commonRelations,
  factOfType,
  fitsType,
  holdsZero,
  integerBetween,
  isSafeInteger,
  isWithin,
  join,
  magnitude,
  maybeInfinite,
  maybeNegative,
  maybePositive,
  onlyValue,
  type Fact,
} from './facts.ts';

/**
 * @param args facts of the operands that are numbers or bools, others being arbitrary
 * @param type of the first operand
 * @returns the fact of the result
 */
export function transfer(op: OpName, args: readonly Fact[], type: IrType, result: IrType): Fact {
  const top = factOfType(result);
  const [a = top, b = top, c = top] = args;
  switch (op) {
    case 'select': {
      const chosen = onlyValue(a);
      return chosen === undefined ? join(b, c) : chosen === 1 ? b : c;
    }
    case 'conv':
      return converted(a, type, result);
    case 'toint':
      return truncatedTo(a, result);
    case 'fptoint':
    case 'check.range':
      return within({ ...a, integral: true, nan: false, negativeZero: false }, top);
    case 'check.bounds':
      return within(
        { ...a, integral: true, nan: false, negativeZero: false },
        integerBetween(0, Math.max(0, b.hi - 1)),
      );
    case 'clamp8':
    case 'in.bounds':
      return top;
    case 'min':
      return {
        ...bounded(top, Math.min(a.lo, b.lo), Math.min(a.hi, b.hi), a, b),
        below: allRelations(a.below, b.below),
      };
    case 'max':
      return {
        ...bounded(top, Math.max(a.lo, b.lo), Math.max(a.hi, b.hi), a, b),
        below: commonRelations(a.below, b.below),
      };
    default:
      if (type === 'bool') return boolean(op, a, b);
      if (isInteger(type)) return integer(op, type, a, b, top);
      return type === 'f32' ? single(float(op, a, b, top)) : float(op, a, b, top);
  }
}

/** What min and max have in common. */
const bounded = (top: Fact, lo: number, hi: number, a: Fact, b: Fact): Fact => ({
  ...top,
  lo,
  hi,
  integral: a.integral && b.integral,
  nan: a.nan || b.nan,
  negativeZero: a.negativeZero || b.negativeZero,
});

/** A fact cut to another's bounds. Where nothing is left the operation has thrown or its precondition is broken. */
function within(fact: Fact, bounds: Fact): Fact {
  const lo = Math.max(Math.ceil(fact.lo), bounds.lo);
  const hi = Math.min(Math.floor(fact.hi), bounds.hi);
  return lo <= hi ? { ...fact, lo, hi } : bounds;
}

/** Modulo what the type holds: its bounds, unless the truncated number is surely within them. */
function truncatedTo(a: Fact, type: IrType): Fact {
  const whole = integerBetween(Math.trunc(a.lo) + 0, Math.trunc(a.hi) + 0);
  if (!fitsType(whole, type)) return factOfType(type);
  return a.nan ? join(whole, integerBetween(0, 0)) : whole;
}

function converted(a: Fact, from: IrType, to: IrType): Fact {
  if (isInteger(to)) return fitsType(a, to) ? a : factOfType(to);
  return to === 'f32' && from !== 'f32' ? single(a) : a;
}

/** The nearest singles. Small numbers may become zero. */
function single(a: Fact): Fact {
  const exact = a.integral && magnitude(a) <= 2 ** 24;
  return {
    ...a,
    lo: Math.fround(a.lo) + 0,
    hi: Math.fround(a.hi) + 0,
    negativeZero: a.negativeZero || (a.lo < 0 && !a.integral),
    below: exact ? a.below : new Map(),
  };
}

function boolean(op: OpName, a: Fact, b: Fact): Fact {
  switch (op) {
    case 'not':
      return integerBetween(1 - a.hi, 1 - a.lo);
    case 'and':
      return integerBetween(Math.min(a.lo, b.lo), Math.min(a.hi, b.hi));
    case 'or':
      return integerBetween(Math.max(a.lo, b.lo), Math.max(a.hi, b.hi));
    default:
      return anyBool;
  }
}

/** The exact result if integers of the type hold it, else anything: it may have wrapped. */
function integer(op: OpName, type: IntegerType, a: Fact, b: Fact, top: Fact): Fact {
  const fit = (lo: number, hi: number): Fact => {
    const exact = integerBetween(lo + 0, hi + 0);
    return isSafeInteger(exact) && isWithin(exact, top) ? exact : top;
  };
  // What doesn't fit throws.
  const cut = (lo: number, hi: number): Fact => {
    const exact = integerBetween(lo + 0, hi + 0);
    return isSafeInteger(exact) ? within(exact, top) : top;
  };
  // Bounds beyond 2^53 may be rounded, so nothing is computed from them.
  if (!isSafeInteger(a) || !isSafeInteger(b)) return op === 'and' ? masked(a, b, top) : top;
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

function corners(a: Fact, b: Fact, compute: (x: number, y: number) => number): [number, number] {
  const results = [a.lo, a.hi].flatMap((x) => [b.lo, b.hi].map((y) => compute(x, y)));
  return [Math.min(...results), Math.max(...results)];
}

/** A remainder has the dividend's sign, is at most the dividend and less than the divisor. */
function remainder(a: Fact, b: Fact): Fact {
  const least = a.integral && b.integral && magnitude(b) <= Number.MAX_SAFE_INTEGER ? 1 : 0;
  const most = Math.max(0, Math.min(magnitude(a), magnitude(b) - least));
  return {
    ...integerBetween(a.lo < 0 ? -most + 0 : 0, a.hi > 0 ? most : 0),
    integral: a.integral && b.integral,
    nan: a.nan || b.nan || holdsZero(b) || maybeInfinite(a),
    negativeZero: maybeNegative(a),
  };
}

function float(op: OpName, a: Fact, b: Fact, top: Fact): Fact {
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
      const zero = holdsZero(a) || holdsZero(b) || !(a.integral && b.integral);
      return make(lo, hi, {
        nan: nan || (holdsZero(a) && maybeInfinite(b)) || (holdsZero(b) && maybeInfinite(a)),
        negativeZero: zero && signsMayDiffer(a, b),
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

function quotient(
  a: Fact,
  b: Fact,
  make: (lo: number, hi: number, rest?: Partial<Fact>) => Fact,
): Fact {
  // Quotients of safe integers are far from underflow.
  const zero = holdsZero(a) || maybeInfinite(b) || !isSafeInteger(a) || !isSafeInteger(b);
  const rest = {
    integral: false,
    nan: a.nan || b.nan || (holdsZero(a) && holdsZero(b)) || (maybeInfinite(a) && maybeInfinite(b)),
    negativeZero: zero && signsMayDiffer(a, b),
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
