/**
 * `toUpperCase` and `toLowerCase` of whole strings. A template: the library's build makes a copy for strings by
 * replacing the alias.
 *
 * @native bounds: unchecked, overflow: unchecked
 */
import { lowerCase, upperCase } from './change-case.ts';
import { stringOf } from './intrinsics.ts';

type Units = Uint8Array;

/** The end of the ASCII units that a text begins with. */
function endOfAscii(units: Units): number {
  let end = 0;
  while (end < units.length && units[end]! < 128) end++; // end is within
  return end;
}

/** `text.toUpperCase()` */
export function toUpperCase(units: Units): string {
  const length = units.length;
  const ascii = endOfAscii(units);
  if (ascii === length) {
    const letters = new Uint8Array(length);
    for (let i = 0; i < length; i++) {
      const unit = units[i]!; // i is within
      letters[i] = unit >= 97 && unit <= 122 ? unit - 32 : unit;
    }
    return stringOf(letters, 0, length);
  }
  const out = new Uint16Array(3 * length);
  return stringOf(out, 0, upperCase(units, 0, length, out, 0));
}

/** `text.toLowerCase()` */
export function toLowerCase(units: Units): string {
  const length = units.length;
  const ascii = endOfAscii(units);
  if (ascii === length) {
    const letters = new Uint8Array(length);
    for (let i = 0; i < length; i++) {
      const unit = units[i]!; // i is within
      letters[i] = unit >= 65 && unit <= 90 ? unit + 32 : unit;
    }
    return stringOf(letters, 0, length);
  }
  const out = new Uint16Array(2 * length);
  return stringOf(out, 0, lowerCase(units, 0, length, out, 0));
}
