/** Map and Set (ECMA-262 24.1 and 24.2): calls into the table of the runtime's library. */
import {
  Node,
  type CallExpression,
  type NewExpression,
  type PropertyAccessExpression,
} from '../../ts-morph.ts';
import { collectionOf } from '../../1-read/collections.ts';
import type { HintType } from '../../1-read/model.ts';
import { placeOf } from '../../1-read/places.ts';
import { codes } from '../../diagnostics/codes.ts';
import { elementOf, recordName } from '../../ir/records.ts';
import {
  isFloat,
  isList,
  isRecord,
  Tag,
  type BoundaryType,
  type IrRecord,
  type IrType,
  type ListType,
  type RecordType,
  type Value,
} from '../../ir/types.ts';
import { tableFunction } from '../../table-template.ts';
import { skipParentheses } from '../conditions.ts';
import { toStored, toType, zero } from '../convert.ts';
import { isFunctionType, refuseIdentity } from '../functions/closures.ts';
import { callback, callWith } from '../functions/callable.ts';
import { ignored } from '../functions/frame.ts';
import type { Lowering } from '../lowering.ts';
import { valueOperand, type Operand } from '../operands.ts';
import { notIterable, sourceOf } from '../refusals.ts';
import { forEachCodePoint, forEachElement, leaveUnless, sequenceOf } from '../sequences.ts';
import { nothing } from './arguments.ts';
import { expectedType } from './expected.ts';
import { isGlobal } from './globals.ts';
import { lower } from './index.ts';
import { loadElement, loadOptional } from './lists.ts';
import { readMember } from './objects.ts';

/** A map or a set, with the types of what is in it. */
export interface Table {
  readonly value: Value;
  readonly record: IrRecord;
  readonly keys: ListType;
  readonly values: ListType;
}

/** The map or set that a value is; undefined for another value. */
export function tableOf(l: Lowering, value: Value): Table | undefined {
  if (!isRecord(value.type)) return undefined;
  const record = l.module.reading.records.get(value.type);
  if (record.kind !== 'map' && record.kind !== 'set') return undefined;
  const list = (name: string): ListType => {
    const type = record.members.find((member) => member.name === name)?.type;
    if (type === undefined || !isList(type)) throw new Error(`${record.name} is no table`);
    return type;
  };
  return { value, record, keys: list('keys'), values: list('values') };
}

function call(l: Lowering, table: Table, name: string, args: Value[], result?: IrType): Value {
  const callee = tableFunction(name, recordName(table.value.type as RecordType));
  const [value] = l.b.call(callee, [table.value, ...args], result === undefined ? [] : [result]);
  return value ?? table.value;
}

const slot = (l: Lowering, table: Table, name: string, type: IrType): Value =>
  l.b.op('rec.get', [table.value], type, { slot: name });

/** `table.size` */
export const tableSize = (l: Lowering, table: Table): Operand =>
  valueOperand(slot(l, table, 'size', 'f64'));

/** `new Map(…)` and `new Set(…)`; undefined for another class. */
export function lowerNewCollection(
  l: Lowering,
  node: NewExpression,
  expected: HintType | undefined,
): Operand | undefined {
  const callee = node.getExpression();
  const kind = isGlobal(callee, 'Map') ? 'map' : isGlobal(callee, 'Set') ? 'set' : undefined;
  if (!kind) return undefined;
  const type = recordTypeOf(l, node, kind, expected);
  const record = l.module.reading.records.get(type);
  const source = node.getArguments()[0];
  const given = source && skipParentheses(source);
  const isLiteral =
    given && Node.isArrayLiteralExpression(given) && !hasSpread(given.getElements());
  const operand = given && !isLiteral ? lower(l, given) : nothing;
  l.at(node);
  const slots = record.members.map((member) =>
    isList(member.type)
      ? l.b.op('list.new', [l.b.const('i64', 0n)], member.type)
      : zero(l, member.type),
  );
  const table = tableOf(l, l.b.op('rec.new', slots, type));
  if (!table) throw new Error(`${type} is no table`);
  if (isLiteral) addLiterals(l, table, given.getElements());
  else if (operand.kind !== 'absent') addAll(l, table, operand, given ?? node);
  return valueOperand(table.value);
}

const hasSpread = (elements: readonly Node[]): boolean =>
  elements.some((element) => Node.isSpreadElement(element) || Node.isOmittedExpression(element));

