import type { f64, i32, i64 } from 'tsnative';
import { columnMajor, ndarray, NdArray } from 'tsnative/nd';

/** @native */
export function ndTotal(a: NdArray<Float64Array>): f64 {
  let sum = 0;
  for (let i = 0; i < a.shape[0]!; i++)
    for (let j = 0; j < a.shape[1]!; j++) sum = sum * 3 + a.get(i, j);
  return sum;
}

/** @native */
export function ndScale(a: NdArray, b: NdArray, by: f64): void {
  for (let i = 0; i < a.shape[0]!; i++)
    for (let j = 0; j < a.shape[1]!; j++) b.set(i, j, a.get(i, j) * by);
}

/** @native */
export function ndElements(data: Int16Array, shape: number[], strides: number[], offset: f64) {
  const a = ndarray(data, shape, strides, offset);
  const all: number[] = [];
  for (let i = 0; i < a.shape[0]!; i++)
    for (let j = 0; j < a.shape[1]!; j++)
      for (let k = 0; k < a.shape[2]!; k++) all.push(a.get(i, j, k));
  return all;
}

/** @native */
export function ndProduct(a: NdArray, b: NdArray): NdArray {
  const [n, m, p] = [a.shape[0]!, a.shape[1]!, b.shape[1]!];
  const c = ndarray(new Float64Array(n * p), [n, p]);
  for (let i = 0; i < n; i++)
    for (let k = 0; k < m; k++) {
      const x = a.get(i, k);
      for (let j = 0; j < p; j++) c.set(i, j, c.get(i, j) + x * b.get(k, j));
    }
  return c;
}

/** @native */
export function ndGet(a: NdArray<Int32Array>, i: f64, j: f64): i32 {
  return a.get(i, j);
}

/** @native */
export function ndAt(a: NdArray<Int32Array>, i: f64, j: f64): i32 {
  return a.at(i, j);
}

/** @native */
export function ndSet(a: NdArray<Uint8ClampedArray>, i: f64, value: f64): f64 {
  a.set(i, value);
  return a.get(i);
}

/** @native */
export function ndSlice(
  a: NdArray<Int32Array>,
  axis: f64,
  from: f64 | undefined,
  to: f64 | undefined,
  step: f64,
): NdArray<Int32Array> {
  return a.slice(axis, from, to, step);
}

/** @native */
export function ndPick(a: NdArray<Int32Array>, axis: f64, index: f64): NdArray<Int32Array> {
  return a.pick(axis, index);
}

/** @native */
export function ndTranspose(a: NdArray<Int32Array>, axes: number[] | undefined) {
  return a.transpose(axes);
}

/** @native */
export function ndReshape(a: NdArray<Int32Array>, shape: number[]): NdArray<Int32Array> {
  return a.reshape(shape);
}

/** @native */
export function ndBroadcast(a: NdArray<Int32Array>, shape: number[]): NdArray<Int32Array> {
  return a.broadcast(shape);
}

/** @native */
export function ndCopy(a: NdArray<Int32Array>): NdArray<Int32Array> {
  return a.copy();
}

/** @native */
export function ndAssign(a: NdArray<Int32Array>, b: NdArray<Int32Array>): void {
  a.assign(b);
}

/** @native */
export function ndColumns(data: Float32Array, n: f64, m: f64): NdArray<Float32Array> {
  return columnMajor(data, [n, m]);
}

/** @native */
export function ndAbout(a: NdArray<Int32Array>): number[] {
  return [a.rank, a.size, a.offset, a.isRowMajor ? 1 : 0, ...a.shape, ...a.strides];
}

/** @native */
export function ndFive(a: NdArray<BigInt64Array>, i: f64): i64 {
  a.set(1, 1, 0, 0, 1, a.get(0, i, 0, 1, 0) + 5n);
  return a.at(-1, 1, 0, 0, -1) * 1000n + a.slice(4, 0, 1).pick(0, 0).get(1, 0, 1, 0);
}

