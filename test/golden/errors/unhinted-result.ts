import type { i64 } from 'tsnative';

/** @native */
export function twice(x: i64) {
  return x * 2n;
}
// rewritten:
import type { i64 } from 'tsnative';

/** @native */
export function twice(x: i64): i64 {
  return x * 2n;
}
