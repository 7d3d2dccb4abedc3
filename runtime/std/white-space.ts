/**
 * What JavaScript trims and skips before numbers.
 *
 * @native bounds: unchecked, overflow: unchecked
 */
import type { i32 } from 'tsnative';

/** Whether a UTF-16 unit is white space or a line terminator: ECMA-262 12.2, 12.3 and 22.1.3.32.1 TrimString. */
export function isWhiteSpace(unit: i32): boolean {
  if (unit <= 32) return unit === 32 || (unit >= 9 && unit <= 13);
  if (unit < 160) return false;
  if (unit === 160 || unit === 0x1680 || unit === 0xfeff) return true;
  if (unit < 0x2000 || unit > 0x3000) return false;
  // The space separators (Zs) of Unicode, and U+2028 and U+2029.
  return (
    unit <= 0x200a ||
    unit === 0x2028 ||
    unit === 0x2029 ||
    unit === 0x202f ||
    unit === 0x205f ||
    unit === 0x3000
  );
}
