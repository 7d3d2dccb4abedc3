/**
 * sinh and cosh from e^x = 2^n·(1 + p) with both e^r and e^−r from one pair of polynomials; their
 * inverses from logarithms, with arguments carried as double-doubles.
 *
 * @native
 */
import { productError, smallerError, sumError } from './double-double.ts';
import { expRest } from './exponential.ts';
import { powerOfShifted, powerOfTwo, upperHalf } from './exponents.ts';
import { copysign, select } from './intrinsics.ts';
import { log1pOfSum, logOfSum } from './logarithm.ts';
import { acoshTail, asinhTail, coshTail, sinhTail, tanhTail } from './polynomials.ts';
import type { f64 } from 'tsnative';

const LOG2_E = 1.4426950408889634;
const LN2_HIGH = 0.6931471805598903;
const LN2_LOW = 5.497923018708371e-14;
const ROUNDER = 6755399441055744;
/** From here on, log(2x) is asinh x and acosh x. */
const TWO_28 = 268435456;

// For x = n·ln 2 + r and k = 2^(−2n), 2^(1 − n) sinh x = (1 − k) cosh r + (1 + k) sinh r, and for cosh x the
// signs of k are the other ones. Below, `sign` is −1 for sinh and 1 for cosh.

/** 1 + sign·k + (1 − sign·k)·r: the part that needs no polynomial. */
function principal(r: f64, k: f64, sign: f64): f64 {
  return 1 + sign * k + (r - sign * k * r);
}

/** The rest: rounding errors of `principal` and the polynomials. */
function remaining(r: f64, rLow: f64, k: f64, sign: f64): f64 {
  const whole = 1 + sign * k;
  const wholeLow = smallerError(1, sign * k, whole);
  const part = r - sign * k * r;
  const partLow = smallerError(r, -sign * k * r, part);
  const sum = whole + part;
  const z = r * r;
  const odd = rLow + r * z * sinhTail(z);
  const even = 0.5 * z + (r * rLow + z * z * coshTail(z));
  const polynomials = whole * even + (1 - sign * k) * odd;
  return smallerError(whole, part, sum) + (wholeLow + partLow + polynomials);
}

/** Hyperbolic sine. */
export function sinh(x: f64): f64 {
  const y = bounded(x);
  const n = y * LOG2_E + ROUNDER - ROUNDER;
  const r = reduced(y, n);
  const k = inverseSquare(n);
  const value = principal(r, k, -1) + remaining(r, reducedLow(y, n, r), k, -1);
  return Math.abs(x) < 7e-9 ? x : copysign(value * powerOfTwo(n - 2) * 2, x);
}

/** Hyperbolic cosine. */
export function cosh(x: f64): f64 {
  const y = bounded(x);
  const n = y * LOG2_E + ROUNDER - ROUNDER;
  const r = reduced(y, n);
  const k = inverseSquare(n);
  const value = principal(r, k, 1) + remaining(r, reducedLow(y, n, r), k, 1);
  return value * powerOfTwo(n - 2) * 2;
}

/** Hyperbolic tangent: 1 − 2/(e^(2x) + 1), and for small x a polynomial. */
export function tanh(x: f64): f64 {
  const size = Math.abs(x);
  const y = size > 22 ? 44 : 2 * size;
  const shifted = y * LOG2_E + (ROUNDER + 1023);
  const n = shifted - (ROUNDER + 1023);
  const high = y - n * LN2_HIGH;
  const low = -n * LN2_LOW;
  const r = high + low;
  const power = powerOfShifted(shifted);
  const whole = power + 1;
  const part = power * (high + (low + expRest(r)));
  const divisor = whole + part;
  const quotient = 2 / divisor;
  const quotientLow = 0.5 * quotient * quotient * smallerError(whole, part, divisor);
  const rest = 1 - quotient;
  const far = rest + (smallerError(1, -quotient, rest) + quotientLow);
  const isFar = size > 0.55;
  const z = size * size;
  const near = size + size * z * tanhTail(z);
  return copysign(select(isFar, far, near), x);
}

