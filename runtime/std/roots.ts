/**
 * cbrt and hypot. Both end with a correction by the exact residue of the root, which leaves little more
 * than the half unit of the last rounding.
 *
 * @native bounds: unchecked
 */
import { squareError, sumError } from './double-double.ts';
import { bitsOf, copysign, fromBits } from './intrinsics.ts';
import type { f64 } from 'tsnative';

/** Bounds between which squares neither overflow nor lose bits, and powers of two that lead there. */
const LARGE = 3.273390607896142e150; // 2^500
const SMALL = 3.054936363499605e-151; // 2^−500
const SCALE_UP = 4.149515568880993e180; // 2^600
const SCALE_DOWN = 2.409919865102884e-181; // 2^−600

/** High word of 1 times 4/3, less what balances the error of the guess, and 2^52. */
const GUESS = 4503601057558160;
const TWO_52 = 4503599627370496;
const VERY_SMALL = 1.1830521861667747e-271; // 2^−900
const TWO_54 = 18014398509481984;
const TWO_M18 = 0.000003814697265625;

/** Cube root. */
export function cbrt(x: f64): f64 {
  const size = Math.abs(x);
  const isSmall = size < VERY_SMALL;
  const a = isSmall ? size * TWO_54 : size;
  // A third of the bits, negated, gives u = a^(−1/3) to 4 %; with e = 1 − a·u³, it is u·(1 − e)^(−1/3).
  const high = fromBits((bitsOf(a) >> 32n) | 0x4330000000000000n) - TWO_52;
  const guess = fromBits(BigInt.asIntN(64, bitsOf(GUESS - high * 0.3333333333333333) << 32n));
  const miss = 1 - a * guess * guess * guess;
  const step = 0.3333333333333333 + miss * (0.2222222222222222 + miss * 0.1728395061728395);
  const u = guess + guess * miss * step;
  // 17 bits of the root, whose cube is exact: the root is root·(1 − e)^(−1/3) with e = 1 − root³/a.
  const root = fromBits(bitsOf(a * u * u) & -0x1000000000n);
  const e = (a - root * root * root) * (1 / a);
  const tail = 0.1728395061728395 + e * (0.1440329218106996 + e * 0.1248285322359396);
  const part = root * e * (0.3333333333333333 + e * (0.2222222222222222 + e * tail));
  const y = (root + part) * (isSmall ? TWO_M18 : 1);
  return size > 0 && size < Infinity ? copysign(y, x) : x;
}

/** A power of two that brings a magnitude between 2^−500 and 2^500. */
function moderation(size: f64): f64 {
  return size > LARGE ? SCALE_DOWN : size < SMALL ? SCALE_UP : 1;
}

/** √(sum + sumLow). */
function rootOfSum(sum: f64, sumLow: f64): f64 {
  const root = Math.sqrt(sum);
  const square = root * root;
  const residue = sum - square - squareError(root, square) + sumLow;
  return sum > 0 ? root + residue / (2 * root) : root;
}

/** √(x² + y²); an infinity outdoes NaN (ECMA-262 21.3.2.18). */
export function hypot2(x: f64, y: f64): f64 {
  const a0 = Math.abs(x);
  const b0 = Math.abs(y);
  const factor = moderation(a0 > b0 ? a0 : b0);
  const a = a0 * factor;
  const b = b0 * factor;
  const aa = a * a;
  const bb = b * b;
  const sum = aa + bb;
  const low = sumError(aa, bb, sum) + (squareError(a, aa) + squareError(b, bb));
  const root = rootOfSum(sum, low) / factor;
  return a0 === Infinity || b0 === Infinity ? Infinity : root;
}

/** √(x² + y² + z²); an infinity outdoes NaN. */
export function hypot3(x: f64, y: f64, z: f64): f64 {
  const a0 = Math.abs(x);
  const b0 = Math.abs(y);
  const c0 = Math.abs(z);
  const larger = a0 > b0 ? a0 : b0;
  const factor = moderation(larger > c0 ? larger : c0);
  const a = a0 * factor;
  const b = b0 * factor;
  const c = c0 * factor;
  const aa = a * a;
  const bb = b * b;
  const cc = c * c;
  const first = aa + bb;
  const sum = first + cc;
  const low =
    sumError(aa, bb, first) +
    sumError(first, cc, sum) +
    (squareError(a, aa) + squareError(b, bb) + squareError(c, cc));
  const root = rootOfSum(sum, low) / factor;
  return a0 === Infinity || b0 === Infinity || c0 === Infinity ? Infinity : root;
}

/** √Σ x² over an array; an infinity outdoes NaN, and nothing gives 0. */
export function hypotN(values: Float64Array): f64 {
  let largest = 0;
  for (let i = 0; i < values.length; i++) {
    const size = Math.abs(values[i]!); // i is within the array
    largest = size > largest ? size : largest;
  }
  if (largest === Infinity) return Infinity;
  const factor = moderation(largest);
  let sum = 0;
  let low = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]! * factor; // i is within the array
    const square = value * value;
    const next = sum + square;
    low += squareError(value, square) + sumError(sum, square, next);
    sum = next;
  }
  return rootOfSum(sum, low) / factor;
}
