/** Plain arrays: literals, elements read and written. */
import type { ArrayLiteralExpression, Node, SpreadElement } from '../../ts-morph.ts';
import { Node as Nodes } from '../../ts-morph.ts';
import type { HintType } from '../../1-read/model.ts';
import { elementOf } from '../../ir/records.ts';
import {
  isList,
  isRecord,
  Tag,
  type IrType,
  type ListType,
  type RecordType,
  type Value,
} from '../../ir/types.ts';
import { templateFor } from '../../library-template.ts';
import { refuseConstruct } from '../constructs.ts';
import { convert, fromStored, toStored, zero } from '../convert.ts';
import type { Lowering } from '../lowering.ts';
import { valueOperand, type Operand } from '../operands.ts';
import { expectedType } from './expected.ts';
import {
  defaultPart,
  entryTuple,
  forEachEntry,
  tableOf,
  type EntryPart,
  type Table,
} from './collections.ts';
import { lower } from './index.ts';
import { appendTable, numberTable } from './number-lists.ts';
import { readMember } from './objects.ts';
import { iteratedOperand, type Iterated } from './iterated.ts';
import { notIterable } from '../refusals.ts';
import { forEachCodePoint, forEachElement, isTuple, sequenceOf } from '../sequences.ts';

/** `[a, b]` as an array or, where a tuple is expected, as a tuple. */
export function lowerArrayLiteral(
  l: Lowering,
  node: ArrayLiteralExpression,
  expected: HintType | undefined,
): Operand {
  const { type } = expectedType(l, node, expected);
  const elements = node.getElements();
  for (const element of elements)
    if (Nodes.isOmittedExpression(element)) return refuseConstruct(l, element);
  if (type !== undefined && isRecord(type)) return tupleLiteral(l, node, type);
  if (type === undefined || !isList(type)) return refuseConstruct(l, node);
  return valueOperand(listOfItems(l, type, elements, 'the array', node));
}

function tupleLiteral(l: Lowering, node: ArrayLiteralExpression, type: RecordType): Operand {
  const { members } = l.module.reading.records.get(type);
  const operands: Operand[] = [];
  const nodes: Node[] = [];
  for (const element of node.getElements()) {
    if (!Nodes.isSpreadElement(element)) {
      operands.push(lower(l, element, members[operands.length]));
      nodes.push(element);
      continue;
    }
    const spread = lower(l, element.getExpression());
    if (spread.kind !== 'value' || !isTuple(l, spread.value)) return refuseConstruct(l, element);
    const { value } = spread;
    for (const member of l.module.reading.records.get(value.type as RecordType).members) {
      operands.push(readMember(l, value, member));
      nodes.push(element);
    }
  }
  l.at(node);
  const values = members.flatMap((member, index) =>
    toStored(l, operands[index] ?? absent, member, nodes[index] ?? node, member.name),
  );
  return valueOperand(l.b.op('rec.new', values, type));
}

export const hasSpread = (items: readonly Node[]): boolean => items.some(Nodes.isSpreadElement);

/** A new list of what is written between brackets or as arguments. @param subject what messages call it */
export function listOfItems(
  l: Lowering,
  type: ListType,
  items: readonly Node[],
  subject: string,
  node?: Node,
): Value {
  const element = elementOf(type);
  const make = (): Value => l.b.op('list.new', [l.b.const('i64', BigInt(items.length))], type);
  if (!hasSpread(items)) {
    const table = numberTable(element, items);
    const operands = table ? [] : l.all(items.map((one) => () => lower(l, one, element)));
    if (node) l.at(node);
    const list = make();
    if (table) appendTable(l, list, table);
    operands.forEach((operand, index) => {
      const at = items[index] ?? node;
      if (at) pushElement(l, list, operand, at, subject);
    });
    return list;
  }
  // What a spread gives is taken before the next item is evaluated.
  const list = make();
  l.all(
    items.map((item) => () => {
      if (Nodes.isSpreadElement(item)) appendSpread(l, list, item, subject);
      else pushElement(l, list, lower(l, item, element), item, subject);
    }),
  );
  return list;
}

