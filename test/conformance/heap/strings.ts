/** Strings: literals, templates, `+`, comparison, units, switch, typeof, loops over code points. */
import type { i32, i64, u64, u8 } from 'tsnative';

/** A string of units. */
export function textOf(units: Uint16Array): string {
  let text = '';
  for (let i = 0; i < units.length; i++) text += String.fromCharCode(units[i]!);
  return text;
}

/** A number that tells strings apart: FNV over the units and the length. */
export function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return h * 1024 + (text.length % 1024);
}

/** @native */
export function roundTrip(units: Uint16Array): number {
  return hash(textOf(units));
}

/**
 * Stores units to an array.
 *
 * @native
 */
export function unitsOut(units: Uint16Array, out: Uint16Array): number {
  const text = textOf(units);
  for (let i = 0; i < text.length; i++) out[i] = text.charCodeAt(i);
  return text.length;
}

/** @native */
export function literals(which: i32): number {
  switch (which) {
    case 0:
      return hash('');
    case 1:
      return hash('plain');
    case 2:
      return hash('nul\0inside\0');
    case 3:
      return hash('\ud800');
    case 4:
      return hash('\udc00\ud800');
    case 5:
      return hash('é ÿ \u0100');
    case 6:
      return hash('😀 and \u{1F600}');
    case 7:
      return hash(`template without
holes \n \t \u0041 \x42`);
    case 8:
      return hash(
        'quotes \' " ` \\ \
line',
      );
    default:
      return hash('\u2028\u2029\ufeff\uffff');
  }
}

/** @native */
export function templates(n: number, i: i32, b: boolean, units: Uint16Array): number {
  const text = textOf(units);
  return (
    hash(`<${n}|${i}|${b}|${text}>`) + hash(`${n}`) + hash(`${text}${text}`) + hash(`${1}${'a'}`)
  );
}

/** @native */
export function sums(n: number, i: i32, u: u8, b: boolean, units: Uint16Array): number {
  const text = textOf(units);
  let all = 'n=' + n;
  all += ' i=' + i + ' u=' + u + ' b=' + b;
  all += n;
  all += b;
  all += text;
  return hash(all) + hash(n + text) + hash(text + text + 'x' + 'y' + 1 + 2);
}

/** @native */
export function bigSums(a: i64, b: u64): number {
  return (
    hash('a' + a + b + 12345678901234567890n + `${a}${b}`) + hash(String(a)) + hash(b.toString())
  );
}

/** @native */
export function absentSums(n: number | undefined, b: boolean | null): number {
  return hash(`${n} ${b}`) + hash('n' + n + b) + hash(String(undefined) + null + void 0);
}

/** @native */
export function compare(first: Uint16Array, second: Uint16Array): number {
  const a = textOf(first);
  const b = textOf(second);
  return (
    (a === b ? 1 : 0) +
    (a !== b ? 2 : 0) +
    (a < b ? 4 : 0) +
    (a <= b ? 8 : 0) +
    (a > b ? 16 : 0) +
    (a >= b ? 32 : 0) +
    (a == b ? 64 : 0) +
    (a != b ? 128 : 0) +
    (a === 'abc' ? 256 : 0) +
    (a < 'abc' ? 512 : 0) +
    ('b' <= b ? 1024 : 0) +
    (a === '' ? 2048 : 0)
  );
}

/** @native */
export function truths(units: Uint16Array): number {
  const text = textOf(units);
  const other = text || 'other';
  const both = text && 'both';
  return (text ? 1 : 0) + (!text ? 2 : 0) + hash(other) + hash(both) + (Boolean(text) ? 4 : 0);
}

/**
 * Of strings that may be absent.
 *
 * @native
 */
export function absentStrings(units: Uint16Array | undefined): number {
  const text = units === undefined ? undefined : textOf(units);
  let score = 0;
  if (text) score += 1;
  if (text === undefined) score += 2;
  if (text === 'abc') score += 4;
  if (text !== '') score += 8;
  score += hash(text ?? 'none');
  score += text?.length ?? 1000000;
  score += hash(`${text}`);
  return score;
}

/** @native */
export function absentPairs(a: Uint16Array | undefined, b: Uint16Array | undefined): number {
  const first = a === undefined ? undefined : textOf(a);
  const second = b === undefined ? undefined : textOf(b);
  return (first === second ? 1 : 0) + (first !== second ? 2 : 0);
}

/** @native */
export function elements(units: Uint16Array, index: number): number {
  const text = textOf(units);
  return hash(text[index]!);
}

/** @native */
export function testedElements(units: Uint16Array, index: number): number {
  const text = textOf(units);
  const unit = text[index];
  let score = 0;
  if (text[index] === undefined) score += 1;
  score += hash(text[index] ?? 'outside');
  if (text[index]) score += 2;
  return score + (unit === 'a' ? 4 : 0);
}

/** @native bounds: js */
export function looseElements(units: Uint16Array, index: number): number {
  const unit: string | undefined = textOf(units)[index];
  return unit === undefined ? -1 : hash(unit);
}

