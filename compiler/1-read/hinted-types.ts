/** Type nodes as types of TypeScript's checker that keep the hints which are in them. */
import { ts } from '../ts-morph.ts';
import { hintOfAlias } from './hints.ts';
import { markerOf } from './hint-markers.ts';
import type { TypeContext } from './shapes.ts';
import {
  instantiate,
  internals,
  noTypeArguments,
  together,
  typeArgumentsIn,
  typeArgumentsOf,
  typeParametersOf,
  type TypeArguments,
} from './type-arguments.ts';

/** The type that a node stands for, with markers for its hints, and without type parameters of `context`. */
export const hintedType = (node: ts.TypeNode, context: TypeContext): ts.Type =>
  hinted(node, context, []);

/** @param inside the aliases that are being followed: one that comes again is left to the checker */
function hinted(
  node: ts.TypeNode,
  context: TypeContext,
  inside: readonly ts.TypeAliasDeclaration[],
): ts.Type {
  const { checker } = context;
  const read = (part: ts.TypeNode): ts.Type => hinted(part, context, inside);
  if (ts.isParenthesizedTypeNode(node)) return read(node.type);
  if (ts.isUnionTypeNode(node)) return internals(checker).getUnionType(node.types.map(read));
  if (ts.isArrayTypeNode(node)) return internals(checker).createArrayType(read(node.elementType));
  const plain = instantiate(checker.getTypeFromTypeNode(node), context.types, checker);
  if (ts.isTypeReferenceNode(node) || ts.isImportTypeNode(node))
    return hintedReference(node, plain, context, inside);
  if (ts.isTupleTypeNode(node)) {
    const elements = node.elements.map(elementNode);
    return elements.every((element) => element !== undefined)
      ? withArguments(plain, elements.map(read), checker)
      : plain;
  }
  if (ts.isTypeOperatorNode(node) && node.operator === ts.SyntaxKind.ReadonlyKeyword) {
    const inner = read(node.type);
    return checker.isArrayType(plain) || checker.isTupleType(plain)
      ? withArguments(plain, checker.getTypeArguments(inner as ts.TypeReference), checker)
      : plain;
  }
  return plain;
}

/** The type of a tuple's element; undefined for one that may be missing, and for a rest. */
function elementNode(element: ts.TypeNode): ts.TypeNode | undefined {
  if (ts.isOptionalTypeNode(element) || ts.isRestTypeNode(element)) return undefined;
  if (!ts.isNamedTupleMember(element)) return element;
  return element.questionToken || element.dotDotDotToken ? undefined : element.type;
}

/** A reference to a name: a hint, an alias, or a generic type with arguments. */
function hintedReference(
  node: ts.TypeReferenceNode | ts.ImportTypeNode,
  plain: ts.Type,
  context: TypeContext,
  inside: readonly ts.TypeAliasDeclaration[],
): ts.Type {
  const { checker } = context;
  const alias = aliasDeclaration(node, checker);
  const hint = alias && hintOfAlias(alias);
  if (hint) return markerOf(hint, checker);
  if (!alias || inside.includes(alias)) {
    const given = node.typeArguments?.map((argument) => hinted(argument, context, inside)) ?? [];
    return alias ? plain : withArguments(plain, given, checker);
  }
  const scope = { ...context, types: argumentsOfAlias(node, alias, context, inside) };
  // What has properties has its hints where they are declared.
  return hasStructure(alias.type)
    ? instantiate(checker.getTypeFromTypeNode(alias.type), scope.types, checker)
    : hinted(alias.type, scope, [...inside, alias]);
}

function argumentsOfAlias(
  node: ts.TypeReferenceNode | ts.ImportTypeNode,
  alias: ts.TypeAliasDeclaration,
  context: TypeContext,
  inside: readonly ts.TypeAliasDeclaration[],
): TypeArguments {
  const { checker } = context;
  let own = noTypeArguments;
  typeParametersOf(alias).forEach((parameter, index) => {
    const argument = node.typeArguments?.[index];
    const scope = { ...context, types: together(context.types, own) };
    const type = argument
      ? hinted(argument, context, inside)
      : parameter.default && hinted(parameter.default, scope, inside);
    if (type) own = typeArgumentsOf(alias, [...own.types, type], checker);
  });
  return together(context.types, own);
}

/** Whether a type may come again inside itself. */
function hasStructure(node: ts.TypeNode): boolean {
  if (ts.isParenthesizedTypeNode(node)) return hasStructure(node.type);
  if (ts.isUnionTypeNode(node)) return node.types.some(hasStructure);
  return !ts.isArrayTypeNode(node) && !ts.isTypeReferenceNode(node) && !ts.isToken(node);
}

/** The declaration of the alias that a reference names. */
function aliasDeclaration(
  node: ts.TypeReferenceNode | ts.ImportTypeNode,
  checker: ts.TypeChecker,
): ts.TypeAliasDeclaration | undefined {
  const name = ts.isTypeReferenceNode(node) ? node.typeName : node.qualifier;
  const symbol = name && checker.getSymbolAtLocation(name);
  const target =
    symbol && symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  return target?.declarations?.find(ts.isTypeAliasDeclaration);
}

/** A generic interface, class, array or tuple with other type arguments; what is missing stays as it is. */
export function withArguments(
  type: ts.Type,
  types: readonly ts.Type[],
  checker: ts.TypeChecker,
): ts.Type {
  const { target } = type as Partial<ts.TypeReference>;
  if (!target || types.length === 0) return type;
  const known = typeArgumentsIn(type, checker);
  const own = target.typeParameters ?? [];
  // Those of the scopes around a declaration come before its own.
  const outer = target.outerTypeParameters?.length ?? 0;
  const all = own.flatMap(
    (_, index) => (index < outer ? undefined : types[index - outer]) ?? known.types[index] ?? [],
  );
  return all.length < own.length
    ? type
    : instantiate(target, { parameters: own, types: all }, checker);
}
