/**
 * sin, cos and tan: x = n·π/2 + y with |y| ≤ π/4, where y carries a second double, then polynomials
 * (Cody and Waite's reduction up to 2^20 · π/2, beyond it Payne and Hanek's).
 *
 * @native
 */
import { productError, smallerError } from './double-double.ts';
import { chosenByBit, negatedIfOdd, upperHalf } from './exponents.ts';
import { bitsOf, highWord, toF64 } from './intrinsics.ts';
import { cosTail, sinTail } from './polynomials.ts';
import { twoOverPiBits } from './two-over-pi.ts';
import type { f64, i32, i64, u64 } from 'tsnative';

const TWO_OVER_PI = 0.6366197723675814;
/** π/2 in three parts of 33 bits, whose products with integers up to 2^20 are exact, and the rest. */
const HALF_PI_1 = 1.5707963267341256;
const HALF_PI_2 = 6.077100506303966e-11;
const HALF_PI_3 = 2.0222662487111665e-21;
const HALF_PI_4 = 8.4784276603689e-32;
/** π/2 as a double-double. */
const HALF_PI = 1.5707963267948966;
const HALF_PI_LOW = 6.123233995736766e-17;
/** 2^20 · π/2, rounded down. */
const MODERATE = 1647099;
/** 1.5·2^52: adding it rounds to an integer, which then stands in the low word. */
const ROUNDER = 6755399441055744;
/** Below, sin x and tan x are x. */
const TINY = 7.450580596923828e-9;

const TWO_M32 = 2.3283064365386963e-10;
const TWO_M64 = 5.421010862427522e-20;
const TWO_M96 = 1.262177448353619e-29;

/** Sine of an angle in radians. */
export function sin(x: f64): f64 {
  if (Math.abs(x) > MODERATE) return sinOfHuge(x);
  const shifted = x * TWO_OVER_PI + ROUNDER;
  const n = shifted - ROUNDER;
  const y = moderateHigh(x, n);
  const value = sinOrCos(y, moderateLow(x, n, y), bitsOf(shifted));
  return Math.abs(x) < TINY ? x : value;
}

/** Cosine of an angle in radians. */
export function cos(x: f64): f64 {
  if (Math.abs(x) > MODERATE) return cosOfHuge(x);
  const shifted = x * TWO_OVER_PI + ROUNDER;
  const n = shifted - ROUNDER;
  const y = moderateHigh(x, n);
  return sinOrCos(y, moderateLow(x, n, y), BigInt.asIntN(64, bitsOf(shifted) + 1n));
}

/** Tangent of an angle in radians. */
export function tan(x: f64): f64 {
  if (Math.abs(x) > MODERATE) return tanOfHuge(x);
  const shifted = x * TWO_OVER_PI + ROUNDER;
  const n = shifted - ROUNDER;
  const y = moderateHigh(x, n);
  const value = tangent(y, moderateLow(x, n, y), bitsOf(shifted));
  return Math.abs(x) < TINY ? x : value;
}

/** x − n·π/2 but for the parts that are too small to matter to the double. */
function moderateHigh(x: f64, n: f64): f64 {
  return x - n * HALF_PI_1 - n * HALF_PI_2 - n * HALF_PI_3;
}

/**
 * x − n·π/2 − y for y = moderateHigh(x, n). The differences there are multiples of the last bits of
 * what is subtracted, so that Fast2Sum is exact also where they are smaller.
 */
function moderateLow(x: f64, n: f64, y: f64): f64 {
  const first = x - n * HALF_PI_1;
  const second = first - n * HALF_PI_2;
  const error = smallerError(first, -n * HALF_PI_2, second) - n * HALF_PI_4;
  return smallerError(second, -n * HALF_PI_3, y) + error;
}

/** sin(y + yLow + quadrant·π/2) for |y| ≤ π/4; of the quadrant, only the lowest two bits count. */
function sinOrCos(y: f64, yLow: f64, quadrant: i64): f64 {
  const z = y * y;
  const start = 1 - 0.5 * z;
  const sine = y + (y * z * sinTail(z) + yLow * start);
  const startLow = 1 - start - 0.5 * z;
  const cosine = start + (startLow + (z * z * cosTail(z) - y * yLow));
  const value = chosenByBit(sine, cosine, quadrant);
  return negatedIfOdd(value, quadrant >> 1n);
}

/** tan(y + yLow + quadrant·π/2) for |y| ≤ π/4: a quotient of double-doubles. */
function tangent(y: f64, yLow: f64, quadrant: i64): f64 {
  const z = y * y;
  // y²/2 = half + halfLow, as the rounding error of z would show
  const yHigh = upperHalf(y);
  const half = 0.5 * yHigh * yHigh;
  const halfLow = 0.5 * (y - yHigh) * (y + yHigh);
  const start = 1 - half;
  const sineRest = y * z * sinTail(z) + yLow * start;
  const sine = y + sineRest;
  const sineLow = smallerError(y, sineRest, sine);
  const cosineRest = 1 - start - half + (z * z * cosTail(z) - halfLow - y * yLow);
  const cosine = start + cosineRest;
  const cosineLow = smallerError(start, cosineRest, cosine);
  // tan(y + π/2) = −cot y
  const numerator = chosenByBit(sine, cosine, quadrant);
  const numeratorLow = chosenByBit(sineLow, cosineLow, quadrant);
  const divisor = chosenByBit(cosine, sine, quadrant);
  const divisorLow = chosenByBit(cosineLow, sineLow, quadrant);
  const inverse = 1 / divisor;
  const quotient = upperHalf(numerator * inverse);
  const rest = numerator - quotient * upperHalf(divisor);
  const low = divisor - upperHalf(divisor) + divisorLow;
  return negatedIfOdd(quotient + (rest - quotient * low + numeratorLow) * inverse, quadrant);
}

