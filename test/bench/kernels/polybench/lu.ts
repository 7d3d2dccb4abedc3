import type { i32 } from 'tsnative';

/**
 * A = L·U without pivots, both in place of A.
 * @native
 */
export function lu(n: i32, A: Float64Array): void {
  for (let i: i32 = 0; i < n; i++) {
    for (let j: i32 = 0; j < i; j++) {
      for (let k: i32 = 0; k < j; k++) A[i * n + j] -= A[i * n + k] * A[k * n + j];
      A[i * n + j] /= A[j * n + j];
    }
    for (let j: i32 = i; j < n; j++) {
      for (let k: i32 = 0; k < i; k++) A[i * n + j] -= A[i * n + k] * A[k * n + j];
    }
  }
}
