import type { i32 } from 'tsnative';

/**
 * The covariances of m variables from n observations (the rows of `data`, which are centred).
 * @native
 */
export function covariance(
  m: i32,
  n: i32,
  data: Float64Array,
  cov: Float64Array,
  mean: Float64Array,
): void {
  const count: number = n;
  for (let j: i32 = 0; j < m; j++) {
    mean[j] = 0;
    for (let i: i32 = 0; i < n; i++) mean[j] += data[i * m + j];
    mean[j] /= count;
  }
  for (let i: i32 = 0; i < n; i++) {
    for (let j: i32 = 0; j < m; j++) data[i * m + j] -= mean[j];
  }
  for (let i: i32 = 0; i < m; i++) {
    for (let j: i32 = i; j < m; j++) {
      cov[i * m + j] = 0;
      for (let k: i32 = 0; k < n; k++) cov[i * m + j] += data[k * m + i] * data[k * m + j];
      cov[i * m + j] /= count - 1;
      cov[j * m + i] = cov[i * m + j];
    }
  }
}
