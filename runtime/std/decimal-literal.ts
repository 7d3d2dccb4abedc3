/**
 * Decimal literals: StrDecimalLiteral of ECMA-262 7.1.4.1, to the nearest double. A template: the library's build
 * makes a copy for each width of units by replacing the alias.
 *
 * @native bounds: unchecked, overflow: unchecked
 */
import { MOST_DIGITS, exactDigits } from './exact-digits.ts';
import { bitsOf, fromBits, toI32, toU64 } from './intrinsics.ts';
import { nearestDouble } from './nearest-double.ts';
import type { f64, i32, u64 } from 'tsnative';

type Units = Uint8Array;

const ZERO = 48;
const POINT = 46;
const MINUS = 45;
const PLUS = 43;
/** "Infinity" begins with it. */
const CAPITAL_I = 73;

/** The unit at `at`, or −1 at the end. */
function unitAt(units: Units, at: i32, to: i32): i32 {
  return at < to ? units[at]! : -1; // at is within
}

/** Behind the digits from `from` on. */
function endOfDigits(units: Units, from: i32, to: i32): i32 {
  let at: i32 = from;
  while (at < to && units[at]! >= ZERO && units[at]! <= 57) at = (at + 1) | 0; // at is within
  return at;
}

/** Behind a sign, if one is there. */
function endOfSign(units: Units, from: i32, to: i32): i32 {
  const unit = unitAt(units, from, to);
  return unit === PLUS || unit === MINUS ? (from + 1) | 0 : from;
}

/** Behind "Infinity"; `from` where it isn't there. */
function endOfInfinity(units: Units, from: i32, to: i32): i32 {
  const isThere =
    ((to - from) | 0) >= 8 &&
    units[from] === CAPITAL_I &&
    units[(from + 1) | 0] === 110 &&
    units[(from + 2) | 0] === 102 &&
    units[(from + 3) | 0] === 105 &&
    units[(from + 4) | 0] === 110 &&
    units[(from + 5) | 0] === 105 &&
    units[(from + 6) | 0] === 116 &&
    units[(from + 7) | 0] === 121;
  return isThere ? (from + 8) | 0 : from;
}

/** Behind an exponent such as `e-7`; `from` where there is none, or one without digits. */
function endOfExponent(units: Units, from: i32, to: i32): i32 {
  const letter = unitAt(units, from, to);
  if (letter !== 101 && letter !== 69) return from;
  const digits = endOfSign(units, (from + 1) | 0, to);
  const end = endOfDigits(units, digits, to);
  return end > digits ? end : from;
}

/** The value of an exponent, at most 10^9 in magnitude: with fewer than 2^30 digits before it no sum exceeds an i32. */
function exponentValue(units: Units, from: i32, to: i32): i32 {
  let at = endOfSign(units, (from + 1) | 0, to);
  const isNegative = units[(at - 1) | 0] === MINUS;
  let value: i32 = 0;
  for (; at < to; at = (at + 1) | 0) {
    if (value < 100000000)
      value = (10 * value + units[at]! - ZERO) | 0; // at is within
    else value = 1000000000;
  }
  return isNegative ? -value | 0 : value;
}

/** Behind the longest decimal literal that begins at `from`, with its sign; −1 where there is none. */
export function decimalEnd(units: Units, from: i32, to: i32): i32 {
  const start = endOfSign(units, from, to);
  const infinity = endOfInfinity(units, start, to);
  if (infinity > start) return infinity;
  let end = endOfDigits(units, start, to);
  let digits: i32 = (end - start) | 0;
  if (unitAt(units, end, to) === POINT) {
    const fraction: i32 = (end + 1) | 0;
    end = endOfDigits(units, fraction, to);
    digits = (digits + end - fraction) | 0;
  }
  return digits > 0 ? endOfExponent(units, end, to) : -1;
}

/**
 * The double nearest to the longest decimal literal that begins at `from`; NaN where there is none.
 *
 * @param whole the literal must end at `to`, else NaN
 */
