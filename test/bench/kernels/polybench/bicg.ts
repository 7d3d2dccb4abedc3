import type { i32 } from 'tsnative';

/**
 * The two products of the biconjugate gradient method: s ← Aᵀ·r and q ← A·p, of A (n × m).
 * @native
 */
export function bicg(
  m: i32,
  n: i32,
  A: Float64Array,
  s: Float64Array,
  q: Float64Array,
  p: Float64Array,
  r: Float64Array,
): void {
  for (let j: i32 = 0; j < m; j++) s[j] = 0;
  for (let i: i32 = 0; i < n; i++) {
    q[i] = 0;
    for (let j: i32 = 0; j < m; j++) {
      s[j] += r[i] * A[i * m + j];
      q[i] += A[i * m + j] * p[j];
    }
  }
}
