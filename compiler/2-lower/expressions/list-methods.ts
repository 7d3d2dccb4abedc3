/** Methods of plain arrays (ECMA-262 23.1.3), most of them calls into the runtime's library. */
import { Node, type CallExpression, type PropertyAccessExpression } from '../../ts-morph.ts';
import { only } from '../../1-read/hint-types.ts';
import type { HintType } from '../../1-read/model.ts';
import { refuseConstruct } from '../constructs.ts';
import { fitsInteger } from '../../ir/scalars.ts';
import { elementOf, storageOf } from '../../ir/records.ts';
import {
  Tag,
  isFloat,
  isList,
  isReference,
  type BoundaryType,
  type IrType,
  type ListType,
  type Value,
} from '../../ir/types.ts';
import { templateFor } from '../../library-template.ts';
import {
  convert,
  isPresent,
  modulo,
  present,
  toBigint,
  toF64,
  toStored,
  toType,
} from '../convert.ts';
import { isFunctionType, refuseIdentity } from '../functions/closures.ts';
import type { Lowering } from '../lowering.ts';
import { forEachElement, sequenceOf } from '../sequences.ts';
import { describe, jsType, jsTypeOf, valueOperand, type Operand } from '../operands.ts';
import { sourceOf } from '../refusals.ts';
import { argument, integer, nothing, range } from './arguments.ts';
import { isDiscarded } from './assign.ts';
import { callbackMethod, callbackMethods } from './callback-methods.ts';
import { strictlyEqual } from './compare.ts';
import { readElement } from './elements.ts';
import { lower } from './index.ts';
import { listType } from './list-statics.ts';
import {
  appendOperand,
  appendItems,
  hasSpread,
  isSpreadable,
  listLength,
  listOfItems,
  loadOptional,
  pushElement,
} from './lists.ts';
import { sortList, toSortedList } from './sort.ts';
import { callText, textOr, toText } from './text.ts';
import { refuseMember } from './unknown.ts';

/** A method call being lowered. */
export interface ListCall {
  readonly list: Value;
  readonly element: BoundaryType;
  readonly args: readonly Node[];
  readonly node: CallExpression;
  /** What messages call the array. */
  readonly subject: string;
}

type Method = (l: Lowering, call: ListCall) => Operand;

