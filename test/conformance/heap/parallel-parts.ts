/** Parts of arrays that iterations write: of the length of the stride, at the end of the array, of sizes that are none. */
import { parallel } from 'tsnative';
import type { i32 } from 'tsnative';

/** @native */
export function rows(out: Float64Array, n: number, width: number): void {
  parallel.for(n, (i) => {
    const row = out.subarray(i * width, (i + 1) * width);
    for (let x = 0; x < row.length; x++) row[x]! += i * 100 + x + 1;
  });
}

/** @native */
export function pixels(out: Uint8ClampedArray, gray: Uint8Array): void {
  parallel.for(gray.length, (i: i32) => {
    const pixel = out.subarray(4 * i, 4 * i + 4);
    for (let c = 0; c < 3; c++) pixel[c] = gray[i]! * (c + 1) * 0.5;
    pixel[3] = 255;
  });
}

/** @native */
export function behind(out: Int32Array, n: number, width: number): void {
  parallel.for(n, (i) => {
    const from = i * width + 2;
    const part = out.subarray(from, from + width);
    for (let x = part.length - 1; x >= 0; x--) part[x] = (x > 0 ? part[x - 1]! : 1) + i;
  });
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** Parts that are only read are handed on. */
/** @native */
export function times(out: Float64Array, matrix: Float64Array, vector: Float64Array): void {
  const n = vector.length;
  parallel.for(out.length, (i) => {
    out[i] = dot(matrix.subarray(i * n, (i + 1) * n), vector);
  });
}

/** Each part is sorted. */
/** @native */
export function sortedParts(n: number, width: number): Float64Array {
  const all = new Float64Array(n * width);
  parallel.for(n, (i) => {
    const part = all.subarray(i * width, (i + 1) * width);
    for (let x = 0; x < part.length; x++) part[x] = (x * 7 + i * 5) % 11;
    for (let k = 1; k < part.length; k++)
      for (let j = k; j > 0 && part[j - 1]! > part[j]!; j--)
        [part[j - 1], part[j]] = [part[j]!, part[j - 1]!];
  });
  const last = all.subarray(all.length - 1);
  last[0]! += 0.5;
  return all;
}

/** @native */
export function nestedParts(out: Float64Array, height: number, width: number): void {
  parallel.for(height, (y) => {
    const row = out.subarray(y * width, (y + 1) * width);
    parallel.for(width, (x) => {
      row[x] = y + x / 16;
    });
  });
}

/** @native */
export function failing(out: Float64Array, n: number, width: number, index: number): void {
  parallel.for(n, (i) => {
    const part = out.subarray(i * width, (i + 1) * width);
    part[index] = i;
  });
}

/** @native */
export function ofSlices(a: Float64Array, n: number): number {
  return parallel.sum(n, (i) => {
    const own = a.slice(i, i + 3);
    return own.length > 0 ? own[0]! * own.length : 0.5;
  });
}

const ramp = (n: number): Float64Array => Float64Array.from({ length: n }, (_, i) => i * 1.25 - 3);
const overlapping = (): [Float64Array, Float64Array, Float64Array] => {
  const { buffer } = ramp(80);
  return [new Float64Array(buffer, 64, 6), new Float64Array(buffer, 0, 48), ramp(8)];
};

export const cases: readonly (readonly [string, readonly unknown[]])[] = [
  ...[0, 1, 3, 4, 7, -2, 0.5, 2.5, 1 / 3, 2 ** -60, NaN, Infinity, 2 ** 52].map(
    (width) => ['rows', [ramp(20), 5, width]] as const,
  ),
  ['rows', [ramp(0), 5, 3]],
  ['rows', [ramp(4000), 1000, 4]],
  ['pixels', [new Uint8ClampedArray(40), Uint8Array.from([0, 1, 20, 30, 127, 128, 200, 254, 255])]],
  ['pixels', [new Uint8ClampedArray(40), new Uint8Array(10).fill(200)]],
  ...[1, 3, 8, -1, 0.25].map((width) => ['behind', [new Int32Array(26), 8, width]] as const),
  ['times', [new Float64Array(6), ramp(48), ramp(8)]],
  ['times', [new Float64Array(6), ramp(48), new Float64Array(0)]],
  ['times', overlapping()],
  ['sortedParts', [100, 9]],
  ['sortedParts', [3, 1]],
  ['nestedParts', [ramp(60), 6, 10]],
  ['nestedParts', [ramp(60), 6, 10.5]],
  ...[0, 2, 3, 4, -1, 0.5].map((index) => ['failing', [ramp(20), 5, 4, index]] as const),
  ['failing', [ramp(18), 5, 4, 3]],
  ['ofSlices', [ramp(20), 25]],
];

export const checked = ['pixels', 'nestedParts', 'failing', 'rows', 'behind', 'times'];
