/** Programs made wrong at random: tokens deleted, doubled, swapped or replaced, or the end cut off. */
import ts from 'typescript';
import { random } from '../optimize/random.ts';

interface Token {
  readonly start: number;
  readonly end: number;
}

/** A mutation of a source text; the same one for the same seed. */
export function mutate(source: string, seed: number): string {
  const below = random(seed);
  const tokens = tokensOf(source);
  const pick = (): Token => tokens[below(tokens.length)] ?? { start: 0, end: 0 };
  const textOf = ({ start, end }: Token): string => source.slice(start, end);
  const replaced = ({ start, end }: Token, text: string): string =>
    `${source.slice(0, start)}${text}${source.slice(end)}`;
  const token = pick();
  switch (below(6)) {
    case 0:
      return replaced(token, '');
    case 1:
      return replaced(token, `${textOf(token)} ${textOf(token)}`);
    case 2: {
      const next = tokens.find(({ start }) => start >= token.end);
      if (!next) return replaced(token, '');
      const between = source.slice(token.end, next.start);
      const swapped = `${textOf(next)}${between || ' '}${textOf(token)}`;
      return replaced({ start: token.start, end: next.end }, swapped);
    }
    case 3:
      return source.slice(0, token.end);
    default:
      // Another token of the program keeps more of it well-formed than chance would.
      return replaced(token, textOf(pick()));
  }
}

/** The tokens of a text, without comments and space. */
function tokensOf(source: string): Token[] {
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, true, ts.LanguageVariant.Standard, source);
  const tokens: Token[] = [];
  while (scanner.scan() !== ts.SyntaxKind.EndOfFileToken) {
    tokens.push({ start: scanner.getTokenStart(), end: scanner.getTokenEnd() });
  }
  return tokens;
}
