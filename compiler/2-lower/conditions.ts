/** Conditions of statements: short circuits become jumps, so that each part is seen by range analysis. */
import { Node, SyntaxKind } from '../ts-morph.ts';
import type { Value } from '../ir/types.ts';
import { toBoolean } from './convert.ts';
import { lowerTested } from './expressions/index.ts';
import { knownCondition } from './known-conditions.ts';
import type { Lowering } from './lowering.ts';

/** A condition's truth as a value. A refused one is reported and stands for false, so that its branches are looked at. */
export function condition(l: Lowering, node: Node): Value {
  let truth: Value | undefined;
  l.guarded(() => {
    truth = toBoolean(l, lowerTested(l, node));
  });
  return truth ?? l.constant('bool', false);
}

/** Leaves the block `label` when the condition is `sense`, and falls through otherwise. */
export function breakIf(l: Lowering, node: Node, sense: boolean, label: string): void {
  const inner = skipParentheses(node);
  const known = knownCondition(l, inner);
  if (known !== undefined) {
    if (known === sense) l.b.break(label);
    return;
  }
  if (
    Node.isPrefixUnaryExpression(inner) &&
    inner.getOperatorToken() === SyntaxKind.ExclamationToken
  ) {
    return breakIf(l, inner.getOperand(), !sense, label);
  }
  if (Node.isBinaryExpression(inner)) {
    const operator = inner.getOperatorToken().getKind();
    const isAnd = operator === SyntaxKind.AmpersandAmpersandToken;
    if (isAnd || operator === SyntaxKind.BarBarToken) {
      if (isAnd !== sense) {
        // `a && b` is false, or `a || b` is true, as soon as one part is.
        breakIf(l, inner.getLeft(), sense, label);
        breakIf(l, inner.getRight(), sense, label);
      } else {
        const skip = l.b.label('skip');
        l.b.block(skip, () => {
          breakIf(l, inner.getLeft(), !sense, skip);
          breakIf(l, inner.getRight(), sense, label);
        });
      }
      return;
    }
  }
  l.at(inner);
  const value = condition(l, inner);
  l.at(inner);
  const leave = (): void => l.b.break(label);
  if (sense) l.b.if(value, leave);
  else l.b.if(value, () => {}, leave);
}

/** `if (node) then else otherwise`. */
export function branch(l: Lowering, node: Node, then: () => void, otherwise?: () => void): void {
  const known = knownCondition(l, node);
  if (known !== undefined) return known ? then() : otherwise?.();
  if (!isShortCircuit(skipParentheses(node))) {
    const value = condition(l, node);
    l.b.if(value, then, otherwise);
    return;
  }
  const end = l.b.label('end');
  if (!otherwise) {
    l.b.block(end, () => {
      breakIf(l, node, false, end);
      then();
    });
    return;
  }
  l.b.block(end, () => {
    const other = l.b.label('else');
    l.b.block(other, () => {
      breakIf(l, node, false, other);
      then();
      l.b.break(end);
    });
    otherwise();
  });
}

function isShortCircuit(node: Node): boolean {
  if (
    Node.isPrefixUnaryExpression(node) &&
    node.getOperatorToken() === SyntaxKind.ExclamationToken
  ) {
    return isShortCircuit(skipParentheses(node.getOperand()));
  }
  if (!Node.isBinaryExpression(node)) return false;
  const operator = node.getOperatorToken().getKind();
  return operator === SyntaxKind.AmpersandAmpersandToken || operator === SyntaxKind.BarBarToken;
}

/** The expression inside parentheses and type assertions, which don't change a value. */
export function skipParentheses(node: Node): Node {
  let inner = node;
  while (
    Node.isParenthesizedExpression(inner) ||
    Node.isAsExpression(inner) ||
    Node.isTypeAssertion(inner) ||
    Node.isSatisfiesExpression(inner) ||
    Node.isNonNullExpression(inner)
  ) {
    inner = inner.getExpression();
  }
  return inner;
}

/** Whether a node is `undefined`, `null` or `void 0`. */
export function isAbsent(node: Node): boolean {
  const inner = skipParentheses(node);
  return (
    Node.isNullLiteral(inner) ||
    Node.isVoidExpression(inner) ||
    (Node.isIdentifier(inner) && inner.getText() === 'undefined')
  );
}
