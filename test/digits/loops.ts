/**
 * Loops over many numbers, for measuring. `native.ts` compiles this file as one of the library's, for each width of
 * units.
 *
 * @native bounds: unchecked, overflow: unchecked
 */
import { lowerCase, upperCase } from './change-case.ts';
import { formatFixed } from './format-fixed.ts';
import { formatNumber } from './format-number.ts';
import { parseFloat, stringToNumber } from './parse-number.ts';
import type { i32 } from 'tsnative';

type Units = Uint8Array;

/** Writes numbers one behind the other; `ends` gets where each one ends. Returns the end of all. */
export function formatAll(numbers: Float64Array, out: Uint8Array, ends: Int32Array): i32 {
  let at: i32 = 0;
  for (let i = 0; i < numbers.length; i++) {
    at = formatNumber(numbers[i]!, out, at); // i is within
    ends[i] = at;
  }
  return at;
}

/** Reads the numbers that end at `ends`, each beginning where the one before ended. */
export function parseAll(units: Units, ends: Int32Array, numbers: Float64Array): void {
  let from: i32 = 0;
  for (let i = 0; i < ends.length; i++) {
    const to: i32 = ends[i]!; // i is within
    numbers[i] = stringToNumber(units, from, to);
    from = to;
  }
}

/** As `parseAll`, by `parseFloat`. */
export function parseFloatAll(units: Units, ends: Int32Array, numbers: Float64Array): void {
  let from: i32 = 0;
  for (let i = 0; i < ends.length; i++) {
    const to: i32 = ends[i]!; // i is within
    numbers[i] = parseFloat(units, from, to);
    from = to;
  }
}

/** Writes numbers with two digits behind the point, as `formatAll` does. */
export function formatFixedAll(numbers: Float64Array, out: Uint8Array, ends: Int32Array): i32 {
  let at: i32 = 0;
  for (let i = 0; i < numbers.length; i++) {
    at = formatFixed(numbers[i]!, 2, out, at); // i is within
    ends[i] = at;
  }
  return at;
}

/** Writes texts in upper case, as `parseAll` reads them; returns the end of all. */
export function upperCaseAll(units: Units, ends: Int32Array, out: Uint16Array): i32 {
  let from: i32 = 0;
  let at: i32 = 0;
  for (let i = 0; i < ends.length; i++) {
    const to: i32 = ends[i]!; // i is within
    at = upperCase(units, from, to, out, at);
    from = to;
  }
  return at;
}

/** As `upperCaseAll`, in lower case. */
export function lowerCaseAll(units: Units, ends: Int32Array, out: Uint16Array): i32 {
  let from: i32 = 0;
  let at: i32 = 0;
  for (let i = 0; i < ends.length; i++) {
    const to: i32 = ends[i]!; // i is within
    at = lowerCase(units, from, to, out, at);
    from = to;
  }
  return at;
}
