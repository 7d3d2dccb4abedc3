/** Prefixes of arrays and ranges: trees that depend on the length alone, conversions of elements, errors. */
import { parallel } from 'tsnative';
import type { f32, i32, i64, u8 } from 'tsnative';

/** @native */
export function running(a: Float64Array): Float64Array {
  return parallel.scan(a, (x, y) => x + y);
}

/** Neither associative nor commutative, so that the order is told. */
/** @native */
export function mixed(a: Float64Array, k: number): Float64Array {
  return parallel.scan(a, (x, y) => (x * k + y) % 1000003);
}

/** @native */
export function largest(a: Float64Array): Float64Array {
  return parallel.scan(a, (x, y) => Math.max(x, y));
}

/** @native */
export function bytes(a: Uint8Array): Uint8Array {
  return parallel.scan(a, (x, y) => x + y);
}

/** @native */
export function clamped(a: Uint8ClampedArray, by: number): Uint8ClampedArray {
  return parallel.scan(a, (x, y) => x * by + y);
}

/** @native */
export function singles(a: Float32Array): Float32Array {
  return parallel.scan(a, (x: f32, y: f32) => Math.fround(x * y));
}

/** @native */
export function wideSingles(a: Float32Array): Float32Array {
  return parallel.scan(a, (x, y) => x * 1.1 + y);
}

/** @native */
export function bigints(a: BigInt64Array): BigInt64Array {
  return parallel.scan(a, (x: i64, y: i64) => BigInt.asIntN(64, x * 3n + y));
}

/** @native */
export function ofRange(n: number, k: number): Float64Array {
  return parallel.scan(
    n,
    (i) => i / k,
    (a, b) => a * 0.5 + b,
  );
}

/** @native */
export function ofBytes(n: number): Float64Array {
  return parallel.scan(
    n,
    (i: u8) => i * i,
    (a, b) => a - b,
  );
}

/** @native */
export function lengths(a: Int32Array): number {
  const ends = parallel.scan(a, (x: i32, y: i32) => (x + y) | 0);
  return ends.length > 0 ? ends[ends.length - 1]! : -1;
}

/** @native */
export function thrown(a: Float64Array, limit: number): number {
  const made = parallel.scan(a, (x, y) => {
    if (x + y > limit) throw new RangeError(`${x} and ${y}`);
    return x + y;
  });
  return made.length;
}

/** @native */
export function thrownValue(n: number, from: number): number {
  try {
    return parallel.scan(
      n,
      (i) => {
        if (i >= from) throw new Error(`no ${i}`);
        return i;
      },
      (a, b) => a + b,
    ).length;
  } catch (error) {
    return -(error as Error).message.length;
  }
}

/** @native */
export function ofTable(n: number, weights: Float64Array): Float64Array {
  let scale = 1;
  scale += weights.length;
  return parallel.scan(
    n,
    (i) => weights[i % weights.length]! * scale,
    (a, b) => Math.min(a + b, weights[0]! * 100),
  );
}

const ramp = (n: number): Float64Array => Float64Array.from({ length: n }, (_, i) => i * 1.25 - 3);
const sizes = [0, 1, 2, 3, 1023, 1024, 1025, 1026, 2047, 2048, 2049, 5000];
const counts = [-1, NaN, 0.5, 2.5, -Infinity];

export const cases: readonly (readonly [string, readonly unknown[]])[] = [
  ...sizes.flatMap((n) => [
    ['running', [ramp(n)]] as const,
    ['mixed', [ramp(n), 31]] as const,
    ['largest', [ramp(n).reverse()]] as const,
    ['bytes', [Uint8Array.from(ramp(n))]] as const,
    ['lengths', [Int32Array.from(ramp(n), (x) => x * 1e6)]] as const,
    ['ofRange', [n, 3]] as const,
    ['wideSingles', [Float32Array.from(ramp(n))]] as const,
  ]),
  ['running', [Float64Array.from([-0, -0, 0])]],
  ['running', [Float64Array.from([-0])]],
  ['largest', [Float64Array.from([1, NaN, 2])]],
  ['largest', [Float64Array.from([-0, 0, -0])]],
  ['clamped', [Uint8ClampedArray.from([1, 2, 100, 200, 3]), 0.5]],
  ['clamped', [Uint8ClampedArray.from([1, 2, 100, 200, 3]), -1]],
  ['singles', [Float32Array.from([0.1, 3, -0, NaN, 3e38])]],
  ['singles', [Float32Array.from({ length: 1500 }, (_, i) => 1 + i / 1e5)]],
  ['bigints', [BigInt64Array.from({ length: 1300 }, (_, i) => BigInt(i) - 5n)]],
  ['bigints', [BigInt64Array.from([0n, -1n, 2n ** 62n, -(2n ** 63n)])]],
  ...counts.map((n) => ['ofRange', [n, 7]] as const),
  ['ofRange', [2 ** 43 + 1, 7]],
  ['ofBytes', [255]],
  ['ofBytes', [256]],
  ...[0, 5, 1000, 1e9].map((limit) => ['thrown', [ramp(3000), limit]] as const),
  ...[0, 1, 2999, 3000].map((from) => ['thrownValue', [3000, from]] as const),
  ['ofTable', [2000, ramp(7)]],
  ['ofTable', [0, new Float64Array(0)]],
  ['ofTable', [2, new Float64Array(0)]],
];

export const checked = ['ofBytes', 'ofTable'];
