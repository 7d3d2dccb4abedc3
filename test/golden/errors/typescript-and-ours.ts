import type { i64 } from 'tsnative';

/** @native */
export function both(x: i64, y: number): i64 {
  const sum: i64 = x + y;
  console.log(sum);
  return sum + 1;
}
