/** Refusals of types that don't fit, each with a rewrite that names what the program says there. */
import { Node } from '../ts-morph.ts';
import { unwrapped } from '../1-read/function-nodes.ts';
import { hintFor } from '../1-read/hint-types.ts';
import { placeOf } from '../1-read/places.ts';
import { codes } from '../diagnostics/codes.ts';
import {
  isList,
  isNumeric,
  isView,
  type IntegerType,
  type IrType,
  type ListType,
  type RecordType,
} from '../ir/types.ts';
import type { Lowering } from './lowering.ts';
import { describe, jsTypeOf, typeName, type Operand } from './operands.ts';

/** Longer source text is left out of rewrites. */
const longest = 60;

/** An expression's source on one line; dots where it is long. */
export function sourceOf(node: Node): string {
  const text = node.getText().replace(/\s+/g, ' ');
  return text.length > longest ? '…' : text;
}

/** An expression's source as an operand, in parentheses where an operator could tear it apart. */
function operandOf(node: Node): string {
  const isWhole =
    Node.isIdentifier(node) ||
    Node.isLiteralExpression(node) ||
    Node.isParenthesizedExpression(node) ||
    Node.isCallExpression(node) ||
    Node.isElementAccessExpression(node) ||
    Node.isPropertyAccessExpression(node);
  return isWhole ? sourceOf(node) : `(${sourceOf(node)})`;
}

/** The operands of a binary expression; of what is none, such as `x++`, the whole. */
export function sidesOf(node: Node): readonly [left: Node, right: Node] {
  return Node.isBinaryExpression(node) ? [node.getLeft(), node.getRight()] : [node, node];
}

/** Source that gives a value of another type for an operand's; undefined where nothing obvious does. */
function conversion(to: string, operand: Operand, source: Node): string | undefined {
  const node = unwrapped(source);
  const from = jsTypeOf(operand);
  const isScalar = from === 'number' || from === 'bigint' || from === 'boolean';
  switch (to) {
    case 'number':
      if (from === 'view') return `${operandOf(node)}[0]`;
      return isScalar ? `Number(${sourceOf(node)})` : undefined;
    case 'bigint':
      if (from === 'view') return undefined;
      if (Node.isNumericLiteral(node) && /^\d+$/.test(node.getText())) return `${node.getText()}n`;
      return isScalar ? `BigInt(${sourceOf(node)})` : undefined;
    case 'boolean':
      if (from === 'number') return `${operandOf(node)} !== 0`;
      return from === 'bigint' ? `${operandOf(node)} !== 0n` : undefined;
    default:
      return from === 'view' ? `new ${to}(${sourceOf(node)})` : undefined;
  }
}

/** A value for a variable, parameter or result of another JavaScript type. */
export function wrongType(l: Lowering, expected: string, operand: Operand, node: Node): never {
  const actual = describe(operand);
  const rewrite =
    operand.kind === 'absent'
      ? `A value of the type ${expected}, or ${expected} | ${actual} as the declared type.`
      : (conversion(expected, operand, node) ?? `A value of the type ${expected}.`);
  return l.refuse(codes.wrongType(placeOf(node), { expected, actual, rewrite }));
}

/**
 * An array for a variable, parameter or result of another array's type: its elements extend what is wanted, and
 * what native code put into the array as wanted wouldn't be one of them.
 */
export function otherElements(l: Lowering, from: ListType, to: ListType, node: Node): never {
  const [actual, expected] = [typeName(from), typeName(to)];
  // Numbers of another hint are copied in any case.
  const isOfNumbers = isNumeric(from.slice('list.'.length) as IrType);
  const rewrite =
    !isOfNumbers && Node.isCallExpression(node.getParent())
      ? `A parameter of any such type: <T extends ${expected.replace(/\[\]$/, '')}>(… readonly T[]).`
      : `[...${sourceOf(node)}]`;
  return l.refuse(codes.wrongType(placeOf(node), { expected, actual, rewrite }));
}

/** What has no text that native code makes: objects and arrays. */
export function notText(l: Lowering, type: IrType, node: Node): never {
  const source = operandOf(node);
  const rewrite = isList(type)
    ? `${source}.join(', ')`
    : isView(type)
      ? `${source}.length`
      : 'Put its parts together, for example `${point.x} ${point.y}`.';
  return l.refuse(codes.notText(placeOf(node), { type: typeName(type), rewrite }));
}

