/**
 * `toFixed`, `toExponential` and `toPrecision`: ECMA-262 21.1.3. The numbers of digits are checked here, and the text
 * goes into a byte array from `at` on, at most 128 units; the functions return the end.
 *
 * @native bounds: unchecked, overflow: unchecked
 */
import {
  countDigits,
  countTrailingZeros,
  smallPowerOfTen,
  writeDigits,
  writeInteger,
} from './decimal-digits.ts';
import { MOST_DIGITS } from './exact-digits.ts';
import { formatNumber, writeExponent, writeNonFinite, writeZeros } from './format-number.ts';
import { toInteger } from './index-arithmetic.ts';
import { leadingZeros } from './intrinsics.ts';
import {
  UNKNOWN,
  exponentOfDouble,
  roundedDigits,
  scaled,
  significandOfDouble,
} from './rounded-digits.ts';
import { decimalExponent, shortestDigits } from './shortest-digits.ts';
import type { f64, i32, u64 } from 'tsnative';

const ZERO = 48;
const POINT = 46;
const MINUS = 45;

/** Digits that `roundedDigits` made, with zeros behind them to make `count`; those from `from` on. */
function writeKept(digits: Uint8Array, from: i32, count: i32, out: Uint8Array, at: i32): i32 {
  let written: i32 = 0;
  let end: i32 = at;
  if (from > 0) {
    // Nothing is behind the end of the digits.
    let there: i32 = 0;
    while (there < from && digits[there] !== 0) there = (there + 1) | 0;
    if (there < from) return writeZeros(count, out, at);
  }
  for (; written < count && digits[(from + written) | 0] !== 0; written = (written + 1) | 0) {
    out[end] = digits[(from + written) | 0]!; // within what roundedDigits made
    end = (end + 1) | 0;
  }
  return writeZeros((count - written) | 0, out, end);
}

/**
 * `x.toFixed(digits)`; at most 123 units.
 * @throws RangeError where `digits` is not between 0 and 100
 */
export function formatFixed(x: f64, digits: f64, out: Uint8Array, at: i32): i32 {
  const places = toInteger(digits);
  if (!(places >= 0 && places <= 100))
    throw new RangeError('toFixed() digits argument must be between 0 and 100');
  const magnitude = Math.abs(x);
  if (!(magnitude < 1e21)) return formatNumber(x, out, at);
  let start: i32 = at;
  if (x < 0) {
    out[start] = MINUS;
    start = (start + 1) | 0;
  }
  return writeFixed(magnitude, places | 0, out, start);
}

function writeFixed(x: f64, places: i32, out: Uint8Array, at: i32): i32 {
  const n: u64 = x === 0 ? 0n : scaled(x, places);
  if (n === UNKNOWN) return writeFixedExactly(x, places, out, at);
  const count = countDigits(n);
  if (places === 0) return writeInteger(n, out, at);
  if (count > places) {
    // Digits are written one too far to the right, and those before the point moved.
    const end = writeDigits(n, count, out, (at + 1) | 0);
    const point: i32 = (at + count - places) | 0;
    for (let i: i32 = at; i < point; i = (i + 1) | 0) out[i] = out[(i + 1) | 0]!;
    out[point] = POINT;
    return end;
  }
  out[at] = ZERO;
  out[(at + 1) | 0] = POINT;
  const end = writeZeros((places - count) | 0, out, (at + 2) | 0);
  return writeDigits(n, count, out, end);
}

function writeFixedExactly(x: f64, places: i32, out: Uint8Array, at: i32): i32 {
  const digits = new Uint8Array(MOST_DIGITS);
  const point = roundedDigits(x, places, true, digits);
  let end: i32 = at;
  if (point > 0) end = writeKept(digits, 0, point, out, at);
  else {
    out[end] = ZERO;
    end = (end + 1) | 0;
  }
  if (places === 0) return end;
  out[end] = POINT;
  end = (end + 1) | 0;
  if (point >= 0) return writeKept(digits, point, places, out, end);
  const zeros: i32 = -point < places ? -point | 0 : places;
  end = writeZeros(zeros, out, end);
  return writeKept(digits, 0, (places - zeros) | 0, out, end);
}

/**
 * `x.toExponential(digits)`; at most 109 units.
 * @throws RangeError where `digits` is not between 0 and 100 and x is finite
 */
