/** Strings joined of several: what grows in place, what is shared, what becomes wide half-way. */
import type { i32 } from 'tsnative';

/** @native */
export function grows(count: i32, word: string): string {
  let all = '';
  const kept: string[] = [];
  for (let i = 0; i < count; i++) {
    all += '<' + word + '>' + i;
    if (i % 3 === 1) kept.push(all);
    if (i === 5) all += all + word + all;
    if (i === 7) all = `${all}é${word}Ω${i / 8}`;
    if (i === 9) all = all + '' + '' + word;
  }
  return kept.join('|') + all;
}

class Page {
  text = '';
  readonly lines: string[] = ['', ''];

  add(a: string, b: string): void {
    this.text += a + ', ' + b;
    this.lines[1] += b + a + b;
    const before = this.text;
    this.text += `[${before.length}]` + a + this.text;
  }
}

/** @native */
export function members(count: i32, a: string, b: string): string {
  const page = new Page();
  for (let i = 0; i < count; i++) page.add(a, `${b}${i}${a}`);
  return page.text + page.lines.join('/');
}

/** @native */
export function lengths(a: string, b: string): string {
  const sizes: string[] = [];
  for (let i = 0; i <= 40; i++) {
    const part = (a + b).slice(0, i);
    sizes.push(part + b + part + a + i);
  }
  return sizes.join('');
}

/** Text doesn't tell −0, division does.
 *
 * @native
 */
export function remainders(n: i32, by: i32): string {
  const rest = n % by;
  return `${rest} ${n % 4} ${(-n % 3).toString(2)} ${1 / (n % 4)} ${String(-(n % 2))}`;
}

/** @native */
export function tooLong(times: i32): i32 {
  let text = 'x'.repeat(2 ** 20);
  let done = 0;
  try {
    for (let i = 0; i < times; i++) {
      text += text + text + 'y';
      done++;
    }
  } catch {
    return -done;
  }
  return done;
}

const words = [
  '',
  'a',
  'word',
  'sixteen units are',
  'ÿ',
  'Ω',
  '\ud800',
  'a longer word, of more than 32 units',
];

export const cases: [string, unknown[]][] = [
  ...words.flatMap((word): [string, unknown[]][] => [
    ['grows', [0, word]],
    ['grows', [14, word]],
    ...words.map((other): [string, unknown[]] => ['members', [3, word, other]]),
    ['lengths', ['0123456789abcdefghijklmnopqrstuvwxyz', word]],
  ]),
  ...[-8, -7, -1, 0, 5, 12, -(2 ** 31)].flatMap((n) =>
    [4, -4, 3, 0].map((by): [string, unknown[]] => ['remainders', [n, by]]),
  ),
  ['tooLong', [2]],
  ['tooLong', [9]],
];
