/** From declarations and symbols to the functions they stand for. */
import { Node, ts, VariableDeclarationKind, type Symbol as MorphSymbol } from '../ts-morph.ts';
import type { FunctionNode } from './model.ts';

/** A function and the name that its declaration gives it. */
export interface NamedFunction {
  readonly node: FunctionNode;
  /** `default` for a nameless default export. */
  readonly name: string;
}

/** The function that a declaration makes: itself, or the function expression it is initialised with. */
export function functionOf(declaration: Node): NamedFunction | undefined {
  if (Node.isFunctionDeclaration(declaration)) {
    const node = declaration.isOverload()
      ? (declaration.getImplementation() ?? declaration)
      : declaration;
    return { node, name: declaration.getName() ?? 'default' };
  }
  if (Node.isMethodDeclaration(declaration) && declaration.isStatic()) {
    const owner = declaration.getParent();
    const name = Node.isClassDeclaration(owner) ? owner.getName() : undefined;
    return { node: declaration, name: `${name ?? 'default'}.${declaration.getName()}` };
  }
  if (Node.isVariableDeclaration(declaration)) {
    const node = declaration.getInitializer();
    const inner = node && functionExpression(node);
    return inner && { node: inner, name: declaration.getName() };
  }
  if (Node.isExportAssignment(declaration)) {
    const inner = functionExpression(declaration.getExpression());
    return inner && { node: inner, name: 'default' };
  }
  if (Node.isBinaryExpression(declaration)) {
    // `exports.f = function () { … }`
    const name = exportedBy(declaration);
    const inner = name === undefined ? undefined : functionExpression(declaration.getRight());
    return inner && name !== undefined ? { node: inner, name } : undefined;
  }
  if (Node.isFunctionExpression(declaration)) {
    // The name that a function expression has for itself; outside it has its variable's.
    const holder = declaration.getParentWhile((parent) => isWrapper(parent))?.getParent();
    const outer = holder ?? declaration.getParent();
    const isHolder = Node.isVariableDeclaration(outer) || Node.isBinaryExpression(outer);
    return isHolder ? functionOf(outer) : undefined;
  }
  return undefined;
}

/** The function that an expression writes out, perhaps in parentheses or with a type asserted. */
export function functionExpression(node: Node): FunctionNode | undefined {
  const inner = unwrapped(node);
  return Node.isArrowFunction(inner) || Node.isFunctionExpression(inner) ? inner : undefined;
}

const isWrapper = (node: Node): boolean =>
  Node.isParenthesizedExpression(node) ||
  Node.isAsExpression(node) ||
  Node.isSatisfiesExpression(node) ||
  Node.isNonNullExpression(node) ||
  Node.isTypeAssertion(node);

/** An expression without parentheses and type assertions, which mean nothing at run time. */
export function unwrapped(node: Node): Node {
  return isWrapper(node) && Node.isExpressioned(node) ? unwrapped(node.getExpression()) : node;
}

/** Whether the declaration is one of the file's own statements, not inside a function or namespace. */
export function isTopLevel(declaration: Node): boolean {
  if (Node.isVariableDeclaration(declaration)) {
    const statement = declaration.getVariableStatement();
    return statement !== undefined && Node.isSourceFile(statement.getParent());
  }
  const parent = declaration.getParent();
  const statement = exportedBy(declaration) === undefined ? parent : parent?.getParent();
  return statement !== undefined && Node.isSourceFile(statement);
}

export function isConst(declaration: Node): boolean {
  return (
    Node.isVariableDeclaration(declaration) &&
    declaration.getVariableStatement()?.getDeclarationKind() === VariableDeclarationKind.Const
  );
}

/**
 * The declaration that a name stands for: imports, re-exports, `export default f`, CommonJS
 * exports and constants that only rename something are followed.
 */
export function declarationOf(name: Node): Node | undefined {
  return declarationOfSymbol(name.getSymbol());
}

export function declarationOfSymbol(symbol: MorphSymbol | undefined): Node | undefined {
  return followSymbol(symbol, new Set());
}