/** An object for a variable, parameter or result of another record. */
export function otherShape(l: Lowering, from: RecordType, to: RecordType, node: Node): never {
  const { records } = l.module.reading;
  const [actual, wanted] = [records.get(from), records.get(to)];
  const hasAll = wanted.members.every(({ name }) =>
    actual.members.some((member) => member.name === name),
  );
  const isPlain = wanted.kind === 'object' && hasAll && wanted.members.length > 0;
  const parts = wanted.members.map(({ name }) => `${name}: ${operandOf(node)}.${name}`);
  const rewrite = isPlain
    ? `{ ${parts.join(', ')} }, which is another object`
    : `A value of the type ${wanted.sourceName}.`;
  return l.refuse(
    codes.otherShape(placeOf(node), {
      actual: actual.sourceName,
      expected: wanted.sourceName,
      rewrite,
    }),
  );
}

export function notANumber(l: Lowering, operand: Operand, node: Node): never {
  const rewrite = conversion('number', operand, node) ?? 'A value of the type number.';
  return l.refuse(codes.notANumber(placeOf(node), { type: describe(operand), rewrite }));
}

export function notABigint(l: Lowering, operand: Operand, node: Node): never {
  const rewrite = conversion('bigint', operand, node) ?? 'A bigint, for example 0n.';
  return l.refuse(codes.notABigint(placeOf(node), { type: describe(operand), rewrite }));
}

/** What is used as a typed array and isn't one. */
export function notAnArray(l: Lowering, operand: Operand, node: Node): never {
  const type = describe(operand);
  const rewrite = Node.isIdentifier(node)
    ? `Declare it as a typed array: ${node.getText()}: ${type === 'DataView' ? 'Uint8Array' : 'Float64Array'}`
    : 'A typed array, for example a Float64Array.';
  return l.refuse(codes.notAnArray(placeOf(node), { type, rewrite }));
}

/** What `for…of` goes over and isn't a typed array. */
export function notIterable(l: Lowering, operand: Operand, node: Node): never {
  const rewrite =
    jsTypeOf(operand) === 'number'
      ? `for (let i = 0; i < ${sourceOf(node)}; i++) { … }`
      : 'A typed array, for example a Uint8Array over the same buffer.';
  return l.refuse(codes.notIterable(placeOf(node), { type: describe(operand), rewrite }));
}

/** Two operands that an operator doesn't take together. */
export function mixedTypes(l: Lowering, left: Operand, right: Operand, node: Node): never {
  const rewrite = together(left, right, node) ?? 'Convert one side, with Number(x) or BigInt(x).';
  return l.refuse(
    codes.mixedTypes(placeOf(node), { left: describe(left), right: describe(right), rewrite }),
  );
}

/** A binary expression with one side converted to the type of the other. */
function together(left: Operand, right: Operand, node: Node): string | undefined {
  if (!Node.isBinaryExpression(node)) return undefined;
  const operator = node.getOperatorToken().getText();
  const [a, b] = [node.getLeft(), node.getRight()];
  const types = [jsTypeOf(left), jsTypeOf(right)];
  // A literal is written in the other type; else the result is a number, as an assignment allows.
  const isSettled = (side: Node): boolean => !Node.isLiteralExpression(side);
  const to = assigns(operator) ? types[0] : undefined;
  const literal = !isSettled(b) ? types[0] : !isSettled(a) ? types[1] : undefined;
  const wanted = to ?? literal ?? 'number';
  if (wanted === 'absent' || wanted === 'view' || wanted === undefined) return undefined;
  const first = types[0] === wanted ? sourceOf(a) : conversion(wanted, left, a);
  const second = types[1] === wanted ? sourceOf(b) : conversion(wanted, right, b);
  return first && second ? `${first} ${operator} ${second}` : undefined;
}

