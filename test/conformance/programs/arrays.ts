import type { f32, i32, i64, u8 } from 'tsnative';

/** @native */
export function sum(a: Float64Array): number {
  let total = 0;
  for (let i = 0; i < a.length; i++) total += a[i]!;
  return total;
}

/** @native */
export function sumOf(a: Int32Array): number {
  let total = 0;
  for (const x of a) total += x;
  return total;
}

/** @native */
export function storeAll(
  x: number,
  i8: Int8Array,
  u8a: Uint8Array,
  u8c: Uint8ClampedArray,
  i16: Int16Array,
  u16: Uint16Array,
  i32a: Int32Array,
  u32: Uint32Array,
  f32a: Float32Array,
  f64a: Float64Array,
): void {
  i8[0] = x;
  u8a[0] = x;
  u8c[0] = x;
  i16[0] = x;
  u16[0] = x;
  i32a[0] = x;
  u32[0] = x;
  f32a[0] = x;
  f64a[0] = x;
}

/** @native */
export function same(a: Float64Array, b: Float64Array): boolean {
  return a === b;
}

/** @native */
export function pick(a: Float64Array, b: Float64Array, first: boolean): Float64Array {
  return first ? a : b;
}

/** @native */
export function make(n: number): Float64Array {
  const result = new Float64Array(n);
  for (let i = 0; i < result.length; i++) result[i] = i / 2;
  return result;
}

/** @native */
export function literal(x: number): Uint8Array {
  return new Uint8Array([x, x + 1, 255, 256, -1]);
}

/** @native */
export function converted(a: Float64Array): Int16Array {
  return new Int16Array(a);
}

/** @native */
export function temporaries(n: i32): number {
  let total = 0;
  let last = new Int32Array(1);
  for (let i = 0; i < n; i++) {
    const a = new Int32Array(i + 1);
    a[i] = i;
    last = a.subarray(i);
    total += last[0]! + last.length;
  }
  return total + last[0]!;
}

/** @native */
export function methods(a: Int32Array, x: number, start: number, end: number): number {
  a.fill(x, start, end);
  a.copyWithin(1, start, end);
  a.reverse();
  return a.indexOf(x) * 100 + (a.includes(x, start) ? 10 : 0) + a.lastIndexOf(x);
}

/** @native */
export function slices(a: Float32Array, start: number, end: number): Float32Array {
  return a.slice(start, end);
}

/** @native */
export function subarrays(a: Float32Array, start: number, end: number): Float32Array {
  return a.subarray(start, end);
}

/** @native */
export function overlap(a: Uint8Array, b: Uint16Array, offset: number): void {
  b.set(a, offset);
}

/** @native */
export function setLiteral(a: Uint8Array, x: number, at: number): void {
  a.set([x, x * 2], at);
}

/** @native */
export function compound(a: Int8Array, i: number): number {
  const old = a[i]!++;
  a[i]! += 100;
  a[i]! <<= 1;
  return old * 1000 + (a[i]! ^= 5);
}

/** @native */
export function absent(a: Float64Array, i: number): number {
  const x = a[i] ?? -1;
  const y = a[i] === undefined ? 10 : 20;
  const z = a[i] ? 100 : 200;
  return x + y + z + (a.at(i) ?? 1000);
}

/** @native bounds: js */
export function outside(a: Float64Array, b: Int32Array, i: number): number {
  b[i] = 7;
  b[i]! += 1;
  return a[i]! + (b[i]! | 0);
}

/** @native bounds: js */
export function outsideResult(a: Float64Array, i: number): number | undefined {
  return a[i];
}

/** @native */
export function singles(a: Float32Array, x: f32): f32 {
  let total: f32 = 0;
  for (let i = 0; i < a.length; i++) total = Math.fround(total + Math.fround(a[i]! * x));
  return total;
}

/** @native */
export function hinted(a: u8, b: u8): i32 {
  let total: i32 = 0;
  for (let i: u8 = 0; i < 10; i++) total += a - b;
  return total;
}

/** @native */
export function data(d: DataView, at: number, little: boolean): number {
  const a = d.getInt16(at, little) + d.getUint8(at) * 3 + d.getFloat32(at, !little);
  d.setFloat64(at, a, little);
  d.setUint16(at + 2, 0x1234);
  return a + d.getInt32(at, true);
}

/** @native */
export function wide(a: BigInt64Array, b: BigUint64Array): boolean {
  b[0] = a[0]!;
  a[1] = b[1]!;
  return a[0]! < b[0]! || a.includes(-1n);
}

/** @native */
export function wideLoop(a: BigInt64Array, b: BigUint64Array): i64 {
  let sum: i64 = 0n;
  for (const x of a) sum += x;
  for (let x of b) {
    x >>= 2n;
    sum += BigInt.asIntN(64, x);
  }
  return sum;
}

/** @native */
export function sizes(a: Float64Array, b: Uint8ClampedArray, d: DataView): number {
  return (
    a.length +
    a.byteLength * 10 +
    a.byteOffset * 100 +
    b.length * 1000 +
    d.byteLength * 10000 +
    Int16Array.BYTES_PER_ELEMENT
  );
}

/**
 * Products of indices may be beyond 2^53, where doubles are rounded.
 * @native
 */
export function strided(a: Float64Array, start: i32, i: i32, stride: i32): number {
  return a[start + i * stride] ?? -1;
}

