import type { i32 } from 'tsnative';

/**
 * The lower triangle of C ← α·A·Aᵀ + β·C, of A (n × m) and C (n × n).
 * @native
 */
export function syrk(
  m: i32,
  n: i32,
  alpha: number,
  beta: number,
  A: Float64Array,
  C: Float64Array,
): void {
  for (let i: i32 = 0; i < n; i++) {
    for (let j: i32 = 0; j <= i; j++) C[i * n + j] *= beta;
    for (let k: i32 = 0; k < m; k++) {
      for (let j: i32 = 0; j <= i; j++) C[i * n + j] += alpha * A[i * m + k] * A[j * m + k];
    }
  }
}
