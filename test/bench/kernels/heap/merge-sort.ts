/** Sorts a plain array by merging runs, upwards from single numbers. */
import type { f64, i32 } from 'tsnative';

function merge(from: readonly number[], to: number[], start: i32, middle: i32, end: i32): void {
  let left = start;
  let right = middle;
  for (let at = start; at < end; at++) {
    if (left < middle && (right >= end || from[left]! <= from[right]!)) to[at] = from[left++]!;
    else to[at] = from[right++]!;
  }
}

/** @native */
export function mergeSort(numbers: Float64Array): f64 {
  let from: number[] = [];
  let to: number[] = [];
  for (let i = 0; i < numbers.length; i++) {
    from.push(numbers[i]!);
    to.push(0);
  }
  const count = from.length;
  for (let width = 1; width < count; width *= 2) {
    for (let start = 0; start < count; start += 2 * width) {
      const middle = Math.min(start + width, count);
      merge(from, to, start, middle, Math.min(start + 2 * width, count));
    }
    [from, to] = [to, from];
  }
  let sum = 0;
  for (let i = 0; i < count; i++) sum += from[i]! * (i + 1);
  return sum;
}
