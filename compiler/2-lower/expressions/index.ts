/** Expressions, by their kind. */
import {
  Node,
  SyntaxKind,
  ts,
  type BinaryExpression,
  type PrefixUnaryExpression,
} from '../../ts-morph.ts';
import { functionExpression } from '../../1-read/function-nodes.ts';
import { isList } from '../../ir/types.ts';
import type { HintType } from '../../1-read/model.ts';
import { self } from '../classes/constructor.ts';
import { lowerInstanceTest } from '../classes/instance-of.ts';
import { skipParentheses } from '../conditions.ts';
import { refuseConstruct } from '../constructs.ts';
import { closureOf } from '../functions/closures.ts';
import type { Lowering } from '../lowering.ts';
import { valueOperand, type Operand } from '../operands.ts';
import { sidesOf } from '../refusals.ts';
import { toBoolean } from '../convert.ts';
import { lowerArithmetic, lowerNegation, lowerPlus } from './arithmetic.ts';
import { assignmentOperators, lowerAssignment, lowerUpdate } from './assign.ts';
import { settled } from './bigint.ts';
import { bitOperators, lowerBits, lowerComplement } from './bits.ts';
import { lowerCall } from './calls.ts';
import { comparisonOperators, lowerComparison } from './compare.ts';
import { lowerNew } from './construct.ts';
import { lowerElement } from './elements.ts';
import { lowerConditional, lowerLogical, logicalOperators } from './logical.ts';
import { lowerArrayLiteral } from './lists.ts';
import { lowerErrorTest } from './errors.ts';
import { lowerMember } from './members.ts';
import { lowerName } from './names.ts';
import { lowerObjectLiteral } from './object-literals.ts';
import { isChain, lowerChain } from './optional.ts';
import { lowerForSum } from './mixed-text.ts';
import { lowerJoined, isText, lowerTemplate } from './text.ts';
import { lowerTypeof } from './typeof.ts';

/**
 * An expression for its value.
 * @param expected the type of what the value is for, where that is known: literals of objects and arrays take it
 */
export function lower(l: Lowering, node: Node, expected?: HintType): Operand {
  l.at(node);
  return isChain(node)
    ? lowerChain(l, () => lowerKind(l, node, expected))
    : lowerKind(l, node, expected);
}

function lowerKind(l: Lowering, node: Node, expected: HintType | undefined): Operand {
  if (Node.isParenthesizedExpression(node)) return lower(l, node.getExpression(), expected);
  if (Node.isObjectLiteralExpression(node)) return lowerObjectLiteral(l, node, expected);
  if (Node.isArrayLiteralExpression(node)) return lowerArrayLiteral(l, node, expected);
  if (Node.isStringLiteral(node) || Node.isNoSubstitutionTemplateLiteral(node))
    return valueOperand(l.text(node.getLiteralText()));
  if (Node.isTemplateExpression(node)) return lowerTemplate(l, node);
  if (Node.isTypeOfExpression(node)) return lowerTypeof(l, node);
  if (Node.isNumericLiteral(node))
    return valueOperand(l.constant('f64', Number(node.compilerNode.text)));
  if (Node.isBigIntLiteral(node)) return { kind: 'bigint', value: bigintOf(node.getText()) };
  if (Node.isTrueLiteral(node)) return valueOperand(l.constant('bool', true));
  if (Node.isFalseLiteral(node)) return valueOperand(l.constant('bool', false));
  if (Node.isNullLiteral(node)) return { kind: 'absent', absent: 'null' };
  if (Node.isIdentifier(node)) return lowerName(l, node, expected);
  if (Node.isArrowFunction(node) || Node.isFunctionExpression(node))
    return closureOf(l, { kind: 'function', fn: node, home: l }, expected);
  if (Node.isThisExpression(node) && l.frame.hasThis) return valueOperand(self(l));
  if (Node.isBinaryExpression(node)) return lowerBinary(l, node, expected);
  if (Node.isPrefixUnaryExpression(node)) return lowerPrefix(l, node);
  if (Node.isPostfixUnaryExpression(node)) {
    return lowerUpdate(
      l,
      node.getOperand(),
      node.getOperatorToken() === SyntaxKind.PlusPlusToken,
      'old',
    );
  }
  if (Node.isConditionalExpression(node)) return lowerConditional(l, node, expected);
  // Where `undefined` may go, it is what a read outside gives.
  if (Node.isElementAccessExpression(node))
    return lowerElement(l, node, expected?.undefined ? 'tested' : undefined);
  if (Node.isPropertyAccessExpression(node)) return lowerMember(l, node);
  if (Node.isCallExpression(node)) return lowerCall(l, node, expected);
  if (Node.isNewExpression(node)) return lowerNew(l, node, expected);
  if (
    Node.isAsExpression(node) ||
    Node.isTypeAssertion(node) ||
    Node.isSatisfiesExpression(node) ||
    Node.isNonNullExpression(node)
  ) {
    return lower(l, node.getExpression(), assertedType(l, node) ?? expected);
  }
  if (Node.isVoidExpression(node)) {
    lowerDiscarded(l, node.getExpression());
    return { kind: 'absent', absent: 'undefined' };
  }
  return refuseConstruct(l, node);
}

