import type { i64 } from 'tsnative';

/** @native */
export function wrap(x: i64, bits: number): i64 {
  return BigInt.asIntN(bits, x) + BigInt.asIntN(128, x);
}
// rewritten:
import type { i64 } from 'tsnative';

/** @native */
export function wrap(x: i64): i64 {
  return BigInt.asIntN(64, x) + BigInt.asIntN(64, x);
}
