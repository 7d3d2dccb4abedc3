/**
 * Methods of plain arrays (ECMA-262 23.1.3). A template: where a program calls one of these functions, the
 * compiler makes a copy for its elements by putting their type in the place of `Element`
 * (`compiler/library-template.ts`). So an element can be moved and compared, and nothing else.
 *
 * Nobody else sees the array while a function runs: none of these calls back. Indices are within the
 * arrays by construction.
 *
 * @native bounds: unchecked
 */
import { relativeIndex, toInteger } from './index-arithmetic.ts';
import { extendList, isSame, newList, setElement, truncateList } from './intrinsics.ts';
import type { f64, i32 } from 'tsnative';

/** What stands for the type of the elements, as an array holds them. */
export interface Element {
  readonly opaque: f64;
}

/** Sets the elements from `start` to before `end`. */
export function fill(list: Element[], value: Element, start: f64, end: f64): void {
  const last = relativeIndex(end, list.length);
  for (let i = relativeIndex(start, list.length); i < last; i++) setElement(list, i, value);
}

/** Appends all that `source` has when this begins; it may be `list` itself. */
export function append(list: Element[], source: Element[]): void {
  const count = source.length;
  for (let i = 0; i < count; i++) list.push(source[i]!); // i < source.length
}

/** A copy of the elements from `start` to before `end`. */
export function slice(list: Element[], start: f64, end: f64): Element[] {
  const first = relativeIndex(start, list.length);
  const last = relativeIndex(end, list.length);
  const copy = newList(list, last > first ? last - first : 0);
  for (let i = first; i < last; i++) copy.push(list[i]!);
  return copy;
}

/** Copies the elements from `start` to before `end` to `target`, as if at once. */
export function copyWithin(list: Element[], target: f64, start: f64, end: f64): void {
  const to = relativeIndex(target, list.length);
  const first = relativeIndex(start, list.length);
  const last = relativeIndex(end, list.length);
  const room = list.length - to;
  const count = last - first < room ? last - first : room;
  if (to <= first) {
    for (let i = 0; i < count; i++) setElement(list, to + i, list[first + i]!);
  } else {
    for (let i = count - 1; i >= 0; i--) setElement(list, to + i, list[first + i]!);
  }
}

/** The first index from `from` on with an element === value, or −1. */
export function indexOf(list: Element[], value: Element, from: f64): f64 {
  for (let i = relativeIndex(from, list.length); i < list.length; i++) {
    if (isSame(list[i]!, value)) return i;
  }
  return -1;
}

/** The last index up to `from` with an element === value, or −1. */
export function lastIndexOf(list: Element[], value: Element, from: f64): f64 {
  const whole = toInteger(from);
  const last = whole < 0 ? whole + list.length : whole;
  for (let i = last < list.length ? last : list.length - 1; i >= 0; i--) {
    if (isSame(list[i]!, value)) return i;
  }
  return -1;
}

/** Whether an element from `from` on is the value; NaN is NaN (ECMA-262 7.2.11 SameValueZero). */
export function includes(list: Element[], value: Element, from: f64): boolean {
  const isNumber = isSame(value, value);
  for (let i = relativeIndex(from, list.length); i < list.length; i++) {
    const element = list[i]!;
    if (isNumber ? isSame(element, value) : !isSame(element, element)) return true;
  }
  return false;
}

/** Reverses the order of the elements, in place. */
export function reverse(list: Element[]): void {
  for (let i = 0, j = list.length - 1; i < j; i++, j--) {
    const element = list[i]!;
    setElement(list, i, list[j]!);
    setElement(list, j, element);
  }
}

/** Removes `count` elements from an index on, which are all there. */
export function remove(list: Element[], index: f64, count: f64): void {
  const last = list.length - count;
  for (let i = index; i < last; i++) setElement(list, i, list[i + count]!);
  truncateList(list, last);
}

/** Makes room for `count` elements at an index; what is there then must be set. */
export function insert(list: Element[], index: f64, count: f64): void {
  const before = list.length;
  extendList(list, count);
  for (let i = before - 1; i >= index; i--) setElement(list, i + count, list[i]!);
}

/** How many elements `splice(start, count)` removes, where `start` is an index up to the length. */
export function removed(list: Element[], start: f64, count: f64): f64 {
  const whole = toInteger(count);
  const rest = list.length - start;
  if (whole < 0) return 0;
  return whole < rest ? whole : rest;
}

/** Makes room for `after` elements in the place of `before` ones at an index; what is there then must be set. */
export function resize(list: Element[], index: f64, before: f64, after: f64): void {
  if (after < before) remove(list, index + after, before - after);
  else if (after > before) insert(list, index + before, after - before);
}

/** Sets the elements from an index on to those of `source`, for which there is room. */
export function place(list: Element[], index: f64, source: Element[]): void {
  for (let i = 0; i < source.length; i++) setElement(list, index + i, source[i]!);
}

/** Sets the first elements to those of `source`; what is missing for that is appended. */
export function overwrite(list: Element[], source: Element[]): void {
  for (let i = 0; i < source.length; i++) {
    if (i < list.length) setElement(list, i, source[i]!);
    else list.push(source[i]!);
  }
}

/** A new list of the elements at these indices. */
export function arranged(list: Element[], order: i32[]): Element[] {
  const made = newList(list, order.length);
  for (let i = 0; i < order.length; i++) made.push(list[order[i]!]!);
  return made;
}
