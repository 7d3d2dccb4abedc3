/** `return` and `throw`. */
import { Node, SyntaxKind, ts, type ReturnStatement, type ThrowStatement } from '../../ts-morph.ts';
import { placeOf } from '../../1-read/places.ts';
import { codes } from '../../diagnostics/codes.ts';
import { isScalar, type Value } from '../../ir/types.ts';
import { classDeclarationOf } from '../classes/constructor.ts';
import { skipParentheses } from '../conditions.ts';
import { errorClassOf } from '../expressions/errors.ts';
import { isGlobal } from '../expressions/globals.ts';
import { lower } from '../expressions/index.ts';
import { concatenated, toText, type Part } from '../expressions/text.ts';
import type { Lowering } from '../lowering.ts';
import type { Operand } from '../operands.ts';
import { sourceOf } from '../refusals.ts';
import { leave } from './try.ts';

export function lowerReturn(l: Lowering, node: ReturnStatement): void {
  const expression = node.getExpression();
  if (!expression) return returnOperand(l, { kind: 'absent', absent: 'undefined' }, node);
  const operand = lower(l, expression, l.frame.result.expected);
  l.at(node);
  returnOperand(l, operand, expression);
}

export function returnOperand(l: Lowering, operand: Operand, node: Node): void {
  leave(l, l.frame.returning(l.frame.result.take(operand, node)));
}

/** The most values that a message can have that JavaScript makes; they travel in the context's error record. */
export const maxValues = 4;

export function lowerThrow(l: Lowering, node: ThrowStatement): void {
  const made = skipParentheses(node.getExpression());
  if (Node.isIdentifier(made) || isError(l, made)) {
    const error = lower(l, made);
    l.at(node);
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
  l.at(node);
  const scalars = asScalars(l, parts);
  if (scalars) return l.b.throw(errorClass, scalars);
  const text = concatenated(
    l,
    parts.map((part) => (typeof part === 'string' ? l.text(part) : toText(l, part))),
  );
  l.b.rethrow(l.b.op('error.new', [text], undefined, { errorClass }));
}

/** Whether something is an error that native code has as a value: not one of JavaScript's own that is made for it. */
function isError(l: Lowering, node: Node): boolean {
  const isMade = Node.isNewExpression(node) || Node.isCallExpression(node);
  const name = isMade ? node.getExpression().getText() : '';
  if (isMade && errorClassOf(name) && isGlobal(node.getExpression(), name)) return false;
  const hint = l.module.reading.hintOfType(l.typeOf(node), node);
  // The refusal of a class says more than that of throwing it.
  const isOwn = Node.isNewExpression(node) && classDeclarationOf(l, node.getExpression());
  if (isOwn && 'code' in hint) return l.refuse({ ...hint, place: placeOf(node) });
  return !('code' in hint) && hint.type === 'error';
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

/** The parts of a message, in order: those of templates and of `+` with strings one by one. */
function messageParts(l: Lowering, node: Node): (string | Part)[] {
  const inner = skipParentheses(node);
  if (Node.isStringLiteral(inner) || Node.isNoSubstitutionTemplateLiteral(inner))
    return [inner.getLiteralText()];
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
    (l.typeOf(inner).flags & ts.TypeFlags.String) !== 0
  ) {
    return [...messageParts(l, inner.getLeft()), ...messageParts(l, inner.getRight())];
  }
  return [{ operand: lower(l, inner), node: inner }];
}

/** The parts as constants and a few numbers, from which JavaScript makes the message; undefined where that won't do. */
function asScalars(l: Lowering, parts: readonly (string | Part)[]): (string | Value)[] | undefined {
  const scalars: (string | Value)[] = [];
  for (const part of parts) {
    if (typeof part === 'string') {
      scalars.push(part);
      continue;
    }
    const { operand } = part;
    if (operand.kind === 'bigint') scalars.push(String(operand.value));
    else if (operand.kind === 'absent') scalars.push(operand.absent);
    else if (operand.kind === 'optional') return undefined;
    else {
      const text = l.textOf(operand.value);
      if (text === undefined && !isScalar(operand.value.type)) return undefined;
      scalars.push(text ?? operand.value);
    }
  }
  return scalars.filter((part) => typeof part !== 'string').length > maxValues
    ? undefined
    : scalars;
}
