/** The text of a `@native` tag: where it stands in a comment, and its options. */
import { codes } from '../diagnostics/codes.ts';
import type { Diagnostic, Place } from '../diagnostics/types.ts';
import type { FunctionOptions } from '../ir/types.ts';

export const defaultOptions: FunctionOptions = {
  fastmath: false,
  bounds: 'throw',
  overflow: 'throw',
};

/** The values of the options that have some. */
const valued: Readonly<Record<string, readonly string[]>> = {
  bounds: ['throw', 'js', 'unchecked'],
  overflow: ['throw', 'unchecked'],
};
const names = ['fastmath', ...Object.keys(valued)];

/** The tag in the text of a JSDoc comment, at the start of one of its lines. */
export interface TagText {
  /** What follows the tag on its line. */
  readonly options: string;
  /** Where `@native` starts, in UTF-16 units from the comment's start. */
  readonly start: number;
  /** Where `options` starts. */
  readonly optionsStart: number;
}

/** Finds the tag in a comment that starts with `/**`. */
export function findTag(comment: string): TagText | undefined {
  // A tag is one at the start of a line only, behind an optional asterisk.
  const match = /(?:^\/\*\*|\n)[ \t]*(?:\*(?!\/))?[ \t]*(@native(?![\w-]))([^\n]*)/.exec(comment);
  if (!match) return undefined;
  const [whole = '', tag = '', rest = ''] = match;
  const optionsStart = match.index + whole.length - rest.length;
  const options = rest.replace(/(\*\/|\s@).*$/, '').trimEnd();
  return { options, start: optionsStart - tag.length, optionsStart };
}

export interface ParsedOptions {
  readonly options: FunctionOptions;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads `fastmath, bounds: js, overflow: unchecked`.
 * @param placeAt the place of a part of the text, from its start and length
 */
export function parseOptions(
  text: string,
  placeAt: (start: number, length: number) => Place,
): ParsedOptions {
  const options = { ...defaultOptions };
  const diagnostics: Diagnostic[] = [];
  let start = 0;
  for (const part of text.split(',')) {
    const option = part.trim();
    const place = placeAt(start + part.length - part.trimStart().length, option.length);
    start += part.length + 1;
    if (option === '') continue;
    const problem = setOption(options, option, place);
    if (problem) diagnostics.push(problem);
  }
  return { options, diagnostics };
}

function setOption(options: FunctionOptions, option: string, place: Place): Diagnostic | undefined {
  const [name = '', value] = option.split(/\s*[:=]\s*/, 2);
  const values = valued[name];
  if (name === 'fastmath' && value === undefined) {
    options.fastmath = true;
    return undefined;
  }
  if (!values || value === undefined) {
    const nearest = closest(name, names);
    const example = valued[nearest];
    const shown =
      value !== undefined && example?.includes(value) ? value : example?.[example.length - 1];
    const suggestion = example ? `${nearest}: ${shown}` : nearest;
    return codes.unknownOption(place, { option, suggestion });
  }
  if (!values.includes(value) || !option.includes(':')) {
    return codes.unknownOptionValue(place, {
      option: name,
      value,
      values: values.join(', '),
      suggestion: closest(value, values),
    });
  }
  Object.assign(options, { [name]: value });
  return undefined;
}

/** Of some words the one that takes the fewest edits to become from `word`; the first of equals. */
function closest(word: string, words: readonly string[]): string {
  const ranked = words.map((candidate) => ({ candidate, edits: editDistance(word, candidate) }));
  ranked.sort((a, b) => a.edits - b.edits);
  return ranked[0]?.candidate ?? '';
}

/** Levenshtein's distance, by Wagner and Fischer's table of which one row is kept. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries()) {
      const substituted = (row[j] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(substituted, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
