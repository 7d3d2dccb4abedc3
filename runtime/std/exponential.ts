/**
 * exp and expm1: x = n·ln 2 + r with |r| ≤ ln 2 / 2, where r carries a second double for its rounding
 * error (Cody and Waite, "Software Manual for the Elementary Functions", 1980), then a polynomial and 2^n.
 *
 * @native
 */
import { scale, smallerError, squareError, sumError } from './double-double.ts';
import { fromWords, lowWord } from './intrinsics.ts';
import { coshTail, sinhTail } from './polynomials.ts';
import type { f64 } from 'tsnative';

const LOG2_E = 1.4426950408889634;
/** ln 2 to 42 bits, so that its product with an exponent is exact, and the rest. */
const LN2_HIGH = 0.6931471805598903;
const LN2_LOW = 5.497923018708371e-14;
/** 1.5·2^52: adding it rounds to an integer, which then stands in the low word. */
const ROUNDER = 6755399441055744;

/** e^x. */
export function exp(x: f64): f64 {
  return expOfSum(x, 0);
}

/** e^(x + xLow) for |xLow| below half a unit in the last place of x. */
export function expOfSum(x: f64, xLow: f64): f64 {
  // Outside, the result is infinite or zero. NaN stays.
  const inside = x > 710 ? 710 : x < -746 ? -746 : x;
  const shifted = inside * LOG2_E + ROUNDER;
  const n = shifted - ROUNDER;
  const high = inside - n * LN2_HIGH;
  const low = (inside === x ? xLow : 0) - n * LN2_LOW;
  const r = high + low;
  const rLow = smallerError(high, low, r);
  const z = r * r;
  const sum = 1 + r;
  const sumLow = smallerError(1, r, sum);
  const tail = r * z * sinhTail(z) + z * z * coshTail(z);
  return scale(sum + (sumLow + rLow * sum + (0.5 * z + tail)), lowWord(shifted));
}

/** e^x − 1 without cancellation. */
export function expm1(x: f64): f64 {
  const inside = x > 710 ? 710 : x < -40 ? -40 : x;
  const shifted = inside * LOG2_E + ROUNDER;
  const n = shifted - ROUNDER;
  const high = inside - n * LN2_HIGH;
  const low = -n * LN2_LOW;
  const r = high + low;
  const rLow = smallerError(high, low, r);
  // e^r − 1 = p + pLow
  const z = r * r;
  const half = 0.5 * z;
  const tail = r * z * sinhTail(z) + z * z * coshTail(z);
  const start = r + half;
  const rest = smallerError(r, half, start) + 0.5 * squareError(r, z) + rLow * (1 + r) + tail;
  const p = start + rest;
  const pLow = smallerError(start, rest, p);
  // e^x − 1 = 2 (2^(n − 1) (1 + p + pLow) − ½)
  const power = fromWords((1022 + lowWord(shifted)) << 20, 0);
  const whole = power - 0.5;
  const part = power * p;
  const sum = whole + part;
  const sumLow = smallerError(whole, part, sum) + sumError(power, -0.5, whole) + power * pLow;
  return Math.abs(x) < 5e-17 ? x : 2 * (sum + sumLow);
}