/** |x|, or what is large enough for an infinite result. NaN stays. */
function bounded(x: f64): f64 {
  const size = Math.abs(x);
  return size > 711 ? 711 : size;
}

/** y − n·ln 2, rounded. */
function reduced(y: f64, n: f64): f64 {
  return y - n * LN2_HIGH - n * LN2_LOW;
}

/** y − n·ln 2 − r, for r = reduced(y, n). */
function reducedLow(y: f64, n: f64, r: f64): f64 {
  return smallerError(y - n * LN2_HIGH, -n * LN2_LOW, r);
}

/** 2^(−2n) for n ≥ 0, or what is as small to 1. */
function inverseSquare(n: f64): f64 {
  return powerOfTwo(n > 60 ? -120 : -2 * n);
}

/** (z + zLow − root²)/(2·root), for root = √z rounded: what is missing from the root. */
function rootError(z: f64, zLow: f64, root: f64): f64 {
  const high = upperHalf(root);
  const low = root - high;
  return (z - high * high - 2 * high * low - low * low + zLow) * (0.5 / root);
}

/** x² − square, for square = x² rounded. */
function squareTail(x: f64, square: f64): f64 {
  const high = upperHalf(x);
  const low = x - high;
  return high * high - square + 2 * high * low + low * low;
}

/** Inverse hyperbolic sine: log(x + √(x² + 1)), and for small x a polynomial. */
export function asinh(x: f64): f64 {
  const size = Math.abs(x);
  const isLarge = size > TWO_28;
  const a = isLarge ? 1 : size;
  const square = a * a;
  const sum = 1 + square;
  const root = Math.sqrt(sum);
  const rootLow = rootError(sum, sumError(1, square, sum) + squareTail(a, square), root);
  const high = a + root;
  const low = smallerError(root, a, high) + rootLow;
  const bounded = size < Infinity ? size : 1;
  const far = logOfSum(isLarge ? bounded : high, isLarge ? 0 : low, isLarge ? 1 : 0);
  const isFar = size > 0.5;
  const z = isFar ? 0 : square;
  const y = select(isFar, far, size + size * z * asinhTail(z));
  return size < Infinity ? copysign(y, x) : x;
}

/** Inverse hyperbolic cosine: log(x + √(x² − 1)), and close to 1 √(2t)·(1 + t·polynomial), t = x − 1; NaN below 1. */
export function acosh(x: f64): f64 {
  const isLarge = x > TWO_28;
  const isFar = x > 1.5;
  const a = isLarge ? 2 : x;
  const t = isFar ? 0 : a - 1;
  const square = a * a;
  const difference = square - 1;
  const differenceLow = smallerError(square, -1, difference) + squareTail(a, square);
  const z = isFar ? difference : 2 * t;
  const root = Math.sqrt(z);
  const rootLow = root > 0 ? rootError(z, isFar ? differenceLow : 0, root) : 0;
  const high = a + root;
  const low = smallerError(a, root, high) + rootLow;
  const bounded = x < Infinity ? x : 1;
  const far = logOfSum(isLarge ? bounded : high, isLarge ? 0 : low, isLarge ? 1 : 0);
  const y = select(isFar, far, root + (rootLow + root * t * acoshTail(t)));
  return x >= 1 ? (x < Infinity ? y : x) : NaN;
}

/** Inverse hyperbolic tangent: ½ log1p(2x/(1 − x)); infinite at ±1, NaN beyond. */
export function atanh(x: f64): f64 {
  const size = Math.abs(x);
  const divisor = 1 - size;
  const divisorLow = smallerError(1, -size, divisor);
  const quotient = (2 * size) / divisor;
  const back = quotient * divisor;
  const residue = 2 * size - back - productError(quotient, divisor, back) - quotient * divisorLow;
  const y = 0.5 * log1pOfSum(quotient, residue / divisor, 0);
  if (size < 1) return size < 7e-9 ? x : copysign(y, x);
  return size === 1 ? copysign(Infinity, x) : NaN;
}
