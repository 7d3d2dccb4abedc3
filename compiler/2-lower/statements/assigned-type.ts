/**
 * The types of variables that are declared without a value or an annotation, such as `let x;`: what is assigned
 * to one, where that is always of one type.
 */
import { Node, SyntaxKind, type VariableDeclaration } from '../../ts-morph.ts';
import type { HintType } from '../../1-read/model.ts';
import { symbolOf, type Lowering } from '../lowering.ts';
import { mentionsOf } from '../mentions.ts';

/** Undefined where the assigned types differ, and where nothing is assigned. */
export function typeOfAssignments(
  l: Lowering,
  declaration: VariableDeclaration,
): HintType | undefined {
  if (!Node.isIdentifier(declaration.getNameNode())) return undefined;
  const symbol = symbolOf(declaration.getNameNode());
  const types: HintType[] = [];
  for (const mention of mentionsOf(symbol, l.native.node)) {
    const value = assignedBy(mention);
    if (value === undefined) continue;
    if (value === 'unknown') return undefined;
    const type = value.getType().compilerType;
    const hint = l.module.reading.hintOfType(
      l.module.reading.program.getTypeChecker().getBaseTypeOfLiteralType(type),
      value,
    );
    if ('code' in hint || hint.type === undefined) return undefined;
    types.push(hint);
  }
  const [first] = types;
  const isSame = types.every((type) => type.type === first?.type && !type.undefined && !type.null);
  return isSame ? first : undefined;
}

/**
 * The expression whose value a mention of a variable gives it; of `x += 1` the whole. Undefined for a mention
 * that assigns nothing, `unknown` for one in a pattern.
 */
function assignedBy(mention: Node): Node | 'unknown' | undefined {
  const parent = mention.getParent();
  if (Node.isVariableDeclaration(parent) && parent.getNameNode() === mention)
    return parent.getInitializer();
  if (Node.isBinaryExpression(parent) && parent.getLeft() === mention) {
    const operator = parent.getOperatorToken().getKind();
    if (operator === SyntaxKind.EqualsToken) return parent.getRight();
    const assigns = operator >= SyntaxKind.FirstAssignment && operator <= SyntaxKind.LastAssignment;
    return assigns ? parent : undefined;
  }
  if (Node.isPrefixUnaryExpression(parent) || Node.isPostfixUnaryExpression(parent)) {
    const operator = parent.getOperatorToken();
    return operator === SyntaxKind.PlusPlusToken || operator === SyntaxKind.MinusMinusToken
      ? parent
      : undefined;
  }
  return isInPattern(mention) ? 'unknown' : undefined;
}

/** Whether a mention is a target of a destructuring assignment, or of a `for…of`. */
function isInPattern(mention: Node): boolean {
  for (
    let node = mention, parent = node.getParent();
    parent;
    node = parent, parent = node.getParent()
  ) {
    if (Node.isForOfStatement(parent) || Node.isForInStatement(parent))
      return parent.getInitializer() === node;
    if (Node.isBinaryExpression(parent))
      return (
        parent.getLeft() === node &&
        parent.getOperatorToken().getKind() === SyntaxKind.EqualsToken &&
        (Node.isObjectLiteralExpression(node) || Node.isArrayLiteralExpression(node))
      );
    const isPart =
      Node.isObjectLiteralExpression(parent) ||
      Node.isArrayLiteralExpression(parent) ||
      Node.isPropertyAssignment(parent) ||
      Node.isShorthandPropertyAssignment(parent) ||
      Node.isSpreadElement(parent) ||
      Node.isParenthesizedExpression(parent);
    if (!isPart) return false;
  }
  return false;
}
