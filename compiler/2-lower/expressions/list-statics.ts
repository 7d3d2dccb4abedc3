/** Making plain arrays: `new Array(n).fill(v)`, `Array.of`, `Array.from`, and `Array.isArray`. */
import {
  Node,
  ts,
  type CallExpression,
  type NewExpression,
  type PropertyAccessExpression,
} from '../../ts-morph.ts';
import type { HintType } from '../../1-read/model.ts';
import { placeOf } from '../../1-read/places.ts';
import { listOfElements } from '../../1-read/structures.ts';
import { codes } from '../../diagnostics/codes.ts';
import { elementOf } from '../../ir/records.ts';
import { isList, type ListType, type Value } from '../../ir/types.ts';
import { templateFor } from '../../library-template.ts';
import { skipParentheses } from '../conditions.ts';
import { toF64, toStored } from '../convert.ts';
import { callback, callWith, type Callable } from '../functions/callable.ts';
import { resultOfElement } from '../functions/frame.ts';
import type { Lowering } from '../lowering.ts';
import { describe, valueOperand, type Operand } from '../operands.ts';
import { sourceOf } from '../refusals.ts';
import { blankMapped, blankSource, countedBlank, type Blank } from './blank-arrays.ts';
import { expectedType } from './expected.ts';
import { isGlobal } from './globals.ts';
import { lower } from './index.ts';
import { iteratedOperand } from './iterated.ts';
import { appendIterated, forEachIterated, listOfItems } from './lists.ts';
import { refuseMember } from './unknown.ts';

/** `Array.name(…)`. */
export function arrayStatic(
  l: Lowering,
  callee: PropertyAccessExpression,
  node: CallExpression,
  expected?: HintType,
): Operand {
  const args = node.getArguments();
  const [first] = args;
  switch (callee.getName()) {
    case 'of':
      return valueOperand(
        listOfItems(l, listType(l, node, expected, node), args, 'the array', node),
      );
    case 'isArray':
      return isArray(l, first);
    case 'from':
      if (first) return arrayFrom(l, node, listType(l, node, expected, node));
      break;
    default:
  }
  return refuseMember(l, callee, 'Array', ['from', 'isArray', 'of']);
}

/** Whether something is a plain array or a tuple, which its type tells. */
function isArray(l: Lowering, node: Node | undefined): Operand {
  if (!node) return valueOperand(l.constant('bool', false));
  const operand = lower(l, node);
  const checker = l.module.reading.program.getTypeChecker();
  const type = checker.getNonNullableType(l.typeOf(node));
  const is = checker.isArrayType(type) || checker.isTupleType(type);
  if (operand.kind === 'optional' && is)
    return valueOperand(l.b.op('eq', [operand.tag, l.constant('u8', 0)]));
  return valueOperand(l.constant('bool', operand.kind === 'value' && is));
}

/** `Array.from(source)`, `Array.from(source, callback)` (ECMA-262 23.1.2.1). */
function arrayFrom(l: Lowering, node: CallExpression, type: ListType): Operand {
  const [source, mapper, thisArgument] = node.getArguments();
  if (!source) throw new Error('there is a source');
  const list = l.b.op('list.new', [l.b.const('i64', 0n)], type);
  if (!mapper) {
    appendIterated(l, list, source, 'the array');
    return valueOperand(list);
  }
  const blank = blankSource(source);
  // The source is evaluated first, then the callback, and only then does anything run over the source.
  const elements = blank ? elementsOfBlank(l, blank) : iteratedElements(l, source, mapper);
  const callable = callback(l, mapper);
  if (thisArgument) lower(l, thisArgument);
  return mapped(l, list, elements, callable, mapper, node);
}

/** `[...Array(n)].map(callback)` and the like; undefined for another call. */
export function mapBlank(
  l: Lowering,
  callee: PropertyAccessExpression,
  node: CallExpression,
  expected?: HintType,
): Operand | undefined {
  const blank = blankMapped(l, callee, node);
  const [mapper] = node.getArguments();
  if (!blank || !mapper) return undefined;
  const type = listType(l, node, expected, node);
  const elements = elementsOfBlank(l, blank);
  const callable = callback(l, mapper);
  const list = l.b.op('list.new', [l.b.const('i64', 0n)], type);
  return mapped(l, list, elements, callable, mapper, node);
}

/** What is gone over, once that is asked for. */
type Elements = () => { forEach(body: (element: Operand) => void): void };

function elementsOfBlank(l: Lowering, blank: Blank): Elements {
  const counted = countedBlank(l, blank);
  return () => {
    const { forEach } = counted();
    return { forEach: (body) => forEach(() => body(blank.element)) };
  };
}

/** Appends what a callback makes of elements and their indices. */
function mapped(
  l: Lowering,
  list: Value,
  elements: Elements,
  callable: Callable,
  mapper: Node,
  node: Node,
): Operand {
  l.at(node);
  const type = list.type as ListType;
  const subject = 'the array';
  const result = resultOfElement(l, type, subject);
  const counter = l.b.local('index', 'f64');
  l.b.set(counter, l.constant('f64', 0));
  elements().forEach((operand) => {
    const given = [operand, valueOperand(l.b.get(counter))];
    const operands = given.map((one) => ({ operand: one, node: mapper }));
    const stored = callWith(l, callable, operands, result, node);
    if (stored.kind === 'value') l.b.effect('list.push', [list, stored.value]);
    l.b.set(counter, l.b.op('add', [l.b.get(counter), l.constant('f64', 1)]));
  });
  return valueOperand(list);
}

