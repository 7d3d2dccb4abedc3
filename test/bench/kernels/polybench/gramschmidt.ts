import type { i32 } from 'tsnative';

/**
 * A = Q·R by the modified Gram–Schmidt process, of A (m × n), which is used up.
 * @native
 */
export function gramschmidt(
  m: i32,
  n: i32,
  A: Float64Array,
  R: Float64Array,
  Q: Float64Array,
): void {
  for (let k: i32 = 0; k < n; k++) {
    let square = 0;
    for (let i: i32 = 0; i < m; i++) square += A[i * n + k] * A[i * n + k];
    R[k * n + k] = Math.sqrt(square);
    for (let i: i32 = 0; i < m; i++) Q[i * n + k] = A[i * n + k] / R[k * n + k];
    for (let j: i32 = k + 1; j < n; j++) {
      R[k * n + j] = 0;
      for (let i: i32 = 0; i < m; i++) R[k * n + j] += Q[i * n + k] * A[i * n + j];
      for (let i: i32 = 0; i < m; i++) A[i * n + j] -= Q[i * n + k] * R[k * n + j];
    }
  }
}
