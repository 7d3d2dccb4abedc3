/**
 * Logarithms: x = 2^k·m with m between √½ and √2, and log m = 2 atanh(s) with s = (m − 1)/(m + 1), which
 * carries a second double for its rounding error (Muller, "Elementary Functions", 3rd ed., chapter 5).
 *
 * @native
 */
import { productError, smallerError, sumError } from './double-double.ts';
import { fromWords, highWord, lowWord } from './intrinsics.ts';
import { logTail } from './polynomials.ts';
import type { f64, i32 } from 'tsnative';

/** ln 2 and log10 2 to 42 bits, so that their products with an exponent are exact, and the rest. */
const LN2_HIGH = 0.6931471805598903;
const LN2_LOW = 5.497923018708371e-14;
const LOG10_2_HIGH = 0.30102999566395283;
const LOG10_2_LOW = 2.8363394551044964e-14;
/** 1/ln 2 and 1/ln 10. */
const LOG2_E = 1.4426950408889634;
const LOG2_E_LOW = 2.0355273740931033e-17;
const LOG10_E = 0.4342944819032518;
const LOG10_E_LOW = 1.098319650216765e-17;

const SMALLEST_NORMAL = 2.2250738585072014e-308;
const TWO_54 = 18014398509481984;
/** High word of √½. */
const SQRT_HALF = 0x3fe6a09e;

/** x times 2^54 where it is subnormal. */
export function normalized(x: f64): f64 {
  return x < SMALLEST_NORMAL ? x * TWO_54 : x;
}

/** k of x = 2^k·m with √½ ≤ m < √2, for positive normal x. */
export function binaryExponent(x: f64): i32 {
  return (highWord(x) - SQRT_HALF) >> 20;
}

/** x·2^−k, for normal x and result. */
export function significand(x: f64, k: i32): f64 {
  return fromWords(highWord(x) - (k << 20), lowWord(x));
}

/** 2s for s = f/(2 + f), which is log(1 + f) but for terms from s³ on. */
function twiceQuotient(f: f64): f64 {
  return 2 * (f * (1 / (2 + f)));
}

/** log(1 + f + fLow) − first, for first = twiceQuotient(f); √½ ≤ 1 + f ≤ √2. */
function logRest(f: f64, fLow: f64, first: f64): f64 {
  const divisor = 2 + f;
  const divisorLow = smallerError(2, f, divisor) + fLow;
  const s = 0.5 * first;
  const product = s * divisor;
  const residue = f - product - productError(s, divisor, product) + fLow - s * divisorLow;
  const z = s * s;
  return s * z * logTail(z) + 2 * residue * (1 / divisor);
}

/** k·ln 2 + log(1 + f + fLow). */
function logOfParts(k: f64, f: f64, fLow: f64): f64 {
  const first = twiceQuotient(f);
  const whole = k * LN2_HIGH;
  const sum = whole + first;
  const rest = logRest(f, fLow, first) + k * LN2_LOW;
  return sum + (smallerError(whole, first, sum) + rest);
}

/** What logarithms give outside the positive finite numbers. */
function logOfSpecial(x: f64): f64 {
  return x === 0 ? -Infinity : x === Infinity ? x : NaN;
}

/** Natural logarithm. */
export function log(x: f64): f64 {
  const normal = normalized(x);
  const k = binaryExponent(normal);
  const y = logOfParts(normal === x ? k : k - 54, significand(normal, k) - 1, 0);
  return x > 0 && x < Infinity ? y : logOfSpecial(x);
}

/** Logarithm to base 2; exact for powers of two. */
export function log2(x: f64): f64 {
  const normal = normalized(x);
  const k = binaryExponent(normal);
  const y = scaledLog(significand(normal, k) - 1, normal === x ? k : k - 54, 0, LOG2_E, LOG2_E_LOW);
  return x > 0 && x < Infinity ? y : logOfSpecial(x);
}

/** Logarithm to base 10; exact for powers of ten. */
export function log10(x: f64): f64 {
  const normal = normalized(x);
  const k = binaryExponent(normal);
  const exponent = normal === x ? k : k - 54;
  const f = significand(normal, k) - 1;
  const y = scaledLog(f, exponent * LOG10_2_HIGH, exponent * LOG10_2_LOW, LOG10_E, LOG10_E_LOW);
  return x > 0 && x < Infinity ? y : logOfSpecial(x);
}

/** whole + wholeLow + (factor + factorLow)·log(1 + f). */
function scaledLog(f: f64, whole: f64, wholeLow: f64, factor: f64, factorLow: f64): f64 {
  const first = twiceQuotient(f);
  const rest = logRest(f, 0, first);
  const high = first + rest;
  const low = smallerError(first, rest, high);
  const product = high * factor;
  const productLow = productError(high, factor, product) + high * factorLow + low * factor;
  const sum = whole + product;
  return sum + (smallerError(whole, product, sum) + (productLow + wholeLow));
}

/** log(1 + x) without cancellation. */
export function log1p(x: f64): f64 {
  const y = log1pOfSum(x, 0, 0);
  if (x > -1 && x < Infinity) return Math.abs(x) < 5e-17 ? x : y;
  return logOfSpecial(1 + x);
}

/** log(1 + high + low) + doublings·ln 2, for 1 + high + low > 0 and finite. */
export function log1pOfSum(high: f64, low: f64, doublings: f64): f64 {
  const u = 1 + high;
  const uLow = sumError(1, high, u) + low;
  const k = binaryExponent(u);
  const whole = significand(u, k) - 1;
  // Of the largest numbers the low part doesn't matter, and 2^−k is no normal number.
  const part = uLow * fromWords((k > 1000 ? 0 : 1023 - k) << 20, 0);
  const f = whole + part;
  return logOfParts(k + doublings, f, smallerError(whole, part, f));
}
