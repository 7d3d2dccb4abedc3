/**
 * Loops over many numbers, for measuring. `native.ts` compiles this file as one of the library's.
 *
 * @native bounds: unchecked, overflow: unchecked
 */
import { formatNumber } from './format-number.ts';
import type { i32 } from 'tsnative';

/** Writes numbers one behind the other; `ends` gets where each one ends. Returns the end of all. */
export function formatAll(numbers: Float64Array, out: Uint8Array, ends: Int32Array): i32 {
  let at: i32 = 0;
  for (let i = 0; i < numbers.length; i++) {
    at = formatNumber(numbers[i]!, out, at); // i is within
    ends[i] = at;
  }
  return at;
}
