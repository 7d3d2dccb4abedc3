import type { i32 } from 'tsnative';

/**
 * The CRC-32 of n bytes (ISO 3309), a byte at a time by a table, which it makes first.
 * @native
 */
export function crc32(n: i32, data: Uint8Array, table: Int32Array): i32 {
  for (let byte: i32 = 0; byte < 256; byte++) {
    let rest: i32 = byte;
    for (let bit: i32 = 0; bit < 8; bit++) {
      const odd: i32 = rest & 1;
      rest = rest >>> 1;
      // The polynomial, as a signed number.
      if (odd === 1) rest = rest ^ -306674912;
    }
    table[byte] = rest;
  }
  let crc: i32 = -1;
  for (let i: i32 = 0; i < n; i++) {
    crc = table[(crc ^ data[i]) & 255] ^ (crc >>> 8);
  }
  return ~crc;
}
