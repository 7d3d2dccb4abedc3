/** `array[index]`, read and written, in the three bounds modes. */
import { Node, type ElementAccessExpression } from '../../ts-morph.ts';
import { unwrapped } from '../../1-read/function-nodes.ts';
import { fitsInteger } from '../../ir/scalars.ts';
import {
  Tag,
  elementType,
  isFloat,
  isView,
  viewKind,
  type Value,
  type ViewKind,
} from '../../ir/types.ts';
import { convert, isPresent, toElement, toNumber, zero } from '../convert.ts';
import type { Lowering } from '../lowering.ts';
import { jsTypeOf, valueOperand, type Operand } from '../operands.ts';
import { notAnArray, notANumber, sourceOf } from '../refusals.ts';
import { lower } from './index.ts';
import { skipIfAbsent, throwIfAbsent } from './optional.ts';
import { lowerTableElement } from './tables.ts';

/** An element that is read or written: the array and the index, each evaluated once. */
export interface Element {
  readonly view: Value;
  readonly kind: ViewKind;
  /** A number, not yet checked. */
  readonly index: Value;
  /** What messages call the array. */
  readonly subject: string;
  /** The tag of an array that may be absent. */
  readonly tag?: Value;
}

export function elementOf(l: Lowering, node: ElementAccessExpression): Element {
  const array = node.getExpression();
  const operand = lower(l, array);
  const isThere = operand.kind === 'value' || operand.kind === 'optional';
  if (!isThere || !isView(operand.value.type) || operand.value.type === 'view.dataview') {
    return notAnArray(l, operand, array);
  }
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
    view: operand.value,
    kind: viewKind(operand.value.type),
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
  return constant ?? readElement(l, elementOf(l, node), use);
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
  return valueOperand(loadElement(l, element, index));
}

const loadElement = (l: Lowering, element: Element, index: Value): Value =>
  l.b.op('view.load', [element.view, index], elementType(element.kind));

/** The element, or `undefined` outside the array. */
function readOptional(l: Lowering, element: Element): Operand {
  const type = elementType(element.kind);
  const tag = l.b.local('element.tag', 'u8');
  const local = l.b.local('element', type);
  l.b.if(
    inBounds(l, element),
    () => {
      l.b.set(tag, l.b.const('u8', Tag.value));
      l.b.set(local, loadElement(l, element, uncheckedIndex(l, element.index)));
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
  const value = toElement(l, operand, element.kind, node);
  const store = (index: Value): void => l.b.effect('view.store', [element.view, index, value]);
  switch (l.native.options.bounds) {
    case 'throw':
      return store(checkedIndex(l, element, true));
    case 'unchecked':
      return store(uncheckedIndex(l, element.index));
    case 'js':
      l.b.if(inBounds(l, element), () => store(uncheckedIndex(l, element.index)));
  }
}

const inBounds = (l: Lowering, element: Element): Value =>
  l.b.op('in.bounds', [element.index, l.b.op('view.length', [element.view])]);

function checkedIndex(l: Lowering, element: Element, write: boolean): Value {
  const length = l.b.op('view.length', [element.view]);
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
