/** Map: keys of each type, order, changes during iteration. */
import type { i32, i64, u8 } from 'tsnative';

function hashText(text: string): number {
  let h = 17;
  for (let i = 0; i < text.length; i++) h = (h * 31 + text.charCodeAt(i)) % 1000003;
  return h;
}

function mix(h: number, x: number): number {
  return (h * 31 + (x === x ? x : 0.5)) % 1000000007;
}

/** Random operations, told by numbers: what is done and with which key.
 *
 * @native
 */
export function numbers(script: Float64Array): number {
  const map = new Map<number, number>();
  let h = 0;
  for (let i = 0; i + 1 < script.length; i += 2) {
    const what = script[i]!;
    const key = script[i + 1]!;
    if (what < 4) map.set(key, i);
    else if (what < 7) h = mix(h, map.delete(key) ? 1 : 0);
    else if (what < 9) h = mix(h, map.get(key) ?? -1);
    else if (what < 9.9) h = mix(h, map.has(key) ? 3 : 2);
    else map.clear();
    h = mix(h, map.size);
  }
  for (const [key, value] of map) h = mix(mix(h, key === 0 && 1 / key < 0 ? -7 : key), value);
  return h;
}

/** @native */
export function strings(script: Float64Array): number {
  const map = new Map<string, i32>();
  let h = 0;
  for (let i = 0; i + 1 < script.length; i += 2) {
    const key = 'k' + script[i + 1]!;
    if (script[i]! < 5) map.set(key, (map.get(key) ?? 0) + 1);
    else if (script[i]! < 8) map.delete(key);
    else h = mix(h, map.get(key) ?? -1);
  }
  for (const [key, value] of map) h = mix(mix(h, hashText(key)), value);
  for (const key of map.keys()) h = mix(h, key.length);
  for (const value of map.values()) h = mix(h, value);
  return mix(h, map.size);
}

/** @native */
export function special(): number {
  const map = new Map<number, string>([
    [NaN, 'nan'],
    [-0, 'zero'],
    [1, 'one'],
  ]);
  map
    .set(0, 'plus')
    .set(NaN, 'again')
    .set(2 ** 31, 'big')
    .set(-1.5, 'x')
    .set(Infinity, 'inf');
  let h = map.size;
  for (const [key, value] of map)
    h = mix(mix(h, 1 / key === -Infinity ? -5 : key), hashText(value));
  h = mix(h, hashText(map.get(-0)!) + hashText(map.get(NaN)!) + hashText(map.get(3) ?? 'none'));
  return mix(h, (map.has(NaN) ? 1 : 0) + (map.delete(NaN) ? 2 : 0) + (map.has(NaN) ? 4 : 0));
}

/** @native */
export function bigints(a: i64, b: i64): number {
  const map = new Map<i64, number>();
  map.set(a, 1);
  map.set(b, 2);
  map.set(a + 1n, 3);
  let h = map.size;
  for (const [key, value] of map) h = mix(mix(h, Number(key % 1000n)), value);
  return mix(h, (map.get(a) ?? 0) * 10 + (map.get(b) ?? 0));
}

/** @native */
export function partsOfHinted(a: i64, n: number): number {
  const map = new Map<number, i64>();
  let h = 0;
  [n, -0, NaN].forEach((key) => {
    map.set(key, a);
    const keys: number[] = Array.from(map.keys());
    for (const value of map.values()) h = mix(h, Number(value % 1000n));
    h = mix(h, keys.length);
  });
  return h;
}

/** @native */
export function booleansAndBytes(n: u8): number {
  const map = new Map<boolean, u8>();
  map.set(n > 3, n);
  map.set(n > 100, 7);
  const counts = new Map<u8, boolean>();
  counts.set(n, true);
  counts.set(0, false);
  let h = map.size * 10 + counts.size;
  for (const [key, value] of map) h = mix(h, (key ? 1000 : 0) + value);
  for (const [key, value] of counts) h = mix(h, (value ? 1000 : 0) + key);
  return h;
}

