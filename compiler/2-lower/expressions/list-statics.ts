/** Making plain arrays: `new Array(n).fill(v)`, `Array.of`, `Array.from`, and `Array.isArray`. */
import { Node, type CallExpression, type PropertyAccessExpression } from '../../ts-morph.ts';
import type { HintType } from '../../1-read/model.ts';
import { placeOf } from '../../1-read/places.ts';
import { codes } from '../../diagnostics/codes.ts';
import { elementOf } from '../../ir/records.ts';
import { isList, type ListType, type Value } from '../../ir/types.ts';
import { templateFor } from '../../library-template.ts';
import { skipParentheses } from '../conditions.ts';
import { toF64, toStored } from '../convert.ts';
import type { Lowering } from '../lowering.ts';
import { describe, valueOperand, type Operand } from '../operands.ts';
import { sourceOf } from '../refusals.ts';
import { expectedType } from './expected.ts';
import { isGlobal } from './globals.ts';
import { lower } from './index.ts';
import { appendIterated, listOfItems } from './lists.ts';
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
      return valueOperand(listOfItems(l, listType(l, node, expected), args, 'the array', node));
    case 'isArray':
      return isArray(l, first);
    case 'from':
      if (first && args.length === 1) return copyOf(l, first, listType(l, node, expected));
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

function copyOf(l: Lowering, source: Node, type: ListType): Operand {
  const list = l.b.op('list.new', [l.b.const('i64', 0n)], type);
  appendIterated(l, list, source, 'the array');
  return valueOperand(list);
}

/** The type of the array that an expression makes. */
export function listType(l: Lowering, node: Node, expected: HintType | undefined): ListType {
  const { type } = expectedType(l, node, expected);
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

/** `new Array(n)` or `Array(n)`: the node of the length; undefined for what is neither. */
export function arrayOfLength(node: Node): { readonly length: Node | undefined } | undefined {
  const made = skipParentheses(node);
  if (!Node.isNewExpression(made) && !Node.isCallExpression(made)) return undefined;
  if (!isGlobal(made.getExpression(), 'Array')) return undefined;
  const args = made.getArguments();
  return args.length < 2 ? { length: args[0] } : undefined;
}

/** `new Array<T>(n).fill(value)`: the one way in which a length makes no holes. */
export function lowerNewArray(
  l: Lowering,
  callee: PropertyAccessExpression,
  node: CallExpression,
  expected?: HintType,
): Operand | undefined {
  if (callee.getName() !== 'fill') return undefined;
  const made = arrayOfLength(callee.getExpression());
  const [value, start] = node.getArguments();
  if (!made?.length || !value || start) return undefined;
  const count = checkedCount(l, made.length);
  const type = listType(l, node, expected);
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
  made: { readonly length: Node | undefined },
  expected?: HintType,
): Operand {
  if (!made.length)
    return valueOperand(l.b.op('list.new', [l.b.const('i64', 0n)], listType(l, node, expected)));
  return l.unsupported(node, {
    what: 'an array of holes',
    why: 'Every element of an array has a value in native code.',
    rewrite: `${sourceOf(node)}.fill(0)`,
  });
}
