/**
 * Powers of 64-bit bigints, by squaring. Products that don't fit throw RangeError as all bigint arithmetic
 * does; the base is squared only while a factor is still to come, so that none does that the result needs not.
 *
 * @native
 */
import type { i64, u64 } from 'tsnative';

/** a ** b; RangeError for b < 0 and for results beyond an `i64`. */
export function powI64(a: i64, b: i64): i64 {
  if (b < 0n) throw new RangeError('Exponent must be non-negative');
  let result: i64 = 1n;
  let base: i64 = a;
  let rest: i64 = b;
  while (rest > 0n) {
    if ((rest & 1n) === 1n) result = result * base;
    rest = rest >> 1n;
    if (rest > 0n) base = base * base;
  }
  return result;
}

/** a ** b; RangeError for results beyond a `u64`. */
export function powU64(a: u64, b: u64): u64 {
  let result: u64 = 1n;
  let base: u64 = a;
  let rest: u64 = b;
  while (rest > 0n) {
    if ((rest & 1n) === 1n) result = result * base;
    rest = rest >> 1n;
    if (rest > 0n) base = base * base;
  }
  return result;
}
