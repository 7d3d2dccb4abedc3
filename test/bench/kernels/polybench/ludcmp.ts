import type { i32 } from 'tsnative';

/**
 * Solves A·x = b by A = L·U without pivots; y is workspace.
 * @native
 */
export function ludcmp(
  n: i32,
  A: Float64Array,
  b: Float64Array,
  x: Float64Array,
  y: Float64Array,
): void {
  for (let i: i32 = 0; i < n; i++) {
    for (let j: i32 = 0; j < i; j++) {
      let rest = A[i * n + j];
      for (let k: i32 = 0; k < j; k++) rest -= A[i * n + k] * A[k * n + j];
      A[i * n + j] = rest / A[j * n + j];
    }
    for (let j: i32 = i; j < n; j++) {
      let rest = A[i * n + j];
      for (let k: i32 = 0; k < i; k++) rest -= A[i * n + k] * A[k * n + j];
      A[i * n + j] = rest;
    }
  }
  for (let i: i32 = 0; i < n; i++) {
    let rest = b[i];
    for (let j: i32 = 0; j < i; j++) rest -= A[i * n + j] * y[j];
    y[i] = rest;
  }
  for (let i: i32 = n - 1; i >= 0; i--) {
    let rest = y[i];
    for (let j: i32 = i + 1; j < n; j++) rest -= A[i * n + j] * x[j];
    x[i] = rest / A[i * n + i];
  }
}