const methods: Readonly<Record<string, Method>> = {
  push: (l, call) => {
    appendItems(l, call.list, call.args, call.subject);
    return length(l, call);
  },
  pop: (l, call) => {
    const count = l.b.op('list.length', [call.list]);
    const last = l.b.op('sub', [count, l.b.const('i64', 1n)]);
    const some = l.b.op('gt', [count, l.b.const('i64', 0n)]);
    return loadOptional(
      l,
      call.list,
      some,
      () => last,
      () => l.b.effect('list.truncate', [call.list, last]),
    );
  },
  shift: (l, call) => {
    const some = l.b.op('gt', [l.b.op('list.length', [call.list]), l.b.const('i64', 0n)]);
    const first = l.constant('f64', 0);
    return loadOptional(
      l,
      call.list,
      some,
      () => l.b.const('i64', 0n),
      () => void callLibrary(l, 'remove', call, [first, l.constant('f64', 1)]),
    );
  },
  unshift: (l, call) => {
    insertItems(l, call, l.constant('f64', 0), undefined, call.args);
    return length(l, call);
  },
  splice: (l, call) => {
    const removed = spliced(l, call, (list) => list, !isDiscarded(call.node));
    return removed ? valueOperand(removed) : nothing;
  },
  slice: (l, call) => made(l, 'slice', call, range(l, call, 0)),
  concat: (l, call) => {
    const operands = l.all(
      call.args.map((one) => () => {
        if (Node.isSpreadElement(one)) return refuseConstruct(l, one);
        // An array as it is; anything else becomes an element.
        if (!isArrayType(l, one)) return lower(l, one, call.element);
        const array = lower(l, one, only(call.list.type));
        return array.kind === 'optional' ? present(l, array, sourceOf(one)) : array;
      }),
    );
    l.at(call.node);
    const joined = copied(l, call);
    operands.forEach((operand, index) => {
      const node = call.args[index] ?? call.node;
      if (operand.kind === 'value' && isSpreadable(l, operand.value))
        appendOperand(l, joined.value, operand, node, call.subject);
      else pushElement(l, joined.value, operand, node, call.subject);
    });
    return joined;
  },
  indexOf: (l, call) => search(l, 'indexOf', call, 0),
  lastIndexOf: (l, call) => search(l, 'lastIndexOf', call, Infinity),
  includes: (l, call) => search(l, 'includes', call, 0),
  join,
  reverse: (l, call) => {
    callLibrary(l, 'reverse', call, []);
    return valueOperand(call.list);
  },
  toReversed: (l, call) => {
    const copy = copied(l, call);
    callLibrary(l, 'reverse', { ...call, list: copy.value }, []);
    return copy;
  },
  sort: sortList,
  toSorted: toSortedList,
  toSpliced,
  with: replaced,
  fill: (l, call) => {
    const node = call.args[0] ?? call.node;
    const operand = call.args[0] ? lower(l, call.args[0], call.element) : nothing;
    const [value] = toStored(l, operand, call.element, node, call.subject);
    const [start, end] = range(l, call, 1);
    if (value) callLibrary(l, 'fill', call, [value, start, end]);
    return valueOperand(call.list);
  },
  flat: flatten,
  copyWithin: (l, call) => {
    const target = integer(l, call, 0, 0);
    callLibrary(l, 'copyWithin', call, [target, ...range(l, call, 1)]);
    return valueOperand(call.list);
  },
  at: (l, call) => elementAt(l, call.list, listLength(l, call.list), integer(l, call, 0, 0), call),
};

/** The whole list, once more. */
export const copied = (
  l: Lowering,
  call: ListCall,
): { readonly kind: 'value'; readonly value: Value } =>
  made(l, 'slice', call, [l.constant('f64', 0), l.constant('f64', Infinity)]);

/**
 * ECMA-262 23.1.3.31 and 23.1.3.35: puts items into the place of others.
 * @param target gives the list that is changed, once the arguments are evaluated
 * @returns what was removed, if that is asked for
 */
function spliced(
  l: Lowering,
  call: ListCall,
  target: (list: Value) => Value,
  isAskedFor: boolean,
): Value | undefined {
  const [, , ...items] = call.args;
  const relative = integer(l, call, 0, 0);
  const wanted = integer(l, call, 1, call.args.length === 0 ? 0 : Infinity);
  l.at(call.node);
  let removed: Value | undefined;
  const replacing = (list: Value, start: Value): Value => {
    const [count = wanted] = callLibrary(l, 'removed', { list }, [start, wanted], ['f64']);
    const end = l.b.op('add', [start, count]);
    if (isAskedFor) [removed] = callLibrary(l, 'slice', { list }, [start, end], [list.type]);
    return count;
  };
  insertItems(l, call, relative, replacing, items, target);
  return removed;
}

function toSpliced(l: Lowering, call: ListCall): Operand {
  let copy: Value | undefined;
  spliced(l, call, () => (copy = copied(l, call).value), false);
  return copy ? valueOperand(copy) : nothing;
}

/** ECMA-262 23.1.3.39: a copy with another element at an index, which counts from the end where it is negative. */
function replaced(l: Lowering, call: ListCall): Operand {
  const node = call.args[1] ?? call.node;
  const index = integer(l, call, 0, 0);
  const operand = argument(l, call, 1, call.element);
  l.at(call.node);
  const at = checkedIndex(l, index, listLength(l, call.list), ['Invalid index : ', index]);
  const copy = copied(l, call);
  const [value] = toStored(l, operand, call.element, node, call.subject);
  if (value) l.b.effect('list.store', [copy.value, at, value]);
  return copy;
}

