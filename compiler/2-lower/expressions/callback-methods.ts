/** Methods of arrays that call a function for the elements (ECMA-262 23.1.3, 23.2.3): loops around that function. */
import { ts, type CallExpression, type Node } from '../../ts-morph.ts';
import { only } from '../../1-read/hint-types.ts';
import type { HintType } from '../../1-read/model.ts';
import { elementOf, listOf, storageOf } from '../../ir/records.ts';
import {
  elementType,
  isHeap,
  isList,
  isRecord,
  isView,
  Tag,
  viewKind,
  type IrType,
  type ListType,
  type Value,
} from '../../ir/types.ts';
import { convert, toElement, toHint, zero } from '../convert.ts';
import { callback, callWith } from '../functions/callable.ts';
import {
  ignored,
  resultOfElement,
  resultOfHint,
  truthOf,
  type Result,
} from '../functions/frame.ts';
import type { Lowering } from '../lowering.ts';
import { jsType, valueOperand, type Operand } from '../operands.ts';
import { leaveUnless, localsFor, sequenceOf, type Sequence } from '../sequences.ts';
import { fromValues } from '../statements/variables.ts';
import { nothing } from './arguments.ts';
import { lower } from './index.ts';
import { appendOperand, pushElement } from './lists.ts';
import { listType } from './list-statics.ts';

/** A call of such a method. */
interface Call {
  readonly array: Value;
  readonly sequence: Sequence;
  readonly args: readonly Node[];
  readonly node: CallExpression;
  /** What messages call the array. */
  readonly subject: string;
  /** The type of what the result is for, where that is known. */
  readonly expected: HintType | undefined;
}

/** Calls the callback for an element. */
type Visit = (element: Operand, index: Value, result?: Result) => Operand;

type Method = (l: Lowering, call: Call, visit: Visit) => Operand;

/** Those whose callback gets an element, its index and the array. */
const methods: Readonly<Record<string, Method>> = {
  forEach: (l, call, visit) => {
    forEach(l, call, {}, (element, index) => void visit(element, index, ignored));
    return nothing;
  },
  map,
  filter,
  some: (l, call, visit) => decided(l, call, visit, true),
  every: (l, call, visit) => decided(l, call, visit, false),
  find: (l, call, visit) => found(l, call, visit, {}),
  findLast: (l, call, visit) => found(l, call, visit, { backwards: true }),
  findIndex: (l, call, visit) => foundIndex(l, call, visit, {}),
  findLastIndex: (l, call, visit) => foundIndex(l, call, visit, { backwards: true }),
};

const listMethods: Readonly<Record<string, Method>> = { ...methods, flatMap };

/** The names of the methods of plain arrays, or of typed arrays, that take a callback. */
export const callbackMethods = (isPlain: boolean): string[] =>
  [...Object.keys(isPlain ? listMethods : methods), 'reduce', 'reduceRight'].sort();

/** `array.name(callback, …)`; undefined for another method. */
export function callbackMethod(
  l: Lowering,
  array: Value,
  name: string,
  node: CallExpression,
  subject: string,
  expected: HintType | undefined,
): Operand | undefined {
  const sequence = sequenceOf(l, array);
  const args = node.getArguments();
  const [first] = args;
  if (!sequence) return undefined;
  const call = { array, sequence, args, node, subject, expected };
  if (name === 'reduce' || name === 'reduceRight') return first && reduced(l, call, name);
  const known = isList(array.type) ? listMethods : methods;
  const method = Object.hasOwn(known, name) ? known[name] : undefined;
  if (!method || !first) return undefined;
  const callable = callback(l, first);
  // What the callback gets as `this`, which no callback in native code uses.
  if (args[1]) lower(l, args[1]);
  l.at(node);
  return method(l, call, (element, index, result) => {
    const given = [element, valueOperand(convert(l, index, 'f64')), valueOperand(array)];
    const operands = given.map((operand) => ({ operand, node: first }));
    return callWith(l, callable, operands, result, node);
  });
}

