/**
 * exp and expm1: x = n·ln 2 + r with |r| ≤ ln 2 / 2, where r is kept as the exact x − n·LN2_HIGH and a small
 * rest (Cody and Waite, "Software Manual for the Elementary Functions", 1980), then a polynomial and 2^n.
 *
 * @native
 */
import { smallerError } from './double-double.ts';
import { powerOfShifted } from './exponents.ts';
import { expTail } from './polynomials.ts';
import type { f64 } from 'tsnative';

const LOG2_E = 1.4426950408889634;
/** ln 2 to 42 bits, so that its product with an exponent is exact, and the rest. */
const LN2_HIGH = 0.6931471805598903;
const LN2_LOW = 5.497923018708371e-14;
/** 1.5·2^52: adding it rounds to an integer. With 1023 more, the integer's biased exponent stands in the low bits. */
const ROUNDER = 6755399441055744;
const TWO_M100 = 7.888609052210118e-31;

/** e^r − 1 − r for |r| ≤ ln 2 / 2. */
export function expRest(r: f64): f64 {
  const z = r * r;
  return 0.5 * z + r * z * expTail(r);
}

/** e^x. */
export function exp(x: f64): f64 {
  // Outside, the result is infinite or zero. NaN stays.
  const bounded = x > 710 ? 710 : x;
  return expOfSum(bounded < -746 ? -746 : bounded, 0);
}

/** e^(x + xLow) for −746 ≤ x ≤ 710 or NaN, and |xLow| below half a unit in the last place of x. */
export function expOfSum(x: f64, xLow: f64): f64 {
  // 2^n is no normal double for the largest and smallest n, but 2^(n − 1) or 2^(n + 100) is.
  const isUp = x > 0;
  const rounder = isUp ? ROUNDER + 1022 : ROUNDER + 1123;
  const shifted = x * LOG2_E + rounder;
  const n = shifted - rounder;
  const high = x - n * LN2_HIGH;
  const low = xLow - n * LN2_LOW;
  const r = high + low;
  const y = 1 + (high + (low + expRest(r)));
  return y * powerOfShifted(shifted) * (isUp ? 2 : TWO_M100);
}

/** e^x − 1 without cancellation. */
export function expm1(x: f64): f64 {
  const bounded = x > 710 ? 710 : x;
  const y = bounded < -40 ? -40 : bounded;
  const shifted = y * LOG2_E + (ROUNDER + 1022);
  const n = shifted - (ROUNDER + 1022);
  const high = y - n * LN2_HIGH;
  const low = -n * LN2_LOW;
  const r = high + low;
  const tail = low + (expRest(r) + r * smallerError(high, low, r));
  // e^x − 1 = 2 (2^(n − 1) − ½ + 2^(n − 1) (high + tail))
  const power = powerOfShifted(shifted);
  const whole = power - 0.5;
  const part = power * high;
  const sum = whole + part;
  const sumLow = smallerError(whole, part, sum) + smallerError(power, -0.5, whole);
  const result = 2 * (sum + (sumLow + power * tail));
  return Math.abs(x) < 5e-17 ? x : result;
}
