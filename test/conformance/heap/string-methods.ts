/** Methods of strings, with strings that are made of units. */
import type { i32 } from 'tsnative';

function textOf(units: Uint16Array): string {
  let text = '';
  for (let i = 0; i < units.length; i++) text += String.fromCharCode(units[i]!);
  return text;
}

function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return h * 1024 + (text.length % 1024);
}

function hashAll(parts: string[]): number {
  let h = parts.length;
  for (const part of parts) h = (h * 31 + hash(part)) % 1000000007;
  return h;
}

/** @native */
export function units(a: Uint16Array, index: number): number {
  const text = textOf(a);
  return text.charCodeAt(index);
}

/** @native */
export function points(a: Uint16Array, index: number): number {
  const point = textOf(a).codePointAt(index);
  return point === undefined ? -1 : point;
}

/** @native */
export function characters(a: Uint16Array, index: number): number {
  const text = textOf(a);
  return hash(text.charAt(index)) + hash(text.at(index) ?? 'none') * 2;
}

/** @native */
export function missingIndex(a: Uint16Array): number {
  const text = textOf(a);
  // @ts-expect-error JavaScript takes 0 for it
  return text.charCodeAt() + hash(text.charAt());
}

/** @native */
export function integerIndex(a: Uint16Array, index: i32): number {
  const text = textOf(a);
  return text.charCodeAt(index) + hash(text.charAt(index)) + (text.codePointAt(index) ?? 0.5);
}

/** @native */
export function slices(a: Uint16Array, start: number, end: number): number {
  const text = textOf(a);
  return (
    hash(text.slice(start, end)) +
    3 * hash(text.substring(start, end)) +
    7 * hash(text.substr(start, end)) +
    hash(text.slice(start)) +
    hash(text.substring(start)) +
    hash(text.substr(start)) +
    hash(text.slice())
  );
}

/** @native */
export function optionalEnd(a: Uint16Array, start: number, end: number | undefined): number {
  const text = textOf(a);
  return (
    hash(text.slice(start, end)) +
    3 * hash(text.substring(start, end)) +
    7 * hash(text.substr(start, end))
  );
}

/** @native */
export function searches(a: Uint16Array, b: Uint16Array, from: number): number {
  const text = textOf(a);
  const wanted = textOf(b);
  return (
    text.indexOf(wanted) +
    1e3 * text.indexOf(wanted, from) +
    1e6 * text.lastIndexOf(wanted) +
    1e9 * text.lastIndexOf(wanted, from) +
    (text.includes(wanted) ? 0.5 : 0) +
    (text.includes(wanted, from) ? 0.25 : 0) +
    (text.startsWith(wanted) ? 0.125 : 0) +
    (text.startsWith(wanted, from) ? 0.0625 : 0) +
    (text.endsWith(wanted) ? 0.03125 : 0) +
    (text.endsWith(wanted, from) ? 0.015625 : 0)
  );
}

/** @native */
export function optionalFrom(a: Uint16Array, b: Uint16Array, from: number | undefined): number {
  const text = textOf(a);
  const wanted = textOf(b);
  return (
    text.indexOf(wanted, from) +
    1e3 * text.lastIndexOf(wanted, from) +
    (text.endsWith(wanted, from) ? 0.5 : 0) +
    (text.startsWith(wanted, from) ? 0.25 : 0)
  );
}

/**
 * Counts the places of a long string.
 *
 * @native
 */
export function longSearch(a: Uint16Array, b: Uint16Array, times: i32): number {
  const wanted = textOf(b);
  const text = textOf(a).repeat(times) + wanted + 'tail';
  let count = 0;
  let last = -1;
  for (let at = text.indexOf(wanted); at >= 0 && count < 100; at = text.indexOf(wanted, at + 1)) {
    count++;
    last = at;
  }
  return count * 1e6 + last;
}

/** @native */
export function splits(a: Uint16Array, b: Uint16Array, limit: number): number {
  const text = textOf(a);
  const by = textOf(b);
  return hashAll(text.split(by)) + hashAll(text.split(by, limit)) + hashAll(text.split(''));
}

/** @native */
export function joins(a: Uint16Array, b: Uint16Array): number {
  const parts = textOf(a).split('');
  return hash(parts.join(textOf(b))) + hash(parts.join()) + hash(parts.join(''));
}