/** The two results of `?:`, `&&`, `||` or `??` that are of different types. */
export function noCommonType(
  l: Lowering,
  first: Operand,
  second: Operand,
  nodes: { readonly whole: Node; readonly first: Node; readonly second: Node },
): never {
  const { whole } = nodes;
  const converted = conversion(jsTypeOf(first), second, nodes.second);
  const isConditional = Node.isConditionalExpression(whole);
  // Of `&&`, `||` and `??` the first is the right operand, the other one may also be the left.
  const parts = isConditional
    ? [sourceOf(whole.getCondition()), '?', sourceOf(nodes.first), ':', converted]
    : [converted, operatorOf(whole), sourceOf(nodes.first)];
  const rewrite = converted
    ? parts.join(' ')
    : 'An if statement with a variable of its own for each type.';
  return l.refuse(
    codes.noCommonType(placeOf(whole), {
      left: describe(isConditional ? first : second),
      right: describe(isConditional ? second : first),
      rewrite,
    }),
  );
}

const operatorOf = (node: Node): string =>
  Node.isBinaryExpression(node) ? node.getOperatorToken().getText() : '';

/** Two bigints of which one is an `i64` and the other a `u64`. */
export function mixedBigints(l: Lowering, isLeftUnsigned: boolean, node: Node): never {
  const cast = (operand: Node): string => `BigInt.asIntN(64, ${sourceOf(operand)})`;
  const [left, right] = sidesOf(node);
  const operator = operatorOf(node);
  const rewrite =
    left === right || assigns(operator)
      ? 'BigInt.asIntN(64, x) or BigInt.asUintN(64, x) on one side.'
      : isLeftUnsigned
        ? `${cast(left)} ${operator} ${sourceOf(right)}`
        : `${sourceOf(left)} ${operator} ${cast(right)}`;
  return l.refuse(codes.mixedBigints(placeOf(node), { rewrite }));
}

/** A number that an `f32` may not hold exactly. */
export function notSingle(l: Lowering, name: string, node: Node): never {
  const { value, target } = assignedValue(node);
  const rounded = `Math.fround(${value})`;
  const rewrite = target === undefined ? rounded : `${target} = ${rounded}`;
  return l.refuse(codes.notSingle(placeOf(node), { name, value, rewrite }));
}

/** What an expression stores: for `x += 1` and `x++` it is `x + 1`. */
function assignedValue(node: Node): { value: string; target?: string } {
  if (Node.isBinaryExpression(node) && assigns(operatorOf(node))) {
    const target = sourceOf(node.getLeft());
    return {
      value: `${target} ${operatorOf(node).slice(0, -1)} ${sourceOf(node.getRight())}`,
      target,
    };
  }
  if (Node.isPrefixUnaryExpression(node) || Node.isPostfixUnaryExpression(node)) {
    const operator = /^(\+\+|--)|(\+\+|--)$/.exec(node.getText())?.[0];
    const target = sourceOf(node.getOperand());
    if (operator) return { value: `${target} ${operator.charAt(0)} 1`, target };
  }
  return { value: sourceOf(node) };
}

/** Whether an operator is a compound assignment. */
const assigns = (operator: string): boolean => /^[^=!<>]+=$|^(<<|>>|>>>)=$/.test(operator);

/** A constant that an integer type doesn't hold. */
export function literalOutOfRange(
  l: Lowering,
  value: number | bigint,
  type: IntegerType,
  node: Node,
): never {
  const literal = typeof value === 'bigint' ? `${value}n` : String(value);
  const hint = hintFor(value);
  const wrapped = wrapping[type](operandOf(node));
  const rewrite = hint ? `The hint ${hint}, or the number wrapped: ${wrapped}` : wrapped;
  return l.refuse(codes.literalOutOfRange(placeOf(node), { literal, type, rewrite }));
}

/** How JavaScript wraps a number to an integer type. */
const wrapping: Readonly<Record<IntegerType, (text: string) => string>> = {
  i8: (text) => `(${text} << 24) >> 24`,
  u8: (text) => `${text} & 0xff`,
  i16: (text) => `(${text} << 16) >> 16`,
  u16: (text) => `${text} & 0xffff`,
  i32: (text) => `${text} | 0`,
  u32: (text) => `${text} >>> 0`,
  i64: (text) => `BigInt.asIntN(64, ${text})`,
  u64: (text) => `BigInt.asUintN(64, ${text})`,
};
