/**
 * The order of strings.
 *
 * @native bounds: unchecked
 */
import { unitAt } from './intrinsics.ts';
import type { i32 } from 'tsnative';

/** Less than 0, 0 or greater as `a` comes before `b`, is `b`, or comes after it: ECMA-262 7.2.12 IsLessThan, by units. */
export function compareStrings(a: string, b: string): i32 {
  const count = a.length < b.length ? a.length : b.length;
  for (let i = 0; i < count; i++) {
    const difference = unitAt(a, i) - unitAt(b, i);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
