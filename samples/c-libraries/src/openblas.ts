/** OpenBLAS: the product of matrices. */
import type { f64, i32 } from 'tsnative';

/** @extern openblas: cblas_dgemm */
declare function dgemm(
  order: i32,
  transposeA: i32,
  transposeB: i32,
  rows: i32,
  columns: i32,
  inner: i32,
  alpha: f64,
  a: Float64Array,
  strideA: i32,
  b: Float64Array,
  strideB: i32,
  beta: f64,
  c: Float64Array,
  strideC: i32,
): void;

const rowMajor = 101;
const asItIs = 111;

/** The product of an n × k and a k × m matrix, both row by row. */
/** @native */
export function product(a: Float64Array, b: Float64Array, n: i32, k: i32, m: i32): Float64Array {
  // C doesn't look.
  if (a.length < n * k || b.length < k * m) throw new RangeError('a matrix is too small');
  const c = new Float64Array(n * m);
  dgemm(rowMajor, asItIs, asItIs, n, m, k, 1, a, k, b, m, 0, c, m);
  return c;
}