interface Point {
  x: number;
  y: number;
}

/** @native */
export function objects(n: i32): number {
  const points: Point[] = [];
  for (let i = 0; i < n; i++) points.push({ x: i, y: -i });
  const map = new Map<Point, Point>();
  for (const point of points) map.set(point, { x: point.y, y: point.x });
  let h = map.size;
  for (let i = 0; i < n; i += 3) map.delete(points[i]!);
  for (const [key, value] of map) h = mix(mix(h, key.x), value.x);
  h = mix(h, map.has({ x: 1, y: -1 }) ? 1 : 0);
  const found = map.get(points[1] ?? { x: 0, y: 0 });
  return mix(h, found === undefined ? -1 : found.y);
}

/** @native */
export function nullable(units: Float64Array | undefined, n: number): number {
  const map = new Map<number, string | undefined>();
  map.set(1, 'one');
  map.set(2, undefined);
  const names = new Map<string, Point | null>([
    ['a', null],
    ['b', { x: n, y: 2 }],
  ]);
  let h = units === undefined ? 1 : 2;
  for (const [key, value] of map) h = mix(mix(h, key), value === undefined ? -1 : hashText(value));
  h = mix(h, map.has(2) ? 1 : 0);
  h = mix(h, map.get(2) === undefined ? 1 : 0);
  const a = names.get('a');
  h = mix(h, a === null ? 1 : a === undefined ? 2 : 3);
  return mix(h, (names.get('b')?.x ?? -1) + (names.get('c') === undefined ? 10 : 0));
}

/** Deletes and inserts while it iterates.
 *
 * @native
 */
export function changing(n: i32, step: i32): number {
  const map = new Map<number, number>();
  for (let i = 0; i < n; i++) map.set(i, i * i);
  let h = 0;
  let rounds = 0;
  for (const [key, value] of map) {
    rounds++;
    h = mix(mix(h, key), value);
    map.delete(key + step);
    if (key % 3 === 0 && rounds < 200) map.set(key + n + 0.5, -key);
    if (key % 5 === 0) map.delete(key);
    if (key === 40) for (let i = 0; i < 30; i++) map.delete(i);
    if (rounds > 400) break;
  }
  for (const key of map.keys()) h = mix(h, key);
  return h * 1000 + rounds;
}

/** @native */
export function clearing(n: i32): number {
  const map = new Map<string, number>();
  for (let i = 0; i < n; i++) map.set(`${i}`, i);
  let h = 0;
  let rounds = 0;
  for (const [key, value] of map) {
    h = mix(mix(h, hashText(key)), value);
    if (++rounds === 3) {
      map.clear();
      map.set('again', 1);
      map.set('1', 2);
    }
    if (rounds === 4) map.set('last', 4);
  }
  return h * 100 + rounds;
}

/** @native */
export function nested(n: i32): number {
  const map = new Map<number, number>();
  for (let i = 0; i < n; i++) map.set(i, 1);
  let h = 0;
  for (const a of map.keys()) {
    for (const b of map.keys()) {
      h = mix(h, a * 100 + b);
      if (b === a + 1) map.delete(b);
      if (b > a + 3) break;
    }
    if (a % 2 === 0) continue;
    map.set(a + 1000, 1);
    if (map.size > 50) return h;
  }
  return mix(h, map.size);
}

/** @native */
export function copies(n: i32): number {
  const map = new Map<string, number>();
  for (let i = 0; i < n; i++) map.set('k' + (i % 5), i);
  const copy = new Map(map);
  copy.set('new', 1);
  const pairs: [string, number][] = [
    ['x', 1],
    ['y', 2],
    ['x', 3],
  ];
  const made = new Map(pairs);
  const keys = [...map.keys(), 'end'];
  const values = Array.from(map.values());
  const entries = [...made];
  let h = map.size * 100 + copy.size * 10 + made.size;
  for (const key of keys) h = mix(h, hashText(key));
  for (const value of values) h = mix(h, value);
  for (const entry of entries) h = mix(h, hashText(entry[0]) + entry[1]);
  for (const entry of made) h = mix(h, entry[1]);
  for (const entry of made.entries()) h = mix(h, entry[0].length);
  return h;
}

