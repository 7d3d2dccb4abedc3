/** @native */
export function square(x: bigint): bigint {
  return x * x;
}
// rewritten:
import type { i64 } from 'tsnative';

/** @native */
export function square(x: i64): i64 {
  return x * x;
}
