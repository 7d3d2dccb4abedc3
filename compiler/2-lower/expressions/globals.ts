/** Names that the language itself defines. */
import { Node } from '../../ts-morph.ts';

/** Whether a name means JavaScript's own global of that name: it is declared by libraries alone. */
export function isGlobal(node: Node, name: string): boolean {
  if (!Node.isIdentifier(node) || node.getText() !== name) return false;
  const declarations = node.getSymbol()?.getDeclarations() ?? [];
  return declarations.every((declaration) => declaration.getSourceFile().isDeclarationFile());
}
