/** The text of a `@native` tag: where it stands in a comment, and its options. */
import { codes } from '../diagnostics/codes.ts';
import type { Diagnostic, Place } from '../diagnostics/types.ts';
import type { FunctionOptions } from '../ir/types.ts';
import { closest, editDistance } from './spelling.ts';

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
  const given = new Set<string>();
  let start = 0;
  for (const part of text.split(',')) {
    const option = part.trim();
    const place = placeAt(start + part.length - part.trimStart().length, option.length);
    start += part.length + 1;
    if (option === '') continue;
    const [name = ''] = option.split(/\s*[:=]/, 1);
    const problem = given.has(name)
      ? codes.repeatedOption(place, { option: name, suggestion: option })
      : setOption(options, option, place);
    given.add(name);
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
    return codes.unknownOption(place, { option, rewrite: `/** @native${suggestion(option)} */` });
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

/** What was most likely meant by an option that there is none of; empty for other text. */
function suggestion(option: string): string {
  const words = option.match(/\w+/g) ?? [];
  const meant: string[] = [];
  for (const [index, word] of words.entries()) {
    const name = closest(word, names);
    const isOption = editDistance(word, name) <= Math.max(2, word.length / 2);
    const example = isOption ? valued[name] : undefined;
    if (example) {
      const value = words[index + 1] ?? '';
      meant.push(`${name}: ${example.includes(value) ? value : example[example.length - 1]}`);
    } else if (isOption) meant.push(name);
  }
  return meant.length > 0 ? ` ${meant.join(', ')}` : '';
}
