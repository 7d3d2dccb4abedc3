import type { i32 } from 'tsnative';

/**
 * A ← A + u₁·v₁ᵀ + u₂·v₂ᵀ, x ← x + β·Aᵀ·y + z, w ← w + α·A·x, all of order n.
 * @native
 */
export function gemver(
  n: i32,
  alpha: number,
  beta: number,
  A: Float64Array,
  u1: Float64Array,
  v1: Float64Array,
  u2: Float64Array,
  v2: Float64Array,
  w: Float64Array,
  x: Float64Array,
  y: Float64Array,
  z: Float64Array,
): void {
  for (let i: i32 = 0; i < n; i++) {
    for (let j: i32 = 0; j < n; j++) {
      A[i * n + j] = A[i * n + j] + u1[i] * v1[j] + u2[i] * v2[j];
    }
  }
  for (let i: i32 = 0; i < n; i++) {
    for (let j: i32 = 0; j < n; j++) x[i] = x[i] + beta * A[j * n + i] * y[j];
  }
  for (let i: i32 = 0; i < n; i++) x[i] = x[i] + z[i];
  for (let i: i32 = 0; i < n; i++) {
    for (let j: i32 = 0; j < n; j++) w[i] = w[i] + alpha * A[i * n + j] * x[j];
  }
}
