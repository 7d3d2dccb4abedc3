import type { i32 } from 'tsnative';

const comma = 44;
const newline = 10;
const minus = 45;
const point = 46;
const zero = 48;

/** Numbers for each column in the result of `columnStatistics`. */
export const fields = 5;

/**
 * Count, sum, sum of squares, minimum and maximum of each column of numbers in the bytes of a CSV file;
 * the first line, with the names, is skipped. Cells are decimal numbers without exponent; an empty cell
 * is missing.
 * @native
 */
export function columnStatistics(bytes: Uint8Array, columns: i32): Float64Array {
  const result = new Float64Array(columns * fields);
  for (let c = 0; c < columns; c++) {
    result[c * fields + 3] = Infinity;
    result[c * fields + 4] = -Infinity;
  }
  let at = 0;
  while (at < bytes.length && bytes[at] !== newline) at++;
  at++;
  let column = 0;
  let digits = 0;
  let value = 0;
  let scale = 1;
  let afterPoint = false;
  let negative = false;
  for (; at < bytes.length; at++) {
    const byte = bytes[at]!;
    if (byte >= zero && byte <= zero + 9) {
      value = value * 10 + (byte - zero);
      if (afterPoint) scale *= 10;
      digits++;
    } else if (byte === point) afterPoint = true;
    else if (byte === minus) negative = true;
    else if (byte === comma || byte === newline) {
      if (column >= columns) throw new RangeError(`more than ${columns} columns at byte ${at}`);
      if (digits > 0) {
        const x = (negative ? -value : value) / scale;
        const to = column * fields;
        result[to]! += 1;
        result[to + 1]! += x;
        result[to + 2]! += x * x;
        result[to + 3] = Math.min(result[to + 3]!, x);
        result[to + 4] = Math.max(result[to + 4]!, x);
      }
      column = byte === comma ? column + 1 : 0;
      digits = 0;
      value = 0;
      scale = 1;
      afterPoint = false;
      negative = false;
    } else throw new RangeError(`byte ${byte} at ${at} is not part of a number`);
  }
  return result;
}