/**
 * Compares units that are strings.
 *
 * @native
 */
export function countWords(units: Uint16Array): number {
  const text = textOf(units);
  let count = 0;
  let digits = 0;
  let other = 0;
  let inside = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!;
    if (c >= '0' && c <= '9') digits++;
    if (c === ' ' || c === '\n' || c === '\u3000') inside = false;
    else if (!inside) {
      inside = true;
      count++;
    }
    if (c !== 'é' && c > 'z') other++;
    if ('x' === c) other += 100;
    if (c === 'ab') other += 1000;
    if (c === '') other += 10000;
  }
  return count * 1e6 + digits * 1e3 + other;
}

/** @native */
export function switches(units: Uint16Array): number {
  switch (textOf(units)) {
    case 'one':
      return 1;
    case 'two':
    case 'zwei':
      return 2;
    case '':
      return 0;
    case 'é':
    case '\ud83d':
      return 5;
    default:
      return -1;
  }
}

/** @native */
export function switchUnits(units: Uint16Array): number {
  const text = textOf(units);
  let depth = 0;
  let deepest = 0;
  for (let i = 0; i < text.length; i++) {
    switch (text[i]) {
      case '(':
      case '[':
        depth++;
        if (depth > deepest) deepest = depth;
        break;
      case ')':
      case ']':
        depth--;
        break;
      case '😀':
        return -100;
    }
  }
  return deepest * 100 + depth;
}

type Kind = 'add' | 'sub' | 'mul';

function kindOf(n: i32): Kind {
  if (n % 3 === 0) return 'add';
  return n % 3 === 1 ? 'sub' : 'mul';
}

/** @native */
export function literalUnions(n: i32): number {
  const kind = kindOf(n);
  if (kind === 'add') return n + 1;
  if (kind === 'sub') return n - 1;
  return hash(kind) + n * 2;
}

/** @native */
export function typeofs(
  n: number,
  b: boolean,
  a: i64,
  m: number | undefined,
  o: boolean | null,
): number {
  return (
    hash(typeof n + typeof b + typeof a + typeof 'x' + typeof undefined + typeof null) +
    hash(typeof m) +
    hash(typeof o) +
    (typeof m === 'number' ? m : 0) +
    (typeof n === 'number' ? 1 : 0)
  );
}

/** @native */
export function codePoints(units: Uint16Array): number {
  let h = 0;
  let count = 0;
  for (const character of textOf(units)) {
    count++;
    h = (h * 31 + hash(character)) % 1000003;
    if (count > 50) break;
    if (character === 'q') continue;
    h = (h * 7 + character.codePointAt(0)!) % 1000003;
  }
  return h * 1000 + count;
}

/** @native */
export function spread(units: Uint16Array): number {
  const all = [...textOf(units), 'end'];
  let h = all.length;
  for (const one of all) h = (h * 31 + hash(one)) % 1000003;
  return h;
}

const PREFIX = 'module constant ';
const COMPOSED = PREFIX + `and ` + 'more';

/** @native */
export function moduleConstants(): number {
  return hash(PREFIX) + hash(COMPOSED) + PREFIX.length + (hash(COMPOSED) === 1 ? 1 : 0);
}

interface Entry {
  name: string;
  alias?: string;
  size: number;
}

/** @native */
export function inObjects(units: Uint16Array): number {
  const text = textOf(units);
  const entries: Entry[] = [
    { name: text, size: 1 },
    { name: text + '2', alias: 'second', size: text.length },
  ];
  entries[0]!.name += '!';
  let total = 0;
  for (const entry of entries) {
    total += hash(entry.name) + entry.size + hash(entry.alias ?? 'no alias');
    if (entry.alias === 'second') total += 1;
    if (entry.alias) total += 2;
  }
  return total;
}

/** @native */
export function strings(units: Uint16Array): number {
  const words: string[] = ['a', textOf(units), ''];
  words.push(words[1]! + words[0]!);
  words[0] = 'replaced';
  let total = words.indexOf('aa') + (words.includes('') ? 100 : 0);
  for (const word of words) total += hash(word);
  return total;
}

/** @native */
export function thrown(units: Uint16Array, n: number): number {
  const name = textOf(units);
  if (n > 0) throw new RangeError('bad ' + name + ' at ' + n);
  throw new Error(`${name}: ${name.length}`);
}

/** @native */
export function defaults(units: Uint16Array): number {
  return hash(joined(textOf(units))) + hash(joined('x', '-'));
}

function joined(a: string, b: string = 'default'): string {
  return a + b;
}

/**
 * Reads one unit after another, behind conditions.
 *
 * @native
 */
