/** What of the tsnative package the types in declarations of C's functions are. */
import { ts } from '../ts-morph.ts';
import { isOfPackage } from './hints.ts';

/** What of the tsnative package a type is by its name, beside `null` and `undefined`; aliases are followed. */
export function packageName(
  type: ts.TypeNode,
  checker: ts.TypeChecker,
): { readonly name: string; readonly node: ts.TypeNode } | undefined {
  if (ts.isParenthesizedTypeNode(type)) return packageName(type.type, checker);
  if (ts.isUnionTypeNode(type)) {
    const present = type.types.filter(
      (one) =>
        one.kind !== ts.SyntaxKind.UndefinedKeyword &&
        !(ts.isLiteralTypeNode(one) && one.literal.kind === ts.SyntaxKind.NullKeyword),
    );
    const [first, ...more] = present;
    return first && more.length === 0 ? packageName(first, checker) : undefined;
  }
  const name = ts.isTypeReferenceNode(type)
    ? type.typeName
    : ts.isImportTypeNode(type)
      ? type.qualifier
      : undefined;
  const symbol = name && checker.getSymbolAtLocation(name);
  if (!symbol) return undefined;
  const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  const declaration = target.declarations?.[0];
  if (!declaration) return undefined;
  if (isOfPackage(declaration)) return { name: target.name, node: type };
  return ts.isTypeAliasDeclaration(declaration) && !declaration.typeParameters
    ? packageName(declaration.type, checker)
    : undefined;
}

/** `sqlite3` of `Handle<'sqlite3'>`. */
export function handleOf(node: ts.TypeNode): string {
  const args =
    ts.isTypeReferenceNode(node) || ts.isImportTypeNode(node) ? node.typeArguments : undefined;
  const [argument] = args ?? [];
  return argument && ts.isLiteralTypeNode(argument) && ts.isStringLiteral(argument.literal)
    ? argument.literal.text
    : (argument?.getText() ?? '');
}
