/** Expressions, by their kind. */
import { Node, SyntaxKind, type BinaryExpression, type PrefixUnaryExpression } from 'ts-morph';
import { placeOf } from '../../1-read/places.ts';
import { codes } from '../../diagnostics/codes.ts';
import { skipParentheses } from '../conditions.ts';
import type { Lowering } from '../lowering.ts';
import { valueOperand, type Operand } from '../operands.ts';
import { toBoolean } from '../convert.ts';
import { lowerArithmetic, lowerNegation, lowerPlus } from './arithmetic.ts';
import { assignmentOperators, lowerAssignment, lowerUpdate } from './assign.ts';
import { bitOperators, lowerBits, lowerComplement } from './bits.ts';
import { lowerCall } from './calls.ts';
import { comparisonOperators, lowerComparison } from './compare.ts';
import { lowerNew } from './construct.ts';
import { lowerElement } from './elements.ts';
import { lowerConditional, lowerLogical, logicalOperators } from './logical.ts';
import { lowerMember } from './members.ts';
import { lowerName } from './names.ts';

/** An expression for its value. */
export function lower(l: Lowering, node: Node): Operand {
  l.at(node);
  if (Node.isParenthesizedExpression(node)) return lower(l, node.getExpression());
  if (Node.isNumericLiteral(node)) return valueOperand(l.constant('f64', Number(node.compilerNode.text)));
  if (Node.isBigIntLiteral(node)) return { kind: 'bigint', value: bigintOf(node.getText()) };
  if (Node.isTrueLiteral(node)) return valueOperand(l.constant('bool', true));
  if (Node.isFalseLiteral(node)) return valueOperand(l.constant('bool', false));
  if (Node.isNullLiteral(node)) return { kind: 'absent', absent: 'null' };
  if (Node.isIdentifier(node)) return lowerName(l, node);
  if (Node.isBinaryExpression(node)) return lowerBinary(l, node);
  if (Node.isPrefixUnaryExpression(node)) return lowerPrefix(l, node);
  if (Node.isPostfixUnaryExpression(node)) {
    return lowerUpdate(l, node.getOperand(), node.getOperatorToken() === SyntaxKind.PlusPlusToken, 'old');
  }
  if (Node.isConditionalExpression(node)) return lowerConditional(l, node);
  if (Node.isElementAccessExpression(node)) return lowerElement(l, node);
  if (Node.isPropertyAccessExpression(node)) return lowerMember(l, node);
  if (Node.isCallExpression(node)) return lowerCall(l, node);
  if (Node.isNewExpression(node)) return lowerNew(l, node);
  if (
    Node.isAsExpression(node) ||
    Node.isTypeAssertion(node) ||
    Node.isSatisfiesExpression(node) ||
    Node.isNonNullExpression(node)
  ) {
    return lower(l, node.getExpression());
  }
  if (Node.isVoidExpression(node)) {
    lowerDiscarded(l, node.getExpression());
    return { kind: 'absent', absent: 'undefined' };
  }
  return refuseExpression(l, node);
}

/** An expression statement: the value isn't wanted. */
export function lowerDiscarded(l: Lowering, node: Node): void {
  const inner = skipParentheses(node);
  l.at(inner);
  if (Node.isPostfixUnaryExpression(inner)) {
    lowerUpdate(l, inner.getOperand(), inner.getOperatorToken() === SyntaxKind.PlusPlusToken, 'none');
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
  return lowerElement(l, inner, 'tested');
}

function lowerBinary(l: Lowering, node: BinaryExpression): Operand {
  const operator = node.getOperatorToken().getKind();
  if (operator === SyntaxKind.CommaToken) {
    lowerDiscarded(l, node.getLeft());
    return lower(l, node.getRight());
  }
  if (assignmentOperators.has(operator)) return lowerAssignment(l, node);
  if (logicalOperators.has(operator)) return lowerLogical(l, node);
  if (comparisonOperators.has(operator)) return lowerComparison(l, node);
  if (operator === SyntaxKind.InKeyword || operator === SyntaxKind.InstanceOfKeyword) {
    return l.unsupported(node, `\`${node.getOperatorToken().getText()}\``, 'Decide it in the JavaScript that calls the native function.');
  }
  const left = lower(l, node.getLeft());
  const right = lower(l, node.getRight());
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
  return bitOperators.has(operator)
    ? lowerBits(l, operator, left, right, node)
    : lowerArithmetic(l, operator, left, right, node);
}

function lowerPrefix(l: Lowering, node: PrefixUnaryExpression): Operand {
  const operand = node.getOperand();
  switch (node.getOperatorToken()) {
    case SyntaxKind.PlusPlusToken:
      return lowerUpdate(l, operand, true, 'new');
    case SyntaxKind.MinusMinusToken:
      return lowerUpdate(l, operand, false, 'new');
    case SyntaxKind.PlusToken:
      return lowerPlus(l, lower(l, operand), node);
    case SyntaxKind.MinusToken:
      return lowerNegation(l, lower(l, operand), node);
    case SyntaxKind.TildeToken:
      return lowerComplement(l, lower(l, operand), node);
    case SyntaxKind.ExclamationToken: {
      const truth = toBoolean(l, lowerTested(l, operand));
      l.at(node);
      return valueOperand(l.b.op('not', [truth]));
    }
  }
}

/** A bigint literal's value: any radix, with separators. */
const bigintOf = (text: string): bigint => BigInt(text.replace(/_/g, '').slice(0, -1));

function refuseExpression(l: Lowering, node: Node): never {
  const place = placeOf(node);
  if (Node.isStringLiteral(node) || Node.isTemplateExpression(node) || Node.isNoSubstitutionTemplateLiteral(node)) {
    return l.refuse(codes.unsupportedString(place, {}));
  }
  if (Node.isArrayLiteralExpression(node)) {
    return l.refuse(codes.unsupportedArrayLiteral(place, { text: node.getText() }));
  }
  if (Node.isObjectLiteralExpression(node)) {
    return l.unsupported(node, 'an object literal', 'Keep each field in a variable or a typed array.');
  }
  if (Node.isArrowFunction(node) || Node.isFunctionExpression(node)) {
    return l.unsupported(node, 'a function as a value', 'Declare it at the top level of the file and call it by name.');
  }
  if (Node.isTypeOfExpression(node)) {
    return l.unsupported(node, '`typeof`', 'Types are fixed by hints: leave the test out.');
  }
  if (Node.isDeleteExpression(node)) {
    return l.unsupported(node, '`delete`', 'Set the element to 0 instead.');
  }
  if (Node.isAwaitExpression(node)) {
    return l.unsupported(node, '`await`', 'Await in the JavaScript that calls the native function.');
  }
  if (node.getKind() === SyntaxKind.ThisKeyword) {
    return l.unsupported(node, '`this`', 'Pass the object\'s numbers and arrays as parameters.');
  }
  if (node.getKind() === SyntaxKind.RegularExpressionLiteral) {
    return l.unsupported(node, 'a regular expression', 'Compare the bytes of a Uint8Array.');
  }
  return l.unsupported(node, `\`${node.getKindName()}\``, 'Move it to the JavaScript that calls the native function.');
}
