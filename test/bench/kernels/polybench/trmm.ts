import type { i32 } from 'tsnative';

/**
 * B ← α·Aᵀ·B, of a lower triangle A (m × m) with ones on the diagonal, and B (m × n).
 * @native
 */
export function trmm(m: i32, n: i32, alpha: number, A: Float64Array, B: Float64Array): void {
  for (let i: i32 = 0; i < m; i++) {
    for (let j: i32 = 0; j < n; j++) {
      for (let k: i32 = i + 1; k < m; k++) B[i * n + j] += A[k * m + i] * B[k * n + j];
      B[i * n + j] = alpha * B[i * n + j];
    }
  }
}
