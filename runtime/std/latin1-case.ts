/**
 * Case of text whose units are all below 256 (Latin-1). In lower case it stays so.
 *
 * @native bounds: unchecked, overflow: unchecked
 */
import type { i32 } from 'tsnative';

/** Whether a unit is a capital letter of Latin-1; × is none. */
function isCapital(unit: i32): boolean {
  return (unit >= 65 && unit <= 90) || (unit >= 0xc0 && unit <= 0xde && unit !== 0xd7);
}

/** Whether a unit is a small letter of Latin-1 whose capital is 32 before it; ÷, ß and ÿ are none. */
function isSmall(unit: i32): boolean {
  return (unit >= 97 && unit <= 122) || (unit >= 0xe0 && unit <= 0xfe && unit !== 0xf7);
}

/** Writes the units from `from` to before `to` in lower case; returns the end, which is as far. */
export function lowerCaseLatin1(
  units: Uint8Array,
  from: i32,
  to: i32,
  out: Uint8Array,
  at: i32,
): i32 {
  const length: i32 = (to - from) | 0;
  for (let i: i32 = 0; i < length; i = (i + 1) | 0) {
    const unit: i32 = units[(from + i) | 0]!; // below `to`
    out[(at + i) | 0] = isCapital(unit) ? unit | 32 : unit;
  }
  return (at + length) | 0;
}

/**
 * Writes the units from `from` to before `to` in upper case, where that is Latin-1 of the same length: without ß, µ
 * and ÿ. Returns the end; −1 where one of these is there, with nothing written.
 */
export function upperCaseLatin1(
  units: Uint8Array,
  from: i32,
  to: i32,
  out: Uint8Array,
  at: i32,
): i32 {
  const length: i32 = (to - from) | 0;
  let others: i32 = 0;
  for (let i: i32 = from; i < to; i = (i + 1) | 0) {
    const unit: i32 = units[i]!; // below `to`
    others |= unit === 0xdf || unit === 0xb5 || unit === 0xff ? 1 : 0;
  }
  if (others !== 0) return -1;
  for (let i: i32 = 0; i < length; i = (i + 1) | 0) {
    const unit: i32 = units[(from + i) | 0]!; // below `to`
    out[(at + i) | 0] = isSmall(unit) ? unit & 223 : unit;
  }
  return (at + length) | 0;
}