export function formatExponential(x: f64, digits: f64, out: Uint8Array, at: i32): i32 {
  const places = toInteger(digits);
  const magnitude = Math.abs(x);
  if (!(magnitude < Infinity)) return writeNonFinite(x, out, at);
  if (!(places >= 0 && places <= 100))
    throw new RangeError('toExponential() argument must be between 0 and 100');
  let start: i32 = at;
  if (x < 0) {
    out[start] = MINUS;
    start = (start + 1) | 0;
  }
  const count: i32 = (places + 1) | 0;
  const point = writeSignificant(magnitude, count, out, start);
  const end: i32 = (start + count) | 0;
  return writeExponent((point - 1) | 0, out, pointInside(1, out, start, end));
}

/** `x.toExponential()`: as many digits as the number needs; at most 24 units. */
export function formatExponentialShortest(x: f64, out: Uint8Array, at: i32): i32 {
  const magnitude = Math.abs(x);
  if (!(magnitude < Infinity)) return writeNonFinite(x, out, at);
  let start: i32 = at;
  if (x < 0) {
    out[start] = MINUS;
    start = (start + 1) | 0;
  }
  if (x === 0) {
    out[start] = ZERO;
    return writeExponent(0, out, (start + 1) | 0);
  }
  const c: u64 = significandOfDouble(magnitude);
  const q = exponentOfDouble(magnitude);
  const irregular = c === 0x10000000000000n && q > -1074;
  const all: u64 = shortestDigits(c, q, irregular);
  const zeros = countTrailingZeros(all);
  const shortest: u64 = all / smallPowerOfTen(zeros);
  const count = countDigits(shortest);
  const end = pointInside(1, out, start, writeDigits(shortest, count, out, start));
  return writeExponent((decimalExponent(q, irregular) + zeros + count - 1) | 0, out, end);
}

/**
 * `x.toPrecision(precision)`; at most 108 units.
 * @throws RangeError where `precision` is not between 1 and 100 and x is finite
 */
export function formatPrecision(x: f64, precision: f64, out: Uint8Array, at: i32): i32 {
  const integer = toInteger(precision);
  const magnitude = Math.abs(x);
  if (!(magnitude < Infinity)) return writeNonFinite(x, out, at);
  if (!(integer >= 1 && integer <= 100))
    throw new RangeError('toPrecision() argument must be between 1 and 100');
  const count: i32 = integer | 0;
  let start: i32 = at;
  if (x < 0) {
    out[start] = MINUS;
    start = (start + 1) | 0;
  }
  const point = writeSignificant(magnitude, count, out, start);
  const end: i32 = (start + count) | 0;
  if (point < -5 || point > count) {
    return writeExponent((point - 1) | 0, out, pointInside(1, out, start, end));
  }
  if (point > 0) return pointInside(point, out, start, end);
  // "0." and zeros in front
  const shift: i32 = (2 - point) | 0;
  for (let i: i32 = (end - 1) | 0; i >= start; i = (i - 1) | 0) out[(i + shift) | 0] = out[i]!;
  writeZeros(shift, out, start);
  out[(start + 1) | 0] = POINT;
  return (end + shift) | 0;
}

/** Puts a point behind the first `whole` of the units from `from` to before `to`, where others follow; the end. */
function pointInside(whole: i32, out: Uint8Array, from: i32, to: i32): i32 {
  const point: i32 = (from + whole) | 0;
  if (point >= to) return to;
  for (let i: i32 = to; i > point; i = (i - 1) | 0) out[i] = out[(i - 1) | 0]!;
  out[point] = POINT;
  return (to + 1) | 0;
}

/**
 * Writes `count` significant digits of x ≥ 0, rounded; returns `point`, of the value 0.digits·10^point. Zero has
 * zeros and point 1.
 */
function writeSignificant(x: f64, count: i32, out: Uint8Array, at: i32): i32 {
  if (x === 0) {
    writeZeros(count, out, at);
    return 1;
  }
  if (count <= 17) {
    const bits: i32 = (63 - leadingZeros(significandOfDouble(x))) | 0;
    // The place of the first digit, or one too few.
    let point: i32 = (decimalExponent((exponentOfDouble(x) + bits) | 0, false) + 1) | 0;
    let n: u64 = scaled(x, (count - point) | 0);
    if (n !== UNKNOWN && n >= smallPowerOfTen(count)) {
      point = (point + 1) | 0;
      n = scaled(x, (count - point) | 0);
    }
    if (n !== UNKNOWN) {
      writeDigits(n, count, out, at);
      return point;
    }
  }
  const digits = new Uint8Array(MOST_DIGITS);
  const point = roundedDigits(x, count, false, digits);
  writeKept(digits, 0, count, out, at);
  return point;
}
