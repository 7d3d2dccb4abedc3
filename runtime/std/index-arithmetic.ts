/**
 * Indices as methods of arrays take them.
 *
 * @native
 */
import type { f64 } from 'tsnative';

/** ECMA-262 7.1.5 ToIntegerOrInfinity. */
export function toInteger(x: f64): f64 {
  // The sum makes 0 of −0.
  return x === x ? Math.trunc(x) + 0 : 0;
}

/** An index that counts from the end where it is negative, clamped between 0 and the length. */
export function relativeIndex(index: f64, length: f64): f64 {
  const whole = toInteger(index);
  if (whole >= 0) return whole < length ? whole : length;
  return whole + length > 0 ? whole + length : 0;
}
