/**
 * asin and acos from one polynomial up to ½, beyond it by asin x = π/2 − 2 asin √((1 − x)/2); atan and atan2
 * from one polynomial of t = y/x or x/y, whichever is up to 1, less ½ where that is nearer, by the sums of angles.
 *
 * @native
 */
import { smallerError } from './double-double.ts';
import { upperHalf } from './exponents.ts';
import { copysign, highWord, select } from './intrinsics.ts';
import { asinTail, atanTail } from './polynomials.ts';
import type { f64 } from 'tsnative';

const PI = 3.141592653589793;
const PI_LOW = 1.2246467991473532e-16;
const HALF_PI = 1.5707963267948966;
const HALF_PI_LOW = 6.123233995736766e-17;
const ATAN_HALF = 0.4636476090008061;
const ATAN_HALF_LOW = 2.2698777452961687e-17;
/** π/2 − atan ½. */
const HALF_PI_LESS = 1.1071487177940904;
const HALF_PI_LESS_LOW = 9.40447137356638e-17;
const THIRD = 0.3333333333333333;
/** Bounds outside which quotients and products lose bits, and powers of two that lead inside. */
const LARGE = 3.273390607896142e150; // 2^500
const SMALL = 3.054936363499605e-151; // 2^−500
const SCALE_UP = 4.149515568880993e180; // 2^600
const SCALE_DOWN = 2.409919865102884e-181; // 2^−600
const VERY_SMALL = 1.499696813895631e-241; // 2^−800

/** The angle up to which sine and tangent are the angle. */
const TINY = 7e-9;

/** √z − rootHigh, for rootHigh = the upper half of √z. */
function rootRest(z: f64, root: f64, rootHigh: f64): f64 {
  return (z - rootHigh * rootHigh) / (root > 0 ? root + rootHigh : 1);
}

/** One instruction of most processors, where a choice of which another thing depends too is a branch. */
function smaller(a: f64, b: f64): f64 {
  return b < a ? b : a;
}

/** As `smaller`; both keep a NaN of `a`. */
function larger(a: f64, b: f64): f64 {
  return b > a ? b : a;
}

/** Angle in [−π/2, π/2] whose sine is x; NaN beyond ±1. */
export function asin(x: f64): f64 {
  const size = Math.abs(x);
  const isSmall = size < 0.5;
  const z = isSmall ? x * x : 0.5 * (1 - size);
  const root = Math.sqrt(z);
  const rootHigh = upperHalf(root);
  const tail = z * asinTail(z);
  const start = HALF_PI - 2 * rootHigh;
  const startLow = smallerError(HALF_PI, -2 * rootHigh, start);
  const rest = HALF_PI_LOW - 2 * (root * tail + rootRest(z, root, rootHigh));
  const large = copysign(start + (startLow + rest), x);
  const small = size < TINY ? x : x + x * tail;
  return select(isSmall, small, large);
}

/** Angle in [0, π] whose cosine is x; NaN beyond ±1. */
export function acos(x: f64): f64 {
  const size = Math.abs(x);
  const isSmall = size < 0.5;
  const z = isSmall ? x * x : 0.5 * (1 - size);
  const root = Math.sqrt(z);
  const rootHigh = upperHalf(root);
  const tail = z * asinTail(z);
  // π/2 − asin x, π − 2 asin √z, or 2 asin √z
  const sideBase = x < 0 ? PI : 0;
  const sideLow = x < 0 ? PI_LOW : 0;
  const sideRest = root * tail + rootRest(z, root, rootHigh);
  const base = isSmall ? HALF_PI : sideBase;
  const baseLow = isSmall ? HALF_PI_LOW : sideLow;
  const first = isSmall ? -x : copysign(2 * rootHigh, x);
  const rest = select(isSmall, -x * tail, copysign(2 * sideRest, x));
  const start = base + first;
  return start + (smallerError(base, first, start) + (baseLow + rest));
}

/** (numerator − t·(divisor + divisorLow))·inverse, which is t's error as a quotient. */
function quotientRest(numerator: f64, divisor: f64, divisorLow: f64, inverse: f64, t: f64): f64 {
  const high = upperHalf(t);
  const divisorHigh = upperHalf(divisor);
  const rest = numerator - high * divisorHigh - high * (divisor - divisorHigh + divisorLow);
  return (rest - (t - high) * divisor) * inverse;
}

