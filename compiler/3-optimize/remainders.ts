/**
 * Computes remainders of floats by a constant power of two without a division: x − trunc(x/2^k)·2^k, in which every step
 * is exact. Where x/2^k is so small that it is rounded, its whole part is 0 and the remainder x. Infinite x give NaN, as
 * they should, and the sign of x is that of the result, also of a zero (ECMA-262 6.1.6.1.6).
 */
import { isFloat, type FloatType } from '../ir/types.ts';
import { definitionsOf, rewriteOps, usesOf } from '../ir/walk.ts';
import { isComparison } from './comparisons.ts';
import type { Pass } from './pass.ts';
import { Replacement } from './replacement.ts';

/** The largest divisors; powers of two and their reciprocals are exact far beyond. */
const largest: Readonly<Record<FloatType, number>> = { f32: 2 ** 23, f64: 2 ** 52 };

export const remainders: Pass = (fn) => {
  const definitions = definitionsOf(fn.body);
  const uses = usesOf(fn.body);
  return rewriteOps(fn.body, (op) => {
    const [x, divisor] = op.args;
    const [result] = op.results;
    if (op.op !== 'rem' || !x || !divisor || !result || !isFloat(result.type)) return undefined;
    const { type } = result;
    const given = definitions.get(divisor.id);
    const power = given?.op === 'const' ? Math.abs(Number(given.attributes.value)) : NaN;
    if (!(power >= 1 && power <= largest[type] && Number.isInteger(Math.log2(power))))
      return undefined;

    const to = new Replacement(fn, op);
    const quotient = to.add('mul', [x, to.constant(type, 1 / power)], type);
    const whole = to.add('trunc', [quotient], type);
    const multiple = to.add('mul', [whole, to.constant(type, power)], type);
    // No comparison tells the sign of a zero.
    const users = uses.get(result.id) ?? [];
    const isCompared = users.every((user) => user.kind === 'op' && isComparison(user.op));
    const rest = to.add('sub', [x, multiple], isCompared ? result : type);
    if (!isCompared) to.add('copysign', [rest, x], result);
    return to.ops;
  });
};
