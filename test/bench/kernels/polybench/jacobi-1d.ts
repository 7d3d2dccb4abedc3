import type { i32 } from 'tsnative';

/**
 * The mean of three neighbours on a line, forth from A to B and back.
 * @native
 */
export function jacobi1d(steps: i32, n: i32, A: Float64Array, B: Float64Array): void {
  for (let t: i32 = 0; t < steps; t++) {
    for (let i: i32 = 1; i < n - 1; i++) B[i] = 0.33333 * (A[i - 1] + A[i] + A[i + 1]);
    for (let i: i32 = 1; i < n - 1; i++) A[i] = 0.33333 * (B[i - 1] + B[i] + B[i + 1]);
  }
}
