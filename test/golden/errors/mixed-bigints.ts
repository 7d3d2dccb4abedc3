import type { i64, u64 } from 'tsnative';

/** @native */
export function offset(base: u64, by: i64): i64 {
  return base + by;
}
// rewritten:
import type { i64, u64 } from 'tsnative';

/** @native */
export function offset(base: u64, by: i64): i64 {
  return BigInt.asIntN(64, base) + by;
}
