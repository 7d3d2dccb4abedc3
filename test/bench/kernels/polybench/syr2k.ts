import type { i32 } from 'tsnative';

/**
 * The lower triangle of C ← α·(A·Bᵀ + B·Aᵀ) + β·C, of A, B (n × m) and C (n × n).
 * @native
 */
export function syr2k(
  m: i32,
  n: i32,
  alpha: number,
  beta: number,
  A: Float64Array,
  B: Float64Array,
  C: Float64Array,
): void {
  for (let i: i32 = 0; i < n; i++) {
    for (let j: i32 = 0; j <= i; j++) C[i * n + j] *= beta;
    for (let k: i32 = 0; k < m; k++) {
      for (let j: i32 = 0; j <= i; j++) {
        C[i * n + j] += A[j * m + k] * alpha * B[i * m + k] + B[j * m + k] * alpha * A[i * m + k];
      }
    }
  }
}