/** An index as an `i64`; RangeError where there is nothing. @param message what the error says */
export function checkedIndex(
  l: Lowering,
  given: Value,
  length: Value,
  message: readonly (string | Value)[],
): Value {
  const whole = l.b.op('trunc', [given]);
  const isNumber = l.b.op('eq', [whole, whole]);
  const index = l.b.op('select', [isNumber, whole, l.constant('f64', 0)]);
  const isNegative = l.b.op('lt', [index, l.constant('f64', 0)]);
  const at = l.b.op('select', [isNegative, l.b.op('add', [index, length]), index]);
  const isInside = l.b.op('and', [
    l.b.op('ge', [at, l.constant('f64', 0)]),
    l.b.op('lt', [at, length]),
  ]);
  l.b.if(
    isInside,
    () => {},
    () => l.b.throw('RangeError', [...message]),
  );
  return l.b.op('fptoint', [at], 'i64');
}

/** Methods that give an array of elements of their own array, or that array. */
const sameElements = new Set(
  'concat copyWithin fill filter reverse slice sort toReversed toSorted toSpliced with'.split(' '),
);

/**
 * The type of the array in `array.method(…)` where the result is of the type `expected`: elements that a literal has
 * and that come back have the hint that is expected of them.
 */
export function expectedReceiver(
  l: Lowering,
  callee: PropertyAccessExpression,
  node: CallExpression,
  expected: HintType | undefined,
): HintType | undefined {
  const type = expected?.type;
  if (type === undefined || !isList(type) || !sameElements.has(callee.getName())) return undefined;
  // A `filter` by a type predicate has others.
  const checker = l.module.reading.program.getTypeChecker();
  const isSame = checker.isTypeAssignableTo(l.typeOf(callee.getExpression()), l.typeOf(node));
  return isSame ? only(type) : undefined;
}

/** Whether a method takes arguments that are spread: as many as there are. */
export const takesSpread = (callee: Node): boolean =>
  Node.isPropertyAccessExpression(callee) &&
  (['push', 'unshift', 'splice', 'toSpliced', 'of'].includes(callee.getName()) ||
    ['Math.max', 'Math.min', 'String.fromCharCode', 'String.fromCodePoint'].includes(
      callee.getText(),
    ));

/** ECMA-262 23.1.3.11, for one level: the elements of the arrays that are elements, and the others. */
function flatten(l: Lowering, call: ListCall): Operand {
  const [depth] = call.args;
  if (depth && depth.getText() !== '1')
    return l.unsupported(depth, {
      what: 'an array that is flattened to another depth than 1',
      why: 'Each depth has a type of its own.',
      rewrite: `${call.subject}.flat() for each level`,
    });
  const type = listType(l, call.node, undefined);
  l.at(call.node);
  const joined = l.b.op('list.new', [l.b.const('i64', 0n)], type);
  const sequence = sequenceOf(l, call.list);
  if (!sequence) throw new Error('a list is a sequence');
  forEachElement(l, sequence, (operand) => {
    if (operand.kind === 'value' && isSpreadable(l, operand.value))
      appendOperand(l, joined, operand, call.node, call.subject);
    else pushElement(l, joined, operand, call.node, call.subject);
  });
  return valueOperand(joined);
}

/** ECMA-262 23.1.3.18: what is absent is the empty string. */
function join(l: Lowering, call: ListCall): Operand {
  const separator = textOr(l, call.args[0], ',');
  l.at(call.node);
  const { element } = call;
  const isText = element.type === 'str' && storageOf(element) === 'plain';
  const texts = isText ? call.list : textsOf(l, call.list, call.node);
  return valueOperand(callText(l, 'joinStrings', [texts, separator]));
}

/** A list of the strings of an array's elements; what is absent has the empty one. */
export function textsOf(l: Lowering, array: Value, node: Node): Value {
  const sequence = sequenceOf(l, array);
  if (!sequence) throw new Error('an array is a sequence');
  const texts = l.b.op('list.new', [sequence.length()], 'list.str');
  forEachElement(l, sequence, (operand) => {
    const text = l.b.local('text', 'str');
    const present =
      operand.kind === 'optional'
        ? { operand: valueOperand(operand.value), node }
        : { operand, node };
    const keep = (): void => l.b.set(text, toText(l, present));
    if (operand.kind === 'optional')
      l.b.if(isPresent(l, operand.tag), keep, () => l.b.set(text, l.text('')));
    else keep();
    l.b.effect('list.push', [texts, l.b.get(text)]);
  });
  return texts;
}