/** Runs code for each element that a value goes over, as the callback takes them. */
function iteratedElements(l: Lowering, source: Node, mapper: Node): Elements {
  const iterated = iteratedOperand(l, source);
  const checker = l.module.reading.program.getTypeChecker();
  const [signature] = l.typeOf(mapper).getCallSignatures();
  const parameter = signature?.parameters[0];
  const hint = parameter && l.module.reading.hintOfType(checker.getTypeOfSymbol(parameter), mapper);
  const type = hint && !('code' in hint) ? hint.type : undefined;
  return () => ({
    forEach: (body) => forEachIterated(l, iterated, source, type, body),
  });
}

/** The type of the array that an expression makes. @param maker the call or `new` whose type argument may say it */
export function listType(
  l: Lowering,
  node: Node,
  expected: HintType | undefined,
  maker?: CallExpression | NewExpression,
): ListType {
  const isExpected = expected?.type !== undefined;
  const { type } =
    (maker && (writtenType(l, maker) ?? (isExpected ? undefined : bigintsReturned(l, maker)))) ??
    expectedType(l, node, expected);
  if (type === undefined || !isList(type)) {
    return l.refuse(
      codes.notAnArray(placeOf(node), {
        type: describe({ kind: 'absent', absent: 'undefined' }),
        rewrite: 'A type with the elements it has: const array: number[] = …',
      }),
    );
  }
  return type;
}

/**
 * What the last type argument of `new Array<T>(…)`, `Array.of<T>(…)`, `Array.from<S, T>(…)` and `map<T>(…)` says,
 * where hints keep their names.
 */
function writtenType(l: Lowering, maker: CallExpression | NewExpression): HintType | undefined {
  const element = maker.compilerNode.typeArguments?.at(-1);
  return element && listOf(l, element);
}

/** What the callback of `map` and `Array.from` says that it returns, where TypeScript has only `bigint` for it. */
function bigintsReturned(l: Lowering, maker: CallExpression | NewExpression): HintType | undefined {
  const checker = l.module.reading.program.getTypeChecker();
  const element = checker.getIndexTypeOfType(l.typeOf(maker), ts.IndexKind.Number);
  if (!element || !(element.flags & ts.TypeFlags.BigIntLike)) return undefined;
  for (const argument of maker.getArguments()) {
    const fn = skipParentheses(argument);
    const result =
      Node.isArrowFunction(fn) || Node.isFunctionExpression(fn) ? fn.compilerNode.type : undefined;
    if (result) return listOf(l, result);
  }
  return undefined;
}

function listOf(l: Lowering, element: ts.TypeNode): HintType {
  const hint = l.module.reading.hintOfNode(element);
  const list = 'code' in hint ? hint : listOfElements(hint, element);
  return 'code' in list ? l.refuse(list) : list;
}

interface ArrayOfLength {
  readonly made: CallExpression | NewExpression;
  readonly length: Node | undefined;
}

/** `new Array(n)` or `Array(n)` with the node of the length; undefined for what is neither. */
export function arrayOfLength(node: Node): ArrayOfLength | undefined {
  const made = skipParentheses(node);
  if (!Node.isNewExpression(made) && !Node.isCallExpression(made)) return undefined;
  if (!isGlobal(made.getExpression(), 'Array')) return undefined;
  const [length, ...others] = made.getArguments();
  // One argument that is no number is the array's only element.
  return others.length === 0 && (!length || isNumber(length)) ? { made, length } : undefined;
}

function isNumber(node: Node): boolean {
  const type = node.getType();
  const members = type.isUnion() ? type.getUnionTypes() : [type];
  return members.every((member) => (member.getFlags() & ts.TypeFlags.NumberLike) !== 0);
}

/** `new Array<T>(n).fill(value)`: the one way in which a length makes no holes. */
export function lowerNewArray(
  l: Lowering,
  callee: PropertyAccessExpression,
  node: CallExpression,
  expected?: HintType,
): Operand | undefined {
  if (callee.getName() !== 'fill') return undefined;
  const array = arrayOfLength(callee.getExpression());
  const [value, start] = node.getArguments();
  if (!array?.length || !value || start) return undefined;
  const count = checkedCount(l, array.length);
  const type = listType(l, node, expected, array.made);
  const operand = lower(l, value, elementOf(type));
  l.at(node);
  return valueOperand(filled(l, type, count, operand, value));
}

/** The length of a new array (ECMA-262 23.1.1.1): RangeError unless it is a whole number below 2^32. */
export function checkedCount(l: Lowering, node: Node): Value {
  const length = toF64(l, lower(l, node), node);
  l.at(node);
  const whole = l.b.op('toint', [length], 'u32');
  l.b.if(
    l.b.op('eq', [l.b.op('conv', [whole], 'f64'), length]),
    () => {},
    () => l.b.throw('RangeError', ['Invalid array length']),
  );
  return length;
}

/** A new list of so many times one value. */
function filled(l: Lowering, type: ListType, count: Value, operand: Operand, node: Node): Value {
  const [value] = toStored(l, operand, elementOf(type), node, 'the array');
  const size = l.b.op('fptoint', [count], 'i64');
  const list = l.b.op('list.new', [size], type);
  l.b.effect('list.extend', [list, size]);
  if (value) {
    const range = [l.constant('f64', 0), count];
    l.b.call(templateFor('fill', type), [list, value, ...range], []);
  }
  return list;
}

/** Refuses `new Array(n)`, whose elements would be holes; `new Array()` is an empty array. */
export function lowerArrayOfLength(
  l: Lowering,
  node: Node,
  { made, length }: ArrayOfLength,
  expected?: HintType,
): Operand {
  if (!length) {
    const type = listType(l, node, expected, made);
    return valueOperand(l.b.op('list.new', [l.b.const('i64', 0n)], type));
  }
  return l.unsupported(node, {
    what: 'an array of holes',
    why: 'Every element of an array has a value in native code.',
    rewrite: `${sourceOf(node)}.fill(0)`,
  });
}
