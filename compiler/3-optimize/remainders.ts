/**
 * Computes remainders of floats by a constant power of two without a division: x − trunc(x/2^k)·2^k, in which every step
 * is exact. Where x/2^k is so small that it is rounded, its whole part is 0 and the remainder x. Infinite x give NaN, as
 * they should, and the sign of x is that of the result, also of a zero (ECMA-262 6.1.6.1.6).
 */
import type { OpName } from '../ir/ops.ts';
import { isFloat, type Constant, type FloatType, type Operation, type Value } from '../ir/types.ts';
import { definitionsOf, rewriteOps, usesOf } from '../ir/walk.ts';
import { isComparison } from './comparisons.ts';
import type { Pass } from './pass.ts';

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

    const made: Operation[] = [];
    const add = (name: OpName, args: Value[], into?: Value, value?: Constant): Value => {
      const to = into ?? { id: fn.nextValue++, type };
      const attributes = value === undefined ? {} : { value };
      made.push({ kind: 'op', op: name, args, results: [to], attributes, span: op.span });
      return to;
    };
    const quotient = add('mul', [x, add('const', [], undefined, 1 / power)]);
    const multiple = add('mul', [add('trunc', [quotient]), add('const', [], undefined, power)]);
    // No comparison tells the sign of a zero.
    const users = uses.get(result.id) ?? [];
    const isCompared = users.every((user) => user.kind === 'op' && isComparison(user.op));
    const rest = add('sub', [x, multiple], isCompared ? result : undefined);
    if (!isCompared) add('copysign', [rest, x], result);
    return made;
  });
};
