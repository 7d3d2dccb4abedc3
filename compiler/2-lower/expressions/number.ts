/** Predicates and conversions of Number (ECMA-262 21.1.2). */
import { Node, type CallExpression } from '../../ts-morph.ts';
import { isFloat, type Value } from '../../ir/types.ts';
import { convert, isPresent, toF64 } from '../convert.ts';
import type { Lowering } from '../lowering.ts';
import { jsTypeOf, valueOperand, type Operand } from '../operands.ts';
import { lower } from './index.ts';
import { refuseCallee } from './unknown.ts';

const predicates: Readonly<Record<string, (l: Lowering, x: Value) => Value>> = {
  isNaN: (l, x) => l.b.op('ne', [x, x]),
  isFinite,
  isInteger,
  isSafeInteger: (l, x) =>
    l.b.op('and', [
      isInteger(l, x),
      l.b.op('le', [l.b.op('abs', [x]), l.constant('f64', Number.MAX_SAFE_INTEGER)]),
    ]),
};

function isFinite(l: Lowering, x: Value): Value {
  return l.b.op('lt', [l.b.op('abs', [x]), l.constant('f64', Infinity)]);
}

function isInteger(l: Lowering, x: Value): Value {
  return l.b.op('and', [isFinite(l, x), l.b.op('eq', [l.b.op('trunc', [x]), x])]);
}

/** `Number.isNaN(x)` and its kin, also the global `isNaN` and `isFinite`, which convert first. */
export function numberPredicate(l: Lowering, name: string, node: CallExpression): Operand {
  const predicate = predicates[name];
  const [argument] = node.getArguments();
  if (!predicate || !argument) return refuseCallee(l, node.getExpression());
  const operand = lower(l, argument);
  l.at(node);
  const isStatic = Node.isPropertyAccessExpression(node.getExpression());
  if (!isStatic) return valueOperand(predicate(l, toF64(l, operand, argument)));
  // The static predicates don't convert: what is no number is none of them.
  if (jsTypeOf(operand) !== 'number') return valueOperand(l.constant('bool', false));
  if (operand.kind !== 'optional') return valueOperand(predicate(l, toF64(l, operand, argument)));
  const number = toF64(l, valueOperand(operand.value), argument);
  return valueOperand(l.b.op('and', [isPresent(l, operand.tag), predicate(l, number)]));
}

/** `Number(bigint)`: the nearest double. */
export function numberFromBigint(l: Lowering, operand: Operand): Value {
  if (operand.kind === 'bigint') return l.constant('f64', Number(operand.value));
  if (operand.kind === 'value' && !isFloat(operand.value.type))
    return convert(l, operand.value, 'f64');
  throw new Error('not a bigint');
}
