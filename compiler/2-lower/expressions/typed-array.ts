/** Methods of typed arrays (ECMA-262 23.2.3), most of them calls into the runtime's library. */
import { Node, type CallExpression, type PropertyAccessExpression } from '../../ts-morph.ts';
import type { HintType } from '../../1-read/model.ts';
import { placeOf } from '../../1-read/places.ts';
import { codes } from '../../diagnostics/codes.ts';
import {
  isView,
  viewClass,
  viewKind,
  type Value,
  type ViewKind,
  type ViewType,
} from '../../ir/types.ts';
import { skipParentheses } from '../conditions.ts';
import { convert, isPresent, toBigint, toElement, toF64 } from '../convert.ts';
import type { Lowering } from '../lowering.ts';
import { jsTypeOf, valueOperand, type Operand } from '../operands.ts';
import { mixedTypes, notAnArray, notANumber, sourceOf } from '../refusals.ts';
import { writeElement } from './elements.ts';
import { lower } from './index.ts';
import { argument, integer, nothing, range } from './arguments.ts';
import { callbackMethod, callbackMethods } from './callback-methods.ts';
import { checkedIndex, elementAt, textsOf } from './list-methods.ts';
import { copyOfView, sortView, toSortedView } from './sort.ts';
import { callText, textOr } from './text.ts';
import { refuseMember } from './unknown.ts';

/** A method call being lowered. */
interface Call {
  readonly array: Value;
  readonly kind: ViewKind;
  readonly args: readonly Node[];
  readonly node: CallExpression;
}

type Method = (l: Lowering, call: Call) => Operand;

const methods: Readonly<Record<string, Method>> = {
  fill: (l, call) => {
    const value = toElement(l, argument(l, call, 0), call.kind, call.node);
    const [start, end] = range(l, call, 1, (node) =>
      l.refuse(codes.uncertainStart(placeOf(node), { start: sourceOf(node) })),
    );
    callLibrary(l, 'fill', call, [value, start, end]);
    return valueOperand(call.array);
  },
  subarray: (l, call) => callLibrary(l, 'subarray', call, range(l, call, 0), call.array.type),
  slice: (l, call) =>
    // Node's Buffer.prototype.slice shares memory, as its subarray does.
    callLibrary(
      l,
      call.kind === 'buffer' ? 'subarray' : 'slice',
      call,
      range(l, call, 0),
      call.array.type,
    ),
  copyWithin: (l, call) => {
    const target = integer(l, call, 0, 0);
    callLibrary(l, 'copyWithin', call, [target, ...range(l, call, 1)]);
    return valueOperand(call.array);
  },
  reverse: (l, call) => {
    callLibrary(l, 'reverse', call, []);
    return valueOperand(call.array);
  },
  indexOf: (l, call) => search(l, 'indexOf', call, 0),
  lastIndexOf: (l, call) => search(l, 'lastIndexOf', call, Infinity),
  includes: (l, call) => search(l, 'includes', call, 0),
  at: (l, call) => {
    const length = convert(l, l.b.op('view.length', [call.array]), 'f64');
    return elementAt(l, call.array, length, integer(l, call, 0, 0), call);
  },
  join: (l, call) => {
    const separator = textOr(l, call.args[0], ',');
    l.at(call.node);
    const texts = textsOf(l, call.array, call.node);
    return valueOperand(callText(l, 'joinStrings', [texts, separator]));
  },
  set: lowerSet,
  sort: sortView,
  toSorted: toSortedView,
  toReversed: (l, call) => {
    const copy = copyOfView(l, call);
    const kind = viewKind(copy.type as ViewType);
    callLibrary(l, 'reverse', { ...call, array: copy, kind }, []);
    return valueOperand(copy);
  },
  with: (l, call) => {
    const index = integer(l, call, 0, 0);
    const value = toElement(l, argument(l, call, 1), call.kind, call.args[1] ?? call.node);
    l.at(call.node);
    const length = convert(l, l.b.op('view.length', [call.array]), 'f64');
    const at = checkedIndex(l, index, length, ['Invalid typed array index']);
    const copy = copyOfView(l, call);
    l.b.effect('view.store', [copy, at, value]);
    return valueOperand(copy);
  },
};

/** Methods that Buffer has in a version of its own, with other rules. */
const overriddenByBuffer: ReadonlySet<string> = new Set([
  'fill',
  'indexOf',
  'lastIndexOf',
  'includes',
]);

export function arrayMethod(
  l: Lowering,
  array: Value,
  callee: PropertyAccessExpression,
  node: CallExpression,
  expected: HintType | undefined,
): Operand {
  const name = callee.getName();
  const kind = isView(array.type) ? viewKind(array.type) : 'u8';
  const subject = callee.getExpression().getText();
  const called = callbackMethod(l, array, name, node, subject, expected);
  if (called) return called;
  const method = Object.hasOwn(methods, name) ? methods[name] : undefined;
  if (!method) {
    const known = [...Object.keys(methods), ...callbackMethods(false)];
    return refuseMember(l, callee, viewClass[kind], known);
  }
  if (kind === 'buffer' && overriddenByBuffer.has(name)) {
    const buffer = sourceOf(callee.getExpression());
    return l.refuse(codes.bufferMethod(placeOf(callee.getNameNode()), { name, buffer }));
  }
  return method(l, { array, kind, args: node.getArguments(), node });
}

