/** Sorting on all cores: by value as JavaScript does, by functions that are stable, contradict themselves or throw. */
import { parallel } from 'tsnative';
import type { f32, i32, i64, u64 } from 'tsnative';

/** @native */
export function numbers(a: Float64Array): Float64Array {
  return parallel.sort(a);
}

/** @native */
export function singles(a: Float32Array): void {
  parallel.sort(a, undefined);
}

/** @native */
export function bytes(a: Uint8Array): void {
  parallel.sort(a);
}

/** @native */
export function signedBytes(a: Int8Array): void {
  parallel.sort(a);
}

/** @native */
export function shorts(a: Int16Array, b: Uint16Array): void {
  parallel.sort(a);
  parallel.sort(b);
}

/** @native */
export function integers(a: Int32Array, b: Uint32Array): void {
  parallel.sort(a);
  parallel.sort(b);
}

/** @native */
export function bigints(a: BigInt64Array, b: BigUint64Array): void {
  parallel.sort(a);
  parallel.sort(b);
}

/** @native */
export function descending(a: Float64Array): void {
  parallel.sort(a, (x, y) => y - x);
}

/** Elements with the same last digit keep their order. */
/** @native */
export function byLastDigit(a: Int32Array): void {
  parallel.sort(a, (x: i32, y: i32) => (x % 10) - (y % 10));
}

/** @native */
export function bySingles(a: Float32Array): void {
  parallel.sort(a, (x: f32, y: f32) => Math.fround(x * x) - Math.fround(y * y));
}

/** @native */
export function byBigints(a: BigInt64Array, b: BigUint64Array): void {
  parallel.sort(a, (x: i64, y: i64) => (x < y ? 1 : x > y ? -1 : 0));
  parallel.sort(b, (x: u64, y: u64) => Number(x % 16n) - Number(y % 16n));
}

/** @native */
export function byClamped(a: Uint8ClampedArray): void {
  parallel.sort(a, (x, y) => (x & 15) - (y & 15));
}

/** The order of numbers beside a table of ranks. */
/** @native */
export function byRank(a: Uint16Array, ranks: Float64Array): void {
  let last = ranks.length;
  last -= 1;
  parallel.sort(a, (x, y) => ranks[Math.min(x, last)]! - ranks[Math.min(y, last)]!);
}

/** The comparison sees the array as it was. */
/** @native */
export function byFirst(a: Float64Array): void {
  parallel.sort(a, (x, y) => (x % a[0]!) - (y % a[0]!));
}

/** A comparison that contradicts itself; no element gets lost. */
/** @native */
export function contradicted(a: Float64Array): number {
  const before = a.slice().sort();
  parallel.sort(a, (x, y) => ((x * 7 + y * 3) % 5) - 2);
  const after = a.slice().sort();
  let differences = 0;
  for (let i = 0; i < a.length; i++) if (before[i] !== after[i]) differences++;
  return differences;
}

/** @native */
export function throwing(a: Float64Array, limit: number): void {
  parallel.sort(a, (x, y) => {
    if (x > limit && y > limit) throw new RangeError(`${x} beside ${y}`);
    return x - y;
  });
}

/** @native */
export function caughtThrow(a: Float64Array, limit: number): number {
  try {
    parallel.sort(a, (x, y) => {
      if (x > limit && y > limit) throw new RangeError(`${x} beside ${y}`);
      return y - x;
    });
    return 0;
  } catch (error) {
    return (error as Error).message.length + a[0]!;
  }
}

/** As the array's own method. */
/** @native */
export function differs(a: Float64Array, k: number): number {
  const other = a.slice();
  parallel.sort(a, (x, y) => (x % k) - (y % k));
  other.sort((x, y) => (x % k) - (y % k));
  let differences = 0;
  for (let i = 0; i < a.length; i++) if (a[i] !== other[i]) differences++;
  return differences;
}

/** @native */
export function part(a: Float64Array, from: number, to: number): number {
  return parallel.sort(a.subarray(from, to)).length;
}

const noise = (n: number): Float64Array => {
  let state = 12345;
  return Float64Array.from({ length: n }, () => {
    state = (Math.imul(state, 1103515245) + 12345) | 0;
    return (state >> 8) / 16;
  });
};
const mixed = (n: number): Float64Array => {
  const made = noise(n);
  const special = [NaN, -0, 0, Infinity, -Infinity, 5e-324, -1e300];
  for (let i = 3; i < n; i += 5) made[i] = special[i % 7]!;
  return made;
};
const sizes = [0, 1, 2, 3, 95, 96, 1023, 2047, 2048, 3071, 3072, 5000, 70000];

export const cases: readonly (readonly [string, readonly unknown[]])[] = [
  ...sizes.flatMap((n) => [
    ['numbers', [mixed(n)]] as const,
    ['singles', [Float32Array.from(mixed(n))]] as const,
    ['bytes', [Uint8Array.from(noise(n))]] as const,
    ['descending', [mixed(n)]] as const,
    ['descending', [noise(n).sort()]] as const,
    ['byLastDigit', [Int32Array.from(noise(n))]] as const,
    ['byRank', [Uint16Array.from(noise(n), (x) => x & 255), noise(200)]] as const,
    ['contradicted', [noise(n)]] as const,
    ['throwing', [noise(n), 5e5]] as const,
  ]),
  ...[2048, 5000, 9001].flatMap((n) => [
    ['signedBytes', [Int8Array.from(noise(n))]] as const,
    ['shorts', [Int16Array.from(noise(n)), Uint16Array.from(noise(n))]] as const,
    ['integers', [Int32Array.from(noise(n)), Uint32Array.from(noise(n))]] as const,
    [
      'bigints',
      [
        BigInt64Array.from(noise(n), (x) => BigInt(Math.floor(x)) ** 3n),
        BigUint64Array.from(noise(n), (x) => BigInt(Math.floor(x)) ** 3n),
      ],
    ] as const,
    [
      'byBigints',
      [
        BigInt64Array.from(noise(n), (x) => BigInt(Math.floor(x)) ** 3n),
        BigUint64Array.from(noise(n), (x) => BigInt(Math.floor(x)) ** 3n),
      ],
    ] as const,
    ['bySingles', [Float32Array.from(noise(n))]] as const,
    ['byClamped', [Uint8ClampedArray.from(noise(n), (x) => x & 255)]] as const,
    ['byFirst', [noise(n)]] as const,
    ['part', [mixed(n), 100, n - 100]] as const,
    ['differs', [noise(n), 1000]] as const,
  ]),
  ...[-Infinity, 0, 5.2e5, Infinity].flatMap((limit) => [
    ['throwing', [noise(5000), limit]] as const,
    ['caughtThrow', [noise(3000), limit]] as const,
  ]),
  ['numbers', [Float64Array.from({ length: 4096 }, () => 7)]],
  ['part', [mixed(10), 8, 3]],
];
