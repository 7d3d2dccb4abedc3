/** What range analysis knows of an operation's result from what it knows of the operands. */
import type { OpName } from '../ir/ops.ts';
import { isInteger, type IrType } from '../ir/types.ts';
import {
  allRelations,
  anyBool,
  commonRelations,
  factOfType,
  fitsType,
  integerBetween,
  join,
  magnitude,
  onlyValue,
  type Fact,
} from './facts.ts';
import { float } from './transfer-float.ts';
import { integer } from './transfer-integer.ts';
import { within } from './transfer-rules.ts';

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
