/**
 * The shortest decimal digits that give a double back: Raffaello Giulietti, "The Schubfach way to render doubles"
 * (2021). Its candidates are the multiples of 10^k next to the double, 10^k being as large as the distance between
 * doubles allows, and those of 10^(k+1); the products with 10^−k are rounded to odd, which is enough to compare them.
 *
 * @native bounds: unchecked, overflow: unchecked
 */
import { mulHigh, shiftLeft } from './intrinsics.ts';
import { SMALLEST_POWER, powersOfTen } from './powers-of-ten.ts';
import type { i32, u64 } from 'tsnative';

/** ⌊log10(2^q)⌋, or ⌊log10(¾·2^q)⌋ where 2^q is an `irregular` distance, for −1500 ≤ q ≤ 1500. */
export function decimalExponent(q: i32, irregular: boolean): i32 {
  return (Math.imul(q, 1262611) - (irregular ? 524031 : 0)) >> 22;
}

/** ⌊log2(10^e)⌋ for −1233 ≤ e ≤ 1233. */
export function binaryExponent(e: i32): i32 {
  return Math.imul(e, 1741647) >> 19;
}

/** ⌊g·factor / 2^128⌋, g being the two words, with the lowest bit set where more than 2^−64 of it was cut off. */
function roundToOdd(high: u64, low: u64, factor: u64): u64 {
  const carried: u64 = mulHigh(low, factor);
  const middle: u64 = BigInt.asUintN(64, high * factor + carried);
  const carry: u64 = middle < carried ? 1n : 0n;
  const odd: u64 = middle > 1n ? 1n : 0n;
  return (mulHigh(high, factor) + carry) | odd;
}

/**
 * The shortest decimal of the double c·2^q, as a multiple of 10^k with k = decimalExponent(q, irregular); of several
 * the one nearest to the double, an even one of two. Below 10^18; may end in zeros.
 *
 * @param c the significand, 0 < c < 2^53
 * @param q the exponent, at least −1074
 * @param irregular the double below is only half as far as the one above: c = 2^52 and q > −1074
 */
export function shortestDigits(c: u64, q: i32, irregular: boolean): u64 {
  const k: i32 = decimalExponent(q, irregular);
  const power: i32 = -k | 0;
  const index: i32 = (2 * (power - SMALLEST_POWER)) | 0;
  const isExact = power >= 0 && power <= 55;
  // Rounded up: the table cuts off. The lower word is never 2^64 − 1.
  const high: u64 = powersOfTen[index]!; // −292 ≤ power ≤ 324
  const cutOff: u64 = isExact ? 0n : 1n;
  const low: u64 = powersOfTen[(index + 1) | 0]! + cutOff;
  const h: i32 = (q + binaryExponent(power) + 1) | 0;
  const isOdd: u64 = c & 1n;
  const four: u64 = c * 4n;
  const below: u64 = irregular ? 1n : 2n;
  // Four times the ends of the interval that rounds to the double, and the double, over 10^k. An end belongs to
  // it where c is even.
  const lower: u64 = roundToOdd(high, low, shiftLeft(four - below, h)) + isOdd;
  const value: u64 = roundToOdd(high, low, shiftLeft(four, h));
  const upper: u64 = roundToOdd(high, low, shiftLeft(four + 2n, h)) - isOdd;
  const s: u64 = value / 4n;
  if (s >= 10n) {
    const tens: u64 = s / 10n;
    const isBelowInside = lower <= tens * 40n;
    const isAboveInside = tens * 40n + 40n <= upper;
    if (isBelowInside !== isAboveInside) return (isAboveInside ? tens + 1n : tens) * 10n;
  }
  const isBelowInside = lower <= s * 4n;
  const isAboveInside = s * 4n + 4n <= upper;
  if (isBelowInside !== isAboveInside) return isAboveInside ? s + 1n : s;
  const middle: u64 = s * 4n + 2n;
  const isUp = value > middle || (value === middle && (s & 1n) === 1n);
  return isUp ? s + 1n : s;
}
