/** `new Float64Array(…)`: by length, from literals, from another array. */
import { Node, type CallExpression, type NewExpression } from '../../ts-morph.ts';
import type { HintType } from '../../1-read/model.ts';
import { placeOf } from '../../1-read/places.ts';
import { codes } from '../../diagnostics/codes.ts';
import {
  elementType,
  isList,
  isView,
  viewClass,
  viewKind,
  type ElementKind,
  type Value,
  type ViewKind,
} from '../../ir/types.ts';
import { templateFor } from '../../library-template.ts';
import { lowerNewInstance } from '../classes/constructor.ts';
import { skipParentheses } from '../conditions.ts';
import { convert, toElement, toF64 } from '../convert.ts';
import { refuseConstruct } from '../constructs.ts';
import { callback, callWith } from '../functions/callable.ts';
import type { Result } from '../functions/frame.ts';
import type { Lowering } from '../lowering.ts';
import { jsTypeOf, valueOperand, type Operand } from '../operands.ts';
import { notAnArray, notANumber, sourceOf } from '../refusals.ts';
import { forEachElement, sequenceOf } from '../sequences.ts';
import { lowerNewCollection } from './collections.ts';
import { isGlobal } from './globals.ts';
import { lower } from './index.ts';
import { indicesBelow, lengthOnly, type Counted } from './length-only.ts';
import { arrayOfLength, lowerArrayOfLength } from './list-statics.ts';
import { setElements } from './typed-array.ts';

const kindOfClass = new Map(
  Object.entries(viewClass).map(([kind, name]) => [name, kind as ViewKind]),
);

/** The kind of arrays that a name such as `Float64Array`, or another one for that, makes. */
export function arrayClass(l: Lowering, node: Node): ElementKind | undefined {
  const text = node.getText();
  const name = isGlobal(node, text) ? text : l.globalOf(node);
  const kind = name === undefined ? undefined : kindOfClass.get(name);
  return kind === 'buffer' || kind === 'dataview' ? undefined : kind;
}

/** @param expected the type of what the object is for, where that is known */
export function lowerNew(l: Lowering, node: NewExpression, expected?: HintType): Operand {
  const callee = node.getExpression();
  // A class that was refused where it is declared.
  l.lookup(callee);
  const list = arrayOfLength(node);
  if (list) return lowerArrayOfLength(l, node, list, expected);
  const instance = lowerNewInstance(l, node, expected);
  if (instance) return instance;
  const collection = lowerNewCollection(l, node, expected);
  if (collection) return collection;
  const kind = arrayClass(l, callee);
  const args = node.getArguments();
  const [first, second] = args;
  if (kind === undefined || second) return refuseNew(l, node);
  if (!first) return valueOperand(allocate(l, kind, l.b.const('i64', 0n)));
  const inner = skipParentheses(first);
  if (Node.isArrayLiteralExpression(inner)) return arrayOf(l, kind, inner.getElements());
  const operand = lower(l, first);
  l.at(node);
  if (operand.kind === 'value' && isView(operand.value.type)) {
    return valueOperand(copyOf(l, kind, operand.value, node));
  }
  if (operand.kind === 'value' && isList(operand.value.type))
    return valueOperand(ofList(l, kind, operand.value, first));
  if (operand.kind === 'optional' && isView(operand.value.type))
    return notAnArray(l, operand, first);
  if (jsTypeOf(operand) === 'boolean' || jsTypeOf(operand) === 'bigint') {
    return notANumber(l, operand, first);
  }
  return valueOperand(allocate(l, kind, checkedLength(l, toF64(l, operand, first))));
}

/** What isn't made in native code: other classes, and arrays from what isn't compiled. */
function refuseNew(l: Lowering, node: NewExpression): never {
  const callee = node.getExpression();
  const name = callee.getText();
  const [first] = node.getArguments();
  const made = arrayClass(l, callee) ? name : undefined;
  const view = Node.isPropertyAccessExpression(first) ? first.getExpression() : undefined;
  const rewrite =
    node.getArguments().length > 1 && view
      ? `${sourceOf(view)}.subarray(start, end)`
      : made
        ? `new ${made}(${first ? sourceOf(first) : ''})`
        : `Make it in the JavaScript that calls \`${l.native.name}\`, and pass its numbers as parameters.`;
  return l.refuse(codes.unsupportedNew(placeOf(node), { name, rewrite }));
}

const allocate = (l: Lowering, kind: ElementKind, length: Value): Value =>
  l.b.op('view.new', [length], `view.${kind}`);

/** ECMA-262 7.1.22 ToIndex: truncates; RangeError below 0 and above 2^53 − 1. */
function checkedLength(l: Lowering, length: Value): Value {
  const whole = l.b.op('trunc', [length]);
  const isNumber = l.b.op('eq', [whole, whole]);
  const index = l.b.op('select', [isNumber, whole, l.constant('f64', 0)]);
  const valid = l.b.op('and', [
    l.b.op('ge', [index, l.constant('f64', 0)]),
    l.b.op('le', [index, l.constant('f64', Number.MAX_SAFE_INTEGER)]),
  ]);
  l.b.if(
    valid,
    () => {},
    () => l.b.throw('RangeError', ['Invalid typed array length: ', length]),
  );
  return l.b.op('fptoint', [index], 'i64');
}

