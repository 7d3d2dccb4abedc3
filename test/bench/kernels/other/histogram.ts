import type { i32 } from 'tsnative';

/**
 * How often each byte occurs.
 * @native
 */
export function histogram(n: i32, data: Uint8Array, counts: Int32Array): void {
  for (let i: i32 = 0; i < 256; i++) counts[i] = 0;
  for (let i: i32 = 0; i < n; i++) counts[data[i]] += 1;
}
