import type { i32 } from 'tsnative';

/**
 * The mean of five neighbours in a plane, forth from A to B and back.
 * @native
 */
export function jacobi2d(steps: i32, n: i32, A: Float64Array, B: Float64Array): void {
  for (let t: i32 = 0; t < steps; t++) {
    for (let i: i32 = 1; i < n - 1; i++) {
      for (let j: i32 = 1; j < n - 1; j++) {
        B[i * n + j] =
          0.2 *
          (A[i * n + j] +
            A[i * n + j - 1] +
            A[i * n + j + 1] +
            A[(i + 1) * n + j] +
            A[(i - 1) * n + j]);
      }
    }
    for (let i: i32 = 1; i < n - 1; i++) {
      for (let j: i32 = 1; j < n - 1; j++) {
        A[i * n + j] =
          0.2 *
          (B[i * n + j] +
            B[i * n + j - 1] +
            B[i * n + j + 1] +
            B[(i + 1) * n + j] +
            B[(i - 1) * n + j]);
      }
    }
  }
}
