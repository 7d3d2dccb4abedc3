/**
 * Replaces what no machine instruction does by calls of the runtime's library: the order of strings, and
 * the remainder of floats. That of singles is computed in double, where it is the same: it is smaller than both
 * operands and a multiple of the smaller one's last place, so a single holds it.
 */
import { isFloat, type Operation, type Value } from '../ir/types.ts';
import { rewriteOps } from '../ir/walk.ts';
import type { Pass } from './pass.ts';

export const expand: Pass = (fn) => {
  const fresh = (): Value => ({ id: fn.nextValue++, type: 'f64' });
  return rewriteOps(fn.body, (op) => {
    const [result] = op.results;
    if (op.op === 'str.compare')
      return [{ ...op, op: 'call', attributes: { callee: 'std.compareStrings' } }];
    if (op.op !== 'rem' || result === undefined || !isFloat(result.type)) return undefined;
    const make = (name: 'call' | 'conv', args: Value[], made: Value): Operation => ({
      kind: 'op',
      op: name,
      args,
      results: [made],
      attributes: name === 'call' ? { callee: 'std.rem' } : {},
      span: op.span,
    });
    if (result.type === 'f64') return [make('call', op.args, result)];
    const widened = op.args.map((arg) => make('conv', [arg], fresh()));
    const operands = widened.flatMap(({ results }) => results);
    const remainder = fresh();
    return [...widened, make('call', operands, remainder), make('conv', [remainder], result)];
  });
};
