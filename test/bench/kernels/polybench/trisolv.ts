import type { i32 } from 'tsnative';

/**
 * Solves L·x = b, of a lower triangle L of order n.
 * @native
 */
export function trisolv(n: i32, L: Float64Array, x: Float64Array, b: Float64Array): void {
  for (let i: i32 = 0; i < n; i++) {
    x[i] = b[i];
    for (let j: i32 = 0; j < i; j++) x[i] -= L[i * n + j] * x[j];
    x[i] = x[i] / L[i * n + i];
  }
}
