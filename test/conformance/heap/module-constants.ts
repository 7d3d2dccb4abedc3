/** Objects, arrays, maps and sets of module-level constants that nobody changes. */
import type { f64, i32 } from 'tsnative';

const weights = [0.25, 0.5, 0.25, -0, NaN];
const primes: readonly number[] = [2, 3, 5, 7, 11];
const steps = [
  [0, 1],
  [1, 0],
  [0, -1],
  [-1, 0],
] as const;
const names = ['zero', 'one', 'two'] as const;
const small: readonly i32[] = [1, -2, 2 ** 30];
const empty: readonly string[] = [];
const flags = [true, false] as const;
const scale = 2;
const scaled = [scale, scale * 3, Math.PI / scale, -scale, Math.max(scale, 1)];

interface Config {
  readonly width: f64;
  readonly title: string;
  readonly inner: { readonly depth: f64 };
  readonly list: readonly f64[];
}
const config: Config = { width: 3, title: 'box', inner: { depth: 4 }, list: primes };
const plain = { a: 1, b: { c: 'x' } };
export const shared = { on: true, levels: [1, 2] } as const;

const byName: ReadonlyMap<string, number> = new Map([
  ['one', 1],
  ['two', 2],
]);
const vowels = new Set(['a', 'e']);
const table: readonly (readonly number[])[] = [[1], [2, 3], []];
const points: readonly Readonly<{ x: number; y: number }>[] = [
  { x: 1, y: 2 },
  { x: -0, y: NaN },
];
const unused = [scale];

function sum(list: readonly number[]): number {
  let total = 0;
  for (const x of list) total += x;
  return total;
}

function area({ width, inner }: Config): number {
  return width * inner.depth;
}

/** @native */
export function arrays(i: i32): string {
  const [first] = weights;
  const row = steps[((i % 4) + 4) % 4]!;
  let walked = '';
  for (const [dx, dy] of steps) walked += `${dx * i},${dy * i};`;
  return `${weights[i] ?? -1} ${weights.length} ${first} ${sum(primes)} ${primes.indexOf(i)} ${row[0]},${row[1]} ${walked} ${names[i] ?? 'many'} ${small[1]} ${empty.length} ${flags[0]} ${scaled.join()} ${[...weights, i].length}`;
}

/** @native */
export function objects(x: f64): string {
  const { title, list } = config;
  return `${config.width * x} ${title} ${area(config)} ${list[1]} ${plain.a + x} ${plain.b.c} ${shared.on} ${shared.levels[1]} ${sum(config.list)}`;
}

/** @native */
export function tables(word: string, i: i32): string {
  let text = '';
  for (const [key, value] of byName) text += `${key}${value}`;
  for (const p of points) text += ` ${p.x}/${p.y}`;
  return `${byName.get(word) ?? -1} ${vowels.has(word)} ${text} ${table.length} ${table[1]![i & 1]} ${sum(table[1]!)}`;
}

function depth(n: i32): number {
  return n === 0 ? primes[0]! : depth((n - 1) | 0) + weights[0]!;
}

/** @native */
export function recursive(n: i32): f64 {
  return depth(n) + (n > 100 ? unused[0]! : 0);
}

/** @native */
export function outside(i: i32): f64 {
  return weights[i]!;
}

export const checked = ['outside'];

export const cases: [string, unknown[]][] = [
  ...[-1, 0, 1, 2, 3, 4, 5, 11].flatMap((i): [string, unknown[]][] => [
    ['arrays', [i]],
    ['tables', ['one', i]],
    ['tables', ['a', i]],
    ['outside', [i]],
  ]),
  ...[0, -0, NaN, 1.5].map((x): [string, unknown[]] => ['objects', [x]]),
  ...[0, 5, 101].map((n): [string, unknown[]] => ['recursive', [n]]),
];
