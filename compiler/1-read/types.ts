/** Type annotations to machine types: hints by their name, everything else by what TypeScript says it is. */
import { ts } from '../ts-morph.ts';
import { codes } from '../diagnostics/codes.ts';
import type { Diagnostic } from '../diagnostics/types.ts';
import { collectionNodes, collectionOf } from './collections.ts';
import { hintOfType, refuseUnion } from './checked-types.ts';
import { isRestParameter, isThisParameter } from './function-nodes.ts';
import { hintedType } from './hinted-types.ts';
import { hintOfAlias } from './hints.ts';
import type { HintType } from './model.ts';
import { placeOfCompilerNode } from './places.ts';
import { absent, isHint, only, shortText, unionOf } from './hint-types.ts';
import type { TypeContext } from './shapes.ts';
import { elementNodeOf, listOfElements } from './structures.ts';

/**
 * The type that a type node stands for. Aliases are followed by name, since TypeScript forgets
 * them: to its checker an `i32` is a `number`.
 * @returns `type: undefined` for `void`; a diagnostic for what native code can't hold
 */
export function readType(node: ts.TypeNode, context: TypeContext): HintType | Diagnostic {
  return read(node, node, context);
}

/** `origin` is the node in the user's signature, where diagnostics point even when an alias elsewhere is to blame. */
const read = (
  node: ts.TypeNode,
  origin: ts.TypeNode,
  context: TypeContext,
): HintType | Diagnostic =>
  context.shapes.inside(
    () => readKind(node, origin, context),
    () => codes.typeOfItself(placeOfCompilerNode(origin), { type: shortText(origin) }),
  );

function readKind(
  node: ts.TypeNode,
  origin: ts.TypeNode,
  context: TypeContext,
): HintType | Diagnostic {
  if (ts.isParenthesizedTypeNode(node)) return read(node.type, origin, context);
  if (ts.isUnionTypeNode(node)) {
    const members = node.types.map((member) =>
      read(member, origin === node ? member : origin, context),
    );
    return combine(members, node, origin, context);
  }
  if (ts.isJSDocNullableType(node)) {
    return combine(
      [read(node.type as ts.TypeNode, origin, context), absent('null')],
      node.type as ts.TypeNode,
      origin,
      context,
    );
  }
  if (ts.isJSDocOptionalType(node)) {
    return combine(
      [read(node.type as ts.TypeNode, origin, context), absent('undefined')],
      node.type as ts.TypeNode,
      origin,
      context,
    );
  }
  if (ts.isJSDocNonNullableType(node) || ts.isJSDocTypeExpression(node)) {
    return read(node.type as ts.TypeNode, origin, context);
  }
  const collection = collectionNodes(node, context.checker);
  if (collection) {
    const { kind, parts } = collection;
    const hints = parts.map((part) => read(part, origin === node ? part : origin, context));
    return collectionOf(
      kind,
      hints,
      context.shapes,
      placeOfCompilerNode(origin),
      shortText(origin),
    );
  }
  const element = elementNodeOf(node, context.checker);
  if (element) {
    const elements = read(element, origin === node ? element : origin, context);
    return isHint(elements) ? listOfElements(elements, origin) : elements;
  }
  if (ts.isFunctionTypeNode(node)) return readFunction(node, origin, context);
  const bigint = bigintElement(node, context);
  if (bigint) return only(bigint);
  const alias = aliasOf(node, context.checker);
  if (alias?.hint) return only(alias.hint);
  if (alias?.target) return read(alias.target, origin, context);
  // What an alias of a library stands for says less than its name.
  const shown = node.getSourceFile().isDeclarationFile ? origin : node;
  const place = placeOfCompilerNode(origin);
  return hintOfType(hintedType(node, context), context, place, shortText(shown));
}

/** The integer that `A[number]` is of a typed array of bigints, which to TypeScript is any bigint. */
function bigintElement(node: ts.TypeNode, context: TypeContext): 'i64' | 'u64' | undefined {
  if (!ts.isIndexedAccessTypeNode(node) || node.indexType.kind !== ts.SyntaxKind.NumberKeyword)
    return undefined;
  const array = readType(node.objectType, context);
  const type = isHint(array) ? array.type : undefined;
  return type === 'view.i64' ? 'i64' : type === 'view.u64' ? 'u64' : undefined;
}

/** `(x: i32) => i32`, with the hints in it. */
function readFunction(
  node: ts.FunctionTypeNode,
  origin: ts.TypeNode,
  context: TypeContext,
): HintType | Diagnostic {
  const place = placeOfCompilerNode(origin);
  const text = shortText(node);
  const isPlain =
    !node.typeParameters &&
    node.parameters.every(
      (parameter) => parameter.type && !isRestParameter(parameter) && !isThisParameter(parameter),
    );
  if (!isPlain) return hintOfType(context.checker.getTypeFromTypeNode(node), context, place, text);
  const params: HintType[] = [];
  for (const parameter of node.parameters) {
    if (!parameter.type) continue;
    const hint = read(parameter.type, origin === node ? parameter.type : origin, context);
    if (!isHint(hint)) return hint;
    params.push({ ...hint, undefined: hint.undefined || parameter.questionToken !== undefined });
  }
  const result = readResult(node.type, origin === node ? node.type : origin, context);
  if (!isHint(result)) return result;
  return only(context.shapes.functionOf({ params, result }, text));
}

function readResult(
  node: ts.TypeNode,
  origin: ts.TypeNode,
  context: TypeContext,
): HintType | Diagnostic {
  if (node.kind === ts.SyntaxKind.NeverKeyword) return only(undefined);
  if (ts.isTypePredicateNode(node)) return only(node.assertsModifier ? undefined : 'bool');
  const hint = read(node, origin, context);
  return isHint(hint) && hint.type === undefined ? only(undefined) : hint;
}

function combine(
  members: readonly (HintType | Diagnostic)[],
  node: ts.TypeNode,
  origin: ts.TypeNode,
  context: TypeContext,
): HintType | Diagnostic {
  const hints: HintType[] = [];
  for (const member of members) {
    if (!isHint(member)) return member;
    hints.push(member);
  }
  return (
    unionOf(hints, context, shortText(origin), () => hintedType(node, context)) ??
    refuseUnion(hints, placeOfCompilerNode(origin), shortText(origin))
  );
}

/** What a reference such as `i32`, `Index` or `import('tsnative').i32` names. */
function aliasOf(
  node: ts.TypeNode,
  checker: ts.TypeChecker,
): { hint?: HintType['type']; target?: ts.TypeNode } | undefined {
  const name = ts.isTypeReferenceNode(node)
    ? node.typeName
    : ts.isImportTypeNode(node)
      ? node.qualifier
      : undefined;
  const symbol = name && checker.getSymbolAtLocation(name);
  if (!symbol) return undefined;
  const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  for (const declaration of target.declarations ?? []) {
    if (ts.isTypeAliasDeclaration(declaration)) {
      const hint = hintOfAlias(declaration);
      if (hint) return { hint };
      // What a generic alias stands for depends on its arguments, which the checker knows.
      if (!declaration.typeParameters) return { target: declaration.type };
    }
    if (ts.isJSDocTypedefTag(declaration)) {
      const { typeExpression } = declaration;
      if (typeExpression && ts.isJSDocTypeExpression(typeExpression)) {
        return { target: typeExpression.type };
      }
    }
  }
  return undefined;
}
