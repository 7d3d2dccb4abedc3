import type { i64, u64 } from 'tsnative';

/** @native */
export function exact(a: i64, b: i64): i64 {
  return a * b + 1n;
}

/** @native */
export function modular(a: u64, b: u64): u64 {
  return BigInt.asUintN(64, a * b + 1n);
}
