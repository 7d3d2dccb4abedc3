/**
 * Numbers and bigints as strings (ECMA-262 21.1.3 and 21.2.3).
 *
 * @native bounds: unchecked, overflow: unchecked
 */
import {
  formatExponential,
  formatExponentialShortest,
  formatFixed,
  formatPrecision,
} from './format-fixed.ts';
import { formatNumber } from './format-number.ts';
import { formatI64, formatRadix, formatU64 } from './format-radix.ts';
import { toInteger } from './index-arithmetic.ts';
import { charOf, stringOf } from './intrinsics.ts';
import type { f64, i32, i64, u64 } from 'tsnative';

/** `String(x)` */
export function numberToString(x: f64): string {
  if (x >= 0 && x < 10 && Math.trunc(x) === x) return charOf(48 + x);
  const units = new Uint8Array(32);
  return stringOf(units, 0, formatNumber(x, units, 0));
}

/** `String(x)` */
export function i64ToString(x: i64): string {
  const units = new Uint8Array(24);
  return stringOf(units, 0, formatI64(x, 10, units, 0));
}

/** `String(x)` */
export function u64ToString(x: u64): string {
  const units = new Uint8Array(24);
  return stringOf(units, 0, formatU64(x, 10, units, 0));
}

/** A radix as ToIntegerOrInfinity gives it. */
function checkedRadix(radix: f64): i32 {
  const whole = toInteger(radix);
  if (!(whole >= 2 && whole <= 36))
    throw new RangeError('toString() radix argument must be between 2 and 36');
  return whole | 0;
}

/** `x.toString(radix)` */
export function numberToRadix(x: f64, radix: f64): string {
  const base = checkedRadix(radix);
  const units = new Uint8Array(1104);
  return stringOf(units, 0, formatRadix(x, base, units, 0));
}

/** `x.toString(radix)` */
export function i64ToRadix(x: i64, radix: f64): string {
  const base = checkedRadix(radix);
  const units = new Uint8Array(72);
  return stringOf(units, 0, formatI64(x, base, units, 0));
}

/** `x.toString(radix)` */
export function u64ToRadix(x: u64, radix: f64): string {
  const base = checkedRadix(radix);
  const units = new Uint8Array(72);
  return stringOf(units, 0, formatU64(x, base, units, 0));
}

/** `x.toFixed(digits)` */
export function toFixed(x: f64, digits: f64): string {
  const units = new Uint8Array(128);
  return stringOf(units, 0, formatFixed(x, digits, units, 0));
}

/** `x.toExponential(digits)` */
export function toExponential(x: f64, digits: f64): string {
  const units = new Uint8Array(112);
  return stringOf(units, 0, formatExponential(x, digits, units, 0));
}

/** `x.toExponential()` */
export function toExponentialShortest(x: f64): string {
  const units = new Uint8Array(32);
  return stringOf(units, 0, formatExponentialShortest(x, units, 0));
}

/** `x.toPrecision(precision)` */
export function toPrecision(x: f64, precision: f64): string {
  const units = new Uint8Array(112);
  return stringOf(units, 0, formatPrecision(x, precision, units, 0));
}
