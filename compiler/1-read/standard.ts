/** What comes with the language and with Node, and so is no code of the user's. */
import { Node, type SourceFile } from '../ts-morph.ts';

/** Whether a file is one of TypeScript's libraries or of @types/node. */
export function isStandardFile(file: SourceFile): boolean {
  return isStandardPath(file.getFilePath());
}

export const isStandardPath = (path: string): boolean =>
  /[\\/]typescript[\\/]lib[\\/]|[\\/]@types[\\/]node[\\/]/.test(path);

/** Whether a name means JavaScript's own global of that name, such as `Math`: only libraries declare it. */
export function isStandardGlobal(name: Node): boolean {
  const declarations = Node.isIdentifier(name) ? (name.getSymbol()?.getDeclarations() ?? []) : [];
  return (
    declarations.length > 0 &&
    declarations.every((declaration) => isStandardFile(declaration.getSourceFile()))
  );
}