function recordTypeOf(
  l: Lowering,
  node: NewExpression,
  kind: 'map' | 'set',
  expected: HintType | undefined,
): RecordType {
  const isTable = (type: IrType | undefined): type is RecordType =>
    type !== undefined && isRecord(type) && l.module.reading.records.get(type).kind === kind;
  if (isTable(expected?.type)) return expected.type;
  const { reading } = l.module;
  const written = node.compilerNode.typeArguments?.map((part) => reading.hintOfNode(part));
  const { type } = written ? { type: undefined } : expectedType(l, node, expected);
  if (isTable(type)) return type;
  const own = written
    ? collectionOf(kind, written, reading.records, placeOf(node), typeText(node))
    : reading.hintOfType(node.getType().compilerType, node);
  if ('code' in own) return l.refuse(own);
  if (isTable(own.type)) return own.type;
  return l.refuse(
    codes.unsupportedNew(placeOf(node), {
      name: node.getExpression().getText(),
      rewrite: 'A declared type for it: const table: Map<string, number> = new Map();',
    }),
  );
}

const typeText = (node: NewExpression): string =>
  `${node.getExpression().getText()}<${node.getTypeArguments().map(sourceOf).join(', ')}>`;

/** The entries of `new Map([[k, v], …])`, the keys of `new Set([k, …])`. */
function addLiterals(l: Lowering, table: Table, elements: readonly Node[]): void {
  for (const element of elements) {
    if (table.record.kind === 'set') {
      addKey(l, table, lower(l, element, elementOf(table.keys)), element);
      continue;
    }
    const pair = skipParentheses(element);
    const [key, value] = Node.isArrayLiteralExpression(pair) ? pair.getElements() : [];
    if (key && value) {
      const first = lower(l, key, elementOf(table.keys));
      setEntry(l, table, first, key, lower(l, value, elementOf(table.values)), value);
    } else addPair(l, table, lower(l, element), element);
  }
}

/** All that something iterable has: pairs for a map, keys for a set. */
function addAll(l: Lowering, table: Table, operand: Operand, node: Node): void {
  if (operand.kind !== 'value') return notIterable(l, operand, node);
  const add = (one: Operand): void =>
    table.record.kind === 'set' ? addKey(l, table, one, node) : addPair(l, table, one, node);
  const other = tableOf(l, operand.value);
  if (other && other.record.kind === table.record.kind) {
    const label = l.b.label('entries');
    return forEachEntry(l, other, label, (key, value) => {
      if (table.record.kind === 'set') addKey(l, table, key, node);
      else setEntry(l, table, key, node, value(), node);
    });
  }
  if (operand.value.type === 'str')
    return forEachCodePoint(l, operand.value, l.b.label('characters'), (one) =>
      add(valueOperand(one)),
    );
  const sequence = sequenceOf(l, operand.value);
  if (!sequence) return notIterable(l, operand, node);
  forEachElement(l, sequence, add);
}

/** An entry that is a tuple of a key and a value. */
function addPair(l: Lowering, table: Table, pair: Operand, node: Node): void {
  const record =
    pair.kind === 'value' && isRecord(pair.value.type)
      ? l.module.reading.records.get(pair.value.type)
      : undefined;
  const [key, value] = record?.kind === 'tuple' ? record.members : [];
  if (pair.kind !== 'value' || !key || !value) return notIterable(l, pair, node);
  setEntry(l, table, readMember(l, pair.value, key), node, readMember(l, pair.value, value), node);
}

/** A key as the table holds it: −0 becomes 0 (ECMA-262 24.1.3.9, step 6), and finds what 0 finds. */
function keyOf(l: Lowering, table: Table, operand: Operand, node: Node): Value {
  const { type } = elementOf(table.keys);
  if (isFunctionType(l, type)) return refuseIdentity(l, node);
  const key = toType(l, operand, type, node, sourceOf(node));
  return isFloat(type) ? l.b.op('add', [key, l.constant(type, 0)]) : key;
}

function setEntry(
  l: Lowering,
  table: Table,
  key: Operand,
  keyNode: Node,
  value: Operand,
  valueNode: Node,
): void {
  const held = keyOf(l, table, key, keyNode);
  const stored = toStored(l, value, elementOf(table.values), valueNode, sourceOf(valueNode));
  call(l, table, 'set', [held, ...stored]);
}

const addKey = (l: Lowering, table: Table, key: Operand, node: Node): void =>
  void call(l, table, 'set', [keyOf(l, table, key, node), l.constant('bool', true)]);

