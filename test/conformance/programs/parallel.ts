/** Parallel loops: counts that are none, views that overlap, sizes that are no integers, errors, trees of reductions. */
import { parallel } from 'tsnative';
import type { f32, i32, u8 } from 'tsnative';

/** @native */
export function scaledApart(out: Float64Array, a: Float64Array, n: number, k: number): void {
  parallel.for(n, (i: i32) => {
    out[i] = a[i]! * k;
  });
}

/** @native */
export function moved(out: Float64Array, n: number, by: number): void {
  parallel.for(n, (i) => {
    out[i + by] = out[i + by]! + i;
  });
}

/** With large numbers all iterations have the same index. */
/** @native */
export function rounded(out: Float64Array, n: number, up: number, down: number): void {
  parallel.for(n, (i) => {
    out[i + up - down] = out[i + up - down]! * 3 + i;
  });
}

/** @native */
export function product(c: Float64Array, a: Float64Array, b: Float64Array, n: number): void {
  parallel.for(n, (i) => {
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let k = 0; k < n; k++) sum += a[i * n + k]! * b[k * n + j]!;
      c[i * n + j] = sum;
    }
  });
}

/** Only with a width that is whole and above 0 no two rows have an element in common. */
/** @native */
export function ownRows(out: Float64Array, count: number, width: number, from: number): void {
  parallel.for(count, (y) => {
    for (let x = 0; x < width; x++) out[from + y * width + x]! += y * 100 + x + 1;
  });
}

/** @native */
export function voxels(out: Int32Array, depth: i32, height: i32, width: i32): number {
  parallel.for(depth, (z) => {
    const slice = z * height * width;
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        const at = slice + y * width + x;
        out[at] = z * 10000 + y * 100 + x;
      }
  });
  let hash = 0;
  for (const one of out) hash = (Math.imul(hash, 31) + one) | 0;
  return hash;
}

/** @native */
export function pixels(out: Uint8ClampedArray, gray: Uint8Array): void {
  parallel.for(gray.length, (i: i32) => {
    const level = gray[i]!;
    out[4 * i] = level * 1.5;
    out[4 * i + 1] = level;
    out[4 * i + 2] = level - 30;
    out[4 * i + 3] = 255;
  });
}

/** @native */
export function nestedLoops(out: Float64Array, height: number, width: number): void {
  parallel.for(height, (y) => {
    parallel.for(width, (x) => {
      out[y * width + x] = y - x / 4;
    });
  });
}

/** @native */
export function backwards(out: Float64Array, a: Float64Array): void {
  const last = a.length - 1;
  parallel.for(a.length, (i) => {
    out[last - i] = a[i]!;
  });
}

/** @native */
export function captured(out: Float64Array, n: number): number {
  let scale = n;
  scale *= 2;
  const half = (x: number): number => x / 2;
  parallel.for(n, (i) => {
    const own = half(i);
    let sum = 0;
    for (let k = 0; k < 3; k++) sum += own * k;
    out[i] = sum + scale;
  });
  scale = 1;
  return scale + (out[0] ?? 0);
}

/** @native */
export function dot(a: Float64Array, b: Float64Array): number {
  return parallel.sum(a.length, (i: i32) => a[i]! * b[i]!);
}

/** @native */
export function harmonic(n: number): number {
  return parallel.sum(n, (i) => 1 / (i + 1));
}

/** @native */
export function negativeZeros(n: number): number {
  return parallel.sum(n, () => -0);
}

/** Neither associative nor commutative, so that the order is told. */
/** @native */
export function mixedInPairs(n: number, initial: number): number {
  return parallel.reduce(
    n,
    initial,
    (i) => i % 7,
    (a, b) => (a * 31 + b) % 1000003,
  );
}

/** @native */
export function largest(a: Float64Array): number {
  return parallel.reduce(
    a.length,
    -Infinity,
    (i) => a[i]!,
    (a, b) => Math.max(a, b),
  );
}

/** @native */
export function mapped(a: Float64Array): Float64Array {
  return parallel.map(a, (x, i) => x * x - i);
}

/** @native */
export function mappedBytes(a: Uint8Array, by: number): Uint8Array {
  return parallel.map(a, (x) => x * by);
}

/** @native */
export function mappedSingles(a: Float32Array, by: f32): Float32Array {
  return parallel.map(a, (x) => Math.fround(x * by));
}

/** @native */
export function mappedBigints(a: BigInt64Array): BigInt64Array {
  return parallel.map(a, (x) => BigInt.asIntN(64, x * 3n));
}

/** @native */
export function thrownAt(out: Float64Array, n: number, at: number): void {
  parallel.for(n, (i) => {
    if (i >= at) throw new RangeError(`no ${i}`);
    out[i] = 1;
  });
}

/** @native */
export function caughtFrom(n: number, at: number): number {
  try {
    return parallel.sum(n, (i) => {
      if (i === at) throw new TypeError(`not ${i}`);
      return i;
    });
  } catch (error) {
    return -(error as Error).message.length;
  }
}

/** @native */
export function hintedNumber(out: Uint8Array, n: number): void {
  parallel.for(n, (i: u8) => {
    out[i] = i * 3;
  });
}

