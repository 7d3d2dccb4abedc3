/** The type that a literal is to have: from its place, else from what TypeScript knows. */
import { ts, type Node } from '../../ts-morph.ts';
import type { HintType } from '../../1-read/model.ts';
import { typeOfUntyped } from '../../1-read/untyped-arrays.ts';
import type { Lowering } from '../lowering.ts';

/**
 * @param expected the type of the variable, parameter or member that the value is for, where that is known:
 *   TypeScript's own types know nothing of hints
 */
export function expectedType(l: Lowering, node: Node, expected: HintType | undefined): HintType {
  if (expected?.type !== undefined) return expected;
  const compilerNode = node.compilerNode as ts.Expression;
  const checker = l.module.reading.program.getTypeChecker();
  const contextual = isTakenApart(compilerNode)
    ? undefined
    : checker.getContextualType(compilerNode);
  const isUseful = contextual && !(contextual.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown));
  const hint = l.module.reading.hintOfType(
    isUseful ? contextual : checker.getTypeAtLocation(compilerNode),
    node,
  );
  if (!('code' in hint)) return hint;
  return filledHint(l, node, typeOfUntyped(node, checker)) ?? l.refuse(hint);
}

/** The native type of what TypeScript has only `any` or `never[]` for, where that is found out otherwise. */
export function filledHint(
  l: Lowering,
  node: Node,
  type: ts.Type | undefined,
): HintType | undefined {
  const hint = type && l.module.reading.hintOfType(type, node);
  return hint && !('code' in hint) ? hint : undefined;
}

/** Whether it is the initializer of a pattern alone, which TypeScript takes for a type: that of what it names. */
function isTakenApart(node: ts.Expression): boolean {
  const { parent } = node;
  return (
    ts.isVariableDeclaration(parent) &&
    parent.initializer === node &&
    !ts.isIdentifier(parent.name) &&
    parent.type === undefined
  );
}