const mapMethods = ['get', 'set', 'has', 'delete', 'clear', 'forEach', 'size'];
const setMethods = ['add', 'has', 'delete', 'clear', 'forEach', 'size'];

export function collectionMethod(
  l: Lowering,
  table: Table,
  callee: PropertyAccessExpression,
  node: CallExpression,
): Operand {
  const name = callee.getName();
  const isMap = table.record.kind === 'map';
  const [first, second] = node.getArguments();
  const key = (): Value => {
    const operand = first ? lower(l, first, elementOf(table.keys)) : nothing;
    return keyOf(l, table, operand, first ?? node);
  };
  switch (name) {
    case 'get': {
      if (!isMap) break;
      const held = key();
      l.at(node);
      const index = call(l, table, 'indexOf', [held], 'f64');
      const found = l.b.op('ge', [index, l.constant('f64', 0)]);
      const values = slot(l, table, 'values', table.values);
      return loadOptional(l, values, found, () => l.b.op('fptoint', [index], 'i64'));
    }
    case 'set': {
      if (!isMap) break;
      const operand = first ? lower(l, first, elementOf(table.keys)) : nothing;
      const value = second ? lower(l, second, elementOf(table.values)) : nothing;
      l.at(node);
      setEntry(l, table, operand, first ?? node, value, second ?? node);
      return valueOperand(table.value);
    }
    case 'add': {
      if (isMap) break;
      const operand = first ? lower(l, first, elementOf(table.keys)) : nothing;
      l.at(node);
      addKey(l, table, operand, first ?? node);
      return valueOperand(table.value);
    }
    case 'has': {
      const held = key();
      l.at(node);
      const index = call(l, table, 'indexOf', [held], 'f64');
      return valueOperand(l.b.op('ge', [index, l.constant('f64', 0)]));
    }
    case 'delete': {
      const held = key();
      l.at(node);
      return valueOperand(call(l, table, 'remove', [held], 'bool'));
    }
    case 'clear':
      l.at(node);
      call(l, table, 'clear', []);
      return nothing;
    case 'forEach':
      if (!first) break;
      forEachCall(l, table, first, second, node);
      return nothing;
    default:
  }
  return refuseMethod(l, table, callee);
}

/** `table.forEach(callback)` (ECMA-262 24.1.3.5, 24.2.4.6). */
function forEachCall(
  l: Lowering,
  table: Table,
  argument: Node,
  thisArgument: Node | undefined,
  node: CallExpression,
): void {
  const callable = callback(l, argument);
  // What the callback gets as `this`, which no callback in native code uses.
  if (thisArgument) lower(l, thisArgument);
  l.at(node);
  forEachEntry(l, table, l.b.label('entries'), (key, value) => {
    const given = [value(), key, valueOperand(table.value)];
    const operands = given.map((operand) => ({ operand, node: argument }));
    callWith(l, callable, operands, ignored, node);
  });
}

/**
 * `table.keys().next().value`: the first key, value or entry of a map or set, or `undefined`.
 * @returns undefined for what is nothing like it
 */
export function firstOfTable(l: Lowering, node: PropertyAccessExpression): Operand | undefined {
  const next = calledMember(node.getExpression(), 'next');
  const call = next && skipParentheses(next);
  if (node.getName() !== 'value' || !call || !Node.isCallExpression(call)) return undefined;
  const iterator = call.getExpression();
  if (!Node.isPropertyAccessExpression(iterator) || call.getArguments().length > 0)
    return undefined;
  const part = iterator.getName();
  if (part !== 'keys' && part !== 'values' && part !== 'entries') return undefined;
  const object = iterator.getExpression();
  const name = l.typeOf(object).getSymbol()?.name ?? '';
  if (!['Map', 'ReadonlyMap', 'Set', 'ReadonlySet'].includes(name)) return undefined;
  const operand = lower(l, object);
  const table = operand.kind === 'value' ? tableOf(l, operand.value) : undefined;
  if (!table) return undefined;
  l.at(node);
  const isKey = part === 'keys' || (table.record.kind === 'set' && part === 'values');
  const { type } =
    part === 'entries' ? entryHint(l, node) : elementOf(isKey ? table.keys : table.values);
  if (type === undefined) return undefined;
  const tag = l.b.local('first.tag', 'u8');
  const local = l.b.local('first', type);
  l.b.set(tag, l.constant('u8', Tag.undefined));
  l.b.set(local, zero(l, type));
  const label = l.b.label('first');
  forEachEntry(l, table, label, (key, value) => {
    const own = (): Operand => (table.record.kind === 'set' ? key : value());
    const given =
      part === 'entries'
        ? entryTuple(l, type as RecordType, [key, own()], node)
        : isKey
          ? key
          : own();
    if (given.kind === 'value' || given.kind === 'optional') {
      l.b.set(tag, given.kind === 'optional' ? given.tag : l.constant('u8', Tag.value));
      l.b.set(local, given.value);
    }
    l.b.break(label);
  });
  return { kind: 'optional', tag: l.b.get(tag), value: l.b.get(local) };
}

