/**
 * The double nearest to a decimal of up to nineteen digits: Daniel Lemire, "Number parsing at a gigabyte per second"
 * (2021), after Michael Eisel. The product with a power of ten that is cut off at 128 bits nearly always tells
 * on which side of the middle between two doubles the decimal is. Here both words of the power are always used, and
 * what the product lacks is bounded from above, so that digits that were left away only widen that bound.
 *
 * @native bounds: unchecked, overflow: unchecked
 */
import {
  fromBits,
  leadingZeros,
  mulHigh,
  shiftLeft,
  shiftRight,
  toF64,
  toU64,
} from './intrinsics.ts';
import { SMALLEST_POWER, powersOfTen } from './powers-of-ten.ts';
import { binaryExponent } from './shortest-digits.ts';
import type { f64, i32, u64 } from 'tsnative';

/** 10^0 to 10^22, all of which are doubles. */
// prettier-ignore
const exactPowers = new Float64Array([
  1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11,
  1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
]);

/** The double of the significand `m` ≤ 2^53 and the biased exponent, of which subnormals have 0. */
function assembled(m: u64, biased: i32): f64 {
  const exponent: u64 = biased > 0 ? toU64((biased - 1) | 0) : 0n;
  // The significand's highest bit adds one to the exponent; 2^53 becomes the next power of two, or Infinity.
  return fromBits(BigInt.asIntN(64, shiftLeft(exponent, 52) + m));
}

/**
 * The double nearest to the decimal; where it can't be told, the negative of the largest double that is not above it
 * (−0 too).
 *
 * @param w the first digits, below 2^64; with digits left away at least 10^18
 * @param q the exponent of ten of the last of these digits
 * @param more whether digits other than 0 were left away
 */
export function nearestDouble(w: u64, q: i32, more: boolean): f64 {
  if (w === 0n) return 0;
  if (!more && w <= 0x20000000000000n && q >= -22 && q <= 22) {
    // One exact number by another: rounded once.
    return q < 0 ? toF64(w) / exactPowers[-q]! : toF64(w) * exactPowers[q]!; // q is within
  }
  if (q < SMALLEST_POWER) return 0;
  if (q > 308) return Infinity;
  const index: i32 = (2 * (q - SMALLEST_POWER)) | 0;
  const high: u64 = powersOfTen[index]!; // q is within
  const low: u64 = powersOfTen[(index + 1) | 0]!;
  const zeros: i32 = leadingZeros(w);
  const factor: u64 = shiftLeft(w, zeros);
  const carried: u64 = mulHigh(factor, low);
  const rest: u64 = BigInt.asUintN(64, factor * low);
  const middle: u64 = BigInt.asUintN(64, factor * high + carried);
  const carry: u64 = middle < carried ? 1n : 0n;
  // The upper two words of the product, at least 2^126; the decimal is upper·2^64 + middle to a power of two.
  const upper: u64 = mulHigh(factor, high) + carry;
  const top: i32 = upper >= 0x8000000000000000n ? 1 : 0;
  const biased: i32 = (binaryExponent(q) + 63 - zeros + top + 1023) | 0;
  if (biased > 2046) return Infinity;
  // How many bits of the upper word are below the significand.
  const cut: i32 = (biased > 0 ? 10 + top : 11 + top - biased) | 0;
  if (cut > 65) return 0;
  if (cut === 65) return upper >= 0xffffffffffffffe0n ? -0 : 0; // below half the smallest double, or close to it
  const m: u64 = cut === 64 ? 0n : shiftRight(upper, cut);
  const half: u64 = shiftLeft(1n, (cut - 1) | 0);
  const fraction: u64 = upper & (half * 2n - 1n);
  const isPowerExact = q >= 0 && q <= 55;
  if (fraction >= half) {
    const isTie = fraction === half && middle === 0n && rest === 0n && isPowerExact && !more;
    return assembled(isTie && (m & 1n) === 0n ? m : m + 1n, biased);
  }
  // Digits left away are less than 1 in w, so at most 16 in the upper word; the power's lack is less than 2 in the
  // middle one.
  const isClose = more
    ? fraction + 17n >= half
    : fraction + 1n === half && middle >= 0xfffffffffffffffen && !isPowerExact;
  return isClose ? -assembled(m, biased) : assembled(m, biased);
}