export function tokenize(units: Uint16Array, out: Int32Array): number {
  const text = textOf(units);
  let count = 0;
  let i = 0;
  while (i < text.length) {
    const c = text.charCodeAt(i);
    if (c === 32) {
      i++;
      continue;
    }
    const start = i;
    if (c >= 48 && c <= 57)
      while (i < text.length && text.charCodeAt(i) >= 48 && text.charCodeAt(i) <= 57) i++;
    else if ((c | 32) >= 97 && (c | 32) <= 122)
      while (i < text.length && (text.charCodeAt(i) | 32) >= 97) i++;
    else i++;
    const token = text.slice(start, i);
    if (count < out.length) out[count] = token.length * 1000 + (token === 'let' ? 1 : 0);
    count++;
  }
  return count;
}

/** @native */
export function spreadUnits(units: Uint16Array, more: number[], first: number): number {
  const codes = new Set(more);
  return (
    hash(String.fromCharCode(...units)) +
    hash(String.fromCharCode(first, ...units, ...more, 65, ...codes)) / 7 +
    hash(String.fromCharCode(...more, ...units.subarray(0, 2))) / 3
  );
}

/** @native */
export function spreadCodePoints(points: number[]): string {
  return String.fromCodePoint(...points);
}

const ofText = (text: string): Uint16Array => {
  const made = new Uint16Array(text.length);
  for (let i = 0; i < text.length; i++) made[i] = text.charCodeAt(i);
  return made;
};

const texts = [
  '',
  'a',
  'abc',
  'abd',
  'ab',
  'one',
  'zwei',
  'é',
  'ÿ\u0100',
  '\ud83d',
  '\ude00',
  '😀',
  'a😀b',
  '\ud83d\ud83d\ude00\ude00',
  '\0',
  'a\0b',
  'one two  three 4 55 xy é\u3000z',
  '((()[]))',
  'let x = 42 + y9; ',
  'undefined',
  '\uffff',
  'x'.repeat(60),
  'q\udc00q\ud800',
];
const numbers = [
  0,
  -0,
  1,
  -1,
  1.5,
  1e21,
  1e-7,
  123456789,
  0.1,
  NaN,
  Infinity,
  -Infinity,
  2 ** 31,
  2 ** 53,
];
const indices = [0, -0, 1, 2, -1, 0.5, 3, 100, NaN, Infinity, -Infinity, 2 ** 32];
const pairs = texts.flatMap((a) => texts.map((b) => [ofText(a), ofText(b)] as const));

export const checked = ['elements', 'testedElements'];

export const cases: readonly (readonly [string, readonly unknown[]])[] = [
  ...texts.flatMap((text) => [
    ['roundTrip', [ofText(text)]] as const,
    ['unitsOut', [ofText(text), new Uint16Array(100)]] as const,
    ['truths', [ofText(text)]] as const,
    ['absentStrings', [ofText(text)]] as const,
    ['absentPairs', [ofText(text), undefined]] as const,
    ['countWords', [ofText(text)]] as const,
    ['switches', [ofText(text)]] as const,
    ['switchUnits', [ofText(text)]] as const,
    ['codePoints', [ofText(text)]] as const,
    ['spread', [ofText(text)]] as const,
    ['inObjects', [ofText(text)]] as const,
    ['strings', [ofText(text)]] as const,
    ['thrown', [ofText(text), 0]] as const,
    ['thrown', [ofText(text), 1.5]] as const,
    ['defaults', [ofText(text)]] as const,
    ['tokenize', [ofText(text), new Int32Array(8)]] as const,
    ...indices.flatMap((index) => [
      ['elements', [ofText(text), index]] as const,
      ['testedElements', [ofText(text), index]] as const,
      ['looseElements', [ofText(text), index]] as const,
    ]),
  ]),
  ['absentStrings', [undefined]],
  ['absentPairs', [undefined, undefined]],
  ...pairs.flatMap(([a, b]) => [['compare', [a, b]] as const, ['absentPairs', [a, b]] as const]),
  ...Array.from({ length: 10 }, (_, which) => ['literals', [which]] as const),
  ...numbers.flatMap((n) => [
    ['templates', [n, 7, n > 0, ofText('é' + n)]] as const,
    ['sums', [n, -2147483648, 255, n < 0, ofText('x')]] as const,
    ['absentSums', [n, true]] as const,
    ['typeofs', [n, true, 1n, n, false]] as const,
  ]),
  ['absentSums', [undefined, null]],
  ['typeofs', [1, true, 1n, undefined, null]],
  ['bigSums', [0n, 0n]],
  ['bigSums', [-(2n ** 63n), 2n ** 64n - 1n]],
  ['bigSums', [2n ** 63n - 1n, 1n]],
  ...[0, 1, 2, 3].map((n) => ['literalUnions', [n]] as const),
  ['moduleConstants', []],
  ...texts.flatMap((text) => [
    ['spreadUnits', [ofText(text), [], 65]] as const,
    ['spreadUnits', [ofText(text), numbers, -1]] as const,
  ]),
  ['spreadCodePoints', [[]]],
  ['spreadCodePoints', [[0x1f600, 65, -0, 0x10ffff]]],
  ['spreadCodePoints', [[65, 0x110000, 1.5]]],
  ['spreadCodePoints', [[NaN]]],
];
