import type { i32 } from 'tsnative';

/**
 * Heat conduction in a cube of n³ points by finite differences, forth from A to B and back.
 * @native
 */
export function heat3d(steps: i32, n: i32, A: Float64Array, B: Float64Array): void {
  for (let t: i32 = 0; t < steps; t++) {
    for (let i: i32 = 1; i < n - 1; i++) {
      for (let j: i32 = 1; j < n - 1; j++) {
        for (let k: i32 = 1; k < n - 1; k++) {
          const here = A[(i * n + j) * n + k];
          B[(i * n + j) * n + k] =
            0.125 * (A[((i + 1) * n + j) * n + k] - 2 * here + A[((i - 1) * n + j) * n + k]) +
            0.125 * (A[(i * n + j + 1) * n + k] - 2 * here + A[(i * n + j - 1) * n + k]) +
            0.125 * (A[(i * n + j) * n + k + 1] - 2 * here + A[(i * n + j) * n + k - 1]) +
            here;
        }
      }
    }
    for (let i: i32 = 1; i < n - 1; i++) {
      for (let j: i32 = 1; j < n - 1; j++) {
        for (let k: i32 = 1; k < n - 1; k++) {
          const here = B[(i * n + j) * n + k];
          A[(i * n + j) * n + k] =
            0.125 * (B[((i + 1) * n + j) * n + k] - 2 * here + B[((i - 1) * n + j) * n + k]) +
            0.125 * (B[(i * n + j + 1) * n + k] - 2 * here + B[(i * n + j - 1) * n + k]) +
            0.125 * (B[(i * n + j) * n + k + 1] - 2 * here + B[(i * n + j) * n + k - 1]) +
            here;
        }
      }
    }
  }
}
