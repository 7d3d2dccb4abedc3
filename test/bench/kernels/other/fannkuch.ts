import type { i32 } from 'tsnative';

/**
 * Over all permutations of n cards: the most flips until the first card is 0, where a flip turns the
 * first k cards over and k is the first card; and the sum of flips with alternating signs.
 * @param cards workspace of length n, as are next and count
 * @param results gets the most flips and the sum
 * @native
 */
export function fannkuch(
  n: i32,
  cards: Int32Array,
  next: Int32Array,
  count: Int32Array,
  results: Int32Array,
): void {
  let most: i32 = 0;
  let sum: i32 = 0;
  let permutation: i32 = 0;
  let rotated: i32 = n;
  for (let i: i32 = 0; i < n; i++) next[i] = i;
  while (rotated > 0) {
    while (rotated > 1) {
      count[rotated - 1] = rotated;
      rotated = rotated - 1;
    }
    for (let i: i32 = 0; i < n; i++) cards[i] = next[i];
    let flips: i32 = 0;
    let first: i32 = cards[0];
    while (first !== 0) {
      let low: i32 = 0;
      let high: i32 = first;
      while (low < high) {
        const card: i32 = cards[low];
        cards[low] = cards[high];
        cards[high] = card;
        low = low + 1;
        high = high - 1;
      }
      flips = (flips + 1) | 0;
      first = cards[0];
    }
    if (flips > most) most = flips;
    sum = permutation % 2 === 0 ? (sum + flips) | 0 : (sum - flips) | 0;
    // The next permutation: rotate the first `rotated + 1` cards, of as many as are not through.
    let found = false;
    while (!found && rotated < n) {
      const card: i32 = next[0];
      for (let i: i32 = 0; i < rotated; i++) next[i] = next[i + 1];
      next[rotated] = card;
      count[rotated] = (count[rotated] - 1) | 0;
      if (count[rotated] > 0) found = true;
      else rotated = rotated + 1;
    }
    if (!found) rotated = 0;
    permutation = (permutation + 1) | 0;
  }
  results[0] = most;
  results[1] = sum;
}