function followSymbol(symbol: MorphSymbol | undefined, seen: Set<Node>): Node | undefined {
  const target = symbol?.getAliasedSymbol() ?? symbol;
  const declarations = target?.getDeclarations() ?? [];
  const found = declarations.find(hasBody) ?? target?.getValueDeclaration() ?? declarations[0];
  // TypeScript means `exports.f`.
  const parent = found?.getParent();
  const declaration = parent && exportedBy(parent) !== undefined ? parent : found;
  if (!declaration || seen.has(declaration)) return undefined;
  seen.add(declaration);
  const renamed = renamedBy(declaration);
  const next = renamed && followSymbol(renamed, seen);
  if (!next) return declaration;
  // A constant holds what the other name held at that time, which is only known of a function.
  return Node.isVariableDeclaration(declaration) && !isFixedFunction(next) ? declaration : next;
}

/** A function that its name always means. */
const isFixedFunction = (declaration: Node): boolean =>
  functionOf(declaration) !== undefined &&
  (!Node.isVariableDeclaration(declaration) || isConst(declaration));

const hasBody = (node: Node): boolean => Node.isFunctionDeclaration(node) && node.hasBody();

/** The symbol that a declaration is only another name for. */
function renamedBy(declaration: Node): MorphSymbol | undefined {
  if (Node.isVariableDeclaration(declaration) && isConst(declaration)) {
    const initializer = declaration.getInitializer();
    const inner = initializer && unwrapped(initializer);
    return inner && (Node.isIdentifier(inner) || isOfNamespace(inner))
      ? inner.getSymbol()
      : undefined;
  }
  // `module.exports = { f, g: h }`
  const parent = declaration.getParent();
  if (parent && isCommonJsExport(parent)) {
    if (Node.isShorthandPropertyAssignment(declaration)) return declaration.getValueSymbol();
    if (Node.isPropertyAssignment(declaration)) {
      const value = declaration.getInitializer();
      return value && Node.isIdentifier(value) ? value.getSymbol() : undefined;
    }
  }
  // `exports.f = f`
  const assignment = Node.isBinaryExpression(declaration) ? declaration : parent;
  if (Node.isBinaryExpression(assignment) && isExportsMember(assignment.getLeft())) {
    const value = assignment.getRight();
    return Node.isIdentifier(value) ? value.getSymbol() : undefined;
  }
  return undefined;
}

/** `namespace.name` of `import * as namespace`. */
function isOfNamespace(node: Node): boolean {
  if (!Node.isPropertyAccessExpression(node)) return false;
  const symbol = node.getExpression().getSymbol();
  const target = symbol?.getAliasedSymbol() ?? symbol;
  return ((target?.getFlags() ?? 0) & ts.SymbolFlags.ValueModule) !== 0;
}

/** The object literal of `module.exports = { … }`. */
function isCommonJsExport(literal: Node): boolean {
  const parent = literal.getParent();
  return (
    Node.isObjectLiteralExpression(literal) &&
    Node.isBinaryExpression(parent) &&
    parent.getLeft().getText() === 'module.exports'
  );
}

/** The name that a statement of a CommonJS module exports something by. */
export function exportedBy(assignment: Node): string | undefined {
  if (!Node.isBinaryExpression(assignment)) return undefined;
  const left = assignment.getLeft();
  const isSet = assignment.getOperatorToken().getText() === '=';
  return isSet && Node.isPropertyAccessExpression(left) && isExportsMember(left)
    ? left.getName()
    : undefined;
}

/** `exports.name` or `module.exports.name`. */
function isExportsMember(node: Node): boolean {
  return (
    Node.isPropertyAccessExpression(node) &&
    ['exports', 'module.exports'].includes(node.getExpression().getText())
  );
}

/**
 * Whether a parameter is what `this` is declared with. Those of JSDoc's `function(number): string` have no
 * names, unlike what TypeScript's own types say.
 */
export const isThisParameter = (parameter: ts.ParameterDeclaration): boolean =>
  (parameter.name as ts.BindingName | undefined)?.getText() === 'this';

/** Whether a parameter stands for any number of arguments: `...rest`, or `function(...number)` in JSDoc. */
export const isRestParameter = ({ dotDotDotToken, type }: ts.ParameterDeclaration): boolean =>
  dotDotDotToken !== undefined || (type !== undefined && ts.isJSDocVariadicType(type));
