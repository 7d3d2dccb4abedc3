/**
 * `toUpperCase` and `toLowerCase` of whole strings. A template: the library's build makes a copy for strings by
 * replacing the alias.
 *
 * @native bounds: unchecked, overflow: unchecked
 */
import { lowerCase, upperCase } from './change-case.ts';
import { charOf, stringOf } from './intrinsics.ts';

type Units = Uint8Array;

/** An array of so many bytes stands on the stack. */
const FEW = 32;

/** The end of the ASCII units that a text begins with. */
function endOfAscii(units: Units): number {
  let end = 0;
  while (end < units.length && units[end]! < 128) end++; // end is within
  return end;
}

/** A unit below 128 in upper case. */
function upperAscii(unit: number): number {
  return unit >= 97 && unit <= 122 ? unit - 32 : unit;
}

/** Text of units below 128 in upper case, made in `letters`. */
function asciiUpper(units: Units, length: number, letters: Uint8Array): string {
  for (let i = 0; i < length; i++) letters[i] = upperAscii(units[i]!); // i is within
  return stringOf(letters, 0, length);
}

/** `text.toUpperCase()` */
export function toUpperCase(units: Units): string {
  const length = units.length;
  const ascii = endOfAscii(units);
  if (ascii === length) {
    if (length === 1) return charOf(upperAscii(units[0]!)); // the only one
    return length <= FEW
      ? asciiUpper(units, length, new Uint8Array(FEW))
      : asciiUpper(units, length, new Uint8Array(length));
  }
  const out = new Uint16Array(3 * length);
  return stringOf(out, 0, upperCase(units, 0, length, out, 0));
}

/** A unit below 128 in lower case. */
function lowerAscii(unit: number): number {
  return unit >= 65 && unit <= 90 ? unit + 32 : unit;
}

/** Text of units below 128 in lower case, made in `letters`. */
function asciiLower(units: Units, length: number, letters: Uint8Array): string {
  for (let i = 0; i < length; i++) letters[i] = lowerAscii(units[i]!); // i is within
  return stringOf(letters, 0, length);
}

/** `text.toLowerCase()` */
export function toLowerCase(units: Units): string {
  const length = units.length;
  const ascii = endOfAscii(units);
  if (ascii === length) {
    if (length === 1) return charOf(lowerAscii(units[0]!)); // the only one
    return length <= FEW
      ? asciiLower(units, length, new Uint8Array(FEW))
      : asciiLower(units, length, new Uint8Array(length));
  }
  const out = new Uint16Array(2 * length);
  return stringOf(out, 0, lowerCase(units, 0, length, out, 0));
}
