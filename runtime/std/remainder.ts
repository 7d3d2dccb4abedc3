/**
 * The remainder of doubles, exact: the truncated quotient of two doubles that differ by less than 2^53 is a
 * double that is at most 1 off, and its product with the divisor is known exactly as a double-double.
 *
 * @native
 */
import { copysign, fromWords, highWord, lowWord } from './intrinsics.ts';
import type { f64 } from 'tsnative';

const SPLITTER = 134217729;
const TWO_51 = 2251799813685248;
const TWO_M51 = 4.440892098500626e-16;
const TWO_M52 = 2.220446049250313e-16;
const TWO_M100 = 7.888609052210118e-31;
const TWO_52 = 4503599627370496;
/** 2^990. */
const LARGE = 1.0463951242053392e298;

/** x − ⌊x/y⌋·y for 0 < y ≤ x < 2^53·y. */
function step(x: f64, y: f64): f64 {
  // Near the largest double a product could overflow; scaling down loses nothing there.
  const factor = x > LARGE ? TWO_M100 : 1;
  const dividend = x * factor;
  const divisor = y * factor;
  const quotient = Math.trunc(dividend / divisor);
  const scaled = SPLITTER * quotient;
  const qHigh = scaled - (scaled - quotient);
  const qLow = quotient - qHigh;
  const dHigh = fromWords(highWord(divisor), lowWord(divisor) & -134217728);
  const dLow = divisor - dHigh;
  const product = quotient * divisor;
  const error = qHigh * dHigh - product + qHigh * dLow + qLow * dHigh + qLow * dLow;
  const rest = dividend - product - error;
  return (rest < 0 ? rest + divisor : rest) / factor;
}

/** x % y of numbers: exact, with the sign of x; NaN for infinite x or y = 0 (ECMA-262 6.1.6.1.6). */
export function rem(x: f64, y: f64): f64 {
  let rest = Math.abs(x);
  const divisor = Math.abs(y);
  if (!(rest < Infinity && divisor > 0)) return NaN;
  if (rest < divisor) return x;
  // Of integers of 52 bits the quotient is rounded to no integer that it isn't, and its multiple is exact.
  if (rest <= TWO_52 && Math.trunc(rest) === rest && Math.trunc(divisor) === divisor)
    return copysign(rest - Math.trunc(rest / divisor) * divisor, x);
  // Long division in digits of 51 bits; the powers of two times the divisor are exact.
  let multiple = divisor;
  while (rest * TWO_M52 >= multiple) multiple *= TWO_51;
  for (;;) {
    if (rest >= multiple) rest = step(rest, multiple);
    if (multiple === divisor) return copysign(rest, x);
    multiple *= TWO_M51;
  }
}
