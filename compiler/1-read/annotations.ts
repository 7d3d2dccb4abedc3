/** Where declarations have their types: TypeScript's annotations, in JavaScript files JSDoc's, or the type of the variable a function is in. */
import { Node, ts } from '../ts-morph.ts';
import type { FunctionNode } from './model.ts';
import { unwrapped } from './function-nodes.ts';

const isJavaScript = (node: ts.Node): boolean => (node.flags & ts.NodeFlags.JavaScriptFile) !== 0;

/** The annotation of a variable or parameter itself. */
export function annotationOf(declaration: Node): ts.TypeNode | undefined {
  const node = declaration.compilerNode;
  if (!ts.isVariableDeclaration(node) && !ts.isParameter(node)) return undefined;
  return node.type ?? (isJavaScript(node) ? ts.getJSDocType(node) : undefined);
}

/** The annotated result type of a function. */
export function resultAnnotationOf(
  fn: FunctionNode,
  checker: ts.TypeChecker,
): ts.TypeNode | undefined {
  const node = fn.compilerNode;
  if (node.type) return node.type;
  const documented = isJavaScript(node) ? ts.getJSDocReturnType(node) : undefined;
  if (documented) return documented;
  // A function that gives something may stand for one that gives nothing, and gives it all the same.
  const outer = signatureOf(fn, checker)?.type;
  return outer?.kind === ts.SyntaxKind.VoidKeyword ? undefined : outer;
}

/** The annotation of a function's parameter, also by way of `const f: (a: f64) => f64 = (a) => …`. */
export function parameterAnnotationOf(
  fn: FunctionNode,
  index: number,
  checker: ts.TypeChecker,
): { readonly type: ts.TypeNode; readonly optional: boolean } | undefined {
  const parameter = fn.getParameters()[index];
  if (!parameter) return undefined;
  const type = annotationOf(parameter);
  if (type) return { type, optional: isOptional(parameter.compilerNode) };
  const outer = signatureOf(fn, checker)?.parameters[index];
  return outer?.type && !outer.dotDotDotToken
    ? { type: outer.type, optional: isOptional(outer) || isOptional(parameter.compilerNode) }
    : undefined;
}

/** `x?: T`, `x: T = 1`, and JSDoc's `[x]` and `{T=}`. */
function isOptional(parameter: ts.ParameterDeclaration): boolean {
  if (parameter.questionToken || parameter.initializer) return true;
  if (!isJavaScript(parameter)) return false;
  return ts
    .getJSDocParameterTags(parameter)
    .some(
      (tag) =>
        tag.isBracketed || (tag.typeExpression && ts.isJSDocOptionalType(tag.typeExpression.type)),
    );
}

/** The annotation of the variable that holds a function expression. */
export function annotationOfHolder(fn: FunctionNode): ts.TypeNode | undefined {
  const holder = fn.getFirstAncestor((ancestor) => Node.isVariableDeclaration(ancestor));
  if (!holder || !Node.isVariableDeclaration(holder)) return undefined;
  const initializer = holder.getInitializer();
  return initializer && unwrapped(initializer) === fn ? annotationOf(holder) : undefined;
}

/** The function type in the annotation of the variable that a function expression is in. */
function signatureOf(fn: FunctionNode, checker: ts.TypeChecker): ts.FunctionTypeNode | undefined {
  const annotation = annotationOfHolder(fn);
  return annotation && functionType(annotation, checker);
}

function functionType(node: ts.TypeNode, checker: ts.TypeChecker): ts.FunctionTypeNode | undefined {
  if (ts.isParenthesizedTypeNode(node)) return functionType(node.type, checker);
  if (ts.isFunctionTypeNode(node)) return node.typeParameters ? undefined : node;
  if (!ts.isTypeReferenceNode(node)) return undefined;
  const symbol = checker.getSymbolAtLocation(node.typeName);
  if (!symbol) return undefined;
  const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  const alias = target.declarations?.find(ts.isTypeAliasDeclaration);
  return alias && !alias.typeParameters ? functionType(alias.type, checker) : undefined;
}
