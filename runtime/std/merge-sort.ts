/**
 * Sorting typed arrays by a comparison function of the program, whose elements are here as 64-bit words (ECMA-262
 * 23.2.3.29). Templates, as those of sort.ts: what takes an order is called by the name of its comparison. As plain
 * JavaScript they sort arrays of any elements.
 *
 * Large arrays are sorted in pieces whose borders depend on the length alone, which are then merged in pairs, in
 * pairs of pairs and so on; each merge is divided at the borders, too, so that several threads can do it ("merge
 * path": Odeh et al., "Merge Path – Parallel Merging Made Simple", 2012).
 *
 * @native bounds: unchecked
 */
import { isAfter } from './intrinsics.ts';
import type { Order } from './sort.ts';
import type { i32 } from 'tsnative';

/**
 * Sorts the elements from `from` to before `to`, which both arrays have alike, into `target`. There are two of them
 * at least; `source` is left in no order. It compares as V8 of Node 20 and 22 does.
 */
export function mergeSort(
  source: BigUint64Array,
  target: BigUint64Array,
  from: i32,
  to: i32,
  order: Order,
): void {
  const middle: i32 = (from + ((to - from) >> 1)) | 0;
  if (middle - from > 1) mergeSort(target, source, from, middle, order);
  if (to - middle > 1) mergeSort(target, source, middle, to, order);
  merge(source, target, from, middle, middle, to, from, order);
}

/** Merges two sorted parts of an array into another one, from an index on. */
export function merge(
  source: BigUint64Array,
  target: BigUint64Array,
  leftFrom: i32,
  leftTo: i32,
  rightFrom: i32,
  rightTo: i32,
  to: i32,
  order: Order,
): void {
  let left = leftFrom;
  let right = rightFrom;
  let at = to;
  while (left < leftTo || right < rightTo) {
    const takesLeft =
      left < leftTo && (right >= rightTo || !isAfter(order, source[left]!, source[right]!));
    if (takesLeft) {
      target[at] = source[left]!;
      left = (left + 1) | 0;
    } else {
      target[at] = source[right]!;
      right = (right + 1) | 0;
    }
    at = (at + 1) | 0;
  }
}

/** Where a piece of so many begins. */
export function border(piece: i32, pieces: i32, length: i32): i32 {
  return ((piece * length) / pieces) | 0;
}

/** Sorts one of so many pieces of `source`, which is like `target`, into that. */
export function sortPiece(
  source: BigUint64Array,
  target: BigUint64Array,
  piece: i32,
  pieces: i32,
  order: Order,
): void {
  const length: i32 = source.length | 0;
  const from: i32 = border(piece, pieces, length);
  const to: i32 = border((piece + 1) | 0, pieces, length);
  if (to - from > 1) mergeSort(source, target, from, to, order);
}

/**
 * Tells where the merges of runs of `width` pieces are divided: `splits[k]` elements of the first run come before
 * where piece `k` begins. They only grow, also where the comparison contradicts itself, so nothing gets lost.
 */
export function splitMerges(
  source: BigUint64Array,
  splits: Int32Array,
  width: i32,
  pieces: i32,
  order: Order,
): void {
  const length: i32 = source.length | 0;
  for (let first: i32 = 0; first < pieces; first = (first + 2 * width) | 0) {
    const second: i32 = first + width < pieces ? (first + width) | 0 : pieces;
    const last: i32 = first + 2 * width < pieces ? (first + 2 * width) | 0 : pieces;
    const from: i32 = border(first, pieces, length);
    const middle: i32 = border(second, pieces, length);
    const to: i32 = border(last, pieces, length);
    let lefts: i32 = 0;
    let rights: i32 = 0;
    for (let piece = first; piece < last; piece = (piece + 1) | 0) {
      const count: i32 = (border(piece, pieces, length) - from) | 0;
      const least: i32 = (count - (to - middle)) | 0;
      const most: i32 = (count - rights) | 0;
      let low: i32 = least > lefts ? least : lefts;
      let high: i32 = most < middle - from ? most : (middle - from) | 0;
      while (low < high) {
        const at: i32 = (low + high) >> 1;
        if (isAfter(order, source[from + at]!, source[middle + count - at - 1]!)) high = at;
        else low = (at + 1) | 0;
      }
      splits[piece] = low;
      lefts = low;
      rights = (count - low) | 0;
    }
  }
}

/** Merges what of two runs of `width` pieces comes to a piece of `target`. */
export function mergePiece(
  source: BigUint64Array,
  target: BigUint64Array,
  splits: Int32Array,
  width: i32,
  piece: i32,
  pieces: i32,
  order: Order,
): void {
  const length: i32 = source.length | 0;
  const first: i32 = (piece - (piece % (2 * width))) | 0;
  const second: i32 = first + width < pieces ? (first + width) | 0 : pieces;
  const last: i32 = first + 2 * width < pieces ? (first + 2 * width) | 0 : pieces;
  const from: i32 = border(first, pieces, length);
  const middle: i32 = border(second, pieces, length);
  const to: i32 = border(last, pieces, length);
  const start: i32 = border(piece, pieces, length);
  const end: i32 = border((piece + 1) | 0, pieces, length);
  const left: i32 = (from + splits[piece]!) | 0;
  const right: i32 = (middle + (start - left)) | 0;
  const leftTo: i32 = piece + 1 < last ? (from + splits[piece + 1]!) | 0 : middle;
  const rightTo: i32 = piece + 1 < last ? (middle + (end - leftTo)) | 0 : to;
  merge(source, target, left, leftTo, right, rightTo, start, order);
}
