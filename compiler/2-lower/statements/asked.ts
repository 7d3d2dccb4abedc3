/**
 * Variables that the source asks whether they are there: `const last = list[list.length - 1]; if (last) …`. What
 * such a one is read from an array outside of it is `undefined`, as if the read itself were tested.
 */
import { Node, SyntaxKind, ts } from '../../ts-morph.ts';
import { includesUndefined } from '../../1-read/checked-types.ts';
import { isAbsent } from '../conditions.ts';
import { symbolOf, type Lowering } from '../lowering.ts';
import { mentionsOf } from '../mentions.ts';

/** Whether a declaration's initial value is an element whose absence its uses ask for. */
export function asksForElement(l: Lowering, name: Node, initializer: Node): boolean {
  return Node.isElementAccessExpression(skipBrackets(initializer)) && isAsked(l, name);
}

/** Whether a use of a variable asks for its absence. @param name the name in its declaration */
export function isAsked(l: Lowering, name: Node): boolean {
  const symbol = symbolOf(name);
  if (symbol === undefined || l.module.library) return false;
  const { flags } = l.typeOf(name);
  // Who asks for the truth of a number asks whether it is 0.
  const isTruthAsked = !(flags & (ts.TypeFlags.NumberLike | ts.TypeFlags.BooleanLike));
  return mentionsOf(symbol, l.root.node)
    .filter((use) => use !== name)
    .some(
      (use) => asksForAbsence(use) || mayBeUndefined(l, use) || (isTruthAsked && asksForTruth(use)),
    );
}

/** `x === undefined`, `x ?? y`, `x?.y`, `typeof x` and their kin. */
function asksForAbsence(use: Node): boolean {
  const [node, parent] = around(use);
  if (Node.isTypeOfExpression(parent)) return true;
  if (Node.isQuestionDotTokenable(parent) && parent.hasQuestionDotToken())
    return Node.isLeftHandSideExpressioned(parent) && parent.getExpression() === node;
  if (!Node.isBinaryExpression(parent)) return false;
  const [left, right] = [parent.getLeft(), parent.getRight()];
  switch (parent.getOperatorToken().getKind()) {
    case SyntaxKind.QuestionQuestionToken:
    case SyntaxKind.QuestionQuestionEqualsToken:
      return left === node;
    case SyntaxKind.EqualsEqualsToken:
    case SyntaxKind.EqualsEqualsEqualsToken:
    case SyntaxKind.ExclamationEqualsToken:
    case SyntaxKind.ExclamationEqualsEqualsToken:
      return isAbsent(left === node ? right : left);
    default:
      return false;
  }
}

/** `if (x)`, `!x`, `x && y` and their kin. */
function asksForTruth(use: Node): boolean {
  const [node, parent] = around(use);
  if (Node.isPrefixUnaryExpression(parent))
    return parent.getOperatorToken() === SyntaxKind.ExclamationToken;
  if (Node.isBinaryExpression(parent)) {
    if (!truthOperators.has(parent.getOperatorToken().getKind())) return false;
    return parent.getLeft() === node || asksForTruth(parent);
  }
  if (Node.isForStatement(parent) || Node.isConditionalExpression(parent))
    return parent.getCondition() === node;
  const isHead =
    Node.isIfStatement(parent) || Node.isWhileStatement(parent) || Node.isDoStatement(parent);
  return isHead && parent.getExpression() === node;
}

const truthOperators: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.AmpersandAmpersandToken,
  SyntaxKind.AmpersandAmpersandEqualsToken,
  SyntaxKind.BarBarToken,
  SyntaxKind.BarBarEqualsToken,
]);

/** Whether a use stands where `undefined` may go, as `noUncheckedIndexedAccess` has TypeScript check. */
function mayBeUndefined(l: Lowering, use: Node): boolean {
  if (!l.module.reading.program.getCompilerOptions().noUncheckedIndexedAccess) return false;
  const [, parent] = around(use);
  if (Node.isNonNullExpression(parent) || isAssigned(use)) return false;
  return includesUndefined(l.typeOf(use));
}

function isAssigned(use: Node): boolean {
  const [node, parent] = around(use);
  return (
    Node.isBinaryExpression(parent) &&
    parent.getLeft() === node &&
    parent.getOperatorToken().getKind() === SyntaxKind.EqualsToken
  );
}

/** A node with the parentheses around it, and what is around them. */
function around(use: Node): [Node, Node | undefined] {
  let node = use;
  let parent = node.getParent();
  while (Node.isParenthesizedExpression(parent)) [node, parent] = [parent, parent.getParent()];
  return [node, parent];
}

/** An expression without parentheses; type assertions stay, as they say that it is there. */
function skipBrackets(node: Node): Node {
  return Node.isParenthesizedExpression(node) ? skipBrackets(node.getExpression()) : node;
}
