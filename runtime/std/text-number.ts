/**
 * Numbers that whole strings are. A template: the library's build makes a copy for strings by replacing the alias.
 *
 * @native bounds: unchecked, overflow: unchecked
 */
import { parseFloat, parseInt, stringToNumber } from './parse-number.ts';
import type { f64, i32 } from 'tsnative';

type Units = Uint8Array;

/** `Number(text)` */
export function textToNumber(units: Units): f64 {
  return stringToNumber(units, 0, units.length);
}

/** `parseFloat(text)` */
export function textParseFloat(units: Units): f64 {
  return parseFloat(units, 0, units.length);
}

/** `parseInt(text, radix)` @param radix as ToInt32 gives it */
export function textParseInt(units: Units, radix: i32): f64 {
  return parseInt(units, 0, units.length, radix);
}
