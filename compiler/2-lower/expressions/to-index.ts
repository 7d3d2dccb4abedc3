/** Indices that are any number. */
import type { Value } from '../../ir/types.ts';
import { convert } from '../convert.ts';
import type { Lowering } from '../lowering.ts';

/**
 * ECMA-262 7.1.22, ToIndex, as an i64.
 * @param size how many elements of the view (bytes of a DataView) must be there from the index on; else RangeError
 */
export function toIndex(
  l: Lowering,
  number: Value,
  view: Value,
  size: number,
  message: string,
): Value {
  const whole = l.b.op('trunc', [number]);
  const isNumber = l.b.op('eq', [whole, whole]);
  const index = l.b.op('select', [isNumber, whole, l.constant('f64', 0)]);
  const length = convert(l, l.b.op('view.length', [view]), 'f64');
  const last = l.b.op('sub', [length, l.constant('f64', size)]);
  const valid = l.b.op('and', [
    l.b.op('ge', [index, l.constant('f64', 0)]),
    l.b.op('le', [index, last]),
  ]);
  l.b.if(
    valid,
    () => {},
    () => l.b.throw('RangeError', [message]),
  );
  return l.b.op('fptoint', [index], 'i64');
}
