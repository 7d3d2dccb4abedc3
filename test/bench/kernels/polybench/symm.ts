import type { i32 } from 'tsnative';

/**
 * C ← α·A·B + β·C, of a symmetric A (m × m) of which the lower triangle is given, and B, C (m × n).
 * @native
 */
export function symm(
  m: i32,
  n: i32,
  alpha: number,
  beta: number,
  A: Float64Array,
  B: Float64Array,
  C: Float64Array,
): void {
  for (let i: i32 = 0; i < m; i++) {
    for (let j: i32 = 0; j < n; j++) {
      let sum = 0;
      for (let k: i32 = 0; k < i; k++) {
        C[k * n + j] += alpha * B[i * n + j] * A[i * m + k];
        sum += B[k * n + j] * A[i * m + k];
      }
      C[i * n + j] = beta * C[i * n + j] + alpha * B[i * n + j] * A[i * m + i] + alpha * sum;
    }
  }
}
