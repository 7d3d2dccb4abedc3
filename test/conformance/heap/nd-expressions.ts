import type { f64, i32, i64 } from 'tsnative';
import { ndarray, vectorize, type NdArray } from 'tsnative/nd';

const ndeAdd = vectorize((a: f64, b: f64) => a + b);
const ndeRounded = vectorize((a: f64, b: f64) => a * b, { type: Float32Array });
const ndeWhole = vectorize((a: f64) => a * 1000.5, { type: Int16Array });
const ndeSquare = vectorize((a: f64) => a * a);
const ndeBig = vectorize((a: i64, b: i64): i64 => BigInt.asIntN(64, a * b));
const ndeChoose = vectorize((a: f64, n: i32) => {
  if (a > 1) return a * n;
  return -a;
});

/** @native */
export function ndeFused(a: NdArray, b: Float64Array, c: f64): NdArray {
  return ndeAdd(ndeRounded(a, b), c);
}

/** @native */
export function ndeInto(out: NdArray, a: NdArray, b: NdArray): NdArray {
  return ndeAdd.into(out, ndeSquare(a), ndeAdd(b, 1));
}

/** @native */
export function ndeScalars(a: f64, b: f64): f64 {
  return ndeAdd(ndeSquare(a), ndeWhole(b));
}

/** @native */
export function ndeShorts(a: NdArray<Float32Array>): NdArray {
  return ndeAdd(ndeWhole(a), ndeWhole(0.5));
}

/** @native */
export function ndeBigs(a: BigInt64Array, b: i64): NdArray<BigInt64Array> {
  return ndeBig(a, b);
}

/** @native */
export function ndeChosen(a: NdArray, n: Int32Array): NdArray {
  return ndeChoose(a.transpose(), n);
}

/** @native */
export function ndeLength(a: Float64Array): f64 {
  const squares = ndeSquare(a);
  let sum = 0;
  for (let i = 0; i < squares.shape[0]!; i++) sum += squares.get(i);
  return Math.sqrt(sum);
}

const numbers = (n: number): Float64Array => Float64Array.from({ length: n }, (_, i) => i / 3 - 1);
const square = ndarray(numbers(12), [3, 4]);
const long = ndarray(numbers(20_000));
const deep = ndarray(numbers(64), [2, 2, 2, 2, 2, 2]);
const odd = ndarray(Float64Array.of(NaN, -0, 0, Infinity), [2, 2]);

export const cases = [
  ['ndeFused', [square, Float64Array.of(1, -2, 3, 0.1), 0.1]],
  ['ndeFused', [square, Float64Array.of(1, 2, 3), 0.1]],
  ['ndeFused', [square.transpose(), Float64Array.of(1, 2, 3), NaN]],
  ['ndeFused', [square.slice(0, undefined, undefined, -1), Float64Array.of(2), -0]],
  ['ndeFused', [odd, Float64Array.of(-1), -0]],
  ['ndeFused', [ndarray(numbers(1), []), Float64Array.of(1, 2), 1]],
  ['ndeFused', [ndarray(numbers(0), [3, 0]), Float64Array.of(1), 1]],
  ['ndeFused', [ndarray(numbers(0), [3, 0]), Float64Array.of(1, 2), 1]],
  ['ndeFused', [deep, Float64Array.of(1, 2), 1]],
  ['ndeFused', [deep.transpose(), Float64Array.of(3), 1]],
  ['ndeFused', [long, Float64Array.of(3), 1]],
  ['ndeInto', [long.slice(0, 1), long.slice(0, 0, -1), long.slice(0, 1)]],
  ['ndeInto', [square, square, square]],
  ['ndeInto', [square, square.slice(0, undefined, undefined, -1), ndarray(numbers(1), [])]],
  ['ndeInto', [square, square.slice(0, 0, 2), ndarray(numbers(1), [])]],
  ['ndeInto', [deep, deep.transpose(), deep]],
  ['ndeScalars', [3, 1]],
  ['ndeShorts', [ndarray(Float32Array.of(1, 2, -40, NaN, 33), [5])]],
  ['ndeBigs', [BigInt64Array.of(1n, -2n, 2n ** 62n), 5n]],
  ['ndeChosen', [square, Int32Array.of(1, -2, 3)]],
  ['ndeChosen', [square, Int32Array.of(1, -2)]],
  ['ndeLength', [Float64Array.of(3, 4)]],
  ['ndeLength', [new Float64Array(0)]],
] as const;
