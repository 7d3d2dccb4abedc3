/** Plain arrays: literals, elements read and written. */
import type { ArrayLiteralExpression, Node } from '../../ts-morph.ts';
import { Node as Nodes } from '../../ts-morph.ts';
import type { HintType } from '../../1-read/model.ts';
import { elementOf } from '../../ir/records.ts';
import { isList, isRecord, Tag, type ListType, type Value } from '../../ir/types.ts';
import { refuseConstruct } from '../constructs.ts';
import { convert, fromStored, toStored, zero } from '../convert.ts';
import type { Lowering } from '../lowering.ts';
import { valueOperand, type Operand } from '../operands.ts';
import { expectedType } from './expected.ts';
import { lower } from './index.ts';

/** `[a, b]` as an array or, where a tuple is expected, as a tuple. */
export function lowerArrayLiteral(
  l: Lowering,
  node: ArrayLiteralExpression,
  expected: HintType | undefined,
): Operand {
  const { type } = expectedType(l, node, expected);
  const elements = node.getElements();
  for (const element of elements) {
    if (Nodes.isOmittedExpression(element) || Nodes.isSpreadElement(element))
      return refuseConstruct(l, element);
  }
  if (type !== undefined && isRecord(type)) {
    const { members } = l.module.reading.records.get(type);
    const operands = elements.map((element, index) => lower(l, element, members[index]));
    l.at(node);
    const values = members.flatMap((member, index) =>
      toStored(l, operands[index] ?? absent, member, elements[index] ?? node, member.name),
    );
    return valueOperand(l.b.op('rec.new', values, type));
  }
  if (type === undefined || !isList(type)) return refuseConstruct(l, node);
  const element = elementOf(type);
  const operands = l.all(elements.map((one) => () => lower(l, one, element)));
  l.at(node);
  const list = l.b.op('list.new', [l.b.const('i64', BigInt(elements.length))], type);
  operands.forEach((operand, index) =>
    pushElement(l, list, operand, elements[index] ?? node, 'the array'),
  );
  return valueOperand(list);
}

const absent: Operand = { kind: 'absent', absent: 'undefined' };

/** Appends an element. @param subject what messages call it */
export function pushElement(
  l: Lowering,
  list: Value,
  operand: Operand,
  node: Node,
  subject: string,
): void {
  const [value] = toStored(l, operand, elementOf(list.type as ListType), node, subject);
  if (value) l.b.effect('list.push', [list, value]);
}

export const listLength = (l: Lowering, list: Value): Value =>
  convert(l, l.b.op('list.length', [list]), 'f64');

/** The element at an index that is within bounds. */
export function loadElement(l: Lowering, list: Value, index: Value): Operand {
  const element = elementOf(list.type as ListType);
  return fromStored(l, element, l.b.op('list.load', [list, index], element.type));
}

/** The element at an index, or `undefined` where that isn't within bounds. @param index an integer where `inside` */
export function loadOptional(l: Lowering, list: Value, inside: Value, index: () => Value): Operand {
  const { type } = elementOf(list.type as ListType);
  const tag = l.b.local('element.tag', 'u8');
  const local = l.b.local('element', type);
  l.b.if(
    inside,
    () => {
      const operand = loadElement(l, list, index());
      if (operand.kind !== 'value' && operand.kind !== 'optional') return;
      l.b.set(tag, operand.kind === 'optional' ? operand.tag : l.b.const('u8', Tag.value));
      l.b.set(local, operand.value);
    },
    () => {
      l.b.set(tag, l.b.const('u8', Tag.undefined));
      l.b.set(local, zero(l, type));
    },
  );
  return { kind: 'optional', tag: l.b.get(tag), value: l.b.get(local) };
}

/** Stores to an index that is within bounds. */
export function storeElement(
  l: Lowering,
  list: Value,
  index: Value,
  operand: Operand,
  node: Node,
  subject: string,
): void {
  const [value] = toStored(l, operand, elementOf(list.type as ListType), node, subject);
  if (value) l.b.effect('list.store', [list, index, value]);
}
