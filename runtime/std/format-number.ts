/**
 * Numbers as JavaScript prints them: ECMA-262 6.1.6.1.20 Number::toString. Writers of text put ASCII units into a
 * byte array from `at` on and return the end; its room is the caller's duty.
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
import { bitsOf, toI32, toU64 } from './intrinsics.ts';
import { decimalExponent, shortestDigits } from './shortest-digits.ts';
import type { f64, i32, u64 } from 'tsnative';

const ZERO = 48;
const POINT = 46;
const MINUS = 45;
const PLUS = 43;
const LETTER_E = 101;

/** "NaN", "Infinity" or "-Infinity". */
export function writeNonFinite(x: f64, out: Uint8Array, at: i32): i32 {
  let end: i32 = at;
  if (x !== x) {
    out[end] = 78;
    out[(end + 1) | 0] = 97;
    out[(end + 2) | 0] = 78;
    return (end + 3) | 0;
  }
  if (x < 0) {
    out[end] = MINUS;
    end = (end + 1) | 0;
  }
  out[end] = 73;
  out[(end + 1) | 0] = 110;
  out[(end + 2) | 0] = 102;
  out[(end + 3) | 0] = 105;
  out[(end + 4) | 0] = 110;
  out[(end + 5) | 0] = 105;
  out[(end + 6) | 0] = 116;
  out[(end + 7) | 0] = 121;
  return (end + 8) | 0;
}

/** `count` zeros. */
export function writeZeros(count: i32, out: Uint8Array, at: i32): i32 {
  const end: i32 = (at + count) | 0;
  for (let i: i32 = at; i < end; i = (i + 1) | 0) out[i] = ZERO;
  return end;
}

/** `e+21`: an exponent below 1000 with its sign. */
export function writeExponent(exponent: i32, out: Uint8Array, at: i32): i32 {
  out[at] = LETTER_E;
  out[(at + 1) | 0] = exponent < 0 ? MINUS : PLUS;
  const magnitude: i32 = exponent < 0 ? -exponent | 0 : exponent;
  const count: i32 = magnitude < 10 ? 1 : magnitude < 100 ? 2 : 3;
  return writeDigits(toU64(magnitude), count, out, (at + 2) | 0);
}

/** Digits with a point behind the first `whole` of them, 0 < whole < count. */
function writeWithPoint(digits: u64, count: i32, whole: i32, out: Uint8Array, at: i32): i32 {
  const end = writeDigits(digits, count, out, (at + 1) | 0);
  const point: i32 = (at + whole) | 0;
  for (let i: i32 = at; i < point; i = (i + 1) | 0) out[i] = out[(i + 1) | 0]!;
  out[point] = POINT;
  return end;
}

/**
 * A positive decimal in the form that Number::toString gives it.
 *
 * @param digits `count` digits, the last one not 0
 * @param point where the point is: the value is 0.digits·10^point
 */
function writeDecimal(digits: u64, count: i32, point: i32, out: Uint8Array, at: i32): i32 {
  if (point > 21 || point <= -6) {
    const end: i32 =
      count === 1 ? writeDigits(digits, 1, out, at) : writeWithPoint(digits, count, 1, out, at);
    return writeExponent((point - 1) | 0, out, end);
  }
  if (point >= count) {
    return writeZeros((point - count) | 0, out, writeDigits(digits, count, out, at));
  }
  if (point > 0) return writeWithPoint(digits, count, point, out, at);
  out[at] = ZERO;
  out[(at + 1) | 0] = POINT;
  return writeDigits(digits, count, out, writeZeros(-point | 0, out, (at + 2) | 0));
}

/** Number::toString(x, 10); at most 25 units. */
export function formatNumber(x: f64, out: Uint8Array, at: i32): i32 {
  const magnitude = Math.abs(x);
  if (!(magnitude < Infinity)) return writeNonFinite(x, out, at);
  let start: i32 = at;
  if (x < 0) {
    out[start] = MINUS;
    start = (start + 1) | 0;
  }
  if (magnitude <= 9007199254740992 && Math.trunc(magnitude) === magnitude) {
    return writeInteger(toU64(magnitude), out, start);
  }
  const bits: u64 = BigInt.asUintN(64, bitsOf(magnitude));
  const biased: i32 = toI32(bits >> 52n);
  const fraction: u64 = bits & 0xfffffffffffffn;
  const c: u64 = biased === 0 ? fraction : fraction | 0x10000000000000n;
  const q: i32 = (biased === 0 ? -1074 : biased - 1075) | 0;
  const irregular = fraction === 0n && biased > 1;
  const all: u64 = shortestDigits(c, q, irregular);
  const zeros: i32 = countTrailingZeros(all);
  const digits: u64 = zeros === 0 ? all : all / smallPowerOfTen(zeros);
  const count: i32 = countDigits(digits);
  const point: i32 = (decimalExponent(q, irregular) + zeros + count) | 0;
  return writeDecimal(digits, count, point, out, start);
}