interface Order {
  readonly backwards?: boolean;
  /** How many elements come before the first one, in that order. */
  readonly skipped?: number;
  /** Elements that the callback has removed meanwhile are passed over, as they are where it asks for them first. */
  readonly removed?: 'passed' | 'refused';
}

/** Runs code for each index below the length at first, which is read once. */
function forEach(
  l: Lowering,
  call: Call,
  { backwards = false, skipped = 0, removed = 'passed' }: Order,
  body: (element: Operand, index: Value, label: string) => void,
): void {
  const { sequence } = call;
  const index = l.b.local('index', 'i64');
  const label = l.b.label('each');
  const length = sequence.length();
  const one = (): Value => l.b.const('i64', 1n);
  const first = l.b.const('i64', BigInt(backwards ? skipped + 1 : skipped));
  l.b.set(index, backwards ? l.b.op('sub', [length, first]) : first);
  l.b.loop(label, () => {
    const at = l.b.get(index);
    const inside = backwards
      ? l.b.op('ge', [at, l.b.const('i64', 0n)])
      : l.b.op('lt', [at, length]);
    leaveUnless(l, inside, label);
    const visit = (): void => body(sequence.load(at), at, label);
    if (isView(call.array.type)) visit();
    else {
      const isThere = l.b.op('lt', [at, sequence.length()]);
      l.b.if(isThere, visit, removed === 'passed' ? undefined : () => refuseRemoved(l, call));
    }
    l.b.set(index, l.b.op(backwards ? 'sub' : 'add', [at, one()]));
  });
}

/** Where JavaScript would give the callback `undefined`, or leave a hole in its result. */
const refuseRemoved = (l: Lowering, { subject }: Call): void =>
  l.b.failCheck('TypeError', [
    `'${subject}' became shorter meanwhile: an element can't be undefined`,
  ]);

function map(l: Lowering, call: Call, visit: Visit): Operand {
  return isView(call.array.type) ? mapView(l, call, visit) : mapList(l, call, visit);
}

function mapList(l: Lowering, call: Call, visit: Visit): Operand {
  const type = listType(l, call.node, call.expected, call.node);
  const list = l.b.op('list.new', [call.sequence.length()], type);
  forEach(l, call, { removed: 'refused' }, (element, index) =>
    push(l, list, visit(element, index, resultOfElement(l, type, call.subject)), call),
  );
  return valueOperand(list);
}

/** Appends what `resultOfElement` took. */
function push(l: Lowering, list: Value, stored: Operand, call: Call): void {
  if (stored.kind === 'value') l.b.effect('list.push', [list, stored.value]);
  else pushElement(l, list, stored, call.node, call.subject);
}

function mapView(l: Lowering, call: Call, visit: Visit): Operand {
  const array = newLike(l, call, convert(l, call.sequence.length(), 'f64'));
  const kind = viewKind(call.array.type as `view.${ReturnType<typeof viewKind>}`);
  const element: Result = {
    expected: undefined,
    types: [elementType(kind)],
    takesUndefined: kind !== 'i64' && kind !== 'u64',
    take: (operand, node) => [toElement(l, operand, kind, node)],
  };
  forEach(l, call, {}, (from, index) => {
    const stored = visit(from, index, element);
    if (stored.kind === 'value') l.b.effect('view.store', [array, index, stored.value]);
  });
  return valueOperand(array);
}

/** A new array of the same class (ECMA-262 23.2.4.1). @param length an `f64` */
function newLike(l: Lowering, { array }: Call, length: Value): Value {
  const [made] = l.b.call(
    `std.like.${array.type.slice('view.'.length)}`,
    [array, length],
    [array.type],
  );
  if (!made) throw new Error('std.like makes an array');
  return made;
}

