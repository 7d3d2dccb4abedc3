import type { i32 } from 'tsnative';

/**
 * y ← α·A·x + β·B·x, of order n.
 * @native
 */
export function gesummv(
  n: i32,
  alpha: number,
  beta: number,
  A: Float64Array,
  B: Float64Array,
  x: Float64Array,
  y: Float64Array,
): void {
  for (let i: i32 = 0; i < n; i++) {
    let ax = 0;
    let bx = 0;
    for (let j: i32 = 0; j < n; j++) {
      ax += A[i * n + j] * x[j];
      bx += B[i * n + j] * x[j];
    }
    y[i] = alpha * ax + beta * bx;
  }
}