/** @native */
export function trims(a: Uint16Array): number {
  const text = textOf(a);
  return hash(text.trim()) + 3 * hash(text.trimStart()) + 7 * hash(text.trimEnd());
}

/** @native */
export function pads(a: Uint16Array, b: Uint16Array, length: number): number {
  const text = textOf(a);
  const filler = textOf(b);
  return (
    hash(text.padStart(length, filler)) +
    3 * hash(text.padEnd(length, filler)) +
    7 * hash(text.padStart(length)) +
    hash(text.padEnd(length))
  );
}

/** @native */
export function optionalFiller(a: Uint16Array, b: Uint16Array | undefined): number {
  const filler = b === undefined ? undefined : textOf(b);
  return hash(textOf(a).padStart(12, filler));
}

/** @native */
export function repeats(a: Uint16Array, count: number): number {
  return hash(textOf(a).repeat(count));
}

/** @native */
export function tooLong(count: number): number {
  return 'abcdefgh'.padEnd(count).length;
}

/** @native */
export function changedCase(a: Uint16Array): number {
  const text = textOf(a);
  return hash(text.toUpperCase()) + 3 * hash(text.toLowerCase());
}

/** @native */
export function replaces(a: Uint16Array, b: Uint16Array, c: Uint16Array): number {
  const text = textOf(a);
  const pattern = textOf(b);
  const replacement = textOf(c);
  return hash(text.replace(pattern, replacement)) + 3 * hash(text.replaceAll(pattern, replacement));
}

/** @native */
export function concats(a: Uint16Array, b: Uint16Array): number {
  const text = textOf(a);
  return (
    hash(text.concat(textOf(b))) + hash(text.concat()) + hash('x'.concat(text, 'y', textOf(b)))
  );
}

/** @native */
export function made(x: number, y: number): number {
  return (
    hash(String.fromCharCode(x, y)) + hash(String.fromCharCode()) + hash(String.fromCharCode(65, x))
  );
}

/** @native */
export function madeOfPoints(x: number): number {
  return hash(String.fromCodePoint(x)) + hash(String.fromCodePoint(x, 65, x));
}

/** @native */
export function chained(a: Uint16Array | undefined): number {
  const text = a === undefined ? undefined : textOf(a);
  return (
    hash(text?.trim().slice(1) ?? 'none') +
    (text?.charCodeAt(0) ?? -1) +
    (text?.at(-1) === 'x' ? 1 : 0)
  );
}

/** @native */
export function words(a: Uint16Array): number {
  let total = 0;
  for (const line of textOf(a).split('\n')) {
    for (const word of line.trim().split(' ')) {
      if (word === '') continue;
      total = (total * 31 + hash(word.toLowerCase())) % 1000003;
    }
    total += 7;
  }
  return total;
}

const ofText = (text: string): Uint16Array => {
  const made = new Uint16Array(text.length);
  for (let i = 0; i < text.length; i++) made[i] = text.charCodeAt(i);
  return made;
};