/** `Float64Array.of(a, b)` and `new Float64Array([a, b])`. */
export function arrayOf(l: Lowering, kind: ElementKind, elements: readonly Node[]): Operand {
  const values = l.all(
    elements.map((element) => () => {
      if (Node.isOmittedExpression(element)) {
        return l.unsupported(placeOf(element.getParentOrThrow()), {
          what: 'a hole in an array',
          why: 'Every element of a typed array has a value.',
          rewrite: 'Write a number in its place: NaN is what `undefined` becomes there.',
        });
      }
      if (Node.isSpreadElement(element)) return refuseConstruct(l, element);
      return lower(l, element);
    }),
  );
  const array = allocate(l, kind, l.b.const('i64', BigInt(elements.length)));
  storeAll(l, array, kind, values, elements);
  return valueOperand(array);
}

/** Stores operands to an array's first elements. */
function storeAll(
  l: Lowering,
  array: Value,
  kind: ElementKind,
  values: readonly Operand[],
  nodes: readonly Node[],
): void {
  values.forEach((value, index) => {
    const node = nodes[index];
    if (!node) return;
    const at = l.b.const('i64', BigInt(index));
    l.b.effect('view.store', [array, at, toElement(l, value, kind, node)]);
  });
}

export function arrayFrom(l: Lowering, kind: ElementKind, node: CallExpression): Operand {
  const [source, mapper] = node.getArguments();
  const inner = source && skipParentheses(source);
  if (!source || !inner)
    return l.unsupported(node, {
      what: '`from` of nothing',
      why: 'There is nothing to take elements from.',
      rewrite: `new ${viewClass[kind]}(0)`,
    });
  if (mapper) return valueOperand(mapped(l, kind, source, mapper, node));
  if (Node.isArrayLiteralExpression(inner)) return arrayOf(l, kind, inner.getElements());
  const operand = lower(l, source);
  if (operand.kind === 'value' && isList(operand.value.type)) {
    l.at(node);
    return valueOperand(ofList(l, kind, operand.value, source));
  }
  if (operand.kind !== 'value' || !isView(operand.value.type)) {
    return notAnArray(l, operand, source);
  }
  return valueOperand(copyOf(l, kind, operand.value, node));
}

/**
 * `from(source, callback)` (ECMA-262 23.2.2.1): all elements are taken before the callback gets the first one,
 * and each result is stored before it gets the next one.
 */
function mapped(
  l: Lowering,
  kind: ElementKind,
  source: Node,
  mapper: Node,
  node: CallExpression,
): Value {
  const length = lengthOnly(source);
  const elements = length
    ? indicesBelow(
        l,
        length,
        Number.MAX_SAFE_INTEGER,
        `Invalid typed array length: ${Number.MAX_SAFE_INTEGER}`,
      )
    : elementsNow(l, source);
  const callable = callback(l, mapper);
  const thisArgument = node.getArguments()[2];
  if (thisArgument) lower(l, thisArgument);
  l.at(node);
  const { count, forEach } = elements();
  const array = allocate(l, kind, count);
  const result: Result = {
    expected: undefined,
    types: [elementType(kind)],
    takesUndefined: kind !== 'i64' && kind !== 'u64',
    take: (operand, from) => [toElement(l, operand, kind, from)],
  };
  forEach((element, index) => {
    const given = [element, valueOperand(convert(l, index, 'f64'))];
    const operands = given.map((operand) => ({ operand, node: mapper }));
    const stored = callWith(l, callable, operands, result, node);
    if (stored.kind === 'value') l.b.effect('view.store', [array, index, stored.value]);
  });
  return array;
}

/** The elements of an array as they are when the source has been evaluated. */
function elementsNow(l: Lowering, source: Node): () => Counted {
  const operand = lower(l, source);
  const sequence = operand.kind === 'value' ? sequenceOf(l, operand.value) : undefined;
  if (operand.kind !== 'value' || !sequence) return notAnArray(l, operand, source);
  const { value } = operand;
  return () => {
    const all = [l.constant('f64', 0), l.constant('f64', Infinity)];
    const { type } = value;
    const callee = isList(type)
      ? templateFor('slice', type)
      : `std.slice.${type === 'view.buffer' ? 'u8' : type.slice('view.'.length)}`;
    const [copy] = l.b.call(callee, [value, ...all], [type]);
    const copied = copy && sequenceOf(l, copy);
    if (!copied) throw new Error('a copy is an array');
    const count = copied.length();
    return { count, forEach: (body) => forEachElement(l, copied, body) };
  };
}

/** A new typed array with the elements of a list, converted as stores convert. */
function ofList(l: Lowering, kind: ElementKind, list: Value, node: Node): Value {
  const sequence = sequenceOf(l, list);
  if (!sequence) return notAnArray(l, valueOperand(list), node);
  const array = allocate(l, kind, sequence.length());
  forEachElement(l, sequence, (element, index) =>
    l.b.effect('view.store', [array, index, toElement(l, element, kind, node)]),
  );
  return array;
}

/** A new array of a kind with another's elements, converted as stores convert. */
function copyOf(l: Lowering, kind: ElementKind, source: Value, node: Node): Value {
  if (!isView(source.type) || source.type === 'view.dataview') {
    return notAnArray(l, valueOperand(source), node);
  }
  const array = allocate(l, kind, l.b.op('view.length', [source]));
  setElements(l, array, kind, source, viewKind(source.type), l.constant('f64', 0), node);
  return array;
}
