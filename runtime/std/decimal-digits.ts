/**
 * Integers as decimal digits: ASCII units in a byte array, whose room is the caller's duty.
 *
 * @native bounds: unchecked, overflow: unchecked
 */
import { leadingZeros, toI32 } from './intrinsics.ts';
import type { i32, u64 } from 'tsnative';

/** The unit of the digit 0. */
const ZERO = 48;

/** 10^0 to 10^19. */
// prettier-ignore
const smallPowers = new BigUint64Array([
  1n, 10n, 100n, 1000n, 10000n, 100000n, 1000000n, 10000000n, 100000000n, 1000000000n,
  10000000000n, 100000000000n, 1000000000000n, 10000000000000n, 100000000000000n,
  1000000000000000n, 10000000000000000n, 100000000000000000n, 1000000000000000000n,
  10000000000000000000n,
]);

/** 10^exponent, for 0 ≤ exponent ≤ 19. */
export function smallPowerOfTen(exponent: i32): u64 {
  return smallPowers[exponent]!; // the caller keeps it within
}

/** How many decimal digits a number has; 1 for 0. */
export function countDigits(value: u64): i32 {
  // 1233/4096 is log10(2) closely enough: the count is right or one too low.
  const some: u64 = value | 1n;
  const atLeast: i32 = ((64 - leadingZeros(some)) * 1233) >> 12;
  return some >= smallPowerOfTen(atLeast) ? (atLeast + 1) | 0 : atLeast;
}

/** Two digits of a number below 100. */
function writePair(value: i32, out: Uint8Array, at: i32): void {
  const tens: i32 = (value * 103) >> 10;
  out[at] = ZERO + tens;
  out[(at + 1) | 0] = ZERO + value - 10 * tens;
}

/** Four digits of a number below 10^4. */
function writeFour(value: i32, out: Uint8Array, at: i32): void {
  const upper: i32 = (value / 100) | 0;
  writePair(upper, out, at);
  writePair((value - 100 * upper) | 0, out, (at + 2) | 0);
}

/** Eight digits of a number below 10^8. */
function writeEight(value: i32, out: Uint8Array, at: i32): void {
  const upper: i32 = (value / 10000) | 0;
  writeFour(upper, out, at);
  writeFour((value - 10000 * upper) | 0, out, (at + 4) | 0);
}

/** `count` digits of a number below 10^count, with zeros in front where it has fewer; returns the end. */
export function writeDigits(value: u64, count: i32, out: Uint8Array, at: i32): i32 {
  const end: i32 = (at + count) | 0;
  let last: i32 = end;
  let rest: u64 = value;
  while (((last - at) | 0) >= 8) {
    const upper: u64 = rest / 100000000n;
    last = (last - 8) | 0;
    writeEight(toI32(rest - upper * 100000000n), out, last);
    rest = upper;
  }
  // What is left has less than eight digits.
  let few: i32 = toI32(rest);
  while (((last - at) | 0) >= 2) {
    const upper: i32 = (few / 100) | 0;
    last = (last - 2) | 0;
    writePair((few - 100 * upper) | 0, out, last);
    few = upper;
  }
  if (last > at) out[at] = ZERO + few;
  return end;
}

/** A number's digits; returns the end, at most 20 units further on. */
export function writeInteger(value: u64, out: Uint8Array, at: i32): i32 {
  return writeDigits(value, countDigits(value), out, at);
}

/** How many zeros a number below 10^18 ends in; 0 for 0. */
export function countTrailingZeros(value: u64): i32 {
  if (value === 0n) return 0;
  let zeros: i32 = 0;
  let rest: u64 = value;
  let step: i32 = 8;
  // At most 17 = 8 + 8 + 1: the first step may be taken twice.
  if (rest % 100000000n === 0n) {
    rest = rest / 100000000n;
    zeros = 8;
  }
  while (step > 0) {
    const power: u64 = smallPowerOfTen(step);
    if (rest % power === 0n) {
      rest = rest / power;
      zeros = (zeros + step) | 0;
    }
    step = step >> 1;
  }
  return zeros;
}
