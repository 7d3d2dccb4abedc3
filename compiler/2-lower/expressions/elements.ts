/** `array[index]`, read and written, in the three bounds modes. */
import { Node, ts, type ElementAccessExpression } from '../../ts-morph.ts';
import { unwrapped } from '../../1-read/function-nodes.ts';
import type { OpName } from '../../ir/ops.ts';
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
  type Value,
} from '../../ir/types.ts';
import { convert, isPresent, toElement, toNumber, zero } from '../convert.ts';
import type { Lowering } from '../lowering.ts';
import { narrowed } from '../narrowed.ts';
import { jsType, jsTypeOf, valueOperand, type JsType, type Operand } from '../operands.ts';
import { notAnArray, notANumber, sourceOf } from '../refusals.ts';
import { forChosen, namesOf, readChosen, type Chosen } from './chosen.ts';
import { lowerEnumName } from './enum-names.ts';
import { lower, lowerTested } from './index.ts';
import { loadElement, loadOptional, pushElement, storeElement } from './lists.ts';
import { propertyOf, type UnknownProperty } from './members.ts';
import { lowerConstant } from './names.ts';
import { lowerAxis } from './nd-arrays.ts';
import { lowerObject, skipIfAbsent, throwIfAbsent } from './optional.ts';
import { unitString } from './strings.ts';
import { lowerTableElement } from './tables.ts';

/** An element that is read or written: the array and the index, each evaluated once. */
export interface Element {
  /** A view, a list or a string. */
  readonly array: Value;
  /** A number, not yet checked. */
  readonly index: Value;
  /** What messages call the array. */
  readonly subject: string;
  /** The tag of an array that may be absent. */
  readonly tag?: Value;
}

const hasElements = (type: IrType): boolean =>
  type === 'str' || isList(type) || (isView(type) && type !== 'view.dataview');

export function elementOf(l: Lowering, node: ElementAccessExpression): Element {
  const array = node.getExpression();
  const operand = node.hasQuestionDotToken() ? lowerTested(l, array) : lower(l, array);
  const isThere = operand.kind === 'value' || operand.kind === 'optional';
  if (!isThere || !hasElements(operand.value.type)) return notAnArray(l, operand, array);
  const mayBeAbsent = operand.kind === 'optional' && !skipIfAbsent(l, operand.tag, node);
  const argument = node.getArgumentExpressionOrThrow();
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
  const known = Node.isLiteralExpression(node.getArgumentExpressionOrThrow())
    ? lowerConstant(l, node)
    : undefined;
  if (known) return known;
  const ofAxis = lowerAxis(l, node);
  if (ofAxis) return ofAxis;
  const enumName = lowerEnumName(l, node, use);
  if (enumName) return enumName;
  const named = namedMember(l, node);
  if (!named) return readElement(l, elementOf(l, node), use);
  const read = (name: string): Operand => {
    const found = propertyOf(l, named.object, name, node);
    return found.kind === 'unknown'
      ? refuseName(l, node.getArgumentExpressionOrThrow(), found)
      : found;
  };
  return 'names' in named ? readChosen(l, named, read) : read(named.name);
}

/** An object and the name of a property, where brackets hold a name that is known when compiling. */
export interface NamedMember {
  readonly object: Value;
  readonly name: string;
}

/** `tuple[1]`, `object['name']`, `object[key]`; undefined for what has elements. */
export function namedMember(
  l: Lowering,
  node: ElementAccessExpression,
): NamedMember | Chosen | undefined {
  const object = node.getExpression();
  const argument = node.getArgumentExpressionOrThrow();
  const name = Node.isStringLiteral(argument) ? argument.getLiteralText() : undefined;
  if (name === undefined && !isNamed(l, object)) return undefined;
  const operand = lower(l, object);
  if (name !== undefined) {
    const there = lowerObject(l, operand, node, name);
    l.at(node);
    if (there.kind !== 'value') return notAnArray(l, there, object);
    return { object: narrowed(l, there.value, object), name };
  }
  const isSkipped = operand.kind === 'optional' && skipIfAbsent(l, operand.tag, node);
  const index = lower(l, argument);
  l.at(node);
  if (operand.kind !== 'value' && operand.kind !== 'optional')
    return notAnArray(l, operand, object);
  const mayBeAbsent = operand.kind === 'optional' && !isSkipped;
  const constant = index.kind === 'value' ? l.constantOf(index.value) : undefined;
  if (constant !== undefined) {
    if (mayBeAbsent) throwIfAbsent(l, operand.tag, 'read', String(constant));
    return { object: narrowed(l, operand.value, object), name: String(constant) };
  }
  const names = namesOf(l, index, operand.value, argument);
  if (names && index.kind === 'value') {
    const chosen = { object: operand.value, key: index.value, names, node };
    if (mayBeAbsent)
      l.b.if(l.b.op('not', [isPresent(l, operand.tag)]), () =>
        forChosen(l, chosen, (one) => throwIfAbsent(l, operand.tag, 'read', one)),
      );
    return { ...chosen, object: narrowed(l, operand.value, object) };
  }
  return l.unsupported(argument, {
    what: 'an element of a tuple, or a property, that is chosen at run time',
    why: 'The elements of a tuple, and the properties of an object, have types and places of their own.',
    rewrite:
      index.kind === 'value' && index.value.type === 'str'
        ? `A type for ${sourceOf(argument)} with the names that there may be, as keyof is; or a Map.`
        : `${sourceOf(object)}[0], or an array.`,
  });
}

