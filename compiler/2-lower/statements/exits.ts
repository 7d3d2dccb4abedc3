/** `return` and `throw`. */
import { Node, SyntaxKind, type ReturnStatement, type ThrowStatement } from '../../ts-morph.ts';
import { placeOf } from '../../1-read/places.ts';
import { codes } from '../../diagnostics/codes.ts';
import { isScalar, type Value } from '../../ir/types.ts';
import { skipParentheses } from '../conditions.ts';
import { toHint } from '../convert.ts';
import { errorClassOf } from '../expressions/errors.ts';
import { isGlobal } from '../expressions/globals.ts';
import { lower } from '../expressions/index.ts';
import type { Lowering } from '../lowering.ts';
import { describe, type Operand } from '../operands.ts';
import { sourceOf } from '../refusals.ts';
import { leave, returning } from './try.ts';

export function lowerReturn(l: Lowering, node: ReturnStatement): void {
  const expression = node.getExpression();
  if (!expression) return returnOperand(l, { kind: 'absent', absent: 'undefined' }, node);
  const operand = lower(l, expression, l.native.result);
  l.at(node);
  returnOperand(l, operand, expression);
}

export function returnOperand(l: Lowering, operand: Operand, node: Node): void {
  const { result, name } = l.native;
  leave(l, returning(l, toHint(l, operand, result, node, `the result of ${name}`)));
}

/** The most values that a message can have; they travel in the context's error record. */
const maxValues = 4;

export function lowerThrow(l: Lowering, node: ThrowStatement): void {
  const made = skipParentheses(node.getExpression());
  if (Node.isIdentifier(made)) {
    const error = lower(l, made);
    if (error.kind === 'value' && error.value.type === 'error') return l.b.rethrow(error.value);
  }
  if (!Node.isNewExpression(made) && !Node.isCallExpression(made)) return refuseThrow(l, node);
  const callee = made.getExpression();
  const name = callee.getText();
  const errorClass = errorClassOf(name);
  if (errorClass === undefined || !isGlobal(callee, name)) return refuseThrow(l, node);
  const [message, ...more] = made.getArguments();
  if (more.length > 0) return refuseThrow(l, node);
  const parts = message ? messageParts(l, message) : [];
  if (parts.filter((part) => typeof part !== 'string').length > maxValues) {
    const actual = parts.filter((part) => typeof part !== 'string').length;
    l.refuse(codes.messageTooLong(placeOf(message ?? node), { count: maxValues, actual }));
  }
  l.at(node);
  l.b.throw(errorClass, parts);
}

/** Refuses to throw anything else; the rewrite keeps the message that is there. */
function refuseThrow(l: Lowering, node: ThrowStatement): never {
  const thrown = skipParentheses(node.getExpression());
  const isCall = Node.isNewExpression(thrown) || Node.isCallExpression(thrown);
  const message = isCall ? thrown.getArguments()[0] : thrown;
  const text = message?.getType().isString() || message?.getType().isStringLiteral();
  const shown = message && text ? sourceOf(message) : "'what went wrong'";
  return l.refuse(
    codes.unsupportedThrow(placeOf(thrown), { rewrite: `throw new Error(${shown});` }),
  );
}

/** A message: literals, templates and `+` of these with numbers, bigints and booleans. */
function messageParts(l: Lowering, node: Node): (string | Value)[] {
  const inner = skipParentheses(node);
  if (Node.isStringLiteral(inner) || Node.isNoSubstitutionTemplateLiteral(inner)) {
    return [inner.getLiteralText()];
  }
  if (Node.isTemplateExpression(inner)) {
    return [
      inner.getHead().getLiteralText(),
      ...inner
        .getTemplateSpans()
        .flatMap((span) => [
          ...messageParts(l, span.getExpression()),
          span.getLiteral().getLiteralText(),
        ]),
    ];
  }
  if (
    Node.isBinaryExpression(inner) &&
    inner.getOperatorToken().getKind() === SyntaxKind.PlusToken &&
    inner.getType().isString()
  ) {
    return [...messageParts(l, inner.getLeft()), ...messageParts(l, inner.getRight())];
  }
  const operand = lower(l, inner);
  if (operand.kind === 'bigint') return [String(operand.value)];
  if (operand.kind === 'absent') return [operand.absent];
  if (operand.kind !== 'value' || !isScalar(operand.value.type)) {
    const rewrite = Node.isIdentifier(inner) ? `${inner.getText()}.length` : 'A number.';
    return l.refuse(codes.unsupportedMessage(placeOf(inner), { type: describe(operand), rewrite }));
  }
  return [operand.value];
}
