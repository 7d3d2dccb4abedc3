/** Where a function or block mentions a variable. */
import { SyntaxKind, type Identifier, type Node, type ts } from '../ts-morph.ts';
import { symbolOf } from './lowering.ts';

/** The identifiers inside nodes by their text, as many variables of one function are asked for. */
const known = new WeakMap<Node, ReadonlyMap<string, readonly Identifier[]>>();

/** What a name means; of an imported one that is what another module has declared. */
export const meaningOf = (name: Node): ts.Symbol | undefined =>
  name.getSymbol()?.getAliasedSymbol()?.compilerSymbol ?? symbolOf(name);

/**
 * The identifiers inside a node that stand for a symbol, in source order, with those that declare it. What another module
 * has declared may have any names here.
 */
export function mentionsOf(symbol: ts.Symbol | undefined, around: Node): Identifier[] {
  if (!symbol) return [];
  const file = around.getSourceFile().compilerNode;
  if (symbol.declarations?.every((declaration) => declaration.getSourceFile() !== file))
    return around
      .getDescendantsOfKind(SyntaxKind.Identifier)
      .filter((name) => meaningOf(name) === symbol);
  const names = known.get(around) ?? identifiersIn(around);
  known.set(around, names);
  return (names.get(symbol.name) ?? []).filter((name) => symbolOf(name) === symbol);
}

function identifiersIn(around: Node): Map<string, Identifier[]> {
  const names = new Map<string, Identifier[]>();
  for (const identifier of around.getDescendantsOfKind(SyntaxKind.Identifier)) {
    const others = names.get(identifier.getText());
    if (others) others.push(identifier);
    else names.set(identifier.getText(), [identifier]);
  }
  return names;
}
