import type { i32 } from 'tsnative';

/** Lets the value at `start` sink to its place in the heap of the first n values. */
function sink(values: Float64Array, start: i32, n: i32): void {
  const value = values[start];
  let hole: i32 = start;
  let child: i32 = 2 * hole + 1;
  while (child < n) {
    if (child + 1 < n && values[child] < values[child + 1]) child = child + 1;
    if (values[child] <= value) break;
    values[hole] = values[child];
    hole = child;
    child = 2 * hole + 1;
  }
  values[hole] = value;
}

/**
 * Sorts n numbers (J. W. J. Williams, 1964).
 * @native
 */
export function heapSort(n: i32, values: Float64Array): void {
  for (let start: i32 = (n >> 1) - 1; start >= 0; start--) sink(values, start, n);
  for (let end: i32 = n - 1; end > 0; end--) {
    const largest = values[0];
    values[0] = values[end];
    values[end] = largest;
    sink(values, 0, end);
  }
}
