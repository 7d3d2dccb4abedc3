import type { i32 } from 'tsnative';

/**
 * The correlations of m variables from n observations (the rows of `data`, which are standardised).
 * @native
 */
export function correlation(
  m: i32,
  n: i32,
  data: Float64Array,
  corr: Float64Array,
  mean: Float64Array,
  deviation: Float64Array,
): void {
  const count: number = n;
  const least = 0.1;
  for (let j: i32 = 0; j < m; j++) {
    mean[j] = 0;
    for (let i: i32 = 0; i < n; i++) mean[j] += data[i * m + j];
    mean[j] /= count;
  }
  for (let j: i32 = 0; j < m; j++) {
    deviation[j] = 0;
    for (let i: i32 = 0; i < n; i++) {
      deviation[j] += (data[i * m + j] - mean[j]) * (data[i * m + j] - mean[j]);
    }
    deviation[j] = Math.sqrt(deviation[j] / count);
    // A variable that hardly varies is left as it is.
    deviation[j] = deviation[j] <= least ? 1 : deviation[j];
  }
  for (let i: i32 = 0; i < n; i++) {
    for (let j: i32 = 0; j < m; j++) {
      data[i * m + j] -= mean[j];
      data[i * m + j] /= Math.sqrt(count) * deviation[j];
    }
  }
  for (let i: i32 = 0; i < m - 1; i++) {
    corr[i * m + i] = 1;
    for (let j: i32 = i + 1; j < m; j++) {
      corr[i * m + j] = 0;
      for (let k: i32 = 0; k < n; k++) corr[i * m + j] += data[k * m + i] * data[k * m + j];
      corr[j * m + i] = corr[i * m + j];
    }
  }
  corr[(m - 1) * m + m - 1] = 1;
}
