/**
 * Text as numbers: ECMA-262 7.1.4.1.1 StringToNumber, 19.2.4 parseFloat and 19.2.5 parseInt. The text is the units
 * from `from` to before `to`. A template: the library's build makes a copy for each width of units by replacing the
 * alias.
 *
 * @native bounds: unchecked, overflow: unchecked
 */
import { decimalEnd, decimalValue } from './decimal-literal.ts';
import { powerOfTwo } from './exponents.ts';
import { shiftLeft, shiftRight, toF64, toU64 } from './intrinsics.ts';
import { digitValue } from './radix-digits.ts';
import { isWhiteSpace } from './white-space.ts';
import type { f64, i32, u64 } from 'tsnative';

type Units = Uint8Array;

/** The first index from `from` on that is no white space, or `to`. */
export function skipWhiteSpace(units: Units, from: i32, to: i32): i32 {
  let at: i32 = from;
  while (at < to && isWhiteSpace(units[at]!)) at = (at + 1) | 0; // at is within
  return at;
}

/** Behind the last unit that is no white space, or `from`. */
export function trimmedEnd(units: Units, from: i32, to: i32): i32 {
  let end: i32 = to;
  while (end > from && isWhiteSpace(units[(end - 1) | 0]!)) end = (end - 1) | 0; // end − 1 is within
  return end;
}

/** `Number(text)`, and what `+text` and ToNumber give. */
export function stringToNumber(units: Units, from: i32, to: i32): f64 {
  const start = skipWhiteSpace(units, from, to);
  if (start === to) return 0;
  const end = trimmedEnd(units, start, to);
  if (units[start] === 48 && ((end - start) | 0) > 2) {
    const letter: i32 = units[(start + 1) | 0]! | 32; // start + 1 is within
    const digits: i32 = (start + 2) | 0;
    if (letter === 120) return wholeBinaryValue(units, digits, end, 4);
    if (letter === 111) return wholeBinaryValue(units, digits, end, 3);
    if (letter === 98) return wholeBinaryValue(units, digits, end, 1);
  }
  return decimalValue(units, start, end, true);
}

/** `parseFloat(text)`. */
export function parseFloat(units: Units, from: i32, to: i32): f64 {
  return decimalValue(units, skipWhiteSpace(units, from, to), to, false);
}

/** Where what `parseFloat` reads ends; −1 where there is no number. */
export function parseFloatEnd(units: Units, from: i32, to: i32): i32 {
  return decimalEnd(units, skipWhiteSpace(units, from, to), to);
}

/**
 * `parseInt(text, radix)`, to the nearest double for the radices 2, 4, 8, 10, 16 and 32. For the others ECMA-262
 * allows an approximation, and this is V8's.
 *
 * @param radix as ToInt32 gives it; 0 is what `undefined` gives
 */
export function parseInt(units: Units, from: i32, to: i32, radix: i32): f64 {
  let at = skipWhiteSpace(units, from, to);
  if (at === to) return NaN;
  const isNegative = units[at] === 45;
  if (isNegative || units[at] === 43) at = (at + 1) | 0;
  let base: i32 = radix === 0 ? 10 : radix;
  if (base < 2 || base > 36) return NaN;
  const mayBeHex = radix === 0 || radix === 16;
  if (mayBeHex && ((to - at) | 0) >= 2 && units[at] === 48 && (units[(at + 1) | 0]! | 32) === 120) {
    at = (at + 2) | 0;
    base = 16;
  }
  let end: i32 = at;
  while (end < to && digitValue(units[end]!) < base) end = (end + 1) | 0; // end is within
  if (end === at) return NaN;
  const value = integerValue(units, at, end, base);
  return isNegative ? -value : value;
}

/** The value of digits that are all valid. */
function integerValue(units: Units, from: i32, to: i32, radix: i32): f64 {
  if (radix === 10) return decimalValue(units, from, to, true);
  if ((radix & (radix - 1)) === 0)
    return binaryValue(units, from, to, (31 - Math.clz32(radix)) | 0);
  return approximateValue(units, from, to, radix);
}

/** As `binaryValue`; NaN where something is no digit. */
function wholeBinaryValue(units: Units, from: i32, to: i32, width: i32): f64 {
  for (let at: i32 = from; at < to; at = (at + 1) | 0) {
    if (digitValue(units[at]!) >> width !== 0) return NaN; // at is within
  }
  return binaryValue(units, from, to, width);
}

/** The double nearest to digits of the radix 2^width. */
function binaryValue(units: Units, from: i32, to: i32, width: i32): f64 {
  let w: u64 = 0n;
  let dropped: i32 = 0;
  let more = false;
  for (let at: i32 = from; at < to; at = (at + 1) | 0) {
    const digit = digitValue(units[at]!); // at is within
    if (shiftRight(w, (64 - width) | 0) === 0n) w = shiftLeft(w, width) | toU64(digit);
    else {
      dropped = (dropped + 1) | 0;
      if (digit !== 0) more = true;
    }
  }
  if (dropped === 0) return toF64(w);
  // At least 59 bits are there, so that the lowest one is beyond what is rounded.
  const sticky: u64 = more ? 1n : 0n;
  return dropped > 1000 ? Infinity : toF64(w | sticky) * scale(dropped, width);
}

/** 2^(dropped·width); Infinity from 2^966 on. */
function scale(dropped: i32, width: i32): f64 {
  const exponent: i32 = Math.imul(dropped, width);
  return exponent >= 966 ? Infinity : powerOfTwo(exponent);
}

/** The value of digits as V8 computes it: parts that fit 32 bits, put together in double. */
function approximateValue(units: Units, from: i32, to: i32, radix: i32): f64 {
  let value = 0;
  let at: i32 = from;
  while (at < to && units[at] === 48) at = (at + 1) | 0;
  while (at < to) {
    let part = 0;
    let multiplier = 1;
    // 119304647 = ⌊(2^32 − 1) / 36⌋
    while (at < to && multiplier * radix <= 119304647) {
      part = part * radix + digitValue(units[at]!); // at is within
      multiplier *= radix;
      at = (at + 1) | 0;
    }
    value = value * multiplier + part;
  }
  return value;
}
