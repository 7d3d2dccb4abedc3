/** Units and integers as parts of strings, of which no strings are made: in place, in new ones, narrow and wide. */
import type { i32 } from 'tsnative';

/** @native */
export function unitsInTurn(text: string, times: i32): string {
  let out = '';
  for (let k = 0; k < times; k++) {
    for (let i = 0; i < text.length; i++) out += text[i];
    for (let i = text.length - 1; i >= 0; i--) out += String.fromCharCode(text.charCodeAt(i) + k);
    for (const c of text) out += c;
  }
  return out;
}

/** @native */
export function unitsInFront(text: string): string {
  let out = '';
  for (let i = 0; i < text.length; i++) out = text[i] + out;
  let framed = '';
  for (let i = 0; i < text.length; i++) framed = text[i] + i + framed + text[i];
  return out + '|' + framed;
}

/** @native */
export function sharedMeanwhile(text: string): string[] {
  const kept: string[] = [];
  let out = '>';
  for (let i = 0; i < text.length; i++) {
    const before = out;
    out += text[i];
    if (i % 2 === 0) kept.push(before);
    if (i % 3 === 0) kept.push(out);
    out += i;
    const between = out;
    out += out + i + text[i] + out;
    if (i % 4 === 0) kept.push(between);
    if (out.length > 2000) out = out.slice(-3);
  }
  kept.push(out);
  return kept;
}

/** Integers of all lengths, from arithmetic that is known to give integers.
 *
 * @native
 */
export function integerTexts(n: i32, by: i32): string {
  let out = '';
  for (let power = 1; power <= 1000000000; power *= 10) {
    const step = power * by;
    out += power + ' ' + -power + ',' + (power - 1) + ';' + (1 - power);
    out += step;
    out += '\n' + (n - power) + '\t' + (n + power);
  }
  const wide = n * 2097151;
  return out + wide + `/${wide - 1}/` + (n % 7) + -n + (by & 255);
}

/** What counts to a number that may be none.
 *
 * @native
 */
export function counted(n: number, mark: string): string {
  let out = mark;
  for (let i = -12; i < n; i++) {
    out += i + ',';
    if (i > 130) break;
    if (i % 5 === 0) out += i * 1000003;
    if (i % 7 === 0) out = i + out;
  }
  return out;
}

/** @native */
export function zeroText(x: i32): string {
  const rest = x % 4;
  let out = '' + rest;
  out += rest;
  out += -rest + '|' + rest * -1;
  return out + 1 / rest;
}

/** @native */
export function manyParts(a: string, n: i32): string {
  let out = a;
  for (let i = 0; i < 3; i++) {
    out += a + n + '-' + i + a + ':' + (n - i) + a[0] + '.' + n + a;
    out = n + '(' + out + ')' + i + ',' + n + ',' + i + ',' + n + ',' + a;
  }
  return out;
}

class Writer {
  text = '';
  readonly parts: string[] = ['', 'x'];
  count = 0;

  unit(code: i32): void {
    this.text += String.fromCharCode(code);
    this.parts[this.count & 1] += String.fromCharCode(code);
    this.count++;
    this.parts[1] += this.count;
  }
}

/** @native */
export function written(codes: Uint16Array): string {
  const writer = new Writer();
  for (let i = 0; i < codes.length; i++) writer.unit(codes[i]!);
  return writer.text + writer.parts.join('/') + writer.count;
}

class Before {
  text = '>';
  readonly list: string[] = ['>', '>>'];
  readonly kept: string[] = [];

  add(more: string): void {
    const before = this.text;
    this.text += more;
    this.kept.push(before);
    const other = this.list[0]!;
    this.list[0] += more;
    this.kept.push(other);
  }
}

/** What was read before something is appended stays as it was.
 *
 * @native
 */
export function keptBefore(text: string): string {
  const it = new Before();
  let out = '>';
  for (const unit of text) {
    it.add(unit);
    it.add(unit + unit);
    const before = out;
    out += unit;
    it.kept.push(before);
    const again = out;
    out += 1;
    if (it.kept.length % 4 === 0) it.list.push(again);
  }
  return it.kept.join('|') + it.list.join('/') + it.text + out;
}

/** @native */
export function keysOfParts(n: i32): string {
  const counts = new Map<string, i32>();
  for (let i = -n; i < n; i++) {
    const key = 'k' + (i % 11);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  let out = '';
  for (const [key, count] of counts) out += key + '=' + count + ';';
  return out;
}

/** @native */
export function bases(n: number, base: i32): string {
  const digits = '0123456789abcdefghijklmnopqrstuvwxyz';
  let all = '';
  for (let i = 0; i < n; i++) {
    let x = i;
    let out = '';
    do {
      out = digits[x % base]! + out;
      x = Math.floor(x / base);
    } while (x > 0);
    all += out + ' ';
  }
  return all;
}

const texts = [
  '',
  'a',
  'plain ascii text, longer than sixteen units',
  'latin ÿ é',
  'Ω',
  'narrow, then wide: Ω, then narrow',
  '\ud83d\ude00 and \ud800 alone',
  'ÿþý',
];

/** Grows by a unit at a time to the longest string that there may be, and beyond.
 *
 * @native
 */
export function toTheLongest(missing: i32, units: i32): number {
  let out = 'a'.repeat(536870888 - missing);
  for (let i = 0; i < units; i++) out += String.fromCharCode(65 + i);
  return out.length;
}

export const cases: [string, unknown[]][] = [
  ['toTheLongest', [0, 1]],
  ['toTheLongest', [1, 1]],
  ['toTheLongest', [1, 2]],
  ...texts.flatMap((text): [string, unknown[]][] => [
    ...[0, 1, 2, 9].map((times): [string, unknown[]] => ['unitsInTurn', [text, times]]),
    ['unitsInFront', [text]],
    ['sharedMeanwhile', [text]],
    ['keptBefore', [text]],
    ...[-(2 ** 31), -10, 0, 99, 2 ** 31 - 1].map((n): [string, unknown[]] => [
      'manyParts',
      [text || '?', n],
    ]),
    ...[0, -3, 140, 20.5, NaN, Infinity].map((n): [string, unknown[]] => ['counted', [n, text]]),
  ]),
  ...[-(2 ** 31), -4, -3, 0, 1, 5, 2 ** 31 - 1].flatMap((n): [string, unknown[]][] => [
    ['zeroText', [n]],
    ...[-7, 0, 1, 2 ** 31 - 1].map((by): [string, unknown[]] => ['integerTexts', [n, by]]),
  ]),
  ['written', [Uint16Array.of()]],
  ['written', [Uint16Array.of(0, 65, 255, 254, 97)]],
  ['written', [Uint16Array.of(65, 255, 256, 97, 0xd800, 0xdc00, 1)]],
  ['written', [Uint16Array.from({ length: 300 }, (_, i) => 200 + (i % 60))]],
  ['keysOfParts', [0]],
  ['keysOfParts', [40]],
  ...[2, 7, 10, 16, 36].map((base): [string, unknown[]] => ['bases', [300, base]]),
  ['bases', [12.5, 3]],
];
