/**
 * pow: x^y = e^(y·log x) with a logarithm of about 68 correct bits, since the product can be as large as
 * 745 and its absolute error becomes the relative error of the result.
 *
 * @native
 */
import { productError, smallerError, squareError } from './double-double.ts';
import { expOfSum } from './exponential.ts';
import { highWord } from './intrinsics.ts';
import { binaryExponent, normalized, significand } from './logarithm.ts';
import { logFarTail } from './polynomials.ts';
import type { f64 } from 'tsnative';

const LN2_HIGH = 0.6931471805598903;
const LN2_LOW = 5.497923018708371e-14;
/** 1/3 and 1/5 as double-doubles. */
const THIRD = 0.3333333333333333;
const THIRD_LOW = 1.850371707708594e-17;
const FIFTH = 0.2;
const FIFTH_LOW = -1.1102230246251566e-17;
const TWO_66 = 73786976294838206464;

/** x^y by ECMA-262 6.1.6.1.3, which differs from C in that (±1)^±Infinity and 1^NaN are NaN. */
export function pow(x: f64, y: f64): f64 {
  if (y === 2) return x * x;
  if (y === 0) return 1;
  const base = Math.abs(x);
  const isEven = Math.floor(y * 0.5) * 2 === y;
  const isOdd = !isEven && Math.trunc(y) === y;
  const sign = highWord(x) < 0 && isOdd ? -1 : 1;
  if (base > 0 && base < Infinity) {
    if (x < 0 && !isEven && !isOdd) return NaN;
    if (base === 1 && Math.abs(y) === Infinity) return NaN;
    // Exponents beyond make every base but 1 overflow or vanish.
    const exponent = y > TWO_66 ? TWO_66 : y < -TWO_66 ? -TWO_66 : y;
    return sign * powerOfPositive(base, exponent);
  }
  // 0, infinities and NaN
  if (x !== x || y !== y) return NaN;
  return (base === 0) === y < 0 ? sign * Infinity : sign * 0;
}

/** x^y for 0 < x < ∞ and |y| ≤ 2^66. */
function powerOfPositive(x: f64, y: f64): f64 {
  const normal = normalized(x);
  const exponent = binaryExponent(normal);
  const k = normal === x ? exponent : exponent - 54;
  // s = (m − 1)/(m + 1)
  const f = significand(normal, exponent) - 1;
  const divisor = 2 + f;
  const divisorLow = smallerError(2, f, divisor);
  const reciprocal = 1 / divisor;
  const quotient = f * reciprocal;
  const back = quotient * divisor;
  const residue = f - back - productError(quotient, divisor, back) - quotient * divisorLow;
  const correction = residue * reciprocal;
  const s = quotient + correction;
  const sLow = smallerError(quotient, correction, s);
  // log m = 2s (1 + z (1/3 + z (1/5 + z·logFarTail(z)))) with z = s²
  const z = s * s;
  const zLow = squareError(s, z) + 2 * s * sLow;
  const far = z * logFarTail(z);
  const fifth = FIFTH + far;
  const fifthLow = smallerError(FIFTH, far, fifth) + FIFTH_LOW;
  const near = z * fifth;
  const nearLow = productError(z, fifth, near) + (z * fifthLow + zLow * fifth);
  const third = THIRD + near;
  const thirdLow = smallerError(THIRD, near, third) + (nearLow + THIRD_LOW);
  const series = z * third;
  const seriesLow = productError(z, third, series) + (z * thirdLow + zLow * third);
  const rest = s * series;
  const restLow = productError(s, series, rest) + (s * seriesLow + sLow * series);
  // log x = k·ln 2 + 2s + 2·rest
  const whole = k * LN2_HIGH;
  const first = whole + 2 * s;
  const second = first + 2 * rest;
  const low =
    smallerError(whole, 2 * s, first) +
    smallerError(first, 2 * rest, second) +
    (2 * (sLow + restLow) + k * LN2_LOW);
  const log = second + low;
  const logLow = smallerError(second, low, log);
  const product = y * log;
  return expOfSum(product, productError(y, log, product) + y * logLow);
}
