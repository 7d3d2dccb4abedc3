import type { i32 } from 'tsnative';

/**
 * How many letters must be put in, left out or replaced to make b of a (V. Levenshtein, 1965).
 * @param row workspace of length n + 1
 * @native
 */
export function editDistance(m: i32, n: i32, a: Uint8Array, b: Uint8Array, row: Int32Array): i32 {
  for (let j: i32 = 0; j <= n; j++) row[j] = j;
  for (let i: i32 = 1; i <= m; i++) {
    let diagonal: i32 = row[0];
    let left: i32 = i;
    row[0] = i;
    for (let j: i32 = 1; j <= n; j++) {
      const above: i32 = row[j];
      let best: i32 = a[i - 1] === b[j - 1] ? diagonal : (diagonal + 1) | 0;
      if (above < best) best = (above + 1) | 0;
      if (left < best) best = (left + 1) | 0;
      row[j] = best;
      diagonal = above;
      left = best;
    }
  }
  return row[n];
}
