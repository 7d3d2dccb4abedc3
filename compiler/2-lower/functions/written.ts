/** Which variables a function assigns, and walks over what belongs to a function itself. */
import { Node, SyntaxKind, ts, type KindToNodeMappings } from '../../ts-morph.ts';
import { declarationsOf } from '../../1-read/written.ts';
import { symbolOf } from '../lowering.ts';
import { assignedTargets } from '../patterns.ts';

const known = new WeakMap<ts.Node, ReadonlySet<ts.Symbol>>();

/** The variables that a function, or one inside it, assigns somewhere behind their declaration; so they need a local. */
export function writtenIn(fn: Node): ReadonlySet<ts.Symbol> {
  const written = known.get(fn.compilerNode) ?? collect(fn);
  known.set(fn.compilerNode, written);
  return written;
}

function collect(fn: Node): Set<ts.Symbol> {
  const written = new Set<ts.Symbol>();
  const add = (name: Node): void => {
    const symbol = symbolOf(name);
    if (symbol) written.add(symbol);
  };
  const addTargets = (node: Node): void => {
    for (const target of assignedTargets(node)) if (Node.isIdentifier(target)) add(target);
  };
  fn.forEachDescendant((node) => {
    if (Node.isBinaryExpression(node)) {
      const operator = node.getOperatorToken().getKind();
      if (operator >= SyntaxKind.FirstAssignment && operator <= SyntaxKind.LastAssignment)
        addTargets(node.getLeft());
    } else if (Node.isPrefixUnaryExpression(node) || Node.isPostfixUnaryExpression(node)) {
      const operator = node.getOperatorToken();
      if (operator === SyntaxKind.PlusPlusToken || operator === SyntaxKind.MinusMinusToken)
        addTargets(node.getOperand());
    } else if (Node.isForOfStatement(node)) addTargets(node.getInitializer());
    else if (Node.isVariableDeclaration(node)) {
      // `var x` again for a parameter `x` is an assignment to it.
      const symbol = symbolOf(node.getNameNode());
      if (symbol && declarationsOf(symbol).length > 1) written.add(symbol);
    }
  });
  return written;
}

/** The nodes of a kind in a function's body, without those of the functions inside it. */
export const ownDescendants = <K extends SyntaxKind>(
  body: Node,
  kind: K,
): KindToNodeMappings[K][] =>
  body.getDescendantsOfKind(kind).filter((node) => isOwn(node as Node, body));

/** Whether no function stands between a node and the body around it. */
export function isOwn(node: Node, body: Node): boolean {
  for (let around = node.getParent(); around && around !== body; around = around.getParent())
    if (ts.isFunctionLike(around.compilerNode)) return false;
  return true;
}