function filter(l: Lowering, call: Call, visit: Visit): Operand {
  const { array, node } = call;
  const type = isList(array.type)
    ? filteredType(l, call, array.type)
    : listOf(only(elementTypeOf(array.type)) as Parameters<typeof listOf>[0]);
  const list = l.b.op('list.new', [l.b.const('i64', 0n)], type);
  forEach(l, call, {}, (element, index) => {
    const keep = visit(element, index, truthOf(l));
    if (keep.kind === 'value')
      l.b.if(keep.value, () => pushElement(l, list, element, node, call.subject));
  });
  if (isList(array.type)) return valueOperand(list);
  const length = l.b.op('list.length', [list]);
  const made = newLike(l, call, convert(l, length, 'f64'));
  const copy = { ...call, sequence: { length: () => length, load: loader(l, list) } };
  forEach(l, copy, {}, (element, index) => {
    if (element.kind === 'value') l.b.effect('view.store', [made, index, element.value]);
  });
  return valueOperand(made);
}

const loader =
  (l: Lowering, list: Value) =>
  (index: Value): Operand =>
    valueOperand(l.b.op('list.load', [list, index], elementOf(list.type as ListType).type));

function elementTypeOf(array: IrType): IrType {
  if (!isView(array)) throw new Error(`${array} is no typed array`);
  return elementType(viewKind(array));
}

/** The type of the elements that are kept: the array's own, unless a type guard tells more. */
function filteredType(l: Lowering, { node, expected }: Call, own: ListType): ListType {
  if (expected?.type !== undefined && isList(expected.type)) return expected.type;
  const type = listType(l, node, undefined);
  const [from, to] = [elementOf(own), elementOf(type)];
  // Only TypeScript's types can be narrower, which know nothing of hints.
  const isNarrower =
    (isHeap(to.type) && to.type !== from.type) || storageOf(to) !== storageOf(from);
  return isNarrower ? type : own;
}

/** ECMA-262 23.1.3.13: the elements of arrays that the callback gives, or what else it gives. */
function flatMap(l: Lowering, call: Call, visit: Visit): Operand {
  const type = listType(l, call.node, call.expected);
  const list = l.b.op('list.new', [l.b.const('i64', 0n)], type);
  const checker = l.module.reading.program.getTypeChecker();
  const [first] = call.args;
  const [signature] = first ? l.typeOf(first).getCallSignatures() : [];
  const given = signature && l.module.reading.instantiate(signature.getReturnType());
  const isArray = given && (checker.isArrayType(given) || checker.isTupleType(given));
  const result = isArray
    ? resultOfHint(l, only(type), 'the result of the callback')
    : resultOfElement(l, type, call.subject);
  forEach(l, call, {}, (element, index) => {
    const operand = visit(element, index, result);
    if (isArray) appendOperand(l, list, operand, call.node, call.subject);
    else push(l, list, operand, call);
  });
  return valueOperand(list);
}

/** `some` ends at the first truth, `every` at the first that is none. */
function decided(l: Lowering, call: Call, visit: Visit, sense: boolean): Operand {
  const result = l.b.local(sense ? 'some' : 'every', 'bool');
  l.b.set(result, l.constant('bool', !sense));
  forEach(l, call, {}, (element, index, label) => {
    const truth = visit(element, index, truthOf(l));
    if (truth.kind !== 'value') return;
    const end = (): void => {
      l.b.set(result, l.constant('bool', sense));
      l.b.break(label);
    };
    if (sense) l.b.if(truth.value, end);
    else l.b.if(truth.value, () => {}, end);
  });
  return valueOperand(l.b.get(result));
}

function found(l: Lowering, call: Call, visit: Visit, order: Order): Operand {
  const { type } = isList(call.array.type)
    ? elementOf(call.array.type)
    : only(elementTypeOf(call.array.type));
  if (type === undefined) throw new Error('elements have a type');
  const tag = l.b.local('found.tag', 'u8');
  const local = l.b.local('found', type);
  l.b.set(tag, l.b.const('u8', Tag.undefined));
  l.b.set(local, zero(l, type));
  search(l, call, visit, order, (element) => {
    if (element.kind !== 'value' && element.kind !== 'optional') return;
    l.b.set(tag, element.kind === 'optional' ? element.tag : l.b.const('u8', Tag.value));
    l.b.set(local, element.value);
  });
  return { kind: 'optional', tag: l.b.get(tag), value: l.b.get(local) };
}

