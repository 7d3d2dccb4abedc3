/**
 * Methods of typed arrays (ECMA-262 23.2.3). A template: the library's build makes a copy for each kind of
 * array by replacing the three aliases. Indices are within the arrays by construction.
 *
 * @native bounds: unchecked
 */
import { relativeIndex, toInteger } from './index-arithmetic.ts';
import { moveElements, newLike, subView } from './intrinsics.ts';
import type { f32, f64, i16, i32, i64, i8, u16, u32, u64, u8 } from 'tsnative';

type Elements = Float64Array;
type Element = f64;
/** What is searched for: as JavaScript has it, so that 1.5 is in no array of integers. */
type Search = f64;

/** What copies of this template name in their aliases. */
export type Hint = f32 | f64 | i8 | i16 | i32 | i64 | u8 | u16 | u32 | u64;

/** Sets the elements from `start` to before `end`. */
export function fill(array: Elements, value: Element, start: f64, end: f64): void {
  const last = relativeIndex(end, array.length);
  for (let i = relativeIndex(start, array.length); i < last; i++) array[i] = value;
}

/** A view of the elements from `begin` to before `end`. */
export function subarray(array: Elements, begin: f64, end: f64): Elements {
  const first = relativeIndex(begin, array.length);
  const last = relativeIndex(end, array.length);
  return subView(array, first, last > first ? last - first : 0);
}

/** A new array of the same class. */
export function like(array: Elements, count: f64): Elements {
  return newLike(array, count);
}

/** A copy of the elements from `begin` to before `end`. */
export function slice(array: Elements, begin: f64, end: f64): Elements {
  const first = relativeIndex(begin, array.length);
  const last = relativeIndex(end, array.length);
  const count = last > first ? last - first : 0;
  const copy = newLike(array, count);
  moveElements(copy, 0, array, first, count);
  return copy;
}

/** Copies the elements from `start` to before `end` to `target`, as if at once. */
export function copyWithin(array: Elements, target: f64, start: f64, end: f64): void {
  const to = relativeIndex(target, array.length);
  const first = relativeIndex(start, array.length);
  const last = relativeIndex(end, array.length);
  const room = array.length - to;
  const count = last - first < room ? last - first : room;
  if (count > 0) moveElements(array, to, array, first, count);
}

/** The first index from `from` on with an element === value, or −1. */
export function indexOf(array: Elements, value: Search, from: f64): f64 {
  for (let i = relativeIndex(from, array.length); i < array.length; i++) {
    if (array[i] === value) return i;
  }
  return -1;
}

/** The last index up to `from` with an element === value, or −1. */
export function lastIndexOf(array: Elements, value: Search, from: f64): f64 {
  const whole = toInteger(from);
  const last = whole < 0 ? whole + array.length : whole;
  for (let i = last < array.length ? last : array.length - 1; i >= 0; i--) {
    if (array[i] === value) return i;
  }
  return -1;
}

/** Whether an element from `from` on is the value; NaN is NaN (ECMA-262 7.2.11 SameValueZero). */
export function includes(array: Elements, value: Search, from: f64): boolean {
  const isNumber = value === value;
  for (let i = relativeIndex(from, array.length); i < array.length; i++) {
    const element: Element = array[i]!; // i is within the array
    if (isNumber ? element === value : element !== element) return true;
  }
  return false;
}

/** Reverses the order of the elements, in place. */
export function reverse(array: Elements): void {
  for (let i = 0, j = array.length - 1; i < j; i++, j--) {
    const element: Element = array[i]!; // i and j are within the array
    array[i] = array[j]!;
    array[j] = element;
  }
}