/** Whether the elements of something are members of a record. */
function isNamed(l: Lowering, object: Node): boolean {
  if (isConstantList(l, object)) return false;
  const checker = l.module.reading.program.getTypeChecker();
  const type = checker.getNonNullableType(l.typeOf(object));
  const isTuple = checker.isTupleType(type) || (type.isUnion() && type.types.every(isTupleType));
  if (isTuple) return true;
  // Arrays and typed arrays can be indexed by any number.
  if (checker.getIndexTypeOfType(type, ts.IndexKind.Number)) return false;
  const hint = l.module.reading.hintOfType(type, object);
  return !('code' in hint) && hint.type !== undefined && isRecord(hint.type);

  function isTupleType(one: ts.Type): boolean {
    return checker.isTupleType(one);
  }
}

/** Whether something is a constant array, which `as const` makes a tuple to TypeScript alone. */
function isConstantList(l: Lowering, object: Node): boolean {
  if (!Node.isIdentifier(object) || l.lookup(object)) return false;
  const constant = l.module.reading.resolveConstant(object);
  return (
    constant !== undefined &&
    !('code' in constant) &&
    constant.kind === 'object' &&
    isList(constant.type)
  );
}

export function refuseName(l: Lowering, argument: Node, found: UnknownProperty): never {
  const known = found.known.length > 0 ? found.known.join(', ') : 'none';
  return l.unsupported(argument, {
    what: `a property of ${found.object} with this name`,
    why: `The properties that native code has of it: ${known}.`,
    rewrite: /^'\d+'$/.test(argument.getText())
      ? `[${argument.getText().slice(1, -1)}]`
      : 'One of those, or declare the property in its type.',
  });
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
  if (array.type === 'str') return valueOperand(unitString(l, array, index));
  return isView(array.type)
    ? valueOperand(l.b.op('view.load', [array, index], elementType(viewKind(array.type))))
    : loadElement(l, array, index);
}

const lengthOf = (l: Lowering, { array }: Element): Value =>
  l.b.op(lengthOps[jsType(array.type)] ?? 'list.length', [array]);

const lengthOps: Partial<Record<JsType, OpName>> = { view: 'view.length', string: 'str.length' };

/** The element, or `undefined` outside the array. */
function readOptional(l: Lowering, element: Element): Operand {
  const { array } = element;
  if (isList(array.type))
    return loadOptional(l, array, inBounds(l, element), () => uncheckedIndex(l, element.index));
  const type = isView(array.type) ? elementType(viewKind(array.type)) : 'str';
  const tag = l.b.local('element.tag', 'u8');
  const local = l.b.local('element', type);
  l.b.if(
    inBounds(l, element),
    () => {
      l.b.set(tag, l.b.const('u8', Tag.value));
      const operand = loadAt(l, element, uncheckedIndex(l, element.index));
      if (operand.kind === 'value') l.b.set(local, operand.value);
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
  if (array.type === 'str') return refuseWrite(l, node);
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

function refuseWrite(l: Lowering, node: Node): never {
  return l.unsupported(node, {
    what: 'an assignment to a part of a string',
    why: 'Strings never change.',
    rewrite: 'Make a new string of its parts: text.slice(0, i) + unit + text.slice(i + 1)',
  });
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
export function uncheckedIndex(l: Lowering, index: Value): Value {
  const constant = l.constantOf(index);
  const isKnown = constant !== undefined && fitsInteger('i64', Number(constant));
  return isFloat(index.type) && !isKnown
    ? l.b.op('fptoint', [index], 'i64')
    : convert(l, index, 'i64');
}
