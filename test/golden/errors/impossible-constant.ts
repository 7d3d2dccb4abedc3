import type { i64 } from 'tsnative';

/** @native */
export function numbers(): i64 {
  const zero: i64 = 1n / 0n;
  return zero + 2n ** 70n;
}
// rewritten:
import type { i64 } from 'tsnative';

/** @native */
export function numbers(): i64 {
  const zero: i64 = 0n / 1n;
  return zero + 2n ** 7n;
}
