/** `array[index]`, read and written, in the three bounds modes. */
import { Node, type ElementAccessExpression } from '../../ts-morph.ts';
import { unwrapped } from '../../1-read/function-nodes.ts';
import { fitsInteger } from '../../ir/scalars.ts';
import {
  Tag,
  elementType,
  isFloat,
  isList,
  isRecord,
  isView,
  viewKind,
  type IrType,
  type RecordMember,
  type Value,
} from '../../ir/types.ts';
import { convert, isPresent, toElement, toNumber, zero } from '../convert.ts';
import type { Lowering } from '../lowering.ts';
import { jsTypeOf, valueOperand, type Operand } from '../operands.ts';
import { notAnArray, notANumber, sourceOf } from '../refusals.ts';
import { lower } from './index.ts';
import { loadElement, loadOptional, pushElement, storeElement } from './lists.ts';
import { readMember } from './objects.ts';
import { lowerObject, skipIfAbsent, throwIfAbsent } from './optional.ts';
import { lowerTableElement } from './tables.ts';

/** An element that is read or written: the array and the index, each evaluated once. */
export interface Element {
  /** A view or a list. */
  readonly array: Value;
  /** A number, not yet checked. */
  readonly index: Value;
  /** What messages call the array. */
  readonly subject: string;
  /** The tag of an array that may be absent. */
  readonly tag?: Value;
}

const hasElements = (type: IrType): boolean =>
  isList(type) || (isView(type) && type !== 'view.dataview');

export function elementOf(l: Lowering, node: ElementAccessExpression): Element {
  const array = node.getExpression();
  const operand = lower(l, array);
  const isThere = operand.kind === 'value' || operand.kind === 'optional';
  if (!isThere || !hasElements(operand.value.type)) return notAnArray(l, operand, array);
  const mayBeAbsent = operand.kind === 'optional' && !skipIfAbsent(l, operand.tag, node);
  const argument = node.getArgumentExpressionOrThrow();
  if (Node.isStringLiteral(argument)) {
    const name = argument.getLiteralText();
    return l.unsupported(argument, {
      what: 'a property that is named by a string',
      why: 'Brackets hold the index of an element.',
      rewrite: /^\d+$/.test(name) ? `${sourceOf(array)}[${name}]` : `${sourceOf(array)}.${name}`,
    });
  }
  const index = lower(l, argument);
  if (jsTypeOf(index) !== 'number') return notANumber(l, index, argument);
  l.at(node);
  return {
    array: operand.value,
    index: indexNumber(l, index, argument),
    subject: unwrapped(array).getText(),
    ...(mayBeAbsent && { tag: operand.tag }),
  };
}

/** An absent index, also `null`, names no element. */
function indexNumber(l: Lowering, index: Operand, node: Node): Value {
  if (index.kind !== 'optional') return toNumber(l, index, node);
  const number = convert(l, toNumber(l, valueOperand(index.value), node), 'f64');
  return l.b.op('select', [isPresent(l, index.tag), number, l.constant('f64', NaN)]);
}

export function lowerElement(
  l: Lowering,
  node: ElementAccessExpression,
  use: 'value' | 'tested' = 'value',
): Operand {
  const constant = l.module.library ? lowerTableElement(l, node) : undefined;
  if (constant) return constant;
  const member = tupleElement(l, node);
  if (member) return readMember(l, member.object, member.member);
  return readElement(l, elementOf(l, node), use);
}

/** `tuple[1]`: the tuple and the member that a constant names; undefined for what is no tuple. */
export function tupleElement(
  l: Lowering,
  node: ElementAccessExpression,
): { readonly object: Value; readonly member: RecordMember } | undefined {
  const object = node.getExpression();
  const { compilerType } = object.getType();
  if (!l.module.reading.program.getTypeChecker().isTupleType(compilerType)) return undefined;
  const operand = lowerObject(
    l,
    lower(l, object),
    node,
    node.getArgumentExpressionOrThrow().getText(),
  );
  if (operand.kind !== 'value' || !isRecord(operand.value.type)) return undefined;
  const argument = node.getArgumentExpressionOrThrow();
  const index = lower(l, argument);
  const constant = index.kind === 'value' ? l.constantOf(index.value) : undefined;
  const record = l.module.reading.records.get(operand.value.type);
  const member = constant === undefined ? undefined : record.members[Number(constant)];
  l.at(node);
  if (!member) {
    return l.unsupported(argument, {
      what: 'an element of a tuple that is chosen at run time',
      why: 'The elements of a tuple have types and places of their own.',
      rewrite: `${sourceOf(object)}[0]`,
    });
  }
  return { object: operand.value, member };
}

