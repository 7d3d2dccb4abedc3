import type { u64 } from 'tsnative';

/** @native */
export function mix(seed: u64): u64 {
  const prime = 1099511628211n;
  let hash = seed;
  hash = BigInt.asUintN(64, hash * prime);
  return hash;
}
// rewritten:
import type { i64, u64 } from 'tsnative';

/** @native */
export function mix(seed: u64): u64 {
  const prime: i64 = 1099511628211n;
  let hash: u64 = seed;
  hash = BigInt.asUintN(64, hash * BigInt.asUintN(64, prime));
  return hash;
}