/**
 * The type that an assertion gives to a literal of an object, an array or a function, and to arrays that
 * methods make.
 */
function assertedType(l: Lowering, node: Node): HintType | undefined {
  if (!Node.isAsExpression(node) && !Node.isTypeAssertion(node)) return undefined;
  const inner = skipParentheses(node.getExpression());
  const isLiteral = Node.isObjectLiteralExpression(inner) || Node.isArrayLiteralExpression(inner);
  const isMade = Node.isCallExpression(inner) || Node.isBinaryExpression(inner);
  const type = node.getTypeNode()?.compilerNode;
  const isFunction = functionExpression(inner) !== undefined;
  if (!(isLiteral || isMade || isFunction) || !type || isConstAssertion(type)) return undefined;
  const hint = l.module.reading.hintOfNode(type);
  if (isLiteral || isFunction) return 'code' in hint ? l.refuse(hint) : hint;
  return !('code' in hint) && hint.type !== undefined && isList(hint.type) ? hint : undefined;
}

/** `as const`. */
const isConstAssertion = (type: ts.TypeNode): boolean =>
  ts.isTypeReferenceNode(type) && type.getText() === 'const';

/** An expression statement: the value isn't wanted. */
export function lowerDiscarded(l: Lowering, node: Node): void {
  const inner = skipParentheses(node);
  l.at(inner);
  if (Node.isPostfixUnaryExpression(inner)) {
    lowerUpdate(
      l,
      inner.getOperand(),
      inner.getOperatorToken() === SyntaxKind.PlusPlusToken,
      'none',
    );
    return;
  }
  lower(l, inner);
}

/**
 * An expression whose absence is tested (`??`, `=== undefined`, a truth test): an element read
 * outside its array gives `undefined` here, in every bounds mode.
 */
export function lowerTested(l: Lowering, node: Node): Operand {
  const inner = skipParentheses(node);
  if (!Node.isElementAccessExpression(inner)) return lower(l, inner);
  l.at(inner);
  const element = (): Operand => lowerElement(l, inner, 'tested');
  return isChain(inner) ? lowerChain(l, element) : element();
}

function lowerBinary(l: Lowering, node: BinaryExpression, expected: HintType | undefined): Operand {
  const operator = node.getOperatorToken().getKind();
  if (operator === SyntaxKind.CommaToken) {
    lowerDiscarded(l, node.getLeft());
    return lower(l, node.getRight(), expected);
  }
  if (assignmentOperators.has(operator)) return lowerAssignment(l, node);
  if (logicalOperators.has(operator)) return lowerLogical(l, node, expected);
  if (comparisonOperators.has(operator)) return lowerComparison(l, node);
  if (operator === SyntaxKind.InstanceOfKeyword) {
    const is = lowerErrorTest(l, node) ?? lowerInstanceTest(l, node);
    if (is) return is;
  }
  if (operator === SyntaxKind.InKeyword || operator === SyntaxKind.InstanceOfKeyword) {
    return refuseConstruct(l, node);
  }
  const [left, right] =
    operator === SyntaxKind.PlusToken
      ? lowerForSum(l, node.getLeft(), node.getRight())
      : l.both(
          () => lower(l, node.getLeft()),
          () => lower(l, node.getRight()),
        );
  l.at(node);
  return lowerOperator(l, operator, left, right, node);
}

/** An arithmetic or bit operator on operands that are there. */
export function lowerOperator(
  l: Lowering,
  operator: SyntaxKind,
  left: Operand,
  right: Operand,
  node: Node,
): Operand {
  const [leftNode, rightNode] = sidesOf(node);
  if (operator === SyntaxKind.PlusToken && (isText(left) || isText(right)))
    return lowerJoined(l, { operand: left, node: leftNode }, { operand: right, node: rightNode });
  const a = settled(l, left, leftNode);
  const b = settled(l, right, rightNode);
  return bitOperators.has(operator)
    ? lowerBits(l, operator, a, b, node)
    : lowerArithmetic(l, operator, a, b, node);
}

function lowerPrefix(l: Lowering, node: PrefixUnaryExpression): Operand {
  const operand = node.getOperand();
  switch (node.getOperatorToken()) {
    case SyntaxKind.PlusPlusToken:
      return lowerUpdate(l, operand, true, 'new');
    case SyntaxKind.MinusMinusToken:
      return lowerUpdate(l, operand, false, 'new');
    case SyntaxKind.PlusToken:
      return lowerPlus(l, lower(l, operand), operand);
    case SyntaxKind.MinusToken:
      return lowerNegation(l, settled(l, lower(l, operand), operand), operand);
    case SyntaxKind.TildeToken:
      return lowerComplement(l, settled(l, lower(l, operand), operand), operand);
    case SyntaxKind.ExclamationToken: {
      const truth = toBoolean(l, lowerTested(l, operand));
      l.at(node);
      return valueOperand(l.b.op('not', [truth]));
    }
  }
}

/** A bigint literal's value: any radix, with separators. */
const bigintOf = (text: string): bigint => BigInt(text.replace(/_/g, '').slice(0, -1));
