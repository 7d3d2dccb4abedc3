/**
 * Digits of radices from 2 to 36, as UTF-16 units.
 *
 * @native bounds: unchecked, overflow: unchecked
 */
import type { i32 } from 'tsnative';

/** The unit of a digit below 36; letters are small. */
export function digitUnit(digit: i32): i32 {
  return digit < 10 ? (48 + digit) | 0 : (87 + digit) | 0;
}

/** The digit that a unit is, letters of both cases being digits from 10 on; 36 for what is none. */
export function digitValue(unit: i32): i32 {
  if (unit < 48 || unit > 122) return 36;
  if (unit <= 57) return (unit - 48) | 0;
  const small: i32 = unit | 32;
  return small >= 97 ? (small - 87) | 0 : 36;
}