/** `array.method(…)`; the array is there. */
export function listMethod(
  l: Lowering,
  list: Value,
  callee: PropertyAccessExpression,
  node: CallExpression,
  expected: HintType | undefined,
): Operand {
  const name = callee.getName();
  const subject = callee.getExpression().getText();
  const called = callbackMethod(l, list, name, node, subject, expected);
  if (called) return called;
  const method = Object.hasOwn(methods, name) ? methods[name] : undefined;
  if (!method) {
    const known = [...Object.keys(methods), ...callbackMethods(true)].sort();
    return refuseMember(l, callee, describe(valueOperand(list)), known);
  }
  const element = elementOf(list.type as ListType);
  return method(l, { list, element, args: node.getArguments(), node, subject });
}

const length = (l: Lowering, call: ListCall): Operand =>
  isDiscarded(call.node) ? nothing : valueOperand(listLength(l, call.list));

/** ECMA-262 23.1.3.1: an index that counts from the end where it is negative; `undefined` outside. */
export function elementAt(
  l: Lowering,
  array: Value,
  length: Value,
  given: Value,
  { node }: { readonly node: CallExpression },
): Operand {
  const whole = l.b.op('trunc', [given]);
  const negative = l.b.op('lt', [whole, l.constant('f64', 0)]);
  const relative = l.b.op('select', [negative, l.b.op('add', [whole, length]), whole]);
  // ToIntegerOrInfinity makes NaN 0.
  const isNumber = l.b.op('eq', [relative, relative]);
  const index = l.b.op('select', [isNumber, relative, l.constant('f64', 0)]);
  return readElement(l, { array, index, subject: node.getExpression().getText() }, 'tested');
}

const isArrayType = (l: Lowering, node: Node): boolean =>
  l.module.reading.program.getTypeChecker().isArrayType(l.typeOf(node));

/**
 * Puts items at an index in the place of others.
 * @param relative where; from the end where it is negative
 * @param replaced how many are replaced there, none where it is missing
 * @param target gives the list that is changed
 */
function insertItems(
  l: Lowering,
  call: ListCall,
  relative: Value,
  replaced: ((list: Value, start: Value) => Value) | undefined,
  items: readonly Node[],
  target: (list: Value) => Value = (list) => list,
): void {
  const added = hasSpread(items)
    ? listOfItems(l, call.list.type as ListType, items, call.subject)
    : undefined;
  const operands = added ? [] : l.all(items.map((one) => () => lower(l, one, call.element)));
  l.at(call.node);
  const list = target(call.list);
  const start = l.b.call('std.relativeIndex', [relative, listLength(l, list)], ['f64'])[0];
  if (!start) throw new Error('an index is a number');
  const count = replaced?.(list, start) ?? l.constant('f64', 0);
  if (added) {
    callLibrary(l, 'resize', { list }, [start, count, listLength(l, added)]);
    callLibrary(l, 'place', { list }, [start, added]);
    return;
  }
  const values = operands.flatMap((operand, index) =>
    toStored(l, operand, call.element, items[index] ?? call.node, call.subject),
  );
  callLibrary(l, 'resize', { list }, [start, count, l.constant('f64', values.length)]);
  const first = l.b.op('fptoint', [start], 'i64');
  values.forEach((value, index) => {
    const at = l.b.op('add', [first, l.b.const('i64', BigInt(index))]);
    l.b.effect('list.store', [list, at, value]);
  });
}

