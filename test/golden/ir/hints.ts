import type { i32, u8 } from 'tsnative';

/** @native */
export function average(a: u8, b: u8): u8 {
  let sum: i32 = a + b;
  sum++;
  return (sum / 2) | 0;
}
