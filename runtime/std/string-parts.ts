/**
 * Parts of strings (ECMA-262 22.1.3). An end that is missing is Infinity.
 *
 * @native bounds: unchecked
 */
import { relativeIndex, toInteger } from './index-arithmetic.ts';
import { charOf, partOf, unitAt } from './intrinsics.ts';
import { clampedPosition, findText } from './string-search.ts';
import { isWhiteSpace } from './white-space.ts';
import type { bool, f64, u32 } from 'tsnative';

/** `text.slice(start, end)` */
export function stringSlice(text: string, start: f64, end: f64): string {
  const first = relativeIndex(start, text.length);
  const last = relativeIndex(end, text.length);
  return first < last ? partOf(text, first, last) : '';
}

/** `text.substring(start, end)` */
export function substring(text: string, start: f64, end: f64): string {
  const a = clampedPosition(start, text.length);
  const b = clampedPosition(end, text.length);
  return a < b ? partOf(text, a, b) : partOf(text, b, a);
}

/** `text.substr(start, count)`: ECMA-262 B.2.2.1. */
export function substr(text: string, start: f64, count: f64): string {
  const first = relativeIndex(start, text.length);
  const last: f64 = clampedPosition(first + toInteger(count), text.length);
  return first < last ? partOf(text, first, last) : '';
}

/** The code point at an index that is within the string: ECMA-262 11.1.4 CodePointAt. */
export function codePointAt(text: string, index: f64): f64 {
  const unit = unitAt(text, index);
  if ((unit & 0xfc00) !== 0xd800 || index + 1 >= text.length) return unit;
  const second = unitAt(text, index + 1);
  return (second & 0xfc00) === 0xdc00 ? (unit - 0xd800) * 1024 + second - 0xdc00 + 0x10000 : unit;
}

/** `String.fromCodePoint(point)`; RangeError for what is no code point. */
export function fromCodePoint(point: f64): string {
  if (!(point >= 0 && point <= 0x10ffff && Math.trunc(point) === point))
    throw new RangeError(`Invalid code point ${point}`);
  if (point < 0x10000) return charOf(point);
  const offset = point - 0x10000;
  return charOf(0xd800 + (offset >> 10)) + charOf(0xdc00 + (offset & 1023));
}

/** The first index from `start` on of half a surrogate pair; the length where there is none. */
function loneSurrogate(text: string, start: f64): f64 {
  let at = start;
  while (at < text.length) {
    const point = codePointAt(text, at);
    if (point >= 0xd800 && point < 0xe000) return at;
    at += point > 0xffff ? 2 : 1;
  }
  return text.length;
}

/** `text.isWellFormed()`: ECMA-262 22.1.3.9. */
export function isWellFormed(text: string): bool {
  return loneSurrogate(text, 0) === text.length;
}

/** `text.toWellFormed()`: ECMA-262 22.1.3.31, with U+FFFD in the place of halves of surrogate pairs. */
export function toWellFormed(text: string): string {
  let lone = loneSurrogate(text, 0);
  if (lone === text.length) return text;
  let out = '';
  let start = 0;
  while (lone < text.length) {
    out += partOf(text, start, lone) + charOf(0xfffd);
    start = lone + 1;
    lone = loneSurrogate(text, start);
  }
  return out + partOf(text, start, text.length);
}

/** The first index of what is no white space; the length where there is nothing else. */
function startOfText(text: string): f64 {
  let start = 0;
  while (start < text.length && isWhiteSpace(unitAt(text, start))) start++;
  return start;
}

/** Behind the last unit from `start` on that is no white space. */
function endOfText(text: string, start: f64): f64 {
  let end = text.length;
  while (end > start && isWhiteSpace(unitAt(text, end - 1))) end--;
  return end;
}

/** `text.trim()` */
export function trim(text: string): string {
  const start = startOfText(text);
  return partOf(text, start, endOfText(text, start));
}

/** `text.trimStart()` */
export function trimStart(text: string): string {
  return partOf(text, startOfText(text), text.length);
}

/** `text.trimEnd()` */
export function trimEnd(text: string): string {
  return partOf(text, 0, endOfText(text, 0));
}

/** `text.split(undefined, limit)` */
export function splitNot(text: string, limit: u32): string[] {
  const parts: string[] = [];
  if (limit > 0) parts.push(text);
  return parts;
}

/** `text.split(separator, limit)`: ECMA-262 22.1.3.23. */
export function split(text: string, separator: string, limit: u32): string[] {
  if (separator.length === 0) return splitUnits(text, limit);
  const parts: string[] = [];
  let start = 0;
  let end = findText(text, separator, 0);
  while (end >= 0) {
    if (parts.length >= limit) return parts;
    parts.push(partOf(text, start, end));
    start = end + separator.length;
    end = findText(text, separator, start);
  }
  if (parts.length < limit) parts.push(partOf(text, start, text.length));
  return parts;
}

/** Each unit as a string of its own. */
function splitUnits(text: string, limit: u32): string[] {
  const parts: string[] = [];
  const count = limit < text.length ? limit : text.length;
  for (let i = 0; i < count; i++) parts.push(charOf(unitAt(text, i)));
  return parts;
}
