/** Integers made of elements that may be missing: bits, indices, comparisons, sums that are stored again. */
import type { f64, i32, u32 } from 'tsnative';

/** @native bounds: js */
export function absentBits(d: Uint8Array, at: u32, mask: i32): number {
  const o = (at / 8) | 0;
  return ((d[o] | (d[o + 1] << 8) | (d[o + 2] << 16)) >> (at & 7)) & mask;
}

/** @native bounds: js */
export function absentSigned(d: Int32Array, i: number): number {
  return (d[i] >>> 0) + (~d[i + 1] ^ -d[i - 1]);
}

/** @native bounds: js */
export function absentWrite(d: Uint8Array, p: number, v: i32): void {
  v <<= p & 7;
  const o = (p / 8) | 0;
  d[o] |= v;
  d[o + 1] |= v >> 8;
  d[o + 2] += d[o] - v;
  ++d[o + 3];
}

/** @native bounds: js */
export function absentCount(data: Uint8Array, counts: Uint16Array, n: i32): number {
  let last = 0;
  for (let i = 0; i < n; i++) {
    ++counts[data[i] - 1];
    last = counts[data[i + 1] * 2 - data[i]] | 0;
  }
  return last;
}

/** @native bounds: js */
export function absentCompared(a: Int8Array, b: Float32Array, i: number): number {
  const sum = a[i] + b[i + 1];
  let said = sum < 3 ? 1 : 0;
  if (sum <= 3) said |= 2;
  if (sum > 3) said |= 4;
  if (sum >= 3) said |= 8;
  if (a[i] - 1 === b[i] - 1) said |= 16;
  if (a[i] * 2 !== b[i] * 2) said |= 32;
  return said;
}

/** @native bounds: js */
export function absentEqual(a: Int8Array, b: Float32Array, i: number, j: number): number {
  let said = a[i] === b[j] ? 1 : 0;
  if (a[i] == a[j]) said |= 2;
  if (b[i] !== b[j]) said |= 4;
  if (b[i] != a[j]) said |= 8;
  let n = 0;
  while (n < 9 && a[i + n] === a[j + n]) n++;
  return said * 10 + n;
}

/** @native */
export function absentParameters(x: f64 | null | undefined, y: i32 | null | undefined): number {
  return (x === y ? 1 : 0) + (x == y ? 2 : 0) + (x !== y ? 4 : 0) + (x != y ? 8 : 0);
}

/** @native bounds: js */
export function absentHalves(a: Float64Array, i: number): number {
  return ((a[i] / a[i + 1]) | 0) + (-a[i] >> 1) + ((a[i] * -0 + 7) | 0);
}

/** @native bounds: js */
export function absentClamped(a: Uint8ClampedArray, b: Float64Array, i: number): void {
  a[i] = b[i] * 2;
  a[i + 1] = b[i] - b[i + 1];
}

/** @native bounds: js */
export function absentHinted(a: Uint16Array, i: number): number {
  let sum: i32 = 5;
  sum += a[i] + a[i + 1];
  return sum;
}

/** @native bounds: js */
export function absentDistances(a: Uint16Array, i: i32, n: i32): number {
  let most = 0;
  for (let j = 0; j < n; ++j) {
    const t = (i + j) & 7;
    const d = (t - a[t]) & 7;
    if (d > most) most = d;
  }
  return most;
}

export const checked = ['absentHinted'];

const bytes = (): Uint8Array => Uint8Array.of(1, 2, 254, 255, 7);
const places = [0, 1, 2, 3, 4, 5, -1, 0.5, NaN, 2 ** 31, -(2 ** 32), Infinity, -0];

export const cases = [
  ...[0, 5, 8, 17, 24, 33, 40, 2 ** 31, 2 ** 32 - 1].flatMap(
    (at) =>
      [
        ['absentBits', [bytes(), at, 0xffff]],
        ['absentBits', [bytes(), at, -1]],
        ['absentWrite', [bytes(), at, 0x1fe]],
        ['absentWrite', [new Uint8Array(0), at, -1]],
      ] as const,
  ),
  ...places.flatMap(
    (i) =>
      [
        ['absentSigned', [Int32Array.of(1, -(2 ** 31), 2 ** 31 - 1, -1), i]],
        ['absentCompared', [Int8Array.of(1, -128, 3), Float32Array.of(1, 2, NaN, 4), i]],
        ['absentHalves', [Float64Array.of(1, 0, -0, 1e300, -Infinity, 2.5), i]],
        ['absentClamped', [new Uint8ClampedArray(5), Float64Array.of(1, 127.75, -3, 1e9), i]],
        ['absentHinted', [Uint16Array.of(1, 65535, 3), i]],
        ['absentWrite', [bytes(), i, 3]],
      ] as const,
  ),
  ...[0, 3, 5, 9].flatMap(
    (n) =>
      [
        ['absentCount', [bytes(), new Uint16Array(300), n]],
        ['absentCount', [bytes(), new Uint16Array(4).fill(65535), n]],
        ['absentDistances', [Uint16Array.of(1, 65535, 0, 9), 3, n]],
        ['absentDistances', [new Uint16Array(0), -1, n]],
      ] as const,
  ),
  ...places.flatMap((i) =>
    [0, 2, 9].map(
      (j) => ['absentEqual', [Int8Array.of(1, -1, 1), Float32Array.of(1, NaN, 1), i, j]] as const,
    ),
  ),
  ...[undefined, null, 0, -0, NaN, 7].flatMap((x) =>
    [undefined, null, 0, 7].map((y) => ['absentParameters', [x, y]] as const),
  ),
];