/** @native */
export function ndPoint(value: f64): f64 {
  const a = ndarray(new Float64Array(1), []);
  a.set(value);
  return a.get() + a.size;
}

/** @native */
export function ndRowSums(a: NdArray): Float64Array {
  const sums = new Float64Array(a.shape[0]!);
  for (let i = 0; i < sums.length; i++) {
    const row = a.pick(0, i);
    for (let j = 0; j < row.shape[0]!; j++) sums[i]! += row.get(j);
  }
  return sums;
}

/** @native */
export function ndSame(a: NdArray, b: NdArray): boolean {
  return a === b;
}

/** @native */
export function ndBack(a: NdArray, b: NdArray, first: boolean): NdArray {
  return first ? a : b;
}

/** @native */
export function ndMaybe(a: NdArray | undefined): f64 {
  return a?.get(0) ?? -1;
}

/** @native */
export function ndMany(list: NdArray[]): f64 {
  let sum = 0;
  for (const a of list) sum += a.get(a.shape[0]! - 1);
  return sum;
}

/** @native */
export async function ndLater(a: NdArray): Promise<f64> {
  for (let i = 0; i < a.shape[0]!; i++) a.set(i, a.get(i) * 2);
  return a.get(0);
}

const numbers = (n: number): Float64Array => Float64Array.from({ length: n }, (_, i) => i + 1);
const ints = (n: number): Int32Array => Int32Array.from({ length: n }, (_, i) => i);
const square = ndarray(numbers(12), [3, 4]);
const odd = ndarray(Float64Array.of(NaN, -0, 0, Infinity), [2, 2]);
const cube = ndarray(ints(24), [2, 3, 4]);
const empty = ndarray(ints(4), [2, 0, 3]);
const deep = ndarray(ints(64), [2, 2, 2, 2, 2, 2]);
const line = ndarray(ints(5), [5]);

/** Elements of another class are converted as in `data[i] = x`. */
/** @native */
export function ndConverted(a: NdArray<Float64Array>, b: NdArray<Int16Array>): number {
  const bytes = ndarray(new Uint8Array(a.size), a.shape);
  bytes.assign(a);
  const floats = ndarray(new Float32Array(a.size), a.shape);
  floats.assign(b);
  const back = ndarray(new Float64Array(a.size), a.shape);
  back.assign(bytes);
  let sum = 0;
  for (let i = 0; i < a.shape[0]!; i++)
    for (let j = 0; j < a.shape[1]!; j++) sum = sum * 3 + back.get(i, j) + floats.get(i, j) / 7;
  return sum;
}

