/** `for (const [index, element] of array.entries())`, which makes no pairs. */
import { Node, type ForOfStatement } from '../../ts-morph.ts';
import { refuseConstruct } from '../constructs.ts';
import type { Lowering } from '../lowering.ts';
import type { Operand } from '../operands.ts';
import { takeApart } from './bindings.ts';
import { isConstant } from './variables.ts';

/** Declares the names of a loop over entries for one round. */
export function declareEntry(l: Lowering, node: ForOfStatement, entry: readonly Operand[]): void {
  const target = node.getInitializer();
  const declaration = Node.isVariableDeclarationList(target)
    ? target.getDeclarations()[0]
    : undefined;
  const pattern = declaration?.getNameNode();
  const isOfParts =
    Node.isArrayBindingPattern(pattern) &&
    pattern
      .getElements()
      .every((element) => !Node.isBindingElement(element) || !element.getDotDotDotToken());
  if (!declaration || !isOfParts) return refuseConstruct(l, target);
  takeApart(l, pattern, { kind: 'elements', operands: entry }, isConstant(declaration));
}