export function decimalValue(units: Units, from: i32, to: i32, whole: boolean): f64 {
  const start = endOfSign(units, from, to);
  const isNegative = unitAt(units, from, to) === MINUS;
  let w: u64 = 0n;
  let significant: i32 = 0;
  let q: i32 = 0;
  let more = false;
  let at: i32 = start;
  for (; at < to; at = (at + 1) | 0) {
    const digit: i32 = (units[at]! - ZERO) | 0; // at is within
    if (digit < 0 || digit > 9) break;
    if (significant < 19) {
      w = w * 10n + toU64(digit);
      if (w !== 0n) significant = (significant + 1) | 0;
    } else {
      q = (q + 1) | 0;
      if (digit !== 0) more = true;
    }
  }
  let digits: i32 = (at - start) | 0;
  if (unitAt(units, at, to) === POINT) {
    at = (at + 1) | 0;
    const fraction = at;
    for (; at < to; at = (at + 1) | 0) {
      const digit: i32 = (units[at]! - ZERO) | 0; // at is within
      if (digit < 0 || digit > 9) break;
      if (significant < 19) {
        w = w * 10n + toU64(digit);
        q = (q - 1) | 0;
        if (w !== 0n) significant = (significant + 1) | 0;
      } else if (digit !== 0) more = true;
    }
    digits = (digits + at - fraction) | 0;
  }
  if (digits === 0) {
    const end = endOfInfinity(units, start, to);
    if (end === start || (whole && end !== to)) return NaN;
    return isNegative ? -Infinity : Infinity;
  }
  const end = endOfExponent(units, at, to);
  if (whole && end !== to) return NaN;
  if (end > at) q = (q + exponentValue(units, at, end)) | 0;
  let value = nearestDouble(w, q, more);
  if (bitsOf(value) < 0n) value = roundedByDigits(units, start, at, (q + significant) | 0, -value);
  return isNegative ? -value : value;
}

/**
 * The nearer one of a double and the next larger one, by comparing all digits of the literal with those of the middle.
 *
 * @param from where the literal's digits begin, and zeros before them
 * @param to where they end
 * @param point the literal is 0.digits·10^point
 * @param below the larger one may be Infinity, and the literal is less than that far above the middle
 */
function roundedByDigits(units: Units, from: i32, to: i32, point: i32, below: f64): f64 {
  const bits: u64 = BigInt.asUintN(64, bitsOf(below));
  const biased: i32 = toI32(bits >> 52n);
  const fraction: u64 = bits & 0xfffffffffffffn;
  const m: u64 = biased === 0 ? fraction : fraction | 0x10000000000000n;
  const q: i32 = ((biased === 0 ? 1 : biased) - 1076) | 0;
  const middle = new Uint8Array(MOST_DIGITS);
  const count = exactDigits(2n * m + 1n, q, middle);
  const middlePoint: i32 = q < 0 ? (count + q) | 0 : count;
  const order =
    point === middlePoint
      ? compareDigits(units, from, to, middle, count)
      : (point - middlePoint) | 0;
  const isUp = order > 0 || (order === 0 && (m & 1n) === 1n);
  return isUp ? fromBits(BigInt.asIntN(64, bits + 1n)) : below;
}

/** Compares a literal's significant digits with others, as fractions: less than 0, 0 or greater. */
function compareDigits(units: Units, from: i32, to: i32, digits: Uint8Array, count: i32): i32 {
  let at: i32 = from;
  while (units[at] === ZERO || units[at] === POINT) at = (at + 1) | 0;
  for (let i: i32 = 0; i < count; i = (i + 1) | 0) {
    if (unitAt(units, at, to) === POINT) at = (at + 1) | 0;
    const digit: i32 = at < to ? units[at]! : ZERO; // at is within
    const difference: i32 = (digit - digits[i]!) | 0; // i is within
    if (difference !== 0) return difference;
    at = (at + 1) | 0;
  }
  for (; at < to; at = (at + 1) | 0) {
    if (units[at] !== ZERO && units[at] !== POINT) return 1;
  }
  return 0;
}
