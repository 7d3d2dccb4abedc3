const prime = 1099511628211n;

/** @native */
export function low(): number {
  return Number(BigInt.asUintN(32, prime));
}
// rewritten:
import type { i64 } from 'tsnative';

const prime: i64 = 1099511628211n;

/** @native */
export function low(): number {
  return Number(BigInt.asUintN(32, prime));
}
