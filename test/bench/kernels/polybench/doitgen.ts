import type { i32 } from 'tsnative';

/**
 * Multiplies each row of a stack of nr × nq rows of length np by a matrix (np × np), in place.
 * @native
 */
export function doitgen(
  nr: i32,
  nq: i32,
  np: i32,
  A: Float64Array,
  C4: Float64Array,
  sum: Float64Array,
): void {
  for (let r: i32 = 0; r < nr; r++) {
    for (let q: i32 = 0; q < nq; q++) {
      for (let p: i32 = 0; p < np; p++) {
        sum[p] = 0;
        for (let s: i32 = 0; s < np; s++) sum[p] += A[(r * nq + q) * np + s] * C4[s * np + p];
      }
      for (let p: i32 = 0; p < np; p++) A[(r * nq + q) * np + p] = sum[p];
    }
  }
}
