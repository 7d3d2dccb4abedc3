/** Methods of plain arrays. Each function gives the numbers of an array of doubles. */
import type { bool, f32, f64, i32, i64, u8 } from 'tsnative';

interface Point {
  x: number;
  y: number;
}

function numbers(a: readonly number[]): Float64Array {
  const out = new Float64Array(a.length);
  for (let i = 0; i < a.length; i++) out[i] = a[i]!;
  return out;
}

/** @native */
export function literals(a: Float64Array, x: f64): Float64Array {
  const b: number[] = [...a, x, ...[1, 2, 3], ...a];
  const pair: [number, boolean] = [x, true];
  const again: [number, boolean, number] = [...pair, 7];
  const c = [...b, again[0], again[2]];
  return numbers(c);
}

/** @native */
export function pushes(a: Float64Array, x: f64): Float64Array {
  const b: number[] = [];
  const n = b.push(x, x + 1, ...a);
  b.push(n);
  b.push();
  b.push(...b);
  b.push(...b, b.length);
  b[b.length] = -1;
  return numbers(b);
}

/** @native */
export function pops(n: i32): Float64Array {
  const b: number[] = [3, 1, NaN, -0];
  const out: number[] = [];
  for (let i = 0; i < n; i++) {
    const last = b.pop();
    out.push(last ?? 100);
    const first = b.shift();
    out.push(first === undefined ? 200 : first);
    out.push(b.length);
  }
  return numbers(out);
}

/** @native */
export function unshifts(a: Float64Array): Float64Array {
  const b = [1, 2];
  const n = b.unshift(...a, 9);
  b.unshift(n, 8);
  b.unshift();
  return numbers(b);
}

/** @native */
export function splices(a: Float64Array, start: f64, count: f64, x: f64): Float64Array {
  const b = [...a];
  const removed = b.splice(start, count, x, x + 1);
  b.push(1000, ...removed);
  const c = [...a];
  c.splice(start, count);
  const d = [...a];
  const e = d.splice(start);
  const f = [...a];
  const g = f.splice(start, count, ...a, ...removed);
  return numbers([...b, 2000, ...c, 3000, ...d, 4000, ...e, 5000, ...f, 6000, ...g]);
}

/** @native */
export function slices(a: Float64Array, start: f64, end: f64): Float64Array {
  const b = Array.from(a);
  return numbers([
    ...b.slice(start, end),
    1000,
    ...b.slice(start),
    2000,
    ...b.slice(),
    ...b.slice(undefined, end),
  ]);
}

/** @native */
export function searches(a: Float64Array, x: f64, from: f64): Float64Array {
  const b = Array.from(a);
  return numbers([
    b.indexOf(x),
    b.indexOf(x, from),
    b.lastIndexOf(x),
    b.lastIndexOf(x, from),
    b.includes(x) ? 1 : 0,
    b.includes(x, from) ? 1 : 0,
  ]);
}

/** @native */
export function searchesHinted(x: f64, n: i32, big: i64): Float64Array {
  const bytes: u8[] = [1, 0, 255, 7];
  const ints: i32[] = [-1, 0, 5, 2147483647];
  const singles: f32[] = [Math.fround(1.5), NaN, Math.fround(0.1), 0];
  const bigs: i64[] = [1n, -1n, big, 9223372036854775807n];
  const flags: bool[] = [true, false];
  return numbers([
    bytes.indexOf(x),
    ints.indexOf(x),
    ints.indexOf(n),
    singles.indexOf(x),
    singles.includes(x) ? 1 : 0,
    ints.includes(x) ? 1 : 0,
    bytes.lastIndexOf(n),
    bigs.indexOf(big),
    bigs.indexOf(5n),
    bigs.lastIndexOf(-1n),
    bigs.includes(9223372036854775807n) ? 1 : 0,
    flags.indexOf(x > 0),
    flags.includes(n === 0) ? 1 : 0,
  ]);
}

/** @native */
export function inPlace(a: Float64Array, x: f64, start: f64, end: f64): Float64Array {
  const b = Array.from(a);
  const c = b.fill(x, start, end).slice();
  const d = Array.from(a).copyWithin(x, start, end);
  const e = d.reverse();
  e.push(b.length);
  const f = b.slice().reverse();
  return numbers([...b, 1000, ...c, 2000, ...d, 3000, ...f]);
}