/** The type of a tuple that is an entry, or nothing. */
function entryHint(l: Lowering, node: PropertyAccessExpression): HintType {
  const checker = l.module.reading.program.getTypeChecker();
  const hint = l.module.reading.hintOfType(checker.getNonNullableType(l.typeOf(node)), node);
  return 'code' in hint ? l.refuse(hint) : hint;
}

/** The object of `object.name()`. */
function calledMember(node: Node, name: string): Node | undefined {
  const call = skipParentheses(node);
  const callee = Node.isCallExpression(call) ? call.getExpression() : undefined;
  return Node.isPropertyAccessExpression(callee) && callee.getName() === name
    ? callee.getExpression()
    : undefined;
}

function refuseMethod(l: Lowering, table: Table, callee: PropertyAccessExpression): never {
  const isMap = table.record.kind === 'map';
  const source = sourceOf(callee.getExpression());
  const known = isMap ? mapMethods : setMethods;
  const name = callee.getName();
  const isIterator = ['keys', 'values', 'entries'].includes(name);
  return l.refuse(
    codes.unknownMember(placeOf(callee.getNameNode()), {
      object: isMap ? 'Map' : 'Set',
      name,
      why: isIterator
        ? 'Native code has no iterators, but loops over what is in a table.'
        : `Of ${isMap ? 'Map' : 'Set'} native code has ${known.join(', ')}, and loops over keys(), values() and entries().`,
      rewrite: isMap
        ? `for (const [key, value] of ${source}) { … }`
        : `for (const key of ${source}) { … }`,
    }),
  );
}

/**
 * Runs code for each entry, also for those that are inserted meanwhile and not for those that are removed before
 * their turn (ECMA-262 24.1.5.1).
 *
 * @param body runs inside a loop of that label; the value is read where it is asked for
 */
export function forEachEntry(
  l: Lowering,
  table: Table,
  label: string,
  body: (key: Operand, value: () => Operand) => void,
): void {
  const id = l.b.local('id', 'f64');
  const hint = l.b.local('hint', 'f64');
  const one = (): Value => l.constant('f64', 1);
  l.b.set(id, l.constant('f64', 0));
  l.b.set(hint, l.constant('f64', 0));
  l.b.loop(label, () => {
    const index = call(l, table, 'entryFrom', [l.b.get(id), l.b.get(hint)], 'f64');
    leaveUnless(l, l.b.op('ge', [index, l.constant('f64', 0)]), label);
    l.b.set(id, l.b.op('add', [call(l, table, 'idAt', [index], 'f64'), one()]));
    l.b.set(hint, l.b.op('add', [index, one()]));
    const at = l.b.op('fptoint', [index], 'i64');
    const load = (name: string, type: ListType): Operand =>
      loadElement(l, slot(l, table, name, type), at);
    const key = load('keys', table.keys);
    body(key, () => (table.record.kind === 'set' ? key : load('values', table.values)));
  });
}

/** What a loop or a spread gets of each entry. */
export type EntryPart = 'keys' | 'values' | 'entries';

/** What `for…of` over a table itself gives. */
export const defaultPart = (table: Table): EntryPart =>
  table.record.kind === 'map' ? 'entries' : 'keys';

/** An entry as a tuple of its key and value. @param type that of the tuple */
export function entryTuple(
  l: Lowering,
  type: RecordType,
  parts: readonly Operand[],
  node: Node,
): Operand {
  const { members } = l.module.reading.records.get(type);
  const values = members.flatMap((member, index) =>
    toStored(l, parts[index] ?? nothing, member as BoundaryType, node, member.name),
  );
  return valueOperand(l.b.op('rec.new', values, type));
}
