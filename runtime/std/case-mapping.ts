/**
 * How code points change case, independent of locale: Unicode's default case conversion, in the tables of
 * `case-tables.ts` and `case-properties.ts`.
 *
 * @native bounds: unchecked, overflow: unchecked
 */
import { CASED_RANGES, IGNORABLE_RANGES, casedRanges, ignorableRanges } from './case-properties.ts';
import {
  EXPANSION_BASE,
  PAGE_BITS,
  lowerEnd,
  lowerIndex,
  lowerRanges,
  upperEnd,
  upperExpansions,
  upperIndex,
  upperRanges,
} from './case-tables.ts';
import type { i32 } from 'tsnative';

/** What has to be added to a code point; 0 outside of the range. */
function deltaIn(point: i32, first: i32, lastAndStep: i32, delta: i32): i32 {
  if (point < first || point > lastAndStep >> 1) return 0;
  return ((point - first) & lastAndStep & 1) === 0 ? delta : 0;
}

/** What makes a code point upper case: a number to add, or EXPANSION_BASE and more for several units. */
export function upperDelta(point: i32): i32 {
  if (point >= upperEnd) return 0;
  const page = point >> PAGE_BITS;
  let low: i32 = upperIndex[page]!; // the point is below the end
  let high: i32 = upperIndex[(page + 1) | 0]!;
  // The first range that ends at the point or behind it.
  while (low < high) {
    const middle: i32 = (low + high) >> 1;
    if (upperRanges[(3 * middle + 1) | 0]! >> 1 < point) low = (middle + 1) | 0;
    else high = middle;
  }
  const row: i32 = (3 * low) | 0;
  return deltaIn(
    point,
    upperRanges[row]!,
    upperRanges[(row + 1) | 0]!,
    upperRanges[(row + 2) | 0]!,
  );
}

/** What makes a code point lower case; of U+0130, which becomes two units, EXPANSION_BASE. */
export function lowerDelta(point: i32): i32 {
  if (point >= lowerEnd) return 0;
  const page = point >> PAGE_BITS;
  let low: i32 = lowerIndex[page]!; // the point is below the end
  let high: i32 = lowerIndex[(page + 1) | 0]!;
  while (low < high) {
    const middle: i32 = (low + high) >> 1;
    if (lowerRanges[(3 * middle + 1) | 0]! >> 1 < point) low = (middle + 1) | 0;
    else high = middle;
  }
  const row: i32 = (3 * low) | 0;
  return deltaIn(
    point,
    lowerRanges[row]!,
    lowerRanges[(row + 1) | 0]!,
    lowerRanges[(row + 2) | 0]!,
  );
}

/** The units of an expansion for upper case, two or three; returns the end. */
export function writeExpansion(delta: i32, out: Uint16Array, at: i32): i32 {
  const index: i32 = (delta - EXPANSION_BASE) | 0;
  out[at] = upperExpansions[index]!; // deltas say where they are
  out[(at + 1) | 0] = upperExpansions[(index + 1) | 0]!;
  const third: i32 = upperExpansions[(index + 2) | 0]!;
  if (third === 0) return (at + 2) | 0;
  out[(at + 2) | 0] = third;
  return (at + 3) | 0;
}

/** Whether a code point is Cased: of upper, lower or title case. */
export function isCased(point: i32): boolean {
  let low: i32 = 0;
  let high: i32 = CASED_RANGES;
  while (low < high) {
    const middle: i32 = (low + high) >> 1;
    if (casedRanges[(2 * middle + 1) | 0]! < point) low = (middle + 1) | 0;
    else high = middle;
  }
  return low < CASED_RANGES && casedRanges[(2 * low) | 0]! <= point;
}

/** Whether a code point is Case_Ignorable. */
export function isCaseIgnorable(point: i32): boolean {
  let low: i32 = 0;
  let high: i32 = IGNORABLE_RANGES;
  while (low < high) {
    const middle: i32 = (low + high) >> 1;
    if (ignorableRanges[(2 * middle + 1) | 0]! < point) low = (middle + 1) | 0;
    else high = middle;
  }
  return low < IGNORABLE_RANGES && ignorableRanges[(2 * low) | 0]! <= point;
}
