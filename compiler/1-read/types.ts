/** Type annotations to machine types: hints by their name, everything else by what TypeScript says it is. */
import { ts } from '../ts-morph.ts';
import type { Diagnostic } from '../diagnostics/types.ts';
import { hintOfType, refuseUnion } from './checked-types.ts';
import { hintOfAlias } from './hints.ts';
import type { HintType } from './model.ts';
import { placeOfCompilerNode } from './places.ts';
import { absent, isHint, only, shortText, unionOf } from './hint-types.ts';

/**
 * The type that a type node stands for. Aliases are followed by name, since TypeScript forgets
 * them: to its checker an `i32` is a `number`.
 * @returns `type: undefined` for `void`; a diagnostic for what native code can't hold
 */
export function readType(node: ts.TypeNode, checker: ts.TypeChecker): HintType | Diagnostic {
  return read(node, node, checker);
}

/** `origin` is the node in the user's signature, where diagnostics point even when an alias elsewhere is to blame. */
function read(
  node: ts.TypeNode,
  origin: ts.TypeNode,
  checker: ts.TypeChecker,
): HintType | Diagnostic {
  if (ts.isParenthesizedTypeNode(node)) return read(node.type, origin, checker);
  if (ts.isUnionTypeNode(node)) {
    const members = node.types.map((member) =>
      read(member, origin === node ? member : origin, checker),
    );
    return combine(members, origin);
  }
  if (ts.isJSDocNullableType(node)) {
    return combine([read(node.type as ts.TypeNode, origin, checker), absent('null')], origin);
  }
  if (ts.isJSDocOptionalType(node)) {
    return combine([read(node.type as ts.TypeNode, origin, checker), absent('undefined')], origin);
  }
  if (ts.isJSDocNonNullableType(node) || ts.isJSDocTypeExpression(node)) {
    return read(node.type as ts.TypeNode, origin, checker);
  }
  const alias = aliasOf(node, checker);
  if (alias?.hint) return only(alias.hint);
  if (alias?.target) return read(alias.target, origin, checker);
  // What an alias of a library stands for says less than its name.
  const shown = node.getSourceFile().isDeclarationFile ? origin : node;
  const place = placeOfCompilerNode(origin);
  return hintOfType(checker.getTypeFromTypeNode(node), checker, place, shortText(shown));
}

function combine(
  members: readonly (HintType | Diagnostic)[],
  origin: ts.TypeNode,
): HintType | Diagnostic {
  const hints: HintType[] = [];
  for (const member of members) {
    if (!isHint(member)) return member;
    hints.push(member);
  }
  return unionOf(hints) ?? refuseUnion(hints, placeOfCompilerNode(origin), shortText(origin));
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
