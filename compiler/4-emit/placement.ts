/** Behind which statement of a file a function may become native. */
import { ts } from '../ts-morph.ts';

/** The index of the last of the imports that a file starts with; −1 where there are none. */
export function lastImport(file: ts.SourceFile): number {
  let last = -1;
  for (const [index, statement] of file.statements.entries()) {
    const isImport = ts.isImportDeclaration(statement) || ts.isImportEqualsDeclaration(statement);
    if (isImport) last = index;
    else if (!isPrologue(statement)) break;
  }
  return last;
}

const isPrologue = (statement: ts.Statement): boolean =>
  ts.isExpressionStatement(statement) && ts.isStringLiteral(statement.expression);

/**
 * The index of the last statement that declares a variable which a function reads, itself or in
 * functions that it names; −1 where there are none. Called before, JavaScript throws a
 * ReferenceError (ECMA-262 9.1.1.1.6); native code knows the value and would not.
 */
export function lastDependency(fn: ts.Node, file: ts.SourceFile, checker: ts.TypeChecker): number {
  const seen = new Set<ts.Node>([fn]);
  let last = -1;
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) follow(node);
    ts.forEachChild(node, visit);
  };
  const follow = (name: ts.Identifier): void => {
    const declaration = declarationOf(name, checker);
    if (!declaration || seen.has(declaration)) return;
    seen.add(declaration);
    if (ts.isFunctionDeclaration(declaration)) return visit(declaration);
    if (!ts.isVariableDeclaration(declaration)) return;
    const statement = declaration.parent.parent;
    if (!ts.isVariableStatement(statement) || !ts.isSourceFile(statement.parent)) return;
    const { initializer } = declaration;
    if (initializer && contains(initializer, fn)) return;
    if (statement.parent === file) last = Math.max(last, file.statements.indexOf(statement));
    if (initializer) visit(initializer);
  };
  visit(fn);
  return last;
}

const contains = (outer: ts.Node, inner: ts.Node): boolean =>
  outer.getSourceFile() === inner.getSourceFile() &&
  outer.pos <= inner.pos &&
  inner.end <= outer.end;

function declarationOf(name: ts.Identifier, checker: ts.TypeChecker): ts.Declaration | undefined {
  const symbol = checker.getSymbolAtLocation(name);
  if (!symbol) return undefined;
  const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  const declaration = target.valueDeclaration;
  return declaration?.getSourceFile().isDeclarationFile ? undefined : declaration;
}
