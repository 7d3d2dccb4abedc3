/**
 * Sorting integers without comparing them: by their digits from the last one on (least significant digit radix
 * sort, Knuth, The Art of Computer Programming 5.2.5). A digit that all numbers have alike costs little.
 *
 * @native bounds: unchecked
 */
import { moveElements, shiftRight, toI32 } from './intrinsics.ts';
import type { f64, i32, u64 } from 'tsnative';

/** Fewer are sorted by insertion. */
const fewest = 96;

/** Sorts integers, which are below 256 to the power of `digits`. */
export function sortKeys(keys: BigUint64Array, digits: i32): void {
  const count = keys.length;
  if (count < fewest) {
    insertKeys(keys);
    return;
  }
  const counts = new Int32Array(8 * 256);
  for (let i = 0; i < count; i++) {
    const key: u64 = keys[i]!;
    for (let digit: i32 = 0; digit < digits; digit = (digit + 1) | 0) {
      const bucket = digit * 256 + digitOf(key, digit);
      counts[bucket] = counts[bucket]! + 1;
    }
  }
  const room = new BigUint64Array(count);
  let isInRoom = false;
  for (let digit: i32 = 0; digit < digits; digit = (digit + 1) | 0) {
    if (counts[digit * 256 + digitOf(keys[0]!, digit)]! === count) continue;
    let start = 0;
    for (let bucket = digit * 256; bucket < digit * 256 + 256; bucket++) {
      const size = counts[bucket]!;
      counts[bucket] = start;
      start += size;
    }
    if (isInRoom) distribute(room, keys, counts, digit);
    else distribute(keys, room, counts, digit);
    isInRoom = !isInRoom;
  }
  if (isInRoom) moveElements(keys, 0, room, 0, count);
}

/** The digit of that place, to the base 256. */
export function digitOf(key: u64, place: i32): i32 {
  return toI32(shiftRight(key, (8 * place) | 0)) & 255;
}

/** Moves integers to where those with their digit begin, in their order. */
export function distribute(
  from: BigUint64Array,
  to: BigUint64Array,
  starts: Int32Array,
  place: i32,
): void {
  for (let i = 0; i < from.length; i++) {
    const key: u64 = from[i]!;
    const bucket = place * 256 + digitOf(key, place);
    const at = starts[bucket]!;
    starts[bucket] = at + 1;
    to[at] = key;
  }
}

export function insertKeys(keys: BigUint64Array): void {
  for (let next = 1; next < keys.length; next++) {
    const key: u64 = keys[next]!;
    let at = next;
    while (at > 0 && keys[at - 1]! > key) {
      keys[at] = keys[at - 1]!;
      at--;
    }
    keys[at] = key;
  }
}

/** Counts the digits of a place of one of so many pieces of the keys. */
export function countKeys(
  keys: BigUint64Array,
  counts: Int32Array,
  piece: i32,
  pieces: i32,
  place: i32,
): void {
  const end = border((piece + 1) | 0, pieces, keys.length);
  const first = piece * 256;
  for (let bucket = first; bucket < first + 256; bucket++) counts[bucket] = 0;
  for (let i = border(piece, pieces, keys.length); i < end; i++) {
    const bucket = first + digitOf(keys[i]!, place);
    counts[bucket] = counts[bucket]! + 1;
  }
}

/**
 * Turns the counts of all pieces into the places where their elements begin: those of each digit in the order of the
 * pieces.
 * @returns whether all of `total` keys have the same digit
 */
export function startKeys(counts: Int32Array, pieces: i32, total: f64): boolean {
  let start = 0;
  let isOne = false;
  for (let digit = 0; digit < 256; digit++) {
    const before = start;
    for (let piece = 0; piece < pieces; piece++) {
      const at = piece * 256 + digit;
      const size = counts[at]!;
      counts[at] = start;
      start += size;
    }
    if (start - before === total) isOne = true;
  }
  return isOne;
}

/** Moves one of so many pieces of the keys to where its digits of a place begin. */
export function moveKeys(
  from: BigUint64Array,
  to: BigUint64Array,
  starts: Int32Array,
  piece: i32,
  pieces: i32,
  place: i32,
): void {
  const end = border((piece + 1) | 0, pieces, from.length);
  for (let i = border(piece, pieces, from.length); i < end; i++) {
    const key: u64 = from[i]!;
    const bucket = piece * 256 + digitOf(key, place);
    const at = starts[bucket]!;
    starts[bucket] = at + 1;
    to[at] = key;
  }
}

/** Where a piece of so many begins. */
export function border(piece: i32, pieces: i32, length: f64): f64 {
  return Math.floor((piece * length) / pieces);
}
