/**
 * Strings made of others (ECMA-262 22.1.3): repeated, padded, with parts replaced, joined.
 *
 * @native bounds: unchecked
 */
import { toInteger } from './index-arithmetic.ts';
import { copyText, partOf, stringOf, unitAt } from './intrinsics.ts';
import { findText } from './string-search.ts';
import type { f64 } from 'tsnative';

/** What V8 makes at most; a longer string throws RangeError. */
const MOST_UNITS = 536870888;

/** `text.repeat(count)` */
export function repeat(text: string, count: f64): string {
  const whole = toInteger(count);
  if (whole < 0 || whole === Infinity) throw new RangeError(`Invalid count value: ${count}`);
  return text.length === 0 ? '' : repeated(text, whole);
}

/** Doubles the text as often as its count has bits. It isn't empty. */
function repeated(text: string, count: f64): string {
  if (count * text.length > MOST_UNITS) throw new RangeError('Invalid string length');
  let result = '';
  let power = text;
  let rest = count;
  while (rest > 0) {
    const half = Math.floor(rest / 2);
    if (half * 2 !== rest) result = result + power;
    if (half > 0) power = power + power;
    rest = half;
  }
  return result;
}

/** What `padStart` and `padEnd` add. */
function padding(text: string, length: f64, filler: string): string {
  const missing = toInteger(length) - text.length;
  if (missing <= 0 || filler.length === 0) return '';
  if (missing + text.length > MOST_UNITS) throw new RangeError('Invalid string length');
  const whole = Math.floor(missing / filler.length);
  return repeated(filler, whole) + partOf(filler, 0, missing - whole * filler.length);
}

/** `text.padStart(length, filler)` */
export function padStart(text: string, length: f64, filler: string): string {
  return padding(text, length, filler) + text;
}

/** `text.padEnd(length, filler)` */
export function padEnd(text: string, length: f64, filler: string): string {
  return text + padding(text, length, filler);
}

/** `text.replace(pattern, replacement)`, both strings. */
export function replace(text: string, pattern: string, replacement: string): string {
  const at = findText(text, pattern, 0);
  if (at < 0) return text;
  const end = at + pattern.length;
  return (
    partOf(text, 0, at) + substitution(text, at, end, replacement) + partOf(text, end, text.length)
  );
}

/** `text.replaceAll(pattern, replacement)`, both strings. */
export function replaceAll(text: string, pattern: string, replacement: string): string {
  let at = findText(text, pattern, 0);
  if (at < 0) return text;
  const pieces: string[] = [];
  let done = 0;
  while (at >= 0) {
    const end = at + pattern.length;
    pieces.push(partOf(text, done, at));
    pieces.push(substitution(text, at, end, replacement));
    done = end;
    // An empty pattern stands before each unit and at the end.
    const next = pattern.length === 0 ? end + 1 : end;
    at = next <= text.length ? findText(text, pattern, next) : -1;
  }
  pieces.push(partOf(text, done, text.length));
  return joinStrings(pieces, '');
}

/**
 * What a replacement stands for: ECMA-262 22.1.3.19.1 GetSubstitution without captures, so that `$1` and `$<`
 * are themselves.
 *
 * @param at where what is replaced begins
 * @param end where it ends
 */
function substitution(text: string, at: f64, end: f64, replacement: string): string {
  let dollar = findText(replacement, '$', 0);
  if (dollar < 0) return replacement;
  let result = '';
  let done = 0;
  while (dollar >= 0 && dollar + 1 < replacement.length) {
    const sign = unitAt(replacement, dollar + 1);
    const isPattern = sign === 36 || sign === 38 || sign === 96 || sign === 39;
    if (isPattern) {
      result = result + partOf(replacement, done, dollar);
      if (sign === 36) result = result + '$';
      else if (sign === 38) result = result + partOf(text, at, end);
      else if (sign === 96) result = result + partOf(text, 0, at);
      else result = result + partOf(text, end, text.length);
      done = dollar + 2;
    }
    dollar = findText(replacement, '$', isPattern ? dollar + 2 : dollar + 1);
  }
  return result + partOf(replacement, done, replacement.length);
}

/** `parts.join(separator)` */
export function joinStrings(parts: string[], separator: string): string {
  if (parts.length === 0) return '';
  if (parts.length === 1) return parts[0]!; // the only one
  let length = separator.length * (parts.length - 1);
  for (let i = 0; i < parts.length; i++) length += parts[i]!.length; // i is within
  if (length > MOST_UNITS) throw new RangeError('Invalid string length');
  const units = new Uint16Array(length);
  let at = 0;
  for (let i = 0; i < parts.length; i++) {
    if (i > 0) {
      copyText(separator, units, at);
      at += separator.length;
    }
    const part = parts[i]!; // i is within
    copyText(part, units, at);
    at += part.length;
  }
  return stringOf(units, 0, length);
}
