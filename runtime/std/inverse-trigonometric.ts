/**
 * asin and acos from one polynomial up to ½, beyond it by asin x = π/2 − 2 asin √((1 − x)/2); atan and atan2
 * from one polynomial of t = y/x, (y − x)/(y + x) or −x/y, whichever is below tan(π/8), plus 0, π/4 or π/2.
 *
 * @native
 */
import { productError, smallerError, squareError, sumError } from './double-double.ts';
import { copysign, highWord } from './intrinsics.ts';
import { asinTail, atanTail } from './polynomials.ts';
import type { f64 } from 'tsnative';

const PI = 3.141592653589793;
const PI_LOW = 1.2246467991473532e-16;
const HALF_PI = 1.5707963267948966;
const HALF_PI_LOW = 6.123233995736766e-17;
const QUARTER_PI = 0.7853981633974483;
const QUARTER_PI_LOW = 3.061616997868383e-17;
const THREE_QUARTERS_PI = 2.356194490192345;
const THREE_QUARTERS_PI_LOW = 9.184850993605148e-17;
/** tan(π/8), rounded. */
const TAN_EIGHTH_PI = 0.41421356237309503;
/** Bounds outside which quotients and products lose bits, and powers of two that lead inside. */
const LARGE = 3.273390607896142e150; // 2^500
const SMALL = 3.054936363499605e-151; // 2^−500
const SCALE_UP = 4.149515568880993e180; // 2^600
const SCALE_DOWN = 2.409919865102884e-181; // 2^−600

/** √z − root, for root = √z rounded. */
function rootRest(z: f64, root: f64): f64 {
  const square = root * root;
  return root > 0 ? (z - square - squareError(root, square)) / (2 * root) : 0;
}

/** Angle in [−π/2, π/2] whose sine is x; NaN beyond ±1. */
export function asin(x: f64): f64 {
  const size = Math.abs(x);
  const isSmall = size < 0.5;
  const z = isSmall ? x * x : 0.5 * (1 - size);
  const root = Math.sqrt(z);
  const tail = z * asinTail(z);
  const direct = x + x * tail;
  const start = HALF_PI - 2 * root;
  const startLow = smallerError(HALF_PI, -2 * root, start);
  const rest = HALF_PI_LOW - 2 * (root * tail + rootRest(z, root));
  const y = isSmall ? direct : copysign(start + (startLow + rest), x);
  return size < 7e-9 ? x : y;
}

/** Angle in [0, π] whose cosine is x; NaN beyond ±1. */
export function acos(x: f64): f64 {
  const size = Math.abs(x);
  const isSmall = size < 0.5;
  const z = isSmall ? x * x : 0.5 * (1 - size);
  const root = Math.sqrt(z);
  const tail = z * asinTail(z);
  // π/2 − asin x, π − 2 asin √z, or 2 asin √z
  const base = isSmall ? HALF_PI : x < 0 ? PI : 0;
  const baseLow = isSmall ? HALF_PI_LOW : x < 0 ? PI_LOW : 0;
  const first = isSmall ? -x : x < 0 ? -2 * root : 2 * root;
  const factor = isSmall ? 0 : x < 0 ? -2 : 2;
  const start = base + first;
  return (
    start +
    (smallerError(base, first, start) + (baseLow + first * tail + factor * rootRest(z, root)))
  );
}

/** Angle in [−π/2, π/2] whose tangent is x. */
export function atan(x: f64): f64 {
  const size = Math.abs(x);
  const y = size > 1e18 ? HALF_PI : angle(size, 1, false);
  return size < 7e-9 ? x : copysign(y, x);
}

/** Angle in [−π, π] of the point (x, y); the signs of zeros count (ECMA-262 21.3.2.8). */
export function atan2(y: f64, x: f64): f64 {
  if (x !== x || y !== y) return NaN;
  const width = Math.abs(x);
  const height = Math.abs(y);
  const isLeft = highWord(x) < 0;
  if (width === height) return copysign(angle(height === 0 ? 0 : 1, 1, isLeft), y);
  if (width === Infinity) return copysign(isLeft ? PI : 0, y);
  if (height === Infinity) return copysign(HALF_PI, y);
  const larger = width > height ? width : height;
  const factor = larger > LARGE ? SCALE_DOWN : larger < SMALL ? SCALE_UP : 1;
  const isTiny = !isLeft && height * factor < width * factor * 9e-10;
  return copysign(isTiny ? height / width : angle(height * factor, width * factor, isLeft), y);
}

/** The angle of (x, y), or of (−x, y) when `isLeft`, for finite x, y ≥ 0 that are not both 0. */
function angle(y: f64, x: f64, isLeft: boolean): f64 {
  const isFlat = y < TAN_EIGHTH_PI * x;
  const isSteep = x < TAN_EIGHTH_PI * y;
  // atan(y/x) = centre + atan(numerator/divisor)
  const difference = y - x;
  const total = y + x;
  const numerator = isFlat ? y : isSteep ? -x : difference;
  const numeratorLow = isFlat || isSteep ? 0 : sumError(y, -x, difference);
  const divisor = isFlat ? x : isSteep ? y : total;
  const divisorLow = isFlat || isSteep ? 0 : sumError(y, x, total);
  const t = numerator / divisor;
  const back = t * divisor;
  const residue = numerator - back - productError(t, divisor, back);
  const tLow = (residue + numeratorLow - t * divisorLow) / divisor;
  const z = t * t;
  const rest = tLow * (1 - z) + t * z * atanTail(z);
  const centre = isFlat
    ? isLeft
      ? PI
      : 0
    : isSteep
      ? HALF_PI
      : isLeft
        ? THREE_QUARTERS_PI
        : QUARTER_PI;
  const centreLow = isFlat
    ? isLeft
      ? PI_LOW
      : 0
    : isSteep
      ? HALF_PI_LOW
      : isLeft
        ? THREE_QUARTERS_PI_LOW
        : QUARTER_PI_LOW;
  const first = isLeft ? -t : t;
  const sum = centre + first;
  return sum + (smallerError(centre, first, sum) + ((isLeft ? -rest : rest) + centreLow));
}
