/**
 * Exponents and significands of doubles by operations on their 64 bits, all of which vector units have;
 * there are no branches and no conversions of integers.
 *
 * @native
 */
import { bitsOf, fromBits } from './intrinsics.ts';
import type { f64, i64, u64 } from 'tsnative';

const SMALLEST_NORMAL = 2.2250738585072014e-308;
const TWO_54 = 18014398509481984;
/** 2^52 + 1023: what an exponent's bits are too large by, below those of 2^52. */
const EXPONENT_BASE = 4503599627371519;
/** 1.5·2^52: adding it rounds to an integer, which then stands in the low bits. */
const ROUNDER = 6755399441055744;

/** 2^n for n = shifted − (1.5·2^52 + 1023), an integer between −1022 and 1023. */
export function powerOfShifted(shifted: f64): f64 {
  return fromBits(BigInt.asIntN(64, bitsOf(shifted) << 52n));
}

/** 2^n for an integer n between −1022 and 1023. */
export function powerOfTwo(n: f64): f64 {
  return powerOfShifted(n + (ROUNDER + 1023));
}

/** y where the lowest bit of `bits` is 0, else −y. */
export function negatedIfOdd(y: f64, bits: i64): f64 {
  return fromBits(bitsOf(y) ^ BigInt.asIntN(64, bits << 63n));
}

/** a where the lowest bit of `bits` is 0, else b: without a branch, for bits that nothing could predict. */
export function chosenByBit(a: f64, b: f64, bits: i64): f64 {
  const mask: i64 = BigInt.asIntN(64, 0n - (bits & 1n));
  return fromBits(bitsOf(a) ^ ((bitsOf(a) ^ bitsOf(b)) & mask));
}

/** x times 2^54 where it is subnormal. */
export function normalized(x: f64): f64 {
  return x < SMALLEST_NORMAL ? x * TWO_54 : x;
}

/** k of x = 2^k·m with √½ ≤ m < √2, for positive normal x: adding bits(1) − bits(√½) carries into it. */
export function exponentOf(x: f64): f64 {
  const biased: u64 = BigInt.asUintN(64, bitsOf(x) + 0x95f619980c433n) >> 52n;
  return fromBits(BigInt.asIntN(64, biased | 0x4330000000000000n)) - EXPONENT_BASE;
}

/** m of x = 2^k·m. */
export function significandOf(x: f64): f64 {
  const fraction: i64 = BigInt.asIntN(64, bitsOf(x) + 0x95f619980c433n) & 0xfffffffffffffn;
  return fromBits(BigInt.asIntN(64, fraction + 0x3fe6a09e667f3bcdn));
}

/** x without the lower half of its bits, so that products of two such are exact. */
export function upperHalf(x: f64): f64 {
  return fromBits(bitsOf(x) & -0x8000000n);
}
