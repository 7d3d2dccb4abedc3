/** Arrays of numbers that JavaScript gets: integers of 32 bits come another way than doubles. */
import type { f64, i32 } from 'tsnative';

/** @native */
export function listed(values: Float64Array): number[] {
  const list: number[] = [];
  for (const value of values) list.push(value);
  return list;
}

/**
 * Integers, but for the last.
 * @native
 */
export function counted(count: f64, first: f64, last: f64): number[] {
  const list: number[] = [];
  for (let i = 0; i < count; i++) list.push(first + i);
  list.push(last);
  return list;
}

/** @native */
export function integers(count: i32, first: i32): i32[] {
  const list: i32[] = [];
  for (let i = 0; i < count; i++) list.push((first + i) | 0);
  return list;
}

interface Pair {
  readonly one: number[];
  readonly other: number[] | undefined;
  rows: number[][];
}

/**
 * One array at two places, and arrays inside others.
 * @native
 */
export function twice(values: Float64Array, isThere: boolean): Pair {
  const list = listed(values);
  return { one: list, other: isThere ? list : undefined, rows: [list, [], [1, 2], [0.5], [-0]] };
}

/**
 * What came in, and then something that is no integer.
 * @native
 */
export function changed(list: number[], x: f64): number[] {
  list.push(x);
  list[0] = x / 2;
  return list;
}

/** @native */
export function inMap(count: f64): Map<string, number[]> {
  const map = new Map<string, number[]>();
  for (let i = 0; i < count; i++) map.set(`${i}`, counted(i, -1, i % 2 === 0 ? 4 : 0.25));
  return map;
}

const edges = [0, -0, 1, -1, 0.5, NaN, Infinity, -Infinity, 5e-324];
const limits = [2 ** 31 - 1, 2 ** 31, -(2 ** 31), -(2 ** 31) - 1, 2 ** 32, 2 ** 53, -(2 ** 53)];

/** @native */
export function storedList(list: number[], kind: number): Float64Array {
  if (kind === 0) return new Float64Array(list);
  if (kind === 1) return Float64Array.from(new Uint8Array(list));
  if (kind === 2) return Float64Array.from(Uint8ClampedArray.from(list));
  if (kind === 3) return Float64Array.from(new Float32Array(list));
  if (kind === 4) return new Float64Array(Int16Array.from(list.map((x) => x * 1000)));
  return Float64Array.from(list);
}

/** @native */
export function storedGrown(count: number): Float64Array {
  const list: number[] = [];
  for (let i = 0; i < count; i++) list.push(i * i - 3);
  const made = new Float64Array(list);
  list.push(7);
  return made;
}

/** @native */
export function storedFlags(list: boolean[]): Uint8Array {
  return Uint8Array.from(list.map((flag) => (flag ? 1 : 0)));
}

export const cases: [string, unknown[]][] = [
  ...[[], [1], [1.5, -1, 300, NaN, Infinity, -0, 2 ** 40 + 0.5, -70_000]].flatMap((list) =>
    [0, 1, 2, 3, 4, 5].map((kind): [string, unknown[]] => ['storedList', [list, kind]]),
  ),
  ['storedGrown', [0]],
  ['storedGrown', [1000]],
  ['storedFlags', [[true, false, true]]],
  ['listed', [new Float64Array(0)]],
  ...[...edges, ...limits].flatMap((x): [string, unknown[]][] => [
    ['listed', [Float64Array.of(x)]],
    ['listed', [Float64Array.of(x, 3)]],
    ['counted', [6, -3, x]],
    ['changed', [[1, 2, 3], x]],
  ]),
  ...[0, 1, 2, 3, 4, 5, 7, 8, 9, 100].flatMap((count): [string, unknown[]][] => [
    ['counted', [count, 10, 7]],
    ['counted', [count, 10, 0.5]],
    ['integers', [count, -4]],
    ['twice', [Float64Array.from({ length: count }, (_, i) => i), true]],
    ['twice', [Float64Array.from({ length: count }, (_, i) => i / 2), false]],
    ['inMap', [count % 10]],
  ]),
  // Longer than what is copied at once, and than the memory by which it comes.
  ...[16_383, 16_384, 16_385, 16_390, 40_001].flatMap((count): [string, unknown[]][] => [
    ['counted', [count, -7, 1]],
    ['counted', [count, -7, 1.5]],
    ['integers', [count, 2 ** 31 - 20_000]],
  ]),
];
