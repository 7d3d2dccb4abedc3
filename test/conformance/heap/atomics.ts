/** Atomics on typed arrays of integers: conversions of indices and values, what is given back, errors, histograms. */
import { parallel } from 'tsnative';
import type { i32, i64, u64 } from 'tsnative';

/** @native */
export function bytes(a: Uint8Array, i: number, x: number): number {
  return Atomics.add(a, i, x) * 1000 + Atomics.sub(a, 0, x);
}

/** @native */
export function signedBytes(a: Int8Array, i: number, x: number): number {
  const old = Atomics.sub(a, i, x);
  return old * 1000 + Atomics.load(a, i);
}

/** @native */
export function shorts(a: Int16Array, b: Uint16Array, i: number, x: number): number {
  return Atomics.and(a, i, x) + 2 * Atomics.or(b, i, x) + 3 * Atomics.xor(b, i, x * 3);
}

/** @native */
export function integers(a: Int32Array, i: number, x: number): number {
  const before = Atomics.exchange(a, i, x);
  return before + Atomics.load(a, i) / 2;
}

/** @native */
export function words(a: Uint32Array, i: number, expected: number, next: number): number {
  return Atomics.compareExchange(a, i, expected, next);
}

/** @native */
export function stored(a: Int32Array, i: number, x: number): number {
  return Atomics.store(a, i, x);
}

/** @native */
export function storedZero(a: Int32Array, x: number): number {
  return 1 / Atomics.store(a, 0, x);
}

/** @native */
export function bigints(a: BigInt64Array, i: number, x: i64): i64 {
  Atomics.add(a, i, x);
  Atomics.or(a, 0, 5n);
  const old: i64 = Atomics.xor(a, i, x);
  const last: i64 = Atomics.compareExchange(a, 0, 5n, x);
  return BigInt.asIntN(64, old + last);
}

/** @native */
export function unsignedBigints(a: BigUint64Array, i: number, x: u64): u64 {
  Atomics.sub(a, i, x);
  Atomics.store(a, 0, x);
  const old: u64 = Atomics.exchange(a, i, 7n);
  return old;
}

/** @native */
export function caughtIndex(a: Int32Array, i: number): string {
  try {
    Atomics.add(a, i, 1);
    return 'inside';
  } catch (error) {
    return (error as Error).message;
  }
}

/** What a read gives isn't kept over a change. */
/** @native */
export function between(a: Int32Array): number {
  const first = a[0]!;
  Atomics.add(a, 0, 5);
  const second = a[0]!;
  a[0] = 100;
  const third = Atomics.load(a, 0);
  Atomics.store(a, 0, 7);
  return first + 10 * second + 100 * third + 1000 * a[0]!;
}

/** @native */
export function counted(a: Int32Array, n: number): number {
  let i = 0;
  while (Atomics.load(a, 0) < n) {
    Atomics.add(a, 0, 1);
    i++;
  }
  return i;
}

/** Behind the value that fails others may have been counted or not. */
/** @native */
export function histogram(counts: Uint32Array, values: Uint8Array): void {
  try {
    parallel.for(values.length, (i) => {
      Atomics.add(counts, values[i]! >> 3, 1);
    });
  } catch (error) {
    const inFront = new Uint32Array(counts.length);
    let at = 0;
    for (; values[at]! >> 3 < counts.length; at++) inFront[values[at]! >> 3]! += 1;
    const behind = new Uint32Array(32);
    for (; at < values.length; at++) behind[values[at]! >> 3]! += 1;
    for (let k = 0; k < counts.length; k++)
      if (counts[k]! >= inFront[k]! && counts[k]! <= inFront[k]! + behind[k]!)
        counts[k] = inFront[k]!;
    throw error;
  }
}

/** @native */
export function bitsOf(bits: Uint8Array, values: Uint32Array): void {
  parallel.for(values.length, (i) => Atomics.or(bits, values[i]! >>> 3, 1 << (values[i]! & 7)));
}

