/**
 * Logarithms: x = 2^k·m with m = 1 + f between √½ and √2, and log m = 2 atanh(s) with s = f/(2 + f), where the
 * series from s³ on is a polynomial and 2s = f − s·f = f − f²/2 + s·f²/2 (Muller, "Elementary Functions", 3rd ed.,
 * chapter 5): f is exact, and what is subtracted from it is small.
 *
 * @native
 */
import { smallerError, sumError } from './double-double.ts';
import { exponentOf, normalized, powerOfTwo, significandOf, upperHalf } from './exponents.ts';
import { logTail } from './polynomials.ts';
import type { f64 } from 'tsnative';

/** ln 2 and log10 2 to 42 bits, so that their products with an exponent are exact, and the rest. */
const LN2_HIGH = 0.6931471805598903;
const LN2_LOW = 5.497923018708371e-14;
const LOG10_2_HIGH = 0.30102999566395283;
const LOG10_2_LOW = 2.8363394551044964e-14;
/** 1/ln 2 and 1/ln 10 to 26 bits, and the rest. */
const LOG2_E_HIGH = 1.4426950216293335;
const LOG2_E_LOW = 1.9259629911266175e-8;
const LOG10_E_HIGH = 0.4342944771051407;
const LOG10_E_LOW = 4.798111141615972e-9;

/** log(1 + f) − (f − half) for half = f²/2, between √½ and √2. */
function logRest(f: f64, half: f64): f64 {
  const s = f / (2 + f);
  const z = s * s;
  return s * (half + z * logTail(z));
}

/** k·ln 2 + log(1 + f + fLow). */
function logOfParts(k: f64, f: f64, fLow: f64): f64 {
  const half = 0.5 * f * f;
  const whole = k * LN2_HIGH;
  const sum = whole + f;
  const rest = logRest(f, half) + (k * LN2_LOW + (fLow - fLow * f));
  return sum + (smallerError(whole, f, sum) - (half - rest));
}

/** whole + wholeLow + (factor + factorLow)·log(1 + f), for a factor of 26 bits. */
function scaledLog(f: f64, whole: f64, wholeLow: f64, factor: f64, factorLow: f64): f64 {
  const half = 0.5 * f * f;
  const high = upperHalf(f - half);
  const low = f - high - half + logRest(f, half);
  const product = high * factor;
  const sum = whole + product;
  const rest = low * factor + ((low + high) * factorLow + wholeLow);
  return sum + (smallerError(whole, product, sum) + rest);
}

/** What logarithms give outside the positive finite numbers. */
function logOfSpecial(x: f64): f64 {
  return x === 0 ? -Infinity : x === Infinity ? x : NaN;
}

/** k of x = 2^k·m, for x that may be subnormal and `normal`, which is normal. */
function exponent(x: f64, normal: f64): f64 {
  return exponentOf(normal) - (normal === x ? 0 : 54);
}

/** Natural logarithm. */
export function log(x: f64): f64 {
  const normal = normalized(x);
  const y = logOfParts(exponent(x, normal), significandOf(normal) - 1, 0);
  return x > 0 && x < Infinity ? y : logOfSpecial(x);
}

/** Logarithm to base 2; exact for powers of two. */
export function log2(x: f64): f64 {
  const normal = normalized(x);
  const k = exponent(x, normal);
  const y = scaledLog(significandOf(normal) - 1, k, 0, LOG2_E_HIGH, LOG2_E_LOW);
  return x > 0 && x < Infinity ? y : logOfSpecial(x);
}

/** Logarithm to base 10; exact for powers of ten. */
export function log10(x: f64): f64 {
  const normal = normalized(x);
  const k = exponent(x, normal);
  const f = significandOf(normal) - 1;
  const y = scaledLog(f, k * LOG10_2_HIGH, k * LOG10_2_LOW, LOG10_E_HIGH, LOG10_E_LOW);
  return x > 0 && x < Infinity ? y : logOfSpecial(x);
}

/** log(1 + x) without cancellation. */
export function log1p(x: f64): f64 {
  const y = log1pOfSum(x, 0, 0);
  const result = Math.abs(x) < 5e-17 ? x : y;
  return x > -1 && x < Infinity ? result : logOfSpecial(1 + x);
}

/** log(1 + high + low) + doublings·ln 2, for 1 + high + low > 0 and finite. */
export function log1pOfSum(high: f64, low: f64, doublings: f64): f64 {
  const u = 1 + high;
  const uLow = sumError(1, high, u) + low;
  const k = exponentOf(u);
  const whole = significandOf(u) - 1;
  // Of the largest numbers the low part doesn't matter, and 2^−k is no normal number.
  const part = k > 1000 ? 0 : uLow * powerOfTwo(-k);
  const f = whole + part;
  return logOfParts(k + doublings, f, smallerError(whole, part, f));
}

/** log(high + low) + doublings·ln 2, for positive normal high and |low| below its last bits. */
export function logOfSum(high: f64, low: f64, doublings: f64): f64 {
  const k = exponentOf(high);
  const lowPart = k > 1000 ? 0 : low * powerOfTwo(-k);
  return logOfParts(k + doublings, significandOf(high) - 1, lowPart);
}