/** @native */
export function several(a: Float64Array, b: Float64Array, out: Float64Array): number {
  parallel.for(a.length, (i) => {
    out[i] = a[i]! + (b[i] ?? 0);
  });
  const mean = parallel.sum(out.length, (i) => out[i]!) / out.length;
  return parallel.sum(out.length, (i) => (out[i]! - mean) ** 2);
}

const ramp = (n: number): Float64Array => Float64Array.from({ length: n }, (_, i) => i * 1.25 - 3);
const counts = [0, -1, NaN, 0.5, 1, 2, 2.5, 7, -Infinity];
const sizes = [0, 1, 2, 3, 1023, 1024, 1025, 2048, 5000];

/** Two views of one buffer. */
const overlapping = (offset: number): [Float64Array, Float64Array] => {
  const { buffer } = ramp(40);
  return [new Float64Array(buffer, 8 * offset, 20), new Float64Array(buffer, 0, 20)];
};

export const cases: readonly (readonly [string, readonly unknown[]])[] = [
  ...counts.map((n) => ['scaledApart', [ramp(8), ramp(8), n, 2]] as const),
  ['scaledApart', [ramp(8), ramp(8), 9, 2]],
  ['scaledApart', [ramp(7), ramp(9), 9, 2]],
  ['scaledApart', [ramp(1), ramp(1), Infinity, 2]],
  ['scaledApart', [ramp(1), ramp(1), 2 ** 43 + 1, 2]],
  ...[0, 1, 2, 19, 20].map((offset) => ['scaledApart', [...overlapping(offset), 20, 0.5]] as const),
  ...sizes.map((n) => ['scaledApart', [ramp(n), ramp(n), n, -0.5]] as const),
  ...[0, 1, 3, -1, 0.5, NaN].map((by) => ['moved', [ramp(12), 8, by]] as const),
  ...[0, 4, 0.5, 2 ** 53, 2 ** 60, Infinity].map(
    (up) => ['rounded', [ramp(12), 8, up, up]] as const,
  ),
  ['rounded', [ramp(12), 8, 2 ** 60 + 256, 2 ** 60]],
  ...[0, 1, 2, 5, 2.5].map((n) => ['product', [ramp(25), ramp(25), ramp(25), n]] as const),
  ['product', [...overlapping(3), ramp(20), 4]],
  ['product', [ramp(24), ramp(25), ramp(25), 5]],
  ...[0, 1, 3, -2, 0.5, 1 / 3, 2 ** -60, NaN].flatMap((width) =>
    [0, 5, 0.5].map((from) => ['ownRows', [ramp(20), 5, width, from]] as const),
  ),
  ['voxels', [new Int32Array(60), 3, 4, 5]],
  ['voxels', [new Int32Array(60), 3, 4, 6]],
  ['voxels', [new Int32Array(0), 0, 4, 5]],
  ['pixels', [new Uint8ClampedArray(40), Uint8Array.from([0, 1, 20, 30, 127, 128, 200, 254, 255])]],
  ['pixels', [new Uint8ClampedArray(3), Uint8Array.from([9])]],
  ['nestedLoops', [ramp(12), 3, 4]],
  ['nestedLoops', [ramp(12), 3, 5]],
  ['nestedLoops', [ramp(12), 3, 0.5]],
  ...[0, 1, 5].map((n) => ['backwards', [ramp(n), ramp(n)]] as const),
  ['backwards', [...overlapping(4)]],
  ['captured', [ramp(9), 6]],
  ['captured', [ramp(9), 0]],
  ...sizes.map((n) => ['dot', [ramp(n), ramp(n)]] as const),
  ['dot', [ramp(1025), ramp(1024)]],
  ...[...counts, ...sizes, 100000].map((n) => ['harmonic', [n]] as const),
  ...[0, 1, 5000].map((n) => ['negativeZeros', [n]] as const),
  ...[...counts, ...sizes].map((n) => ['mixedInPairs', [n, 5]] as const),
  ...sizes.map((n) => ['largest', [ramp(n)]] as const),
  ['largest', [Float64Array.from([1, NaN, 2])]],
  ['largest', [Float64Array.from([-0, 0])]],
  ...sizes.map((n) => ['mapped', [ramp(n)]] as const),
  ['mappedBytes', [Uint8Array.from([0, 1, 100, 255]), 3]],
  ['mappedBytes', [Uint8Array.from([0, 1, 100, 255]), -0.5]],
  ['mappedSingles', [Float32Array.from([0.1, -0, NaN, 3e38]), Math.fround(1.1)]],
  ['mappedBigints', [BigInt64Array.from([0n, -1n, 2n ** 62n, -(2n ** 63n)])]],
  ...[0, 3, 7, 8, 9].map((at) => ['thrownAt', [new Float64Array(8), 8, at]] as const),
  ...[0, 4999, 5000].map((at) => ['caughtFrom', [5000, at]] as const),
  ['hintedNumber', [new Uint8Array(255), 255]],
  ['hintedNumber', [new Uint8Array(256), 256]],
  ...sizes.map(
    (n) => ['several', [ramp(n), ramp(Math.floor(n / 2)), new Float64Array(n)]] as const,
  ),
];

export const checked = [
  'scaledApart',
  'moved',
  'rounded',
  'product',
  'ownRows',
  'voxels',
  'pixels',
  'nestedLoops',
  'backwards',
  'dot',
  'hintedNumber',
  'several',
];