/** Both arrays may be one, which is then changed in order. */
/** @native */
export function crossed(a: Int32Array, b: Int32Array): void {
  parallel.for(1000, (i) => {
    Atomics.add(a, i & 3, i);
    Atomics.xor(b, i & 7, i);
  });
}

/** @native */
export function outside(counts: Int32Array, n: number): void {
  parallel.for(n, (i) => {
    Atomics.add(counts, i - counts.length, 1);
  });
}

/** @native */
export function wide(sums: BigInt64Array, n: number): void {
  parallel.for(n, (i: i32) => {
    Atomics.add(sums, i & 1, BigInt(i));
  });
}

const indices = [0, 1, 2, 3, 1.5, -0.5, -1, NaN, 4, 1e10, 2 ** 53, Infinity, -Infinity];
const values = [
  0,
  1,
  -1,
  255,
  256,
  1.7,
  -1.7,
  NaN,
  Infinity,
  2 ** 31,
  2 ** 32 + 5,
  -(2 ** 40) - 3,
  1e300,
];
const bytesOf = (n: number): Uint8Array =>
  Uint8Array.from({ length: n }, (_, i) => Math.imul(i, 0x9e3779b1) >>> 24);
const shared = (): [Int32Array, Int32Array] => {
  const { buffer } = new Int32Array(12);
  return [new Int32Array(buffer, 0, 8), new Int32Array(buffer, 8, 8)];
};

export const cases: readonly (readonly [string, readonly unknown[]])[] = [
  ...indices.flatMap((i) => [
    ['bytes', [Uint8Array.from([1, 2, 3, 250]), i, 7]] as const,
    ['integers', [Int32Array.from([1, -2, 3, 4]), i, 9]] as const,
    ['stored', [Int32Array.from([1, -2, 3, 4]), i, 9.5]] as const,
    ['caughtIndex', [Int32Array.from([1, -2, 3, 4]), i]] as const,
    ['bigints', [BigInt64Array.from([1n, -2n, 3n, 4n]), i, 9n]] as const,
  ]),
  ...values.flatMap((x) => [
    ['bytes', [Uint8Array.from([1, 2, 3, 250]), 3, x]] as const,
    ['signedBytes', [Int8Array.from([1, -128, 127]), 1, x]] as const,
    ['shorts', [Int16Array.from([-5, 4]), Uint16Array.from([65535, 1]), 0, x]] as const,
    ['words', [Uint32Array.from([2 ** 31, 0, 5]), 2, 5, x]] as const,
    ['words', [Uint32Array.from([2 ** 31, 0, 5]), 0, x, 1]] as const,
    ['stored', [Int32Array.from([1, 2]), 1, x]] as const,
    ['storedZero', [Int32Array.from([1, 2]), x]] as const,
  ]),
  ['storedZero', [new Int32Array(1), -0]],
  ['storedZero', [new Int32Array(1), -0.5]],
  ['bytes', [new Uint8Array(0), 0, 1]],
  ...[0n, 1n, -1n, 2n ** 62n, -(2n ** 63n), 2n ** 63n - 1n].map(
    (x) => ['bigints', [BigInt64Array.from([0n, 2n ** 63n - 1n]), 1, x]] as const,
  ),
  ...[0n, 1n, 2n ** 64n - 1n].map(
    (x) => ['unsignedBigints', [BigUint64Array.from([9n, 2n]), 1, x]] as const,
  ),
  ['between', [Int32Array.from([3])]],
  ['counted', [Int32Array.from([3]), 100]],
  ...[0, 1, 5000].map((n) => ['histogram', [new Uint32Array(32), bytesOf(n)]] as const),
  ['histogram', [new Uint32Array(31), bytesOf(31)]],
  ['bitsOf', [new Uint8Array(64), Uint32Array.from({ length: 400 }, (_, i) => (i * i) % 512)]],
  ['crossed', [new Int32Array(8), new Int32Array(8)]],
  ['crossed', shared()],
  ['outside', [new Int32Array(4), 4]],
  ['outside', [new Int32Array(4), 0]],
  ['wide', [new BigInt64Array(2), 4000]],
];
