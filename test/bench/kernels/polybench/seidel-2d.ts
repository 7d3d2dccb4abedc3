import type { i32 } from 'tsnative';

/**
 * The mean of nine neighbours in a plane, in place.
 * @native
 */
export function seidel2d(steps: i32, n: i32, A: Float64Array): void {
  for (let t: i32 = 0; t < steps; t++) {
    for (let i: i32 = 1; i < n - 1; i++) {
      for (let j: i32 = 1; j < n - 1; j++) {
        A[i * n + j] =
          (A[(i - 1) * n + j - 1] +
            A[(i - 1) * n + j] +
            A[(i - 1) * n + j + 1] +
            A[i * n + j - 1] +
            A[i * n + j] +
            A[i * n + j + 1] +
            A[(i + 1) * n + j - 1] +
            A[(i + 1) * n + j] +
            A[(i + 1) * n + j + 1]) /
          9;
      }
    }
  }
}
