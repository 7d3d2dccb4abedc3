/**
 * Hashes of keys: equal keys have equal ones. What comes out of `mixed` is spread over all bits.
 *
 * @native bounds: unchecked, overflow: unchecked
 */
import { highWord, lowWord, toI32, unitAt } from './intrinsics.ts';
import type { f64, i32, i64 } from 'tsnative';

/** The last steps of MurmurHash3 (A. Appleby, public domain). */
export function mixed(hash: i32): i32 {
  let h: i32 = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** All NaNs have one hash, and so have both zeros. */
export function hashNumber(x: f64): i32 {
  const whole: i32 = x | 0;
  if (whole === x) return whole;
  if (x !== x) return 0x7ff80000;
  return lowWord(x) ^ Math.imul(highWord(x), 0x9e3779b1);
}

export function hashBigint(x: i64): i32 {
  return toI32(x) ^ Math.imul(toI32(x >> 32n), 0x9e3779b1);
}

/** The base of `hashString`'s polynomial, FNV's 32-bit prime, and its powers modulo 2^32. */
const base = 0x01000193;
const base2 = 0x26027a69;
const base3 = 0x3ee6b34b;
const base4 = 0x502c3f11;

/**
 * The units as the coefficients of a polynomial modulo 2^32 (R. M. Karp and M. O. Rabin, 1987), by Horner's
 * rule. Four at a time: their products don't wait for each other, as those of FNV-1a do.
 */
export function hashString(text: string): i32 {
  const { length } = text;
  const whole = length & ~3;
  let h: i32 = length;
  let i: i32 = 0;
  for (; i < whole; i += 4) {
    const upper = (Math.imul(unitAt(text, i), base3) + Math.imul(unitAt(text, i + 1), base2)) | 0;
    const lower = (Math.imul(unitAt(text, i + 2), base) + unitAt(text, i + 3)) | 0;
    h = (Math.imul(h, base4) + ((upper + lower) | 0)) | 0;
  }
  for (; i < length; i++) h = (Math.imul(h, base) + unitAt(text, i)) | 0;
  return h;
}