/**
 * Numbers are searched for as doubles, bigints in the array's type. What may be absent is found
 * nowhere where it is: not even as the NaN that it would be as a number.
 *
 * @param from where the search starts when the argument is missing
 */
function search(l: Lowering, name: string, call: Call, from: number): Operand {
  const node = call.args[0] ?? call.node;
  const operand = argument(l, call, 0);
  const { kind } = call;
  if (kind === 'i64' || kind === 'u64') {
    return found(l, name, call, toBigint(l, operand, kind, node), from);
  }
  if (jsTypeOf(operand) !== 'number') return notANumber(l, operand, node);
  if (operand.kind !== 'optional') return found(l, name, call, toF64(l, operand, node), from);
  const number = toF64(l, valueOperand(operand.value), node);
  const result = valueOf(found(l, name, call, number, from));
  const there = isPresent(l, operand.tag);
  const none = result.type === 'bool' ? l.constant('bool', false) : l.constant('f64', -1);
  return valueOperand(l.b.op('select', [there, result, none]));
}

function found(l: Lowering, name: string, call: Call, wanted: Value, from: number): Operand {
  const start = integer(l, call, 1, from);
  return callLibrary(l, name, call, [wanted, start], name === 'includes' ? 'bool' : 'f64');
}

function valueOf(operand: Operand): Value {
  if (operand.kind !== 'value') throw new Error('a search has a result');
  return operand.value;
}

function callLibrary(
  l: Lowering,
  name: string,
  call: Call,
  args: Value[],
  result?: Value['type'],
): Operand {
  l.at(call.node);
  const values = l.b.call(
    `std.${name}.${call.kind}`,
    [call.array, ...args],
    result ? [result] : [],
  );
  return values[0] ? valueOperand(values[0]) : nothing;
}

/** `target.set(source, offset)`: from an array, or from a literal without making one. */
function lowerSet(l: Lowering, call: Call): Operand {
  const [source] = call.args;
  if (!source) return notAnArray(l, nothing, call.node);
  const inner = skipParentheses(source);
  if (Node.isArrayLiteralExpression(inner)) return setLiteral(l, call, inner.getElements());
  const given = lower(l, source);
  const operand = call.args.length > 1 ? given : thereOrThrow(l, given);
  if (
    operand.kind !== 'value' ||
    !isView(operand.value.type) ||
    operand.value.type === 'view.dataview'
  ) {
    return notAnArray(l, operand, source);
  }
  const offset = integer(l, call, 1, 0);
  setElements(
    l,
    call.array,
    call.kind,
    operand.value,
    viewKind(operand.value.type),
    offset,
    call.node,
  );
  return nothing;
}

/** ECMA-262 7.1.18 ToObject: TypeError for an object that isn't there. */
function thereOrThrow(l: Lowering, operand: Operand): Operand {
  if (operand.kind !== 'optional') return operand;
  l.b.if(l.b.op('not', [isPresent(l, operand.tag)]), () =>
    l.b.throw('TypeError', ['Cannot convert undefined or null to object']),
  );
  return valueOperand(operand.value);
}

/** Copies all elements of `source` into `target` from `offset` on. */
export function setElements(
  l: Lowering,
  target: Value,
  targetKind: ViewKind,
  source: Value,
  sourceKind: ViewKind,
  offset: Value,
  node: Node,
): void {
  const isBig = (kind: ViewKind): boolean => kind === 'i64' || kind === 'u64';
  if (isBig(targetKind) !== isBig(sourceKind)) {
    mixedTypes(l, valueOperand(target), valueOperand(source), node);
  }
  l.at(node);
  l.b.call(`std.set.${targetKind}.${sourceKind}`, [target, source, offset], []);
}

/**
 * ECMA-262 23.2.3.26.2 SetTypedArrayFromArrayLike: the offset is checked before any element is
 * converted, and the elements of a literal are evaluated before that.
 */
function setLiteral(l: Lowering, call: Call, elements: readonly Node[]): Operand {
  const values = elements.map((element) => lower(l, element));
  const offset = l.b.op('trunc', [integer(l, call, 1, 0)]);
  const isNumber = l.b.op('eq', [offset, offset]);
  const from = l.b.op('select', [isNumber, offset, l.constant('f64', 0)]);
  const length = convert(l, l.b.op('view.length', [call.array]), 'f64');
  const last = l.b.op('sub', [length, l.constant('f64', elements.length)]);
  const valid = l.b.op('and', [
    l.b.op('ge', [from, l.constant('f64', 0)]),
    l.b.op('le', [from, last]),
  ]);
  l.b.if(
    valid,
    () => {},
    () => l.b.throw('RangeError', ['offset is out of bounds']),
  );
  values.forEach((value, index) => {
    const at = l.b.op('add', [from, l.constant('f64', index)]);
    const node = elements[index] ?? call.node;
    const subject = call.node.getExpression().getText();
    writeElement(l, { array: call.array, index: at, subject }, value, node);
  });
  return nothing;
}