class Graph {
  edges = new Map<number, number[]>();
  add(from: number, to: number): void {
    const known = this.edges.get(from);
    if (known) known.push(to);
    else this.edges.set(from, [to]);
  }
}

/** @native */
export function graph(n: i32): number {
  const made = new Graph();
  for (let i = 0; i < n; i++) made.add(i % 7, i);
  let h = made.edges.size;
  for (const [from, to] of made.edges) h = mix(h, from * 1000 + to.length + (to[0] ?? 0));
  return h;
}

/** @native */
export function maps(n: i32): number {
  const outer = new Map<string, Map<number, string>>();
  for (let i = 0; i < n; i++) {
    const name = i % 2 === 0 ? 'even' : 'odd';
    let inner = outer.get(name);
    if (!inner) {
      inner = new Map();
      outer.set(name, inner);
    }
    inner.set(i % 4, `v${i}`);
  }
  let h = outer.size;
  for (const [name, inner] of outer) for (const [k, v] of inner) h = mix(h, hashText(name + k + v));
  return h;
}

/** @native */
export function wordCounts(n: i32): number {
  const counts = new Map<string, number>();
  const words = 'the quick brown fox jumps over the lazy dog the end'.split(' ');
  for (let i = 0; i < n; i++) {
    const word = words[i % words.length]!;
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  let h = counts.size;
  for (const [word, count] of counts) h = mix(h, hashText(word) * count);
  return h;
}

/** Keeps a few entries of many.
 *
 * @native
 */
export function churn(n: i32, kept: i32): number {
  const map = new Map<number, string>();
  let h = 0;
  for (let i = 0; i < n; i++) {
    map.set(i, 'v' + i);
    if (map.size > kept) {
      for (const key of map.keys()) {
        map.delete(key);
        break;
      }
    }
    if (i % 100 === 0) for (const value of map.values()) h = mix(h, hashText(value));
  }
  return mix(h, map.size);
}

function script(seed: number, length: number, keys: readonly number[]): Float64Array {
  let state = seed >>> 0;
  const made = new Float64Array(length * 2);
  const next = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  for (let i = 0; i < length; i++) {
    made[2 * i] = next() * 10;
    made[2 * i + 1] = keys[Math.floor(next() * keys.length)]!;
  }
  return made;
}

const few = [0, -0, 1, NaN, 1.5, -1, 2 ** 32, Infinity];
const many = Array.from({ length: 60 }, (_, i) => (i % 7 === 0 ? i / 3 : i * 1024));
const counts = [0, 1, 2, 3, 5, 8, 17, 40, 64, 100];

export const cases: readonly (readonly [string, readonly unknown[]])[] = [
  ...[0, 1, 2, 3, 4, 5, 6, 7].flatMap((seed) => [
    ['numbers', [script(seed, 12 << seed, few)]] as const,
    ['numbers', [script(seed, 12 << seed, many)]] as const,
    ['strings', [script(seed, 12 << seed, many)]] as const,
  ]),
  ['special', []],
  ['bigints', [0n, -1n]],
  ['bigints', [2n ** 62n, 2n ** 62n]],
  ['bigints', [-(2n ** 63n), 5n]],
  ['partsOfHinted', [-(2n ** 63n), 1]],
  ['partsOfHinted', [7n, 0]],
  ['booleansAndBytes', [0]],
  ['booleansAndBytes', [200]],
  ['nullable', [undefined, 3]],
  ...counts.flatMap((n) => [
    ['objects', [n]] as const,
    ['clearing', [n]] as const,
    ['nested', [n]] as const,
    ['copies', [n]] as const,
    ['graph', [n]] as const,
    ['maps', [n]] as const,
    ['wordCounts', [n]] as const,
    ['churn', [n * 20, 5]] as const,
    ...[1, 2, 3, 50].map((step) => ['changing', [n, step]] as const),
  ]),
];
