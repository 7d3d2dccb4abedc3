/** `array[index]`, read and written, in the three bounds modes. */
import type { ElementAccessExpression, Node } from 'ts-morph';
import { placeOf } from '../../1-read/places.ts';
import { codes } from '../../diagnostics/codes.ts';
import { Tag, elementType, isFloat, isView, viewKind, type Value, type ViewKind } from '../../ir/types.ts';
import { convert, toElement, toNumber, zero } from '../convert.ts';
import type { Lowering } from '../lowering.ts';
import { describe, jsType, valueOperand, type Operand } from '../operands.ts';
import { lower } from './index.ts';

/** An element that is read or written: the array and the index, each evaluated once. */
export interface Element {
  readonly view: Value;
  readonly kind: ViewKind;
  /** A number, not yet checked. */
  readonly index: Value;
  /** What messages call the array. */
  readonly subject: string;
}

export function elementOf(l: Lowering, node: ElementAccessExpression): Element {
  const array = node.getExpression();
  const operand = lower(l, array);
  if (operand.kind !== 'value' || !isView(operand.value.type) || operand.value.type === 'view.dataview') {
    return l.refuse(codes.notAnArray(placeOf(array), { type: describe(operand) }));
  }
  if (node.hasQuestionDotToken()) {
    return l.unsupported(node, '`?.[…]`', 'array[index]');
  }
  const argument = node.getArgumentExpressionOrThrow();
  const index = lower(l, argument);
  if (index.kind === 'bigint' || (index.kind === 'value' && jsType(index.value.type) !== 'number')) {
    return l.refuse(codes.notANumber(placeOf(argument), { type: describe(index) }));
  }
  l.at(node);
  return {
    view: operand.value,
    kind: viewKind(operand.value.type),
    index: toNumber(l, index, argument),
    subject: array.getText(),
  };
}

export function lowerElement(
  l: Lowering,
  node: ElementAccessExpression,
  use: 'value' | 'tested' = 'value',
): Operand {
  const element = elementOf(l, node);
  return readElement(l, element, use);
}

export function readElement(l: Lowering, element: Element, use: 'value' | 'tested' = 'value'): Operand {
  const { bounds } = l.native.options;
  if (use === 'tested' || bounds === 'js') return readOptional(l, element);
  const index = bounds === 'throw' ? checkedIndex(l, element, false) : uncheckedIndex(l, element.index);
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

/** The index as an integer, which it must be. */
function uncheckedIndex(l: Lowering, index: Value): Value {
  return isFloat(index.type) && l.constantOf(index) === undefined
    ? l.b.op('fptoint', [index], 'i64')
    : convert(l, index, 'i64');
}
