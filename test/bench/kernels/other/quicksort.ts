import type { i32 } from 'tsnative';

/**
 * Sorts the numbers from `first` to `last`, both included (C. A. R. Hoare, 1961).
 * @native
 */
export function quicksort(values: Float64Array, first: i32, last: i32): void {
  if (first >= last) return;
  const pivot = values[(first + last) >> 1];
  let low: i32 = first;
  let high: i32 = last;
  while (low <= high) {
    while (values[low] < pivot) low++;
    while (values[high] > pivot) high--;
    if (low <= high) {
      const value = values[low];
      values[low] = values[high];
      values[high] = value;
      low++;
      high--;
    }
  }
  quicksort(values, first, high);
  quicksort(values, low, last);
}