export const cases = [
  ['ndConverted', [square, ndarray(Int16Array.of(1, -2, 3, 4))]],
  ['ndConverted', [square.transpose(), ndarray(Int16Array.of(1, -2, 3))]],
  ['ndConverted', [square, ndarray(Int16Array.of(1, -2))]],
  ['ndTotal', [square]],
  ['ndTotal', [square.transpose()]],
  ['ndTotal', [odd]],
  ['ndTotal', [square.slice(0, undefined, undefined, -1).slice(1, undefined, undefined, -2)]],
  ['ndTotal', [ndarray(numbers(3), [1, 3]).broadcast([4, 3])]],
  ['ndTotal', [ndarray(numbers(3), [0, 3])]],
  ['ndTotal', [ndarray(numbers(3), [3, 0])]],
  ['ndScale', [square, ndarray(new Float64Array(12), [3, 4]), 2]],
  ['ndScale', [square, square, 2]],
  ['ndScale', [square, square.slice(1, undefined, undefined, -1), 3]],
  ['ndScale', [odd, odd.transpose(), -1]],
  ['ndScale', [square, ndarray(new Float64Array(12), [4, 3]), 2]],
  ['ndScale', [square, ndarray(new Float64Array(12), [4, 3]).transpose(), 2]],
  ['ndElements', [Int16Array.from(ints(12)), [2, 2, 3], [6, 3, 1], 0]],
  ['ndElements', [Int16Array.from(ints(12)), [2, 2, 3], [-6, 3, -1], 8]],
  ['ndElements', [Int16Array.from(ints(12)), [2, 2, 3], [-6, 3, -1], 7]],
  ['ndElements', [Int16Array.from(ints(12)), [2, 2, 4], [6, 3, 1], 0]],
  ['ndElements', [Int16Array.from(ints(12)), [2, 0, 4], [600, 3, 1], 500]],
  ['ndElements', [Int16Array.from(ints(12)), [2, -1, 4], [6, 3, 1], 0]],
  ['ndElements', [Int16Array.from(ints(12)), [2, 1.5, 4], [6, 3, 1], 0]],
  ['ndElements', [Int16Array.from(ints(12)), [2, 1, 1], [6, 3, NaN], 0]],
  ['ndElements', [Int16Array.from(ints(12)), [2, 1, 1], [2 ** 31, 3, 1], 0]],
  [
    'ndElements',
    [Int16Array.from(ints(12)), [2 ** 30, 2 ** 30, 2 ** 30], [2 ** 30, 1, -(2 ** 30)], 0],
  ],
  ['ndElements', [Int16Array.from(ints(12)), [1, 1, 1], [1, 1], 0]],
  ['ndElements', [Int16Array.from(ints(12)), [1, 1, 1], [1, 1, 1], -1]],
  ['ndElements', [Int16Array.from(ints(12)), [1, 1, 1], [1, 1, 1], 12]],
  ['ndElements', [Int16Array.from(ints(12)), [3, 2, 2], [0, 1, 0], 3]],
  ['ndProduct', [square, square.transpose()]],
  ['ndProduct', [odd, odd]],
  ['ndProduct', [ndarray(new Float64Array(0), [2, 0]), ndarray(new Float64Array(0), [0, 2])]],
  ...[0, 1, 2, -1, 0.5, NaN, 4, -0, 2 ** 32].flatMap((i) =>
    [0, 3, 4, -4, Infinity].flatMap((j) => [
      ['ndGet', [ndarray(ints(12), [3, 4]), i, j]] as const,
      ['ndAt', [ndarray(ints(12), [3, 4]), i, j]] as const,
    ]),
  ),
  ['ndGet', [cube, 0, 0]],
  ['ndAt', [cube, 0, 0]],
  ['ndGet', [empty, 0, 0]],
  ['ndSet', [ndarray(Uint8ClampedArray.of(1, 2, 3)), 1, 300]],
  ['ndSet', [ndarray(Uint8ClampedArray.of(1, 2, 3)), 2, -0.5]],
  ['ndSet', [ndarray(Uint8ClampedArray.of(1, 2, 3)), 3, 1]],
  ['ndSet', [ndarray(Uint8ClampedArray.of(1, 2, 3)).slice(0, 1), 0, NaN]],
  ...([undefined, 0, 1, 4, -1, -6, 9, 1.7] as const).flatMap((from) =>
    ([undefined, 0, 3, 5, -1, -6, 9] as const).flatMap((to) =>
      [1, 2, -1, -3].map((step) => ['ndSlice', [line, 0, from, to, step]] as const),
    ),
  ),
  ['ndSlice', [line, 0, 1, 3, 0]],
  ['ndSlice', [line, 0, 1, 3, 0.5]],
  ['ndSlice', [line, 1, 1, 3, 1]],
  ['ndSlice', [cube, 2, 1, 4, 2]],
  ['ndSlice', [cube, 1, undefined, undefined, -1]],
  ['ndSlice', [deep, 5, 1, 2, 1]],
  ['ndSlice', [empty, 1, 0, 1, 1]],
  ['ndPick', [cube, 0, 1]],
  ['ndPick', [cube, 1, 2]],
  ['ndPick', [cube, 2, 3]],
  ['ndPick', [cube, 2, 4]],
  ['ndPick', [cube, 3, 0]],
  ['ndPick', [cube, -1, 0]],
  ['ndPick', [line, 0, 4]],
  ['ndPick', [deep, 4, 1]],
  ['ndPick', [deep, 0, 1]],
  ['ndTranspose', [cube, undefined]],
  ['ndTranspose', [cube, [2, 0, 1]]],
  ['ndTranspose', [cube, [2, 0, 2]]],
  ['ndTranspose', [cube, [2, 0]]],
  ['ndTranspose', [cube, [2, 0, 3]]],
  ['ndTranspose', [deep, undefined]],
  ['ndTranspose', [ndarray(ints(1), []), undefined]],
  ['ndReshape', [cube, [4, 6]]],
  ['ndReshape', [cube, [-1, 2, 2]]],
  ['ndReshape', [cube, [5, -1]]],
  ['ndReshape', [cube, [-1, -1]]],
  ['ndReshape', [cube, [7]]],
  ['ndReshape', [cube.transpose(), [24]]],
  ['ndReshape', [cube.slice(2, 0, 4, 2), [2, 6]]],
  ['ndReshape', [cube.slice(0, undefined, undefined, -1), [2, 12]]],
  ['ndReshape', [cube.slice(0, undefined, undefined, -1), [24]]],
  ['ndReshape', [empty, [0, 7]]],
  ['ndReshape', [empty, [-1, 0]]],
  ['ndReshape', [deep, [4, 4, 4]]],
  ['ndReshape', [ndarray(ints(1), []), [1, 1, 1]]],
  ['ndReshape', [ndarray(ints(1), [1, 1]), []]],
  ['ndBroadcast', [line, [2, 5]]],
  ['ndBroadcast', [ndarray(ints(5), [5, 1]), [3, 5, 4]]],
  ['ndBroadcast', [line, [4]]],
  ['ndBroadcast', [line, []]],
  ['ndBroadcast', [ndarray(ints(1), []), [2, 2, 2, 2, 2]]],
  ['ndBroadcast', [ndarray(ints(1), [1]), [0]]],
  ['ndCopy', [cube.transpose()]],
  ['ndCopy', [line.slice(0, undefined, undefined, -2)]],
  ['ndCopy', [deep.transpose()]],
  ['ndCopy', [empty]],
  ['ndCopy', [ndarray(ints(3), [], [], 2)]],
  ['ndAssign', [cube, ndarray(ints(4))]],
  ['ndAssign', [cube, ndarray(ints(3))]],
  ['ndAssign', [line, line.slice(0, undefined, undefined, -1)]],
  ['ndAssign', [deep, ndarray(ints(1), [])]],
  ['ndColumns', [Float32Array.of(1, 2, 3, 4, 5, 6), 2, 3]],
  ['ndColumns', [Float32Array.of(1, 2, 3, 4, 5, 6), 3, 3]],
  ['ndColumns', [Float32Array.of(), 0, 3]],
  ...[line, cube, empty, deep, cube.transpose(), ndarray(ints(1), [])].map(
    (a) => ['ndAbout', [a]] as const,
  ),
  [
    'ndFive',
    [
      ndarray(
        BigInt64Array.from({ length: 32 }, (_, i) => BigInt(i)),
        [2, 2, 2, 2, 2],
      ),
      1,
    ],
  ],
  [
    'ndFive',
    [
      ndarray(
        BigInt64Array.from({ length: 32 }, (_, i) => BigInt(i)),
        [2, 2, 2, 2, 2],
      ),
      2,
    ],
  ],
  ['ndPoint', [2.5]],
  ['ndRowSums', [square]],
  ['ndRowSums', [square.transpose()]],
  ['ndSame', [square, square]],
  ['ndSame', [square, square.slice(0)]],
  ['ndBack', [square, odd, true]],
  ['ndBack', [square, odd, false]],
  ['ndMaybe', [undefined]],
  ['ndMaybe', [ndarray(numbers(3))]],
  ['ndMany', [[ndarray(numbers(3)), ndarray(numbers(2))]]],
  ['ndMany', [[]]],
  ['ndLater', [ndarray(numbers(3))]],
] as const;
