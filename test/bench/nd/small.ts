import type { NdArray } from 'tsnative/nd';
import { guvectorize } from 'tsnative/nd';

type Floats = NdArray<Float64Array>;

/** @native */
export const matvec = guvectorize('(n,m),(m)->(n)', (a: Floats, x: Floats, y: Floats) => {
  for (let i = 0; i < a.shape[0]!; i++) {
    let sum = 0;
    for (let j = 0; j < a.shape[1]!; j++) sum += a.get(i, j) * x.get(j);
    y.set(i, sum);
  }
});

/** @native */
export const rowSum = guvectorize('(n)->()', (a: Floats, y: Floats) => {
  let sum = 0;
  for (let i = 0; i < a.shape[0]!; i++) sum += a.get(i);
  y.set(sum);
});

/** @native */
export const matmul = guvectorize('(n,k),(k,m)->(n,m)', (a: Floats, b: Floats, c: Floats) => {
  for (let i = 0; i < a.shape[0]!; i++)
    for (let j = 0; j < b.shape[1]!; j++) {
      let sum = 0;
      for (let k = 0; k < a.shape[1]!; k++) sum += a.get(i, k) * b.get(k, j);
      c.set(i, j, sum);
    }
});

/** The same as native loops over typed arrays. */
/** @native */
export function matvecLoops(
  out: Float64Array,
  a: Float64Array,
  b: Float64Array,
  count: number,
  n: number,
  m: number,
): void {
  for (let c = 0; c < count; c++)
    for (let i = 0; i < n; i++) {
      let sum = 0;
      for (let j = 0; j < m; j++) sum += a[(c * n + i) * m + j]! * b[j]!;
      out[c * n + i] = sum;
    }
}

/** @native */
export function rowSumLoops(
  out: Float64Array,
  a: Float64Array,
  _: Float64Array,
  count: number,
  n: number,
): void {
  for (let c = 0; c < count; c++) {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += a[c * n + i]!;
    out[c] = sum;
  }
}

/** @native */
export function matmulLoops(
  out: Float64Array,
  a: Float64Array,
  b: Float64Array,
  count: number,
  n: number,
  m: number,
): void {
  for (let c = 0; c < count; c++)
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) {
        let sum = 0;
        for (let k = 0; k < m; k++) sum += a[(c * n + i) * m + k]! * b[(c * m + k) * n + j]!;
        out[(c * n + i) * n + j] = sum;
      }
}