function foundIndex(l: Lowering, call: Call, visit: Visit, order: Order): Operand {
  const local = l.b.local('found', 'f64');
  l.b.set(local, l.constant('f64', -1));
  search(l, call, visit, order, (_, index) => l.b.set(local, convert(l, index, 'f64')));
  return valueOperand(l.b.get(local));
}

/** Runs `keep` for the first element, in an order, for which the callback's result is true. */
function search(
  l: Lowering,
  call: Call,
  visit: Visit,
  order: Order,
  keep: (element: Operand, index: Value) => void,
): void {
  forEach(l, call, { ...order, removed: 'refused' }, (element, index, label) => {
    const truth = visit(element, index, truthOf(l));
    if (truth.kind !== 'value') return;
    l.b.if(truth.value, () => {
      keep(element, index);
      l.b.break(label);
    });
  });
}

/** ECMA-262 23.1.3.24 and 23.1.3.25. */
function reduced(l: Lowering, call: Call, name: 'reduce' | 'reduceRight'): Operand {
  const [first, start] = call.args;
  if (!first) throw new Error('there is a callback');
  const backwards = name === 'reduceRight';
  const callable = callback(l, first);
  const expected = start && initialHint(l, call);
  const initial = start && lower(l, start, expected);
  l.at(call.node);
  const hint = accumulatorHint(l, call, initial);
  const locals = localsFor(l, 'accumulator', hint);
  const keep = (values: readonly Value[]): void =>
    values.forEach((value, at) => l.b.set(locals[at] ?? '', value));
  if (initial && start) keep(toHint(l, initial, hint, start, 'the initial value'));
  else
    keepFirst(l, call, backwards, (element) =>
      keep(toHint(l, element, hint, call.node, call.subject)),
    );
  const result = resultOfHint(l, hint, 'the result of the callback');
  forEach(l, call, { backwards, skipped: initial ? 0 : 1 }, (element, index) => {
    const given = [
      fromValues(locals.map((local) => l.b.get(local))),
      element,
      valueOperand(convert(l, index, 'f64')),
      valueOperand(call.array),
    ];
    const operands = given.map((operand) => ({ operand, node: first }));
    const next = callWith(l, callable, operands, result, call.node);
    keep(
      next.kind === 'optional' ? [next.tag, next.value] : next.kind === 'value' ? [next.value] : [],
    );
  });
  return fromValues(locals.map((local) => l.b.get(local)));
}

/** Takes the first element as the accumulator; TypeError where there is none. */
function keepFirst(
  l: Lowering,
  call: Call,
  backwards: boolean,
  keep: (element: Operand) => void,
): void {
  const length = call.sequence.length();
  const zeroIndex = l.b.const('i64', 0n);
  l.b.if(l.b.op('eq', [length, zeroIndex]), () =>
    l.b.throw('TypeError', ['Reduce of empty array with no initial value']),
  );
  keep(call.sequence.load(backwards ? l.b.op('sub', [length, l.b.const('i64', 1n)]) : zeroIndex));
}

/** What is expected of the initial value: numbers of hinted types accumulate as what numbers are. */
function initialHint(l: Lowering, { expected, node }: Call): HintType | undefined {
  if (expected?.type !== undefined && isHeap(expected.type)) return expected;
  const hint = l.module.reading.hintOfType(l.typeOf(node), node);
  return 'code' in hint ? undefined : hint;
}

/** The type of the accumulator, which is that of the call's result. */
function accumulatorHint(l: Lowering, call: Call, initial: Operand | undefined): HintType {
  const { node, array } = call;
  const type = l.typeOf(node);
  const own =
    initial?.kind === 'value' || initial?.kind === 'optional' ? initial.value.type : undefined;
  if (type.flags & ts.TypeFlags.BigIntLike) {
    const element = isList(array.type) ? elementOf(array.type).type : elementTypeOf(array.type);
    return only(own ?? (jsType(element) === 'bigint' ? element : 'i64'));
  }
  const hint = l.module.reading.hintOfType(type, node);
  if ('code' in hint) return l.refuse(hint);
  if (own === undefined || !isHeap(own) || isRecord(own)) return hint;
  return { ...hint, type: own };
}
