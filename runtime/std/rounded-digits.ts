/**
 * Doubles rounded to a number of decimal digits, halves up: what `toFixed`, `toExponential` and `toPrecision` need
 * (ECMA-262 21.1.3.2, .3 and .5: of two candidates as near "pick the larger"). The product with a power of ten, cut
 * off at 128 bits, tells up to eighteen digits; where it can't, and beyond, all digits of the double do.
 *
 * @native bounds: unchecked, overflow: unchecked
 */
import { exactDigits } from './exact-digits.ts';
import { bitsOf, leadingZeros, mulHigh, shiftLeft, shiftRight, toI32 } from './intrinsics.ts';
import { LARGEST_POWER, SMALLEST_POWER, powersOfTen } from './powers-of-ten.ts';
import { binaryExponent } from './shortest-digits.ts';
import type { f64, i32, u64 } from 'tsnative';

/** The significand of a finite double, an integer below 2^53. */
export function significandOfDouble(x: f64): u64 {
  const bits: u64 = BigInt.asUintN(64, bitsOf(x));
  const fraction: u64 = bits & 0xfffffffffffffn;
  return (bits & 0x7ff0000000000000n) === 0n ? fraction : fraction | 0x10000000000000n;
}

/** The exponent q of a finite double x = ±significandOfDouble(x)·2^q. */
export function exponentOfDouble(x: f64): i32 {
  const biased: i32 = toI32(BigInt.asUintN(64, bitsOf(x)) >> 52n) & 2047;
  return ((biased === 0 ? 1 : biased) - 1075) | 0;
}

/** What `scaled` gives where it can't tell. */
export const UNKNOWN: u64 = 0xffffffffffffffffn;

/**
 * ⌊x·10^power + ½⌋ for a positive x and power ≥ −342; UNKNOWN where it is 2^61 or more, or where more bits of the
 * power were needed.
 */
export function scaled(x: f64, power: i32): u64 {
  if (power > LARGEST_POWER) return UNKNOWN;
  const c: u64 = significandOfDouble(x);
  const index: i32 = (2 * (power - SMALLEST_POWER)) | 0;
  const high: u64 = powersOfTen[index]!; // power is within
  const low: u64 = powersOfTen[(index + 1) | 0]!;
  const zeros: i32 = leadingZeros(c);
  const factor: u64 = shiftLeft(c, zeros);
  const carried: u64 = mulHigh(factor, low);
  const middle: u64 = BigInt.asUintN(64, factor * high + carried);
  const carry: u64 = middle < carried ? 1n : 0n;
  const upper: u64 = mulHigh(factor, high) + carry;
  // The product over 4, so that below the point are at most 127 of its bits where it is not below ¼.
  const first: u64 = upper >> 2n;
  const second: u64 = shiftLeft(upper, 62) | (middle >> 2n);
  const below: i32 = (zeros - exponentOfDouble(x) - binaryExponent(power) + 61) | 0;
  if (below > 127) return 0n;
  if (below < 65) return UNKNOWN;
  const cut: i32 = (below - 64) | 0;
  const n: u64 = shiftRight(first, cut);
  const half: u64 = shiftLeft(1n, (cut - 1) | 0);
  const fraction: u64 = first & (half * 2n - 1n);
  if (fraction >= half) return n + 1n;
  // The power lacks less than one of the last bits, and the cuts less than another.
  const isPowerExact = power >= 0 && power <= 55;
  const isClose = fraction + 1n === half && second >= 0xfffffffffffffffcn && !isPowerExact;
  return isClose ? UNKNOWN : n;
}

/**
 * All digits of a positive x, rounded behind the first `keep`, to `digits`, which has room for MOST_DIGITS units. The
 * value is 0.digits·10^point; the element behind the digits that are kept, or behind all that there are, is 0.
 *
 * @param keep at least 0, or a number of digits behind the point where `isFixed`
 * @returns point; the digits may have become one more by a carry, which moves it
 */
export function roundedDigits(x: f64, keep: i32, isFixed: boolean, digits: Uint8Array): i32 {
  const q = exponentOfDouble(x);
  const count = exactDigits(significandOfDouble(x), q, digits);
  const point: i32 = q < 0 ? (count + q) | 0 : count;
  const kept: i32 = isFixed ? (point + keep) | 0 : keep;
  if (kept >= count) {
    digits[count] = 0;
    return point;
  }
  if (kept < 0 || digits[kept]! < 53) {
    digits[kept < 0 ? 0 : kept] = 0;
    return point;
  }
  let last: i32 = (kept - 1) | 0;
  while (last >= 0 && digits[last] === 57) last = (last - 1) | 0;
  if (last >= 0) {
    digits[last] = (digits[last]! + 1) | 0; // last is within
    digits[(last + 1) | 0] = 0;
    return point;
  }
  digits[0] = 49;
  digits[1] = 0;
  return (point + 1) | 0;
}
