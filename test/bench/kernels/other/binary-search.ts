import type { i32 } from 'tsnative';

/**
 * For each of m numbers, how many of n sorted values are less.
 * @native
 */
export function binarySearch(
  n: i32,
  m: i32,
  sorted: Int32Array,
  wanted: Int32Array,
  places: Int32Array,
): void {
  for (let i: i32 = 0; i < m; i++) {
    const value: i32 = wanted[i];
    let low: i32 = 0;
    let high: i32 = n;
    while (low < high) {
      const middle: i32 = (low + high) >> 1;
      if (sorted[middle] < value) low = middle + 1;
      else high = middle;
    }
    places[i] = low;
  }
}
