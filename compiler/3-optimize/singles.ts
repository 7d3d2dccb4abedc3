/**
 * Arithmetic on singles in double whose result is rounded to single is the operation on singles:
 * a double has more than twice a single's precision and two bits, so rounding twice gives what rounding
 * once does for + − × ÷ √ (Figueroa, "When is double rounding innocuous?", 1995).
 * Twice as many singles fit a vector register.
 */
import type { OpName } from '../ir/ops.ts';
import type { Operation, Value } from '../ir/types.ts';
import { definitionsOf, rewriteOps } from '../ir/walk.ts';
import type { Pass } from './pass.ts';

/** Operations that are the same on singles, but for the rounding at most. */
const exact: ReadonlySet<OpName> = new Set<OpName>([
  'add',
  'sub',
  'mul',
  'div',
  'sqrt',
  'neg',
  'abs',
  'min',
  'max',
  'floor',
  'ceil',
  'trunc',
  'copysign',
]);

export const singles: Pass = (fn) => {
  const definitions = definitionsOf(fn.body);
  /** What gives an operand as a single: the single it was converted from, or a constant that is one. */
  const single = (value: Value): Value | number | undefined => {
    const op = definitions.get(value.id);
    const [source] = op?.args ?? [];
    if (op?.op === 'conv' && source?.type === 'f32') return source;
    const constant = op?.op === 'const' ? op.attributes.value : undefined;
    const isSingle = typeof constant === 'number' && Object.is(Math.fround(constant), constant);
    return isSingle || Number.isNaN(constant) ? (constant as number) : undefined;
  };
  return rewriteOps(fn.body, (op) => {
    const [a] = op.args;
    const [result] = op.results;
    if (op.op !== 'conv' || a?.type !== 'f64' || result?.type !== 'f32') return undefined;
    const inner = definitions.get(a.id);
    if (!inner || !exact.has(inner.op)) return undefined;
    const operands: Value[] = [];
    const made: Operation[] = [];
    for (const arg of inner.args) {
      const found = single(arg);
      if (found === undefined) return undefined;
      if (typeof found !== 'number') {
        operands.push(found);
        continue;
      }
      const constant: Value = { id: fn.nextValue++, type: 'f32' };
      made.push({
        ...op,
        op: 'const',
        args: [],
        results: [constant],
        attributes: { value: found },
      });
      operands.push(constant);
    }
    return [...made, { ...inner, args: operands, results: [result] }];
  });
};
