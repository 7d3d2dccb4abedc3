import type { f64, Handle, i32, u32, u64 } from 'tsnative';

/** @extern crc32 */
declare function crc(crc: u64, bytes: Uint8Array, length: u32): u64;

/** @extern z: adler32, fast */
declare function adler(adler: u64, bytes: Uint8Array, length: u32): u64;

/** @extern sqlite3: sqlite3_close, frees */
declare function close(db: Handle<'sqlite3'>): i32;

/** @extern m: hypot */
declare function hypot(values: number[]): f64;

/** @extern m: nextafter */
declare function next(x: f64 | null, to: f64): f64;

/** @native */
export function sums(bytes: Uint8Array): u64 {
  return crc(0n, bytes, bytes.length) + adler(1n, bytes, bytes.length);
}

/** @native */
export function closed(db: Handle<'sqlite3'>): i32 {
  return close(db);
}

/** @native */
export function length(values: Float64Array): f64 {
  return hypot([values[0], values[1]]) + next(1, 2);
}
// rewritten:
import type { f64, Handle, i32, u32, u64 } from 'tsnative';

/** @extern z: crc32 */
declare function crc(crc: u64, bytes: Uint8Array, length: u32): u64;

/** @extern z: adler32, pure */
declare function adler(adler: u64, bytes: Uint8Array, length: u32): u64;

/** @extern sqlite3: sqlite3_close, frees: db */
declare function close(db: Handle<'sqlite3'>): i32;

/** @extern m: hypot */
declare function hypot(x: f64, y: f64): f64;

/** @extern m: nextafter */
declare function next(x: f64, to: f64): f64;

/** @native */
export function sums(bytes: Uint8Array): u64 {
  return crc(0n, bytes, bytes.length) + adler(1n, bytes, bytes.length);
}

/** @native */
export function closed(db: Handle<'sqlite3'>): i32 {
  return close(db);
}

/** @native */
export function length(values: Float64Array): f64 {
  return hypot(values[0], values[1]) + next(1, 2);
}