/** @native */
export function ats(a: Float64Array, x: f64): Float64Array {
  const b = [...a];
  return numbers([b.at(x) ?? 1000, b.at(-1) ?? 2000, b[x] ?? 3000]);
}

/** @native */
export function made(n: f64, x: f64): Float64Array {
  const b = new Array<number>(n).fill(x);
  b.push(1);
  const c: number[] = new Array();
  c.push(2);
  const d: i32[] = Array(3).fill(7);
  const e = Array.of(1, x, 3);
  const f = Array.of<number>();
  return numbers([...b, ...c, ...d, ...e, ...f, Array.isArray(b) ? 1 : 0]);
}

/** @native */
export function truncates(a: Float64Array, n: f64): Float64Array {
  const b = [...a];
  b.length = n;
  b.push(7);
  return numbers(b);
}

/** @native */
export function concats(a: Float64Array, x: f64): Float64Array {
  const b = [...a];
  const pair: [number, number] = [x, x];
  const c = b.concat(b, x, [1, 2], pair);
  b.push(5);
  return numbers(c.concat());
}

/** @native */
export function overChanging(n: i32): Float64Array {
  const b = [1, 2, 3];
  const out: number[] = [];
  for (const x of b) {
    out.push(x);
    if (b.length < n) b.push(x + 10);
    if (x === 2) b.shift();
  }
  for (const i of b.keys()) out.push(i);
  for (const [i, x] of b.entries()) out.push(i * 1000 + x);
  for (let [i, x] of b.entries()) {
    i += 1;
    x += 1;
    out.push(i * 1000 + x);
  }
  for (const x of b.values()) {
    if (x === 3) continue;
    if (x > 15) break;
    out.push(x);
  }
  out.push(...b.keys(), ...b.values());
  return numbers(out);
}

/** @native */
export function overTuple(x: f64): Float64Array {
  const t: [number, number, number] = [x, 2, 3];
  const out: number[] = [];
  for (const y of t) {
    out.push(y);
    t[2] = 50;
  }
  return numbers(out);
}

/** @native */
export function points(n: i32): Float64Array {
  const list: Point[] = [];
  for (let i = 0; i < n; i++) list.push({ x: i, y: -i });
  const third = list.at(2);
  const other: Point = { x: 2, y: -2 };
  const copy = list.slice(1).reverse();
  const nullable: (Point | null)[] = [null, other, ...list];
  const out = [
    third ? list.indexOf(third) : -5,
    list.indexOf(other),
    list.includes(other) ? 1 : 0,
    nullable.indexOf(null),
    nullable.lastIndexOf(null),
    nullable.indexOf(other),
    nullable.includes(third ?? null) ? 1 : 0,
    copy.length,
  ];
  for (const p of copy) out.push(p.x, p.y);
  const removed = list.splice(1, 2, other, other, other);
  for (const p of removed) out.push(p.x);
  other.x = 99;
  for (const p of list) out.push(p.x);
  const popped = nullable.pop();
  out.push(popped === undefined ? -1 : popped === null ? -2 : popped.x);
  const shifted = nullable.shift();
  out.push(shifted === undefined ? -1 : shifted === null ? -2 : shifted.x);
  return numbers(out);
}

/** @native */
export function nested(n: i32): Float64Array {
  const rows: number[][] = [];
  for (let i = 0; i < n; i++) rows.push(new Array<number>(i).fill(i));
  rows.reverse();
  const out: number[] = [];
  for (const row of rows) {
    row.push(-1);
    out.push(row.length, ...row);
  }
  const first = rows.at(0);
  if (first) rows.push(first);
  rows.at(0)?.push(77);
  out.push(...(rows[rows.length - 1] ?? []));
  const grid: i32[][] = [
    [1, 2],
    [3, 4],
  ];
  grid[1]![0] += 5;
  for (const row of grid) out.push(...row);
  return numbers(out);
}

/** @native */
export function hintedStores(x: f64): Float64Array {
  const bytes: u8[] = [1, 2];
  bytes.push(x);
  bytes[0] = x;
  bytes.fill(x);
  return numbers([...bytes]);
}

