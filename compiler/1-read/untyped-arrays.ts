/**
 * Arrays of whose elements TypeScript knows nothing where they are made, and what becomes of them: `const out = []`,
 * `new Array(n).fill(0)`, `Array.from({ length: n }, () => Array(n).fill(false))`. Native code gives them the type
 * of what they are filled with, and refuses to store anything else.
 */
import {
  Node,
  SyntaxKind,
  ts,
  type ArrowFunction,
  type FunctionDeclaration,
  type FunctionExpression,
  type Identifier,
  type MethodDeclaration,
} from '../ts-morph.ts';
import { unwrapped } from './function-nodes.ts';
import type { FunctionNode } from './model.ts';
import { internals } from './type-arguments.ts';

/** How many expressions to look through. */
const deepest = 12;

/** The type of an expression's value, seen through `any` and `never[]`; undefined where nothing tells it. */
export function typeOfUntyped(
  node: Node,
  checker: ts.TypeChecker,
  depth = deepest,
): ts.Type | undefined {
  const type = checker.getBaseTypeOfLiteralType(node.getType().compilerType);
  if (!isUntyped(type, checker)) return type;
  if (depth === 0) return undefined;
  const inner = unwrapped(node);
  const of = (part: Node | undefined): ts.Type | undefined =>
    part && typeOfUntyped(part, checker, depth - 1);
  const arrayOf = (element: ts.Type | undefined): ts.Type | undefined =>
    element && internals(checker).createArrayType(element);
  const elementOf = (array: ts.Type | undefined): ts.Type | undefined =>
    array && checker.isArrayType(array)
      ? checker.getTypeArguments(array as ts.TypeReference)[0]
      : undefined;
  if (Node.isIdentifier(inner)) return typeOfName(inner, of, elementOf);
  if (Node.isElementAccessExpression(inner)) return elementOf(of(inner.getExpression()));
  if (Node.isConditionalExpression(inner)) return of(inner.getWhenTrue());
  if (Node.isBinaryExpression(inner)) return of(inner.getLeft());
  if (Node.isArrayLiteralExpression(inner)) {
    const [first] = inner.getElements();
    if (!first) return typeOfFilled(inner, checker);
    return Node.isSpreadElement(first) ? of(first.getExpression()) : arrayOf(of(first));
  }
  if (!Node.isCallExpression(inner)) return undefined;
  const callee = inner.getExpression();
  if (Node.isIdentifier(callee)) return resultOf(functionNamed(callee), of);
  if (!Node.isPropertyAccessExpression(callee)) return undefined;
  const [first, second] = inner.getArguments();
  const array = callee.getExpression();
  switch (callee.getName()) {
    case 'from':
      return second ? arrayOf(resultOf(second, of)) : of(first);
    case 'map':
      return arrayOf(resultOf(first, of));
    case 'fill':
      return of(array) ?? arrayOf(of(first));
    case 'pop':
    case 'shift':
    case 'at':
      return elementOf(of(array));
    case 'slice':
    case 'concat':
    case 'filter':
    case 'reverse':
    case 'sort':
      return of(array);
    default:
      return undefined;
  }
}

/** The type of what a function without annotations returns, seen through `any`. */
export const resultOfUntyped = (fn: FunctionNode, checker: ts.TypeChecker): ts.Type | undefined =>
  resultOf(fn, (node) => node && typeOfUntyped(node, checker));

/** Whether all that TypeScript knows of a type is that it is one, or that it is an array. */
function isUntyped(type: ts.Type, checker: ts.TypeChecker): boolean {
  if (type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Never)) return true;
  const [element] = checker.isArrayType(type)
    ? checker.getTypeArguments(type as ts.TypeReference)
    : [];
  return element !== undefined && isUntyped(element, checker);
}

type TypeOf = (node: Node | undefined) => ts.Type | undefined;

function resultOf(fn: Node | undefined, of: TypeOf): ts.Type | undefined {
  const callback = fn && unwrapped(fn);
  if (!isFunction(callback)) return undefined;
  const body = callback.getBody();
  if (!Node.isBlock(body)) return of(body);
  const [first] = body
    .getDescendantsOfKind(SyntaxKind.ReturnStatement)
    .filter((one) => one.getFirstAncestor(isFunctionLike) === callback);
  return of(first?.getExpression());
}

const isFunctionLike = (node: Node): boolean => ts.isFunctionLike(node.compilerNode);

const isFunction = (
  node: Node | undefined,
): node is ArrowFunction | FunctionExpression | FunctionDeclaration | MethodDeclaration =>
  Node.isArrowFunction(node) ||
  Node.isFunctionExpression(node) ||
  Node.isFunctionDeclaration(node) ||
  Node.isMethodDeclaration(node);

function functionNamed(name: Identifier): Node | undefined {
  const symbol = name.getSymbol();
  const declaration = (symbol?.getAliasedSymbol() ?? symbol)?.getValueDeclaration();
  return Node.isVariableDeclaration(declaration) ? declaration.getInitializer() : declaration;
}

/** The type of a variable or of a callback's parameter. */
function typeOfName(
  name: Node,
  of: TypeOf,
  elementOf: (array: ts.Type | undefined) => ts.Type | undefined,
): ts.Type | undefined {
  const declaration = name.getSymbol()?.getValueDeclaration();
  if (Node.isVariableDeclaration(declaration)) {
    const loop = declaration.getParent().getParent();
    return Node.isForOfStatement(loop)
      ? elementOf(of(loop.getExpression()))
      : of(declaration.getInitializer());
  }
  if (!Node.isParameterDeclaration(declaration)) return undefined;
  const callback = declaration.getParent();
  const call = callback.getParent();
  const method = Node.isCallExpression(call) ? call.getExpression() : undefined;
  if (!Node.isPropertyAccessExpression(method)) return undefined;
  const isReduced = method.getName() === 'reduce' || method.getName() === 'reduceRight';
  const index = Node.isParametered(callback) ? callback.getParameters().indexOf(declaration) : -1;
  return index === (isReduced ? 1 : 0) ? elementOf(of(method.getExpression())) : undefined;
}

/** What TypeScript sees that an empty array becomes, which a variable without annotation begins with. */
function typeOfFilled(literal: Node, checker: ts.TypeChecker): ts.Type | undefined {
  const declaration = literal.getParent();
  if (!Node.isVariableDeclaration(declaration) || declaration.getTypeNode()) return undefined;
  const name = declaration.getNameNode();
  const symbol = name.getSymbol();
  const block = declaration.getFirstAncestor(isFunctionLike);
  const types = (block?.getDescendantsOfKind(SyntaxKind.Identifier) ?? [])
    .filter((use) => use !== name && use.getText() === name.getText() && use.getSymbol() === symbol)
    .map((use) => use.getType().compilerType)
    .filter((type) => !isUntyped(type, checker));
  // Behind each `push` TypeScript knows of more.
  return types.find((type) => types.every((other) => checker.isTypeAssignableTo(other, type)));
}