export function readElement(
  l: Lowering,
  element: Element,
  use: 'value' | 'tested' = 'value',
): Operand {
  const { bounds } = l.native.options;
  if (element.tag) throwIfAbsent(l, element.tag, 'read', element.index);
  if (use === 'tested' || bounds === 'js') return readOptional(l, element);
  const index =
    bounds === 'throw' ? checkedIndex(l, element, false) : uncheckedIndex(l, element.index);
  return loadAt(l, element, index);
}

/** The element at an index that is within bounds. */
function loadAt(l: Lowering, { array }: Element, index: Value): Operand {
  return isView(array.type)
    ? valueOperand(l.b.op('view.load', [array, index], elementType(viewKind(array.type))))
    : loadElement(l, array, index);
}

const lengthOf = (l: Lowering, { array }: Element): Value =>
  l.b.op(isView(array.type) ? 'view.length' : 'list.length', [array]);

/** The element, or `undefined` outside the array. */
function readOptional(l: Lowering, element: Element): Operand {
  const { array } = element;
  if (!isView(array.type))
    return loadOptional(l, array, inBounds(l, element), () => uncheckedIndex(l, element.index));
  const type = elementType(viewKind(array.type));
  const tag = l.b.local('element.tag', 'u8');
  const local = l.b.local('element', type);
  l.b.if(
    inBounds(l, element),
    () => {
      l.b.set(tag, l.b.const('u8', Tag.value));
      const index = uncheckedIndex(l, element.index);
      l.b.set(local, l.b.op('view.load', [array, index], type));
    },
    () => {
      l.b.set(tag, l.b.const('u8', Tag.undefined));
      l.b.set(local, zero(l, type));
    },
  );
  return { kind: 'optional', tag: l.b.get(tag), value: l.b.get(local) };
}

/** Stores to an element; outside the array it throws or, with `bounds: js`, does nothing. */
export function writeElement(l: Lowering, element: Element, operand: Operand, node: Node): void {
  if (element.tag) throwIfAbsent(l, element.tag, 'set', element.index);
  const { array } = element;
  if (!isView(array.type)) return writeListElement(l, element, operand, node);
  const value = toElement(l, operand, viewKind(array.type), node);
  const store = (index: Value): void => l.b.effect('view.store', [array, index, value]);
  switch (l.native.options.bounds) {
    case 'throw':
      return store(checkedIndex(l, element, true));
    case 'unchecked':
      return store(uncheckedIndex(l, element.index));
    case 'js':
      l.b.if(inBounds(l, element), () => store(uncheckedIndex(l, element.index)));
  }
}

/** Sets an element of a list; one behind the last is appended, and what lies further would leave a hole. */
function writeListElement(l: Lowering, element: Element, operand: Operand, node: Node): void {
  const { array, index, subject } = element;
  const length = lengthOf(l, element);
  const isNext = l.b.op('eq', [convert(l, index, 'f64'), convert(l, length, 'f64')]);
  l.b.if(
    isNext,
    () => pushElement(l, array, operand, node, subject),
    () => {
      const at =
        l.native.options.bounds === 'unchecked'
          ? uncheckedIndex(l, index)
          : checkedIndex(l, element, true);
      storeElement(l, array, at, operand, node, subject);
    },
  );
}

const inBounds = (l: Lowering, element: Element): Value =>
  l.b.op('in.bounds', [element.index, lengthOf(l, element)]);

function checkedIndex(l: Lowering, element: Element, write: boolean): Value {
  const length = lengthOf(l, element);
  const attributes = { subject: element.subject, ...(write && { write }) };
  return l.b.op('check.bounds', [element.index, length], 'i64', attributes);
}

/** The index as an integer, which it must be where this runs. */
function uncheckedIndex(l: Lowering, index: Value): Value {
  const constant = l.constantOf(index);
  const isKnown = constant !== undefined && fitsInteger('i64', Number(constant));
  return isFloat(index.type) && !isKnown
    ? l.b.op('fptoint', [index], 'i64')
    : convert(l, index, 'i64');
}