/** Searches for what elements are compared with: as a value of their type, where it is one. */
function search(l: Lowering, name: string, call: ListCall, from: number): Operand {
  const node = call.args[0] ?? call.node;
  const operand = argument(l, call, 0);
  const start = integer(l, call, 1, from);
  l.at(call.node);
  const none = name === 'includes' ? l.constant('bool', false) : l.constant('f64', -1);
  const wanted = searched(l, operand, call.element, node, name === 'includes');
  if (!wanted) return valueOperand(none);
  const [found = none] = callLibrary(l, name, call, [wanted.value, start], [none.type]);
  return valueOperand(wanted.may ? l.b.op('select', [wanted.may, found, none]) : found);
}

/** @returns undefined for what no element can be; `may`, where it is there, tells whether one can */
function searched(
  l: Lowering,
  operand: Operand,
  element: BoundaryType,
  node: Node,
  findsNaN: boolean,
): { value: Value; may?: Value } | undefined {
  const { type } = element;
  if (isFunctionType(l, type)) return refuseIdentity(l, node);
  if (operand.kind === 'absent') {
    if (!element[operand.absent]) return undefined;
    const [value] = toStored(l, operand, element, node, 'the array');
    return value && { value };
  }
  if (operand.kind === 'optional') {
    const inside = searched(l, valueOperand(operand.value), element, node, findsNaN);
    if (!inside) return undefined;
    const absent = element.undefined ? Tag.undefined : element.null ? Tag.null : undefined;
    const isThere = isPresent(l, operand.tag);
    // What is kept for an absent element is null, as is what stands beside the tag.
    const may =
      absent !== undefined && storageOf(element) === 'nullable'
        ? l.b.op('or', [isThere, l.b.op('eq', [operand.tag, l.constant('u8', absent)])])
        : isThere;
    return { value: inside.value, may: inside.may ? l.b.op('and', [may, inside.may]) : may };
  }
  if (isReference(type) || type === 'bool') return { value: toType(l, operand, type, node, 'it') };
  if (type === 'i64' || type === 'u64') return bigint(l, operand, type, node);
  if (jsTypeOf(operand) !== 'number' || type === 'f64') return { value: toF64(l, operand, node) };
  const number = toF64(l, operand, node);
  const value = isFloat(type) ? convert(l, number, type) : modulo(l, number, type);
  const same = strictlyEqual(l, valueOperand(value), operand, node);
  if (!isFloat(type) || !findsNaN) return { value, may: same };
  return { value, may: l.b.op('or', [same, l.b.op('ne', [value, value])]) };
}

function bigint(
  l: Lowering,
  operand: Operand,
  type: 'i64' | 'u64',
  node: Node,
): { value: Value; may?: Value } | undefined {
  if (operand.kind === 'bigint')
    return fitsInteger(type, operand.value)
      ? { value: l.constant(type, operand.value) }
      : undefined;
  if (operand.kind === 'value' && jsType(operand.value.type) === 'bigint') {
    if (operand.value.type === type) return { value: operand.value };
    // Both have 64 bits: a number of one type is none of the other where its upper bit is set.
    const may = l.b.op('ge', [convert(l, operand.value, 'i64'), l.b.const('i64', 0n)]);
    return { value: convert(l, operand.value, type), may };
  }
  return { value: toBigint(l, operand, type, node) };
}

/** A library function for lists of the call's type. */
export function callLibrary(
  l: Lowering,
  name: string,
  call: Pick<ListCall, 'list'>,
  args: Value[],
  results: readonly IrType[] = [],
): Value[] {
  const callee = templateFor(name, call.list.type as ListType);
  return l.b.call(callee, [call.list, ...args], results);
}

/** A list that a library function makes of the call's. */
export function madeByLibrary(
  l: Lowering,
  name: string,
  call: Pick<ListCall, 'list' | 'node'>,
  args: Value[],
): Value {
  l.at(call.node);
  const [value] = callLibrary(l, name, call, args, [call.list.type]);
  if (!value) throw new Error(`${name} makes a list`);
  return value;
}

const made = (
  l: Lowering,
  name: string,
  call: ListCall,
  args: Value[],
): { readonly kind: 'value'; readonly value: Value } => ({
  kind: 'value',
  value: madeByLibrary(l, name, call, args),
});
