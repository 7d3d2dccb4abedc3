/** Functions of C that JavaScript has no body for: the emitted JavaScript tells so where it calls them. */
import { ts } from '../ts-morph.ts';
import { externTag, isExtern } from '../1-read/extern-tags.ts';

const { factory } = ts;

/** The declarations of a file's functions of C without a body. */
export const externsOf = (file: ts.SourceFile): ts.FunctionDeclaration[] =>
  file.text.includes('@extern')
    ? file.statements.filter(isExtern).filter(({ body }) => body === undefined)
    : [];

/**
 * The function that stands for a declaration.
 * @param first what it does before
 * @param glue the variable of the glue
 */
export function stubOf(
  node: ts.FunctionDeclaration,
  first: readonly ts.Statement[],
  glue: string,
): ts.FunctionDeclaration {
  const tag = externTag(node);
  const library = tag && !('code' in tag) ? tag.library : '';
  const name = node.name?.text ?? '';
  const missing = factory.createPropertyAccessExpression(factory.createIdentifier(glue), 'missing');
  const call = factory.createCallExpression(missing, undefined, [
    factory.createStringLiteral(name),
    factory.createStringLiteral(library),
  ]);
  return factory.updateFunctionDeclaration(
    node,
    node.modifiers?.filter(({ kind }) => kind !== ts.SyntaxKind.DeclareKeyword),
    node.asteriskToken,
    node.name,
    node.typeParameters,
    node.parameters,
    node.type,
    factory.createBlock([...first, factory.createReturnStatement(call)], true),
  );
}
