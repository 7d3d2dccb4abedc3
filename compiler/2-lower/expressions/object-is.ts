/** `Object.is(a, b)`: SameValue (ECMA-262 7.2.10). */
import type { CallExpression } from '../../ts-morph.ts';
import type { Value } from '../../ir/types.ts';
import { isPresent, toF64 } from '../convert.ts';
import type { Lowering } from '../lowering.ts';
import { jsTypeOf, valueOperand, type Operand } from '../operands.ts';
import { plain, strictlyEqual, tagOf } from './compare.ts';
import { lower } from './index.ts';
import { refuseCallee } from './unknown.ts';

export function lowerObjectIs(l: Lowering, node: CallExpression): Operand {
  const [first, second] = node.getArguments();
  if (!first || !second) return refuseCallee(l, node.getExpression());
  const [left, right] = l.both(
    () => lower(l, first),
    () => lower(l, second),
  );
  l.at(node);
  if (jsTypeOf(left) !== 'number' || jsTypeOf(right) !== 'number')
    return valueOperand(strictlyEqual(l, left, right, node));
  const [a, b] = [plain(left), plain(right)];
  const same = sameNumber(l, toF64(l, a, first), toF64(l, b, second));
  if (a === left && b === right) return valueOperand(same);
  const tags = l.b.op('eq', [tagOf(l, left), tagOf(l, right)]);
  const absent = l.b.op('not', [isPresent(l, tagOf(l, left))]);
  return valueOperand(l.b.op('and', [tags, l.b.op('or', [absent, same])]));
}

/** Unlike `===`, NaN is the same as NaN, and 0 is not −0: their reciprocals are infinities of either sign. */
function sameNumber(l: Lowering, a: Value, b: Value): Value {
  const one = l.constant('f64', 1);
  const equal = l.b.op('eq', [a, b]);
  const sameSign = l.b.op('eq', [l.b.op('div', [one, a]), l.b.op('div', [one, b])]);
  const bothNaN = l.b.op('and', [l.b.op('ne', [a, a]), l.b.op('ne', [b, b])]);
  return l.b.op('or', [l.b.op('and', [equal, sameSign]), bothNaN]);
}
