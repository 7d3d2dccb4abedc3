/**
 * All decimal digits of c·2^q. For q < 0 they are those of the integer c·5^−q, with a point 10^q; so whole numbers
 * with limbs of nine digits, and small factors, are all that it takes. Doubles have up to 767 significant digits.
 *
 * @native bounds: unchecked, overflow: unchecked
 */
import { writeDigits } from './decimal-digits.ts';
import { toI32, toU64 } from './intrinsics.ts';
import type { i32, u64 } from 'tsnative';

/** What a limb counts to. */
const BASE: u64 = 1000000000n;
/** 5^12, the largest power of five that is below the base. */
const FIVES: u64 = 244140625n;
/** 2^29, the largest power of two that is. */
const TWOS: u64 = 536870912n;

/** Limbs that the largest numbers need: 10^−1074·(10^767), and 10^309, with room for a carry. */
export const MOST_LIMBS = 90;
/** Digits of that many limbs. */
export const MOST_DIGITS = 810;

/** Multiplies `count` limbs, the lowest one first, by a number below the base; returns how many there are then. */
function multiply(limbs: Uint32Array, count: i32, factor: u64): i32 {
  let carry: u64 = 0n;
  for (let i: i32 = 0; i < count; i = (i + 1) | 0) {
    const product: u64 = toU64(limbs[i]!) * factor + carry; // i is within
    carry = product / BASE;
    limbs[i] = toI32(product - carry * BASE) >>> 0;
  }
  if (carry === 0n) return count;
  limbs[count] = toI32(carry) >>> 0;
  return (count + 1) | 0;
}

/**
 * Writes the digits of c·2^q, without zeros in front, to `digits`, which has room for MOST_DIGITS units; returns how
 * many there are. The value is 0.digits·10^point for point = count + min(q, 0).
 *
 * @param c below 2^54, not 0
 * @param q −1075 ≤ q ≤ 971
 */
export function exactDigits(c: u64, q: i32, digits: Uint8Array): i32 {
  const limbs = new Uint32Array(MOST_LIMBS);
  limbs[0] = toI32(c % BASE) >>> 0;
  limbs[1] = toI32(c / BASE) >>> 0;
  let count: i32 = c < BASE ? 1 : 2;
  if (q < 0) {
    let left: i32 = -q | 0;
    for (; left >= 12; left = (left - 12) | 0) count = multiply(limbs, count, FIVES);
    let power: u64 = 1n;
    for (; left > 0; left = (left - 1) | 0) power = power * 5n;
    count = multiply(limbs, count, power);
  } else {
    let left: i32 = q;
    for (; left >= 29; left = (left - 29) | 0) count = multiply(limbs, count, TWOS);
    count = multiply(limbs, count, toU64((1 << left) >>> 0));
  }
  return spelled(limbs, count, digits);
}

/** The digits of limbs, the highest first. */
function spelled(limbs: Uint32Array, count: i32, digits: Uint8Array): i32 {
  let end: i32 = 0;
  for (let i: i32 = (count - 1) | 0; i >= 0; i = (i - 1) | 0) {
    const limb: u64 = toU64(limbs[i]!); // i is within
    end = writeDigits(limb, 9, digits, end);
  }
  let first: i32 = 0;
  while (digits[first] === 48) first = (first + 1) | 0;
  const length: i32 = (end - first) | 0;
  for (let i: i32 = 0; i < length; i = (i + 1) | 0) digits[i] = digits[(i + first) | 0]!;
  return length;
}
