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

/** FNV-1a over the units. */
export function hashString(text: string): i32 {
  let h: i32 = 0x811c9dc5 | 0;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ unitAt(text, i), 0x01000193);
  return h;
}
