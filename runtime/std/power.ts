/**
 * pow: x^y = e^(y·log x) with a logarithm of about 65 correct bits, since the product can be as large as
 * 745 and its absolute error becomes the relative error of the result. Factors are split by masks, so
 * that the products that matter are exact.
 *
 * @native
 */
import { smallerError } from './double-double.ts';
import { expOfSum } from './exponential.ts';
import { exponentOf, normalized, significandOf, upperHalf } from './exponents.ts';
import { highWord } from './intrinsics.ts';
import { logFarTail } from './polynomials.ts';
import type { f64 } from 'tsnative';

const LN2_HIGH = 0.6931471805598903;
const LN2_LOW = 5.497923018708371e-14;
/** 1/3 as a double-double. */
const THIRD = 0.3333333333333333;
const THIRD_LOW = 1.850371707708594e-17;
const TWO_66 = 73786976294838206464;

/** x^y by ECMA-262 6.1.6.1.3, which differs from C in that (±1)^±Infinity and 1^NaN are NaN. */
export function pow(x: f64, y: f64): f64 {
  const base = Math.abs(x);
  const half = 0.5 * y;
  const isEven = Math.floor(half) === half;
  const isInteger = Math.trunc(y) === y;
  // Exponents beyond make every base but 1 overflow or vanish.
  const below = y > TWO_66 ? TWO_66 : y;
  const size = powerOfPositive(base, below < -TWO_66 ? -TWO_66 : below);
  const ofOne = base === 1 && Math.abs(y) === Infinity ? NaN : size;
  const ofNegative = x < 0 && !isInteger ? NaN : ofOne;
  const vanishes = (base === 0) === y < 0;
  const ofLimit = vanishes ? Infinity : 0;
  const unsigned = base === 0 || base === Infinity ? ofLimit : ofNegative;
  const isNegative = highWord(x) < 0 && isInteger && !isEven;
  const signed = isNegative ? -unsigned : unsigned;
  const result = x !== x || y !== y ? NaN : signed;
  return y === 2 ? x * x : y === 0 ? 1 : result;
}

/** x^y for 0 < x < ∞ and |y| ≤ 2^66; anything for others. */
function powerOfPositive(x: f64, y: f64): f64 {
  const normal = normalized(x);
  const k = exponentOf(normal) - (normal === x ? 0 : 54);
  // s + sLow = f/(2 + f)
  const f = significandOf(normal) - 1;
  const divisor = 2 + f;
  const inverse = 1 / divisor;
  const quotient = f * inverse;
  const s = upperHalf(quotient);
  const divisorHigh = upperHalf(divisor);
  const divisorLow = divisor - divisorHigh + smallerError(2, f, divisor);
  const sLow = (f - s * divisorHigh - s * divisorLow) * inverse;
  // log m = 2s (1 + z (1/3 + z (1/5 + z·logFarTail(z)))) with z = s²
  const square = s * s;
  const squareLow = sLow * (2 * s + sLow);
  const z = quotient * quotient;
  const far = z * (0.2 + z * logFarTail(z));
  const slope = THIRD + far;
  const third = upperHalf(slope);
  const thirdLow = THIRD - third + far + THIRD_LOW;
  const squareHigh = upperHalf(square);
  const product = squareHigh * third;
  const productLow = squareHigh * thirdLow + (square - squareHigh + squareLow) * slope;
  const sum = product + productLow;
  const series = upperHalf(sum);
  const seriesLow = product - series + productLow;
  // log x = k·ln 2 + 2s + 2s·series; what is known last is added last
  const whole = k * LN2_HIGH;
  const first = whole + 2 * s;
  const rest = 2 * s * series;
  const second = first + rest;
  const firstLow = smallerError(whole, 2 * s, first) + (2 * sLow + k * LN2_LOW);
  const low = firstLow + smallerError(first, rest, second) + 2 * (s * seriesLow + sLow * sum);
  const log = upperHalf(second + low);
  const logLow = second - log + low;
  const yHigh = upperHalf(y);
  const exact = yHigh * log;
  const inexact = (y - yHigh) * log + y * logLow;
  const exponent = exact + inexact;
  const exponentLow = smallerError(exact, inexact, exponent);
  // Outside, the result is infinite or zero.
  const bounded = exponent > 710 ? 710 : exponent < -746 ? -746 : exponent;
  return expOfSum(bounded, bounded === exponent ? exponentLow : 0);
}
