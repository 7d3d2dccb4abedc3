/** Evaluates constant expressions of literals, exactly as JavaScript does. */
import { Node, SyntaxKind, type TemplateExpression } from '../ts-morph.ts';
import { unwrapped } from './function-nodes.ts';
import { isStandardGlobal } from './standard.ts';

export type Literal = number | bigint | boolean | string;

/** Bigints that take more bits than this are left to JavaScript. */
const largestShift = 1024n;

/**
 * @param lookup the value of a name, where it is known when compiling
 * @returns undefined for what has to be evaluated when the module is loaded
 */
export function fold(
  node: Node,
  lookup: (identifier: Node) => Literal | undefined,
): Literal | undefined {
  const inner = unwrapped(node);
  if (Node.isNumericLiteral(inner)) return Number(inner.compilerNode.text);
  if (Node.isBigIntLiteral(inner)) return BigInt(inner.getText().replaceAll('_', '').slice(0, -1));
  if (Node.isStringLiteral(inner) || Node.isNoSubstitutionTemplateLiteral(inner))
    return inner.getLiteralText();
  if (Node.isTemplateExpression(inner)) return template(inner, lookup);
  if (Node.isTrueLiteral(inner)) return true;
  if (Node.isFalseLiteral(inner)) return false;
  if (Node.isIdentifier(inner)) return globalNumber(inner) ?? lookup(inner);
  if (Node.isPropertyAccessExpression(inner)) {
    return standardConstant(inner.getExpression(), inner.getName()) ?? lookup(inner);
  }
  if (Node.isElementAccessExpression(inner)) return lookup(inner);
  if (Node.isPrefixUnaryExpression(inner)) {
    const operand = fold(inner.getOperand(), lookup);
    return operand === undefined ? undefined : unary(inner.getOperatorToken(), operand);
  }
  if (Node.isBinaryExpression(inner)) {
    const left = fold(inner.getLeft(), lookup);
    const right = left === undefined ? undefined : fold(inner.getRight(), lookup);
    if (left === undefined || right === undefined) return undefined;
    return binary(inner.getOperatorToken().getKind(), left, right);
  }
  if (Node.isCallExpression(inner))
    return fround(inner.getExpression(), inner.getArguments(), lookup);
  return undefined;
}

function template(
  node: TemplateExpression,
  lookup: (identifier: Node) => Literal | undefined,
): string | undefined {
  let text = node.getHead().getLiteralText();
  for (const span of node.getTemplateSpans()) {
    const value = fold(span.getExpression(), lookup);
    if (value === undefined) return undefined;
    text += String(value) + span.getLiteral().getLiteralText();
  }
  return text;
}

function unary(operator: SyntaxKind, operand: Literal): Literal | undefined {
  if (operator === SyntaxKind.ExclamationToken) return !operand;
  if (typeof operand === 'bigint') {
    if (operator === SyntaxKind.MinusToken) return -operand;
    return operator === SyntaxKind.TildeToken ? ~operand : undefined;
  }
  if (typeof operand !== 'number') return undefined;
  switch (operator) {
    case SyntaxKind.MinusToken:
      return -operand;
    case SyntaxKind.PlusToken:
      return operand;
    case SyntaxKind.TildeToken:
      return ~operand;
    default:
      return undefined;
  }
}

function binary(operator: SyntaxKind, left: Literal, right: Literal): Literal | undefined {
  if (typeof left === 'number' && typeof right === 'number') return numbers(operator, left, right);
  if (typeof left === 'bigint' && typeof right === 'bigint') return bigints(operator, left, right);
  if (typeof left === 'string' || typeof right === 'string')
    return operator === SyntaxKind.PlusToken ? String(left) + String(right) : undefined;
  return undefined;
}

/** `a ** b`, where all implementations give the same: ECMA-262 leaves the last bits of other powers to them. */
export function exactPower(a: number, b: number): number | undefined {
  const power = a ** b;
  const isExact = Number.isSafeInteger(a) && Number.isSafeInteger(power) && b >= 0;
  return isExact && Number.isInteger(b) ? power : undefined;
}

function numbers(operator: SyntaxKind, a: number, b: number): number | undefined {
  switch (operator) {
    case SyntaxKind.PlusToken:
      return a + b;
    case SyntaxKind.MinusToken:
      return a - b;
    case SyntaxKind.AsteriskToken:
      return a * b;
    case SyntaxKind.SlashToken:
      return a / b;
    case SyntaxKind.PercentToken:
      return a % b;
    case SyntaxKind.AsteriskAsteriskToken:
      return exactPower(a, b);
    case SyntaxKind.LessThanLessThanToken:
      return a << b;
    case SyntaxKind.GreaterThanGreaterThanToken:
      return a >> b;
    case SyntaxKind.GreaterThanGreaterThanGreaterThanToken:
      return a >>> b;
    case SyntaxKind.AmpersandToken:
      return a & b;
    case SyntaxKind.BarToken:
      return a | b;
    case SyntaxKind.CaretToken:
      return a ^ b;
    default:
      return undefined;
  }
}

function bigints(operator: SyntaxKind, a: bigint, b: bigint): bigint | undefined {
  switch (operator) {
    case SyntaxKind.PlusToken:
      return a + b;
    case SyntaxKind.MinusToken:
      return a - b;
    case SyntaxKind.AsteriskToken:
      return a * b;
    case SyntaxKind.LessThanLessThanToken:
      return b > largestShift ? undefined : a << b;
    case SyntaxKind.GreaterThanGreaterThanToken:
      return b < -largestShift ? undefined : a >> b;
    case SyntaxKind.AmpersandToken:
      return a & b;
    case SyntaxKind.BarToken:
      return a | b;
    case SyntaxKind.CaretToken:
      return a ^ b;
    default:
      return undefined;
  }
}

/** `NaN` and `Infinity`. */
function globalNumber(identifier: Node): number | undefined {
  const name = identifier.getText();
  if (name !== 'NaN' && name !== 'Infinity') return undefined;
  return isStandardGlobal(identifier) ? Number(name) : undefined;
}

/** `Math.PI`, `Number.EPSILON` and their kin, whose values ECMA-262 21.1.2 and 21.3.1 fix. */
function standardConstant(object: Node, name: string): number | undefined {
  if (!isStandardGlobal(object)) return undefined;
  const holder = { Math, Number }[object.getText()];
  const value: unknown = holder && Reflect.get(holder, name);
  return typeof value === 'number' ? value : undefined;
}

function fround(
  callee: Node,
  args: readonly Node[],
  lookup: (identifier: Node) => Literal | undefined,
): number | undefined {
  const isFround =
    Node.isPropertyAccessExpression(callee) &&
    callee.getText() === 'Math.fround' &&
    isStandardGlobal(callee.getExpression());
  const [argument] = args;
  const value = isFround && argument ? fold(argument, lookup) : undefined;
  return typeof value === 'number' ? Math.fround(value) : undefined;
}
