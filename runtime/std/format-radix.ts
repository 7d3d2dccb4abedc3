/**
 * Numbers with radices from 2 to 36. ECMA-262 6.1.6.1.20 leaves open how many digits of a fraction are written: as
 * many as V8 writes, whose steps these are, in double arithmetic (DoubleToRadixCString in its numbers/conversions.cc).
 *
 * @native bounds: unchecked, overflow: unchecked
 */
import { writeInteger } from './decimal-digits.ts';
import { formatNumber, writeNonFinite, writeZeros } from './format-number.ts';
import { bitsOf, fromBits, leadingZeros, toI32, toU64 } from './intrinsics.ts';
import { digitUnit, digitValue } from './radix-digits.ts';
import type { f64, i32, i64, u64 } from 'tsnative';

const MINUS = 45;
const POINT = 46;

/** `x.toString(radix)`, for 2 ≤ radix ≤ 36; at most 1100 units. */
export function formatRadix(x: f64, radix: i32, out: Uint8Array, at: i32): i32 {
  if (radix === 10) return formatNumber(x, out, at);
  const magnitude = Math.abs(x);
  if (!(magnitude < Infinity)) return writeNonFinite(x, out, at);
  let start: i32 = at;
  if (x < 0) {
    out[start] = MINUS;
    start = (start + 1) | 0;
  }
  const whole = Math.floor(magnitude);
  let fraction = magnitude - whole;
  // Half the distance to the next double, but no less than the smallest one.
  const next = fromBits(BigInt.asIntN(64, bitsOf(magnitude) + 1n));
  let delta = Math.max(5e-324, 0.5 * (next - magnitude));
  if (fraction < delta) return writeWhole(whole, radix, out, start);
  // The fraction's digits come first, where they stand if no carry makes the integer part longer.
  const point = writeWhole(whole, radix, out, start);
  out[point] = POINT;
  let end: i32 = (point + 1) | 0;
  let carries = false;
  do {
    fraction *= radix;
    delta *= radix;
    const digit: i32 = fraction | 0;
    out[end] = digitUnit(digit);
    end = (end + 1) | 0;
    fraction -= digit;
    const isUp = fraction > 0.5 || (fraction === 0.5 && (digit & 1) === 1);
    if (isUp && fraction + delta > 1) {
      end = roundedUp(out, point, end, radix);
      carries = end === point;
      break;
    }
  } while (fraction >= delta);
  return carries ? writeWhole(whole + 1, radix, out, start) : end;
}

/** Adds one in the last place of a fraction, dropping digits that become 0; the end, which is `point` where it carries. */
function roundedUp(out: Uint8Array, point: i32, end: i32, radix: i32): i32 {
  for (let i: i32 = (end - 1) | 0; i > point; i = (i - 1) | 0) {
    const digit: i32 = (digitValue(out[i]!) + 1) | 0; // i is within
    if (digit < radix) {
      out[i] = digitUnit(digit);
      return (i + 1) | 0;
    }
  }
  return point;
}

/** An integer ≥ 0. Digits that a double of 53 bits doesn't tell are zeros, or what is left of roundings. */
function writeWhole(whole: f64, radix: i32, out: Uint8Array, at: i32): i32 {
  if (whole < 9007199254740992) return writeRadix(toU64(whole), radix, out, at);
  let rest = whole;
  let zeros: i32 = 0;
  while (rest / radix >= 9007199254740992) {
    rest /= radix;
    zeros = (zeros + 1) | 0;
  }
  let end: i32 = at;
  do {
    const remainder = rest % radix;
    out[end] = digitUnit(remainder | 0);
    end = (end + 1) | 0;
    rest = (rest - remainder) / radix;
  } while (rest > 0);
  reverse(out, at, end);
  return writeZeros(zeros, out, end);
}

/** Reverses the order of units. */
function reverse(out: Uint8Array, from: i32, to: i32): void {
  for (let i: i32 = from, j: i32 = (to - 1) | 0; i < j; i = (i + 1) | 0, j = (j - 1) | 0) {
    const unit: i32 = out[i]!; // i and j are within
    out[i] = out[j]!;
    out[j] = unit;
  }
}

/** An integer's digits. */
function writeRadix(value: u64, radix: i32, out: Uint8Array, at: i32): i32 {
  if (radix === 10) return writeInteger(value, out, at);
  const base: u64 = toU64(radix);
  let rest: u64 = value;
  if ((base & (base - 1n)) === 0n) {
    const width: i32 = (63 - leadingZeros(base)) | 0;
    const length: i32 = (64 - leadingZeros(rest | 1n)) | 0;
    const end: i32 = (at + ((length + width - 1) | 0) / width) | 0;
    for (let i: i32 = (end - 1) | 0; i >= at; i = (i - 1) | 0) {
      out[i] = digitUnit(toI32(rest & (base - 1n)));
      rest = rest >> toU64(width);
    }
    return end;
  }
  let end: i32 = at;
  do {
    const upper: u64 = rest / base;
    out[end] = digitUnit(toI32(rest - upper * base));
    end = (end + 1) | 0;
    rest = upper;
  } while (rest > 0n);
  reverse(out, at, end);
  return end;
}

/** `value.toString(radix)` of a bigint, for 2 ≤ radix ≤ 36; at most 64 units. */
export function formatU64(value: u64, radix: i32, out: Uint8Array, at: i32): i32 {
  return writeRadix(value, radix, out, at);
}

/** `value.toString(radix)` of a bigint, for 2 ≤ radix ≤ 36; at most 65 units. */
export function formatI64(value: i64, radix: i32, out: Uint8Array, at: i32): i32 {
  if (value >= 0n) return writeRadix(BigInt.asUintN(64, value), radix, out, at);
  out[at] = MINUS;
  return writeRadix(BigInt.asUintN(64, -value), radix, out, (at + 1) | 0);
}
