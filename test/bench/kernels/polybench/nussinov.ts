import type { i32 } from 'tsnative';

/**
 * The most base pairs that a folded RNA sequence can have; bases are 0 to 3, and 0–3 and 1–2 pair.
 * @native
 */
export function nussinov(n: i32, seq: Int32Array, table: Int32Array): void {
  for (let i: i32 = n - 1; i >= 0; i--) {
    for (let j: i32 = i + 1; j < n; j++) {
      let best: i32 = table[i * n + j];
      const left: i32 = table[i * n + j - 1];
      if (left > best) best = left;
      if (i + 1 < n) {
        const below: i32 = table[(i + 1) * n + j];
        if (below > best) best = below;
        let inner: i32 = table[(i + 1) * n + j - 1];
        if (i < j - 1 && seq[i] + seq[j] === 3) inner = (inner + 1) | 0;
        if (inner > best) best = inner;
      }
      for (let k: i32 = i + 1; k < j; k++) {
        const split: i32 = (table[i * n + k] + table[(k + 1) * n + j]) | 0;
        if (split > best) best = split;
      }
      table[i * n + j] = best;
    }
  }
}
