import type { i32 } from 'tsnative';

/**
 * y ← Aᵀ·(A·x), of A (m × n).
 * @native
 */
export function atax(
  m: i32,
  n: i32,
  A: Float64Array,
  x: Float64Array,
  y: Float64Array,
  Ax: Float64Array,
): void {
  for (let j: i32 = 0; j < n; j++) y[j] = 0;
  for (let i: i32 = 0; i < m; i++) {
    Ax[i] = 0;
    for (let j: i32 = 0; j < n; j++) Ax[i] += A[i * n + j] * x[j];
    for (let j: i32 = 0; j < n; j++) y[j] += A[i * n + j] * Ax[i];
  }
}
