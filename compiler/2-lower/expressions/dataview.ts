/** DataView's getters and setters (ECMA-262 25.3.4), aligned or not, in both byte orders. */
import type { CallExpression, Node, PropertyAccessExpression } from '../../ts-morph.ts';
import { bitWidth, type NumericType, type Value } from '../../ir/types.ts';
import { toBoolean, toElement, toF64 } from '../convert.ts';
import type { Lowering } from '../lowering.ts';
import { valueOperand, type Operand } from '../operands.ts';
import { lower } from './index.ts';
import { toIndex } from './to-index.ts';
import { refuseMember } from './unknown.ts';

/** The machine types of numbers by the names that DataView's methods have for them. */
export const numberTypes: Readonly<Record<string, NumericType>> = {
  Int8: 'i8',
  Uint8: 'u8',
  Int16: 'i16',
  Uint16: 'u16',
  Int32: 'i32',
  Uint32: 'u32',
  BigInt64: 'i64',
  BigUint64: 'u64',
  Float32: 'f32',
  Float64: 'f64',
};

export function dataMethod(
  l: Lowering,
  view: Value,
  callee: PropertyAccessExpression,
  node: CallExpression,
): Operand {
  const name = callee.getName();
  const match = /^(get|set)(.+)$/.exec(name);
  const type =
    match?.[2] !== undefined && Object.hasOwn(numberTypes, match[2])
      ? numberTypes[match[2]]
      : undefined;
  if (!match || type === undefined) {
    return refuseMember(
      l,
      callee,
      'DataView',
      Object.keys(numberTypes).flatMap((of) => [`get${of}`, `set${of}`]),
    );
  }
  const args = node.getArguments();
  const [offsetNode] = args;
  const position = offsetNode ? toF64(l, lower(l, offsetNode), offsetNode) : l.constant('f64', 0);
  const isGet = match[1] === 'get';
  const valueNode = args[1] ?? node;
  const value = isGet
    ? undefined
    : toElement(
        l,
        args[1] ? lower(l, args[1]) : { kind: 'absent', absent: 'undefined' },
        type,
        valueNode,
      );
  const order = byteOrder(l, args[isGet ? 1 : 2], bitWidth(type) === 8);
  l.at(node);
  const message = 'Offset is outside the bounds of the DataView';
  const offset = toIndex(l, position, view, bitWidth(type) / 8, message);
  if (value) {
    inOrder(l, order, (littleEndian) =>
      l.b.effect('data.store', [view, offset, value], { littleEndian }),
    );
    return { kind: 'absent', absent: 'undefined' };
  }
  if (typeof order === 'boolean') {
    return valueOperand(l.b.op('data.load', [view, offset], type, { littleEndian: order }));
  }
  const result = l.b.local('loaded', type);
  inOrder(l, order, (littleEndian) =>
    l.b.set(result, l.b.op('data.load', [view, offset], type, { littleEndian })),
  );
  return valueOperand(l.b.get(result));
}

/** The argument `littleEndian`, known or not; big-endian when missing. */
function byteOrder(l: Lowering, node: Node | undefined, single: boolean): boolean | Value {
  if (!node) return single;
  const value = toBoolean(l, lower(l, node));
  const constant = l.constantOf(value);
  return typeof constant === 'boolean' ? constant : value;
}

function inOrder(
  l: Lowering,
  order: boolean | Value,
  access: (littleEndian: boolean) => void,
): void {
  if (typeof order === 'boolean') access(order);
  else
    l.b.if(
      order,
      () => access(true),
      () => access(false),
    );
}
