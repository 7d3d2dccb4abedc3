/**
 * Sorting integers without comparing them: by their digits from the last one on (least significant digit radix
 * sort, Knuth, The Art of Computer Programming 5.2.5). A digit that all numbers have alike costs little.
 *
 * @native bounds: unchecked
 */
import { moveElements, shiftRight, toI32 } from './intrinsics.ts';
import type { i32, u64 } from 'tsnative';

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
