/**
 * Searching strings (ECMA-262 22.1.3). Everything compares UTF-16 units.
 *
 * @native bounds: unchecked
 */
import { unitAt } from './intrinsics.ts';
import type { f64, i32 } from 'tsnative';

/** From so many units on a string is searched for with a table. */
const LONG = 12;
/** The table is worth its making where so many more units are there to search than it has entries. */
const MANY = 512;

/** A position between 0 and the length: ToIntegerOrInfinity, clamped. */
export function clampedPosition(position: f64, length: i32): i32 {
  if (!(position >= 1)) return 0;
  return position < length ? position | 0 : length;
}

/** Whether the units of `wanted` stand in `text` from `at` on; they fit there. */
function standsAt(text: string, wanted: string, at: i32): boolean {
  for (let i = 0; i < wanted.length; i++) {
    if (unitAt(text, at + i) !== unitAt(wanted, i)) return false;
  }
  return true;
}

/** The first place from `from` on, which is between 0 and the length, where `wanted` stands; −1 where there is none. */
export function findText(text: string, wanted: string, from: i32): i32 {
  const last = text.length - wanted.length;
  if (wanted.length === 0) return from;
  if (wanted.length >= LONG && last - from >= MANY) return findLong(text, wanted, from);
  const first = unitAt(wanted, 0);
  for (let i = from; i <= last; i++) {
    if (unitAt(text, i) === first && standsAt(text, wanted, i)) return i;
  }
  return -1;
}

/**
 * The same for long strings, by Horspool's algorithm (R. N. Horspool, "Practical fast searching in strings",
 * Software: Practice and Experience 10, 1980): a table tells by the unit under the last one wanted how far to go on.
 * Units share an entry when their lower bytes are the same, which makes shifts smaller, never larger.
 */
function findLong(text: string, wanted: string, from: i32): i32 {
  const end = wanted.length - 1;
  const shifts = new Uint32Array(256);
  for (let i = 0; i < 256; i++) shifts[i] = wanted.length;
  for (let i = 0; i < end; i++) shifts[unitAt(wanted, i) & 255] = end - i;
  const lastUnit = unitAt(wanted, end);
  const last = text.length - wanted.length;
  let i = from;
  while (i <= last) {
    const unit = unitAt(text, i + end);
    if (unit === lastUnit && standsAt(text, wanted, i)) return i;
    i += shifts[unit & 255]!; // below 256
  }
  return -1;
}

/** `text.indexOf(wanted, from)` */
export function stringIndexOf(text: string, wanted: string, from: f64): i32 {
  return findText(text, wanted, clampedPosition(from, text.length));
}

/** `text.lastIndexOf(wanted, from)`; NaN is the end. */
export function stringLastIndexOf(text: string, wanted: string, from: f64): i32 {
  const last = text.length - wanted.length;
  const start = from === from ? clampedPosition(from, text.length) : text.length;
  for (let i = start < last ? start : last; i >= 0; i--) {
    if (standsAt(text, wanted, i)) return i;
  }
  return -1;
}

/** `text.includes(wanted, from)` */
export function stringIncludes(text: string, wanted: string, from: f64): boolean {
  return stringIndexOf(text, wanted, from) >= 0;
}

/** `text.startsWith(wanted, from)` */
export function stringStartsWith(text: string, wanted: string, from: f64): boolean {
  const start = clampedPosition(from, text.length);
  return start + wanted.length <= text.length && standsAt(text, wanted, start);
}

/** `text.endsWith(wanted, end)` */
export function stringEndsWith(text: string, wanted: string, end: f64): boolean {
  const start = clampedPosition(end, text.length) - wanted.length;
  return start >= 0 && standsAt(text, wanted, start);
}
