import type { i32 } from 'tsnative';

/**
 * x₁ ← x₁ + A·y₁ and x₂ ← x₂ + Aᵀ·y₂, of order n.
 * @native
 */
export function mvt(
  n: i32,
  x1: Float64Array,
  x2: Float64Array,
  y1: Float64Array,
  y2: Float64Array,
  A: Float64Array,
): void {
  for (let i: i32 = 0; i < n; i++) {
    for (let j: i32 = 0; j < n; j++) x1[i] = x1[i] + A[i * n + j] * y1[j];
  }
  for (let i: i32 = 0; i < n; i++) {
    for (let j: i32 = 0; j < n; j++) x2[i] = x2[i] + A[j * n + i] * y2[j];
  }
}
