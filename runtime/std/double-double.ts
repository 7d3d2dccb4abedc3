/**
 * Rounding errors of sums and products as doubles, from which sums of two doubles ("double-doubles") of
 * about 106 bits are made: Dekker, "A floating-point technique for extending the available precision" (1971);
 * Muller et al., "Handbook of Floating-Point Arithmetic", 2nd ed., chapter 4.
 *
 * @native
 */
import type { f64 } from 'tsnative';

/** 2^27 + 1: splits a double in halves of 26 bits (Veltkamp). */
const SPLITTER = 134217729;

/** (a + b) − s for s = a + b rounded; exact (Knuth's 2Sum). */
export function sumError(a: f64, b: f64, s: f64): f64 {
  const back = s - a;
  return a - (s - back) + (b - back);
}

/** The same in half the operations, for |a| ≥ |b| or a = 0 (Dekker's Fast2Sum). */
export function smallerError(a: f64, b: f64, s: f64): f64 {
  return b - (s - a);
}

/** a·b − p for p = a·b rounded; exact unless something underflows. Wants |a|, |b| < 2^996. */
export function productError(a: f64, b: f64, p: f64): f64 {
  const aScaled = SPLITTER * a;
  const aHigh = aScaled - (aScaled - a);
  const aLow = a - aHigh;
  const bScaled = SPLITTER * b;
  const bHigh = bScaled - (bScaled - b);
  const bLow = b - bHigh;
  return aHigh * bHigh - p + aHigh * bLow + aLow * bHigh + aLow * bLow;
}

/** a² − p for p = a² rounded; exact unless something underflows. Wants |a| < 2^511. */
export function squareError(a: f64, p: f64): f64 {
  const scaled = SPLITTER * a;
  const high = scaled - (scaled - a);
  const low = a - high;
  return high * high - p + 2 * high * low + low * low;
}