/** @native */
export function flags(n: i32): Float64Array {
  const sieve = new Array<boolean>(n).fill(true);
  const primes: i32[] = [];
  for (let i = 2; i < n; i++) {
    if (!sieve[i]) continue;
    primes.push(i);
    for (let j = i * i; j < n; j += i) sieve[j] = false;
  }
  return numbers([...primes]);
}

/** @native */
export function bounds(a: Float64Array, i: f64, x: f64): Float64Array {
  const b = [...a];
  b[i] = x;
  return numbers(b);
}

/** @native */
export function argumentOrder(n: i32): Float64Array {
  const b: number[] = [1];
  b.push(b.push(2), b.push(3), b.length);
  b.splice(b.push(4) - 3, b.push(5) - b.length, b.pop() ?? -1, n);
  b.unshift(b.length, b.pop() ?? -1);
  return numbers(b);
}

/**
 * The elements of literals get their types through the methods that keep them.
 * @native
 */
export function typedThrough(a: Float64Array, n: f64): Float64Array {
  let bytes: u8[] = [1, 2, 3, n & 255].slice(1);
  bytes = bytes.map((x): u8 => (x + 1) & 255).slice(0, 3);
  bytes = [n & 255, 5].concat(bytes).reverse();
  let integers: i32[] = [a.length | 0, n | 0].filter((x) => x !== 0).toSorted((x, y) => x - y);
  integers = integers.concat([7, 8]).fill(n | 0, 1, 2);
  const some: string[] = [undefined, 'a', `${n}`].filter((x): x is string => x !== undefined);
  return numbers([...bytes, ...integers, ...some.map((x) => x.length)]);
}

const some = new Float64Array([3, 1, NaN, -0, 7, 1]);
const none = new Float64Array([]);
const one = new Float64Array([-0]);
const arrays = [some, none, one];
const indices = [0, -0, 1, 2.7, -1, -2.5, 6, 7, -7, 100, NaN, Infinity, -Infinity];
const values = [3, 1, NaN, 0, -0, 1.5, 4294967296];
const pairs = indices.flatMap((a) => indices.map((b) => [a, b] as const));

export const cases: [string, unknown[]][] = [
  ...arrays.flatMap((a): [string, unknown[]][] => [
    ['literals', [a, 5]],
    ['typedThrough', [a, a.length * 1.5 - 3]],
    ['typedThrough', [a, 2 ** 31]],
    ['pushes', [a, 5]],
    ['unshifts', [a]],
    ['concats', [a, 4]],
    ...pairs.flatMap(([s, e]): [string, unknown[]][] => [
      ['splices', [a, s, e, 9]],
      ['slices', [a, s, e]],
      ['inPlace', [a, 2, s, e]],
      ['inPlace', [a, -3, s, e]],
    ]),
    ...indices.flatMap((i): [string, unknown[]][] => [
      ['ats', [a, i]],
      ['truncates', [a, i]],
      ['bounds', [a, i, 8]],
      ...values.map((x): [string, unknown[]] => ['searches', [a, x, i]]),
    ]),
    ['truncates', [a, 4294967295]],
    ['truncates', [a, 4294967296]],
  ]),
  ...values.flatMap((x): [string, unknown[]][] => [
    ['searchesHinted', [x, 0, 5n]],
    ['searchesHinted', [x, 5, -1n]],
  ]),
  ...[0, 1, 255, 256, 1.5, -1, NaN].map((x): [string, unknown[]] => ['hintedStores', [x]]),
  ...[0, 1, 5, -1, 1.5, NaN, 4294967296].map((n): [string, unknown[]] => ['made', [n, 4]]),
  ...[0, 1, 2, 3].map((n): [string, unknown[]] => ['pops', [n]]),
  ...[0, 3, 6, 12].map((n): [string, unknown[]] => ['overChanging', [n]]),
  ['overTuple', [4]],
  ...[0, 1, 3, 5].map((n): [string, unknown[]] => ['points', [n]]),
  ...[0, 1, 4].map((n): [string, unknown[]] => ['nested', [n]]),
  ['flags', [60]],
  ['flags', [0]],
  ['argumentOrder', [3]],
];

export const checked = ['truncates', 'hintedStores', 'bounds'];