/** The sine of |x| > 2^20; NaN of infinities. */
function sinOfHuge(x: f64): f64 {
  return ofHuge(x, 0);
}

/** The cosine of |x| > 2^20; NaN of infinities. */
function cosOfHuge(x: f64): f64 {
  return ofHuge(x, 1);
}

/** The tangent of |x| > 2^20; NaN of infinities. */
function tanOfHuge(x: f64): f64 {
  return ofHuge(x, 2);
}

/** (a·b + c + d) / 2^32, rounded down, for a sum below 2^64. */
function carry(a: u64, b: u64, c: u64, d: u64): u64 {
  return BigInt.asUintN(64, a * b + c + d) >> 32n;
}

/** (a·b + c + d) modulo 2^32. */
function word(a: u64, b: u64, c: u64, d: u64): u64 {
  return BigInt.asUintN(64, a * b + c + d) & 0xffffffffn;
}

/**
 * sin (kind 0), cos (1) or tan (2) of |x| > 2^20; NaN of infinities. M. Payne and R. Hanek, "Radian
 * reduction for trigonometric functions" (1983): of the product of the significand with 2/π only those
 * bits are computed that matter modulo 4.
 */
function ofHuge(x: f64, kind: i32): f64 {
  const biased = (highWord(x) >> 20) & 0x7ff;
  if (biased === 0x7ff) return NaN;
  // |x| = (upper·2^32 + lower)·2^(from + 2). Where `from` bits of 2/π are left out,
  // multiples of 4 are.
  const significand: u64 = BigInt.asUintN(52, bitsOf(x)) | 0x10000000000000n;
  const upper: u64 = significand >> 32n;
  const lower: u64 = significand & 0xffffffffn;
  const from = (biased - 1077) | 0;
  const w0: u64 = twoOverPiBits(from);
  const w1: u64 = twoOverPiBits((from + 32) | 0);
  const w2: u64 = twoOverPiBits((from + 64) | 0);
  const w3: u64 = twoOverPiBits((from + 96) | 0);
  const w4: u64 = twoOverPiBits((from + 128) | 0);
  const w5: u64 = twoOverPiBits((from + 160) | 0);
  // lower·w modulo 2^192
  const c5: u64 = carry(lower, w5, 0n, 0n);
  const p4: u64 = word(lower, w4, c5, 0n);
  const c4: u64 = carry(lower, w4, c5, 0n);
  const p3: u64 = word(lower, w3, c4, 0n);
  const c3: u64 = carry(lower, w3, c4, 0n);
  const p2: u64 = word(lower, w2, c3, 0n);
  const c2: u64 = carry(lower, w2, c3, 0n);
  const p1: u64 = word(lower, w1, c2, 0n);
  const c1: u64 = carry(lower, w1, c2, 0n);
  const p0: u64 = word(lower, w0, c1, 0n);
  // plus upper·w·2^32
  const d4: u64 = carry(upper, w5, p4, 0n);
  const q3: u64 = word(upper, w4, p3, d4);
  const d3: u64 = carry(upper, w4, p3, d4);
  const q2: u64 = word(upper, w3, p2, d3);
  const d2: u64 = carry(upper, w3, p2, d3);
  const q1: u64 = word(upper, w2, p1, d2);
  const d1: u64 = carry(upper, w2, p1, d2);
  const q0: u64 = word(upper, w1, p0, d1);
  // The top two bits are the quadrant, the others the fraction; from ½ on it counts from the next quadrant.
  const top: u64 = BigInt.asUintN(64, (q0 << 32n) | q1);
  const bottom: u64 = BigInt.asUintN(64, (q2 << 32n) | q3);
  const fraction: i64 = BigInt.asIntN(64, (top << 2n) | (bottom >> 62n));
  const quadrant: i64 = BigInt.asIntN(64, (top >> 62n) + (BigInt.asUintN(64, fraction) >> 63n));
  // The fraction's 32-bit words as doubles, their sum as a double-double in units of 2^−32
  const f0 = toF64(fraction >> 32n);
  const f1 = toF64(fraction & 0xffffffffn) * TWO_M32;
  const f2 = toF64((bottom >> 30n) & 0xffffffffn) * TWO_M64;
  const f3 = toF64(BigInt.asUintN(32, bottom << 2n)) * TWO_M96;
  const sum = f0 + f1;
  const high = sum + f2;
  const low = smallerError(f0, f1, sum) + smallerError(sum, f2, high) + f3;
  const y = high * (HALF_PI * TWO_M32);
  const yLow =
    productError(high, HALF_PI * TWO_M32, y) +
    (high * (HALF_PI_LOW * TWO_M32) + low * (HALF_PI * TWO_M32));
  const isNegative = highWord(x) < 0;
  const signedY = isNegative ? -y : y;
  const signedLow = isNegative ? -yLow : yLow;
  const signedQuadrant: i64 = isNegative ? BigInt.asIntN(64, 0n - quadrant) : quadrant;
  if (kind === 2) return tangent(signedY, signedLow, signedQuadrant);
  const turned: i64 = BigInt.asIntN(64, signedQuadrant + 1n);
  return sinOrCos(signedY, signedLow, kind === 0 ? signedQuadrant : turned);
}
