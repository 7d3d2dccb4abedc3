import type { i32 } from 'tsnative';

/**
 * Heat conduction in a square by the alternating direction implicit method: each step solves
 * tridiagonal systems, first along the columns of u (into v), then along the rows (back into u).
 * @native
 */
export function adi(
  steps: i32,
  n: i32,
  u: Float64Array,
  v: Float64Array,
  p: Float64Array,
  q: Float64Array,
): void {
  const size: number = n;
  const time: number = steps;
  const alongColumns = ((2 / time) * size * size) / 2;
  const alongRows = ((1 / time) * size * size) / 2;
  const a = -alongColumns;
  const b = 1 + 2 * alongColumns;
  const d = -alongRows;
  const e = 1 + 2 * alongRows;
  for (let t: i32 = 0; t < steps; t++) {
    for (let i: i32 = 1; i < n - 1; i++) {
      v[i] = 1;
      p[i * n] = 0;
      q[i * n] = 1;
      for (let j: i32 = 1; j < n - 1; j++) {
        const pivot = a * p[i * n + j - 1] + b;
        p[i * n + j] = -a / pivot;
        q[i * n + j] =
          (-d * u[j * n + i - 1] +
            (1 + 2 * d) * u[j * n + i] -
            d * u[j * n + i + 1] -
            a * q[i * n + j - 1]) /
          pivot;
      }
      v[(n - 1) * n + i] = 1;
      for (let j: i32 = n - 2; j >= 1; j--) {
        v[j * n + i] = p[i * n + j] * v[(j + 1) * n + i] + q[i * n + j];
      }
    }
    for (let i: i32 = 1; i < n - 1; i++) {
      u[i * n] = 1;
      p[i * n] = 0;
      q[i * n] = 1;
      for (let j: i32 = 1; j < n - 1; j++) {
        const pivot = d * p[i * n + j - 1] + e;
        p[i * n + j] = -d / pivot;
        q[i * n + j] =
          (-a * v[(i - 1) * n + j] +
            (1 + 2 * a) * v[i * n + j] -
            a * v[(i + 1) * n + j] -
            d * q[i * n + j - 1]) /
          pivot;
      }
      u[i * n + n - 1] = 1;
      for (let j: i32 = n - 2; j >= 1; j--) {
        u[i * n + j] = p[i * n + j] * u[i * n + j + 1] + q[i * n + j];
      }
    }
  }
}