/** @native */
export function cancelled(a: Float64Array, i: i32, j: i32, k: i32): number {
  return (a[i * j - j * k] ?? -1) + (a[i * j - k] ?? -1) * 10;
}

const stores = [
  0,
  -0,
  0.5,
  1.5,
  2.5,
  -0.5,
  127,
  128,
  255,
  255.5,
  256,
  -1,
  -129,
  32768,
  65536,
  2 ** 31,
  2 ** 32 + 5,
  2 ** 53 + 2,
  -(2 ** 63),
  1e300,
  NaN,
  Infinity,
  -Infinity,
  5e-324,
  1.1,
];
const one = [
  new Int8Array(1),
  new Uint8Array(1),
  new Uint8ClampedArray(1),
  new Int16Array(1),
  new Uint16Array(1),
  new Int32Array(1),
  new Uint32Array(1),
  new Float32Array(1),
  new Float64Array(1),
];
const buffer = new ArrayBuffer(32);
const bytes = new Uint8Array(buffer);
bytes.forEach((_, i) => (bytes[i] = i * 7));
const floats = new Float64Array([1.5, -2, NaN, -0, Infinity]);
const ints = (): Int32Array => new Int32Array([5, 4, 3, 2, 1, 0]);
const ends = [0, 1, 2, 6, 7, -1, -2, -7, 1.7, NaN, Infinity, -Infinity];

/** A sum of floats above 2^24 may be rounded to one behind the last element.
 *
 * @native
 */
export function besideRounded(length: number, x: f32, y: f32): number {
  const a = new Uint8Array(length);
  a[length - 1] = 5;
  if (x >= 0 && x <= 2 ** 25 && x === Math.floor(x) && y >= 0 && y <= 4 && y === Math.floor(y)) {
    if (x + 4 < a.length) {
      const at: f32 = Math.fround(x + y);
      return a[at]!;
    }
  }
  return -1;
}

export const cases: readonly (readonly [string, readonly unknown[]])[] = [
  ['sum', [floats.subarray(0, 2)]],
  ['sum', [new Float64Array(0)]],
  ['sum', [floats]],
  ['sumOf', [ints()]],
  ...stores.map((x) => ['storeAll', [x, ...one]] as const),
  ...(() => {
    const other = new Float64Array(5);
    return [
      ['same', [floats, floats]],
      ['same', [floats, other]],
      ['same', [new Float64Array(0), new Float64Array(0)]],
      ['pick', [floats, other, true]],
      ['pick', [floats, other, false]],
    ] as const;
  })(),
  ...[0, 1, 5, 2.7, -0.5, NaN, -1, Infinity, 2 ** 53].map((n) => ['make', [n]] as const),
  ...[0, 254.7, -3].map((x) => ['literal', [x]] as const),
  ['converted', [new Float64Array([1.9, -1.9, 40000, NaN])]],
  ...[0, 1, 100].map((n) => ['temporaries', [n]] as const),
  ...ends.flatMap((start) =>
    ends.flatMap((end) => [
      ['methods', [ints(), 3, start, end]] as const,
      ['slices', [new Float32Array([1, 2, 3, 4, 5, 6]), start, end]] as const,
      ['subarrays', [new Float32Array(bytes.buffer, 8, 6), start, end]] as const,
    ]),
  ),
  ...[0, 1, 4, 12, 13, -1, NaN].flatMap((offset) => [
    ['overlap', [new Uint8Array(buffer, 3, 4), new Uint16Array(buffer), offset]] as const,
    ['setLiteral', [new Uint8Array(14), 200, offset]] as const,
  ]),
  ...[0, 1, 2].map((i) => ['compound', [new Int8Array([100, -100, 27]), i]] as const),
  ...[0, 1, 2, 3, 4, 5, -1, 0.5, NaN, -0].flatMap((i) => [
    ['absent', [floats, i]] as const,
    ['outside', [floats, new Int32Array(3), i]] as const,
    ['outsideResult', [floats, i]] as const,
  ]),
  ['singles', [new Float32Array([0.1, 0.2, 0.3, 1e30]), Math.fround(0.7)]],
  ['hinted', [200, 3]],
  ['hinted', [3, 200]],
  ...[0, 1, 5, 8, 9, 24, -1, NaN, 1.9].flatMap((at) => [
    ['data', [new DataView(buffer, 3, 20), at, true]] as const,
    ['data', [new DataView(buffer, 3, 20), at, false]] as const,
  ]),
  ['wide', [new BigInt64Array([-1n, 5n]), new BigUint64Array([3n, 2n ** 64n - 1n])]],
  ['wide', [new BigInt64Array([7n, -5n]), new BigUint64Array([3n, 9n])]],
  ['wideLoop', [new BigInt64Array([-1n, 5n]), new BigUint64Array([3n, 2n ** 64n - 1n])]],
  ['sizes', [floats.subarray(1, 3), new Uint8ClampedArray(3), new DataView(buffer, 5)]],
];

const strides = [0, 1, -1, 2, 3, 65537, 2 ** 31 - 1, -(2 ** 31)];
for (const i of strides) {
  for (const j of strides) {
    for (const k of strides) {
      (cases as unknown[]).push(['strided', [floats, i, j, k]], ['cancelled', [floats, i, j, k]]);
    }
  }
}

for (const y of [0, 3, 4])
  (cases as unknown[]).push(['besideRounded', [2 ** 24 + 4, 2 ** 24 - 1, y]]);

export const checked = ['hinted', 'besideRounded'];
