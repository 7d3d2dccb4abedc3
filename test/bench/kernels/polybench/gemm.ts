import type { i32 } from 'tsnative';

/**
 * C ← α·A·B + β·C, of A (ni × nk), B (nk × nj) and C (ni × nj).
 * @native
 */
export function gemm(
  ni: i32,
  nj: i32,
  nk: i32,
  alpha: number,
  beta: number,
  A: Float64Array,
  B: Float64Array,
  C: Float64Array,
): void {
  for (let i: i32 = 0; i < ni; i++) {
    for (let j: i32 = 0; j < nj; j++) C[i * nj + j] *= beta;
    for (let k: i32 = 0; k < nk; k++) {
      for (let j: i32 = 0; j < nj; j++) {
        C[i * nj + j] += alpha * A[i * nk + k] * B[k * nj + j];
      }
    }
  }
}
