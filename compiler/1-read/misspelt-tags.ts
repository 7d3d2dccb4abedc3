/** Tags that were meant to be `@native`; on their own they mean nothing, so nobody would tell. */
import type { ts } from '../ts-morph.ts';
import { codes } from '../diagnostics/codes.ts';
import type { Diagnostic } from '../diagnostics/types.ts';
import { placeOfRange } from './places.ts';
import { editDistance } from './spelling.ts';

/** A warning for each tag of a file's JSDoc comments that is nearly `@native`. */
export function misspeltTags(file: ts.SourceFile): Diagnostic[] {
  return [...file.text.matchAll(/\/\*\*[\s\S]*?\*\//g)].flatMap((comment) =>
    [...comment[0].matchAll(/(?:^\/\*\*|\n)[ \t]*(?:\*(?!\/))?[ \t]*@(n[a-z]{4,6})\b/gi)].flatMap(
      (tag) => {
        const [text, word = ''] = tag;
        if (word === 'native' || editDistance(word.toLowerCase(), 'native') > 2) return [];
        const end = comment.index + tag.index + text.length;
        const place = placeOfRange(file, end - word.length - 1, end);
        return [codes.misspeltTag(place, { tag: `@${word}` })];
      },
    ),
  );
}
