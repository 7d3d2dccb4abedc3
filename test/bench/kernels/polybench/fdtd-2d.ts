import type { i32 } from 'tsnative';

/**
 * Electromagnetic waves in a plane by finite differences: the fields ex, ey and hz on nx × ny points.
 * @native
 */
export function fdtd2d(
  steps: i32,
  nx: i32,
  ny: i32,
  ex: Float64Array,
  ey: Float64Array,
  hz: Float64Array,
  source: Float64Array,
): void {
  for (let t: i32 = 0; t < steps; t++) {
    for (let j: i32 = 0; j < ny; j++) ey[j] = source[t];
    for (let i: i32 = 1; i < nx; i++) {
      for (let j: i32 = 0; j < ny; j++) {
        ey[i * ny + j] = ey[i * ny + j] - 0.5 * (hz[i * ny + j] - hz[(i - 1) * ny + j]);
      }
    }
    for (let i: i32 = 0; i < nx; i++) {
      for (let j: i32 = 1; j < ny; j++) {
        ex[i * ny + j] = ex[i * ny + j] - 0.5 * (hz[i * ny + j] - hz[i * ny + j - 1]);
      }
    }
    for (let i: i32 = 0; i < nx - 1; i++) {
      for (let j: i32 = 0; j < ny - 1; j++) {
        hz[i * ny + j] =
          hz[i * ny + j] -
          0.7 * (ex[i * ny + j + 1] - ex[i * ny + j] + ey[(i + 1) * ny + j] - ey[i * ny + j]);
      }
    }
  }
}
