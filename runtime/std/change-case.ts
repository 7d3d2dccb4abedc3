/**
 * `toUpperCase` and `toLowerCase` of UTF-16 units: ECMA-262 22.1.3.28 and .30, with the special casings of Unicode
 * that depend on no locale. A template: the library's build makes a copy for each width of units by replacing the
 * alias.
 *
 * @native bounds: unchecked, overflow: unchecked
 */
import {
  isCaseIgnorable,
  isCased,
  lowerDelta,
  upperDelta,
  writeExpansion,
} from './case-mapping.ts';
import { EXPANSION_BASE } from './case-tables.ts';
import type { i32 } from 'tsnative';

type Units = Uint8Array;

const CAPITAL_SIGMA = 0x3a3;
const FINAL_SIGMA = 0x3c2;
const COMBINING_DOT = 0x307;

/** The code point that begins at `at`; a surrogate that is alone is one itself. */
function pointAt(units: Units, at: i32, to: i32): i32 {
  const unit: i32 = units[at]!; // the caller keeps it within
  if ((unit & 0xfc00) !== 0xd800 || ((at + 1) | 0) >= to) return unit;
  const second: i32 = units[(at + 1) | 0]!; // below `to`
  return (second & 0xfc00) === 0xdc00 ? ((unit << 10) + second - 0x35fdc00) | 0 : unit;
}

/** The code point that ends before `at`. */
function pointBefore(units: Units, from: i32, at: i32): i32 {
  const unit: i32 = units[(at - 1) | 0]!; // the caller keeps it within
  if ((unit & 0xfc00) !== 0xdc00 || ((at - 2) | 0) < from) return unit;
  const first: i32 = units[(at - 2) | 0]!; // from `from` on
  return (first & 0xfc00) === 0xd800 ? ((first << 10) + unit - 0x35fdc00) | 0 : unit;
}

/** A code point as one or two units; returns the end. */
function writePoint(point: i32, out: Uint16Array, at: i32): i32 {
  if (point < 0x10000) {
    out[at] = point;
    return (at + 1) | 0;
  }
  out[at] = 0xd7c0 + (point >> 10);
  out[(at + 1) | 0] = 0xdc00 | (point & 0x3ff);
  return (at + 2) | 0;
}

/** Writes the units from `from` to before `to` in upper case; returns the end, at most three times as far. */
export function upperCase(units: Units, from: i32, to: i32, out: Uint16Array, at: i32): i32 {
  let end: i32 = at;
  for (let i: i32 = from; i < to;) {
    const unit: i32 = units[i]!; // i is below `to`
    if (unit < 128) {
      out[end] = unit >= 97 && unit <= 122 ? unit - 32 : unit;
      end = (end + 1) | 0;
      i = (i + 1) | 0;
      continue;
    }
    const point = pointAt(units, i, to);
    const delta = upperDelta(point);
    end =
      delta >= EXPANSION_BASE
        ? writeExpansion(delta, out, end)
        : writePoint((point + delta) | 0, out, end);
    i = point < 0x10000 ? (i + 1) | 0 : (i + 2) | 0;
  }
  return end;
}

/** Writes the units from `from` to before `to` in lower case; returns the end, at most twice as far. */
export function lowerCase(units: Units, from: i32, to: i32, out: Uint16Array, at: i32): i32 {
  let end: i32 = at;
  for (let i: i32 = from; i < to;) {
    const unit: i32 = units[i]!; // i is below `to`
    if (unit < 128) {
      out[end] = unit >= 65 && unit <= 90 ? unit + 32 : unit;
      end = (end + 1) | 0;
      i = (i + 1) | 0;
      continue;
    }
    const point = pointAt(units, i, to);
    const delta = lowerDelta(point);
    if (delta >= EXPANSION_BASE) {
      // İ, the only one.
      out[end] = 105;
      out[(end + 1) | 0] = COMBINING_DOT;
      end = (end + 2) | 0;
    } else if (point === CAPITAL_SIGMA && isFinal(units, from, i, to)) {
      out[end] = FINAL_SIGMA;
      end = (end + 1) | 0;
    } else end = writePoint((point + delta) | 0, out, end);
    i = point < 0x10000 ? (i + 1) | 0 : (i + 2) | 0;
  }
  return end;
}

/**
 * Whether the sigma at `at` ends a word: Final_Sigma of Unicode, table 3-17. What is both cased and ignorable is passed
 * over, as ICU does.
 */
function isFinal(units: Units, from: i32, at: i32, to: i32): boolean {
  let before = false;
  let i: i32 = at;
  while (i > from) {
    const point = pointBefore(units, from, i);
    if (!isCaseIgnorable(point)) {
      before = isCased(point);
      break;
    }
    i = point < 0x10000 ? (i - 1) | 0 : (i - 2) | 0;
  }
  if (!before) return false;
  i = (at + 1) | 0;
  while (i < to) {
    const point = pointAt(units, i, to);
    if (!isCaseIgnorable(point)) return !isCased(point);
    i = point < 0x10000 ? (i + 1) | 0 : (i + 2) | 0;
  }
  return true;
}
