/** Which variables a function assigns, and walks over what belongs to a function itself. */
import { Node, SyntaxKind, ts, type KindToNodeMappings } from '../../ts-morph.ts';
import { declarationsOf } from '../../1-read/written.ts';
import { symbolOf } from '../lowering.ts';
import { assignedTargets } from '../patterns.ts';
import { mentionsOf } from '../mentions.ts';

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

/** Whether a variable may hold another value when a function runs that mentions it than when that was made. */
export const changes = (symbol: ts.Symbol, fn: Node): boolean =>
  writtenIn(fn).has(symbol) || declarationsOf(symbol).some((one) => isLateVar(symbol, one, fn));

/** Whether a `var` gets its value in a loop, or is mentioned where it may not have it yet. */
function isLateVar(symbol: ts.Symbol, declaration: ts.Declaration, fn: Node): boolean {
  if (!ts.isVariableDeclaration(declaration) || !declaration.initializer) return false;
  if (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.BlockScoped) return false;
  let block: ts.Node = declaration.parent.parent.parent;
  if (!ts.isVariableStatement(declaration.parent.parent) || !ts.isBlock(block)) return true;
  const { end } = block;
  for (; !ts.isFunctionLike(block); block = block.parent)
    if (ts.isIterationStatement(block, false)) return true;
  return mentionsOf(symbol, fn).some(
    (name) => name.getStart() < declaration.pos || name.getEnd() > end || isHoisted(name, fn),
  );
}

/** Whether a name stands in a function that is known before the statements above it have run. */
const isHoisted = (name: Node, fn: Node): boolean =>
  name.getAncestors().some((around) => around !== fn && Node.isFunctionDeclaration(around));

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