/** Random strings: short ones of few letters, so that they are found in each other; Latin-1, two bytes, surrogates. */
function* randomTexts(seed: number, count: number): Generator<string> {
  let state = seed >>> 0;
  const below = (n: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
  const alphabets = [
    'ab',
    'aß é',
    'aÀÿ\u0100\u0391σΣ',
    '\ud83d\ude00a',
    ' \u00a0\ufeffx\n',
    'İiIıŉǅﬃ',
    "$&`'1<a",
  ];
  for (let n = 0; n < count; n++) {
    const letters = alphabets[below(alphabets.length)]!;
    let text = '';
    for (let length = below(9); length > 0; length--) text += letters[below(letters.length)];
    yield text;
  }
}

const fixed = [
  '',
  'a',
  'abcabcab',
  '😀a😀',
  '\ude00\ud83d',
  ' \t\n padded \u2003\ufeff',
  'line one\n line  two\n\nThree',
  'straße ŉ ﬃ İstanbul ΌΣΟΣ ΑΣ. Σ',
  'a,b,,c,',
  '\0a\0',
];
const texts = [...fixed, ...randomTexts(7, 30)];
const indices = [0, -0, 1, 2, 5, -1, -2, 1.9, -1.9, 100, -100, NaN, Infinity, -Infinity, 2 ** 32];
const patterns = ['', 'a', 'ab', 'bc', '\ud83d', '😀', ',', 'abcabcab', 'Σ', ' '];
const replacements = ['', 'x', '$', '$$', '[$&]', "$`|$'", '$1$<a>$', "a$'b", '$$$', '$0'];

export const cases: readonly (readonly [string, readonly unknown[]])[] = [
  ...texts.flatMap((text) => [
    ...indices.flatMap((index) => [
      ['units', [ofText(text), index]] as const,
      ['points', [ofText(text), index]] as const,
      ['characters', [ofText(text), index]] as const,
    ]),
    ['missingIndex', [ofText(text)]] as const,
    ['trims', [ofText(text)]] as const,
    ['changedCase', [ofText(text)]] as const,
    ['words', [ofText(text)]] as const,
    ['chained', [ofText(text)]] as const,
    ...patterns.flatMap((pattern) => [
      ...[0, 1, 2, 3, -1, 2 ** 32, 2 ** 32 + 1, NaN, 1.5].map(
        (limit) => ['splits', [ofText(text), ofText(pattern), limit]] as const,
      ),
      ['joins', [ofText(text), ofText(pattern)]] as const,
      ['concats', [ofText(text), ofText(pattern)]] as const,
      ...replacements.map(
        (replacement) =>
          ['replaces', [ofText(text), ofText(pattern), ofText(replacement)]] as const,
      ),
      ...[0, 3, 7.9, 20, -1, NaN].map(
        (length) => ['pads', [ofText(text), ofText(pattern), length]] as const,
      ),
    ]),
    ...[0, 1, 2, 3, 2.9, 17, -0.5].map((count) => ['repeats', [ofText(text), count]] as const),
  ]),
  ...fixed.flatMap((text) =>
    indices.flatMap((start) => [
      ['integerIndex', [ofText(text), Math.trunc(start) | 0]] as const,
      ...indices.map((end) => ['slices', [ofText(text), start, end]] as const),
      ['optionalEnd', [ofText(text), start, undefined]] as const,
      ['optionalEnd', [ofText(text), start, 3]] as const,
    ]),
  ),
  ...texts.flatMap((text) =>
    [...patterns, ...texts.slice(10, 24)].flatMap((wanted) => [
      ...[0, 1, 3, -2, NaN, Infinity, 2.5].map(
        (from) => ['searches', [ofText(text), ofText(wanted), from]] as const,
      ),
      ['optionalFrom', [ofText(text), ofText(wanted), undefined]] as const,
      ['optionalFrom', [ofText(text), ofText(wanted), 2]] as const,
    ]),
  ),
  ...['ab', 'aaaaaaaaaaab', 'the quick brown', '\u0100x\u0200'].flatMap((text) =>
    [
      'b',
      'aaaaaaaaaaaaaaab',
      'brownthe quick brown',
      'x\u0200\u0100x\u0200\u0100x\u0200\u0100x\u0200\u0100',
      'not there at all',
      'abababababab',
    ].flatMap((wanted) =>
      [1, 100, 400].map((times) => ['longSearch', [ofText(text), ofText(wanted), times]] as const),
    ),
  ),
  ['optionalFiller', [ofText('abc'), undefined]],
  ['optionalFiller', [ofText('abc'), ofText('xy')]],
  ['repeats', [ofText('a'), -1]],
  ['repeats', [ofText('a'), Infinity]],
  ['repeats', [ofText(''), -1.5]],
  ['repeats', [ofText(''), 2 ** 40]],
  ['repeats', [ofText('ab'), 2 ** 40]],
  ['tooLong', [9]],
  ['tooLong', [2 ** 40]],
  ...indices.flatMap((x) => [['made', [x, 66]] as const, ['made', [255 + x, 0xd83d]] as const]),
  ...[...indices, 65, 0xffff, 0x10000, 0x1f600, 0x10ffff, 0x110000, 0xd83d, 1e9].map(
    (x) => ['madeOfPoints', [x]] as const,
  ),
  ['chained', [undefined]],
];
