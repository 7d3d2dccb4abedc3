/** Numbers, bigints and booleans as text, and text as numbers. */
import type { CallExpression, Node, PropertyAccessExpression } from '../../ts-morph.ts';
import { Tag, isSigned, type IntegerType, type Value } from '../../ir/types.ts';
import { convert, modulo, toF64, toNumber } from '../convert.ts';
import type { Lowering } from '../lowering.ts';
import { jsTypeOf, valueOperand, type Operand } from '../operands.ts';
import { toBigint } from '../convert.ts';
import { fitsInteger } from '../../ir/scalars.ts';
import { lower } from './index.ts';
import { callText, textArgument, toText } from './text.ts';
import { refuseMember } from './unknown.ts';

/** What numbers, bigints and booleans have, by their JavaScript type. */
const known = {
  number: ['toString', 'toFixed', 'toExponential', 'toPrecision', 'valueOf'],
  bigint: ['toString', 'valueOf'],
  boolean: ['toString', 'valueOf'],
} as const;

/** A method of a number, bigint or boolean; undefined for another operand. */
export function scalarMethod(
  l: Lowering,
  operand: Operand,
  callee: PropertyAccessExpression,
  node: CallExpression,
): Operand | undefined {
  const type = jsTypeOf(operand);
  if (type !== 'number' && type !== 'bigint' && type !== 'boolean') return undefined;
  const name = callee.getName();
  if (!(known[type] as readonly string[]).includes(name))
    return refuseMember(l, callee, type, known[type]);
  if (name === 'valueOf') return operand;
  const [argument] = node.getArguments();
  const given = argument && lower(l, argument);
  l.at(node);
  const isMissing = !given || (given.kind === 'absent' && given.absent === 'undefined');
  if (type === 'boolean' || (name === 'toString' && isMissing))
    return valueOperand(toText(l, { operand, node }));
  if (type === 'bigint')
    return valueOperand(bigintText(l, operand, radix(l, given, argument ?? node), node));
  const number = toF64(l, operand, node);
  if (name === 'toString')
    return valueOperand(callText(l, 'numberToRadix', [number, radix(l, given, argument ?? node)]));
  return valueOperand(formatted(l, name, number, isMissing ? undefined : given, argument ?? node));
}

/** A radix; one that is `undefined` is 10. */
function radix(l: Lowering, given: Operand | undefined, node: Node): Value {
  if (!given) return l.constant('f64', 10);
  const number = toF64(l, given, node);
  if (given.kind !== 'optional') return number;
  const isMissing = l.b.op('eq', [given.tag, l.constant('u8', Tag.undefined)]);
  return l.b.op('select', [isMissing, l.constant('f64', 10), number]);
}

function bigintText(l: Lowering, operand: Operand, base: Value, node: Node): Value {
  const type: IntegerType =
    operand.kind === 'bigint'
      ? operand.value < 0n || fitsInteger('i64', operand.value)
        ? 'i64'
        : 'u64'
      : operand.kind === 'value' && operand.value.type === 'u64'
        ? 'u64'
        : 'i64';
  const value = toBigint(l, operand, type, node);
  return callText(l, isSigned(type) ? 'i64ToRadix' : 'u64ToRadix', [value, base]);
}

/** `toFixed`, `toExponential` and `toPrecision`; the last two write as many digits as it takes where none are given. */
function formatted(
  l: Lowering,
  name: string,
  number: Value,
  given: Operand | undefined,
  node: Node,
): Value {
  if (name === 'toFixed')
    return callText(l, name, [number, given ? toF64(l, given, node) : l.constant('f64', 0)]);
  const shortest = (): Value =>
    callText(l, name === 'toPrecision' ? 'numberToString' : 'toExponentialShortest', [number]);
  if (!given) return shortest();
  const digits = toF64(l, given, node);
  if (given.kind !== 'optional') return callText(l, name, [number, digits]);
  const text = l.b.local('text', 'str');
  const isMissing = l.b.op('eq', [given.tag, l.constant('u8', Tag.undefined)]);
  l.b.if(
    isMissing,
    () => l.b.set(text, shortest()),
    () => l.b.set(text, callText(l, name, [number, digits])),
  );
  return l.b.get(text);
}

/** `parseInt(text, radix)` and `parseFloat(text)` (ECMA-262 19.2.4 and 19.2.5). */
export function lowerParse(
  l: Lowering,
  name: 'parseInt' | 'parseFloat',
  node: CallExpression,
): Operand {
  const [first, second] = node.getArguments();
  const text = textArgument(l, first);
  const args =
    name === 'parseFloat'
      ? []
      : [second ? modulo(l, toNumber(l, lower(l, second), second), 'i32') : l.constant('i32', 0)];
  l.at(node);
  const callee = name === 'parseFloat' ? 'std.textParseFloat.str' : 'std.textParseInt.str';
  const [number] = l.b.call(callee, [text, ...args], ['f64']);
  if (!number) throw new Error(`${callee} has a result`);
  return valueOperand(convert(l, number, 'f64'));
}