/** `list.push(…items)`: all items are evaluated before the first one is appended. */
export function appendItems(
  l: Lowering,
  list: Value,
  items: readonly Node[],
  subject: string,
): void {
  const [first] = items;
  if (first && items.length === 1 && Nodes.isSpreadElement(first)) {
    appendSpread(l, list, first, subject);
  } else if (hasSpread(items)) {
    const all = listOfItems(l, list.type as ListType, items, subject);
    l.b.call(templateFor('append', list.type as ListType), [list, all], []);
  } else {
    const element = elementOf(list.type as ListType);
    const operands = l.all(items.map((one) => () => lower(l, one, element)));
    operands.forEach((operand, index) => {
      const node = items[index];
      if (node) pushElement(l, list, operand, node, subject);
    });
  }
}

function appendSpread(l: Lowering, list: Value, item: SpreadElement, subject: string): void {
  appendIterated(l, list, item.getExpression(), subject);
}

/** Appends what an expression's value goes over. */
export function appendIterated(l: Lowering, list: Value, source: Node, subject: string): void {
  const expected = { type: list.type, undefined: false, null: false };
  const operand = iteratedOperand(l, source, expected);
  l.at(source);
  if (operand.kind === 'operand') return appendOperand(l, list, operand.operand, source, subject);
  const { type } = elementOf(list.type as ListType);
  forEachIterated(l, operand, source, type, (element) =>
    pushElement(l, list, element, source, subject),
  );
}

/**
 * Runs code for each element that an expression's value goes over.
 * @param type the type of an entry of a map, where entries are elements
 */
export function forEachIterated(
  l: Lowering,
  iterated: Iterated,
  node: Node,
  type: IrType | undefined,
  body: (element: Operand) => void,
): void {
  switch (iterated.kind) {
    case 'sequence':
      if (iterated.isEntries) return refuseConstruct(l, node);
      return forEachElement(l, iterated.sequence, body);
    case 'table':
      return forEachPart(l, iterated.table, iterated.part, node, type, body);
    case 'operand':
      return forEachOfOperand(l, iterated.operand, node, type, body);
  }
}

/** The keys, values or entries of a map or set. */
function forEachPart(
  l: Lowering,
  table: Table,
  part: EntryPart,
  node: Node,
  type: IrType | undefined,
  body: (element: Operand) => void,
): void {
  forEachEntry(l, table, l.b.label('entries'), (key, value) => {
    if (part === 'keys') body(key);
    else if (part === 'values') body(value());
    else if (type !== undefined && isRecord(type)) body(entryTuple(l, type, [key, value()], node));
    else refuseConstruct(l, node);
  });
}

/** The elements of an array, a tuple, a typed array, a map, a set or a string. */
function forEachOfOperand(
  l: Lowering,
  operand: Operand,
  node: Node,
  type: IrType | undefined,
  body: (element: Operand) => void,
): void {
  if (operand.kind !== 'value') return notIterable(l, operand, node);
  const { value } = operand;
  const table = tableOf(l, value);
  if (table) return forEachPart(l, table, defaultPart(table), node, type, body);
  if (value.type === 'str')
    return forEachCodePoint(l, value, l.b.label('characters'), (one) => body(valueOperand(one)));
  if (isTuple(l, value)) {
    for (const member of l.module.reading.records.get(value.type as RecordType).members)
      body(readMember(l, value, member));
    return;
  }
  const sequence = sequenceOf(l, value);
  if (!sequence) return notIterable(l, operand, node);
  forEachElement(l, sequence, body);
}

/** Whether `concat` takes the elements of a value, and not the value itself. */
export const isSpreadable = (l: Lowering, value: Value): boolean =>
  isList(value.type) || isTuple(l, value);

/** Appends the elements of an array, a tuple, a typed array, a map, a set or a string. */
export function appendOperand(
  l: Lowering,
  list: Value,
  operand: Operand,
  node: Node,
  subject: string,
): void {
  if (operand.kind === 'value' && operand.value.type === list.type) {
    l.b.call(templateFor('append', list.type as ListType), [list, operand.value], []);
    return;
  }
  const { type } = elementOf(list.type as ListType);
  forEachOfOperand(l, operand, node, type, (element) =>
    pushElement(l, list, element, node, subject),
  );
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

/**
 * The element at an index, or `undefined` where that isn't within bounds.
 * @param index an integer where `inside`
 * @param after runs once the element is read
 */
export function loadOptional(
  l: Lowering,
  list: Value,
  inside: Value,
  index: () => Value,
  after?: () => void,
): Operand {
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
      after?.();
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