/**
 * base + baseLow + sign·atan(y·unit/x) for 0 ≤ y·unit ≤ x. Where `isNearHalf`, y/x ≥ ¼ and unit = 1;
 * otherwise y·unit/x ≤ ⅓. From base = 0 or |base| ≥ 1.
 */
function angle(
  y: f64,
  unit: f64,
  x: f64,
  isNearHalf: boolean,
  base: f64,
  baseLow: f64,
  sign: f64,
): f64 {
  // atan(y/x) = atan ½ + atan((y − x/2)/(x + y/2)), where y − x/2 is exact
  const half = isNearHalf ? 0.5 : 0;
  const numerator = y - half * x;
  const more = half * y;
  const divisor = x + more;
  const inverse = 1 / divisor;
  const quotient = numerator * inverse;
  const divisorLow = smallerError(x, more, divisor);
  const tLow = quotientRest(numerator, divisor, divisorLow, inverse, quotient) * unit;
  const t = quotient * unit;
  const z = t * t;
  const rest = t * z * atanTail(z) + tLow * (1 - z);
  const part = sign * (isNearHalf ? ATAN_HALF : 0);
  const partLow = sign * (isNearHalf ? ATAN_HALF_LOW : 0);
  const centre = base + part;
  const centreLow = smallerError(base, part, centre) + (baseLow + partLow);
  const sum = centre + sign * t;
  return sum + (smallerError(centre, sign * t, sum) + (centreLow + sign * rest));
}

/** Angle in [−π/2, π/2] whose tangent is x. */
export function atan(x: f64): f64 {
  // As `angle`, but one of the sides is 1, so that the quotient is exact where its last bits count.
  const size = Math.abs(x);
  const isSteep = size > 1;
  const bounded = smaller(size, 1e18);
  const height = smaller(bounded, 1);
  const width = larger(bounded, 1);
  const half = 0.25 + copysign(0.25, height - width * THIRD);
  const isNearHalf = half > 0;
  const more = half * height;
  const divisor = width + more;
  const t = (copysign(1, 1 - size) * (height - half * width)) / divisor;
  const z = t * t;
  // smallerError is 0 where the divisor is exact.
  const rest = t * z * atanTail(z) - 0.8 * t * smallerError(width, more, divisor);
  const steep = isNearHalf ? HALF_PI_LESS : HALF_PI;
  const steepLow = isNearHalf ? HALF_PI_LESS_LOW : HALF_PI_LOW;
  const flat = isNearHalf ? ATAN_HALF : 0;
  const flatLow = isNearHalf ? ATAN_HALF_LOW : 0;
  const base = isSteep ? steep : flat;
  const sum = base + t;
  const y = sum + (smallerError(base, t, sum) + ((isSteep ? steepLow : flatLow) + rest));
  return size < TINY ? x : copysign(y, x);
}

/** Angle in [−π, π] of the point (x, y); the signs of zeros count (ECMA-262 21.3.2.8). */
export function atan2(y: f64, x: f64): f64 {
  const width = Math.abs(x);
  const height = Math.abs(y);
  const isLeft = highWord(x) < 0;
  const isSteep = height > width;
  const long = larger(width, height);
  const short = smaller(width, height);
  const factor = long < SMALL ? SCALE_UP : long > LARGE ? SCALE_DOWN : 1;
  const isEndless = long === Infinity;
  const part = isEndless ? (short === Infinity ? 1 : 0) : short * factor;
  const divisor = isEndless || long === 0 ? 1 : long * factor;
  const isNearHalf = part > divisor * THIRD;
  // Small angles have their last bits only when they are scaled.
  const isSmall = part < VERY_SMALL && !isEndless;
  const numerator = isSmall ? short * SCALE_UP * factor : part;
  const unit = isSmall ? SCALE_DOWN : 1;
  const side = isLeft ? PI : 0;
  const sideLow = isLeft ? PI_LOW : 0;
  const base = isSteep ? HALF_PI : side;
  const baseLow = isSteep ? HALF_PI_LOW : sideLow;
  const sign = isSteep !== isLeft ? -1 : 1;
  const result = angle(numerator, unit, divisor, isNearHalf, base, baseLow, sign);
  return x !== x || y !== y ? NaN : copysign(result, y);
}
