import type { i32 } from 'tsnative';

/**
 * The lower triangle L of A = L·Lᵀ, in place of A's lower triangle.
 * @native
 */
export function cholesky(n: i32, A: Float64Array): void {
  for (let i: i32 = 0; i < n; i++) {
    for (let j: i32 = 0; j < i; j++) {
      for (let k: i32 = 0; k < j; k++) A[i * n + j] -= A[i * n + k] * A[j * n + k];
      A[i * n + j] /= A[j * n + j];
    }
    for (let k: i32 = 0; k < i; k++) A[i * n + i] -= A[i * n + k] * A[i * n + k];
    A[i * n + i] = Math.sqrt(A[i * n + i]);
  }
}
