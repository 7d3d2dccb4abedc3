/** Programs made wrong at random: tokens deleted, doubled, swapped or replaced, or the end cut off. */
import ts from 'typescript';
import { random } from '../optimize/random.ts';

interface Token {
  readonly kind: ts.SyntaxKind;
  readonly start: number;
  readonly end: number;
}

/** A source text with one or two mutations; the same ones for the same seed. */
export function mutate(source: string, seed: number): string {
  const below = random(seed);
  let mutated = source;
  for (let left = 1 + below(2); left > 0; left--) mutated = mutateOnce(mutated, below);
  return mutated;
}

function mutateOnce(source: string, below: (limit: number) => number): string {
  const tokens = tokensOf(source);
  const token = tokens[below(tokens.length)];
  if (!token) return source;
  const textOf = ({ start, end }: Token): string => source.slice(start, end);
  const replaced = (text: string, end = token.end): string =>
    `${source.slice(0, token.start)}${text}${source.slice(end)}`;
  switch (below(15)) {
    case 0:
      return replaced('');
    case 1:
      return replaced(`${textOf(token)} ${textOf(token)}`);
    case 2: {
      const next = tokens.find(({ start }) => start >= token.end);
      if (!next) return replaced('');
      const between = source.slice(token.end, next.start);
      return replaced(`${textOf(next)}${between || ' '}${textOf(token)}`, next.end);
    }
    case 3:
      return source.slice(0, token.end);
    case 4:
      return replaced(textOf(tokens[below(tokens.length)] ?? token));
    default:
      return exchange(source, tokens, below);
  }
}

/** Puts a name, literal or operator in the place of another one, which often keeps a program well-formed. */
function exchange(
  source: string,
  tokens: readonly Token[],
  below: (limit: number) => number,
): string {
  const family = [isOperand, isOperator][below(2)] ?? isOperand;
  const alike = tokens.filter(({ kind }) => family(kind));
  const [from, to] = [alike[below(alike.length)], alike[below(alike.length)]];
  if (!from || !to) return source;
  return source.slice(0, from.start) + source.slice(to.start, to.end) + source.slice(from.end);
}

const isOperand = (kind: ts.SyntaxKind): boolean =>
  kind === ts.SyntaxKind.Identifier || kind === ts.SyntaxKind.NumericLiteral;

const isOperator = (kind: ts.SyntaxKind): boolean =>
  kind >= ts.SyntaxKind.FirstBinaryOperator && kind <= ts.SyntaxKind.LastBinaryOperator;

/** The tokens of a text, without comments and space. */
function tokensOf(source: string): Token[] {
  const scanner = ts.createScanner(
    ts.ScriptTarget.Latest,
    true,
    ts.LanguageVariant.Standard,
    source,
  );
  const tokens: Token[] = [];
  while (scanner.scan() !== ts.SyntaxKind.EndOfFileToken) {
    tokens.push({
      kind: scanner.getToken(),
      start: scanner.getTokenStart(),
      end: scanner.getTokenEnd(),
    });
  }
  return tokens;
}
