/**
 * `parallel` as plain JavaScript: everything in order on one thread. Native code gives the same results, as
 * reductions combine their values in a tree that depends on how many there are alone, here as there
 * (`compiler/2-lower/parallel/`).
 */

import type { Elements } from './nd/elements.ts';
import { mergePiece, sortPiece, splitMerges } from './std/merge-sort.ts';
import type { Order } from './std/sort.ts';

/** The most iterations of a loop. */
export const mostIterations = 2 ** 43;

/** A reduction combines the values of at most so many pieces of its range, each in order. */
export const mostPieces = 1024;

/** Arrays are sorted in pieces of at least so many elements, and at most so many pieces. */
export const leastSorted = 1024;
export const mostSorted = 64;

/** The typed arrays whose elements are numbers or bigints. */
export type TypedArray = Elements;

/**
 * Loops whose iterations may run at the same time, on all cores, in `@native` functions. What they share is
 * refused when compiling where iterations could touch the same memory, so results are those of plain
 * JavaScript, where they run in order. Counts that aren't whole are rounded up; of those below 0, and of NaN,
 * nothing runs. RangeError for more than 2^43 iterations.
 */
export interface Parallel {
  /**
   * Calls `body` for each whole number from 0 to below `count`. What it throws first, in order, is thrown; all
   * iterations in front of that one have run then, and each of those behind it may have run or not.
   */
  for(count: number, body: (i: number) => void): void;
  /**
   * The sum of `value(i)` for each whole number from 0 to below `count`; 0 for none. The order of the additions is
   * always the same, but not from left to right.
   */
  sum(count: number, value: (i: number) => number): number;
  /**
   * Combines `value(i)` for each whole number from 0 to below `count`, neighbours with neighbours in an order
   * that is always the same, and `initial` with the result.
   */
  reduce(
    count: number,
    initial: number,
    value: (i: number) => number,
    combine: (a: number, b: number) => number,
  ): number;
  /** A new array of the class of `array` with `value(element, index)` for each element. */
  map<A extends TypedArray>(array: A, value: (element: A[number], index: number) => A[number]): A;
  /**
   * A new array of the class of `array` in which each element is the elements of `array` up to there, combined:
   * neighbours with neighbours in an order that depends on the length alone. Of up to 1024 elements it is from left
   * to right. What `combine` gives is converted to an element before it is combined again.
   */
  scan<A extends TypedArray>(array: A, combine: (a: A[number], b: A[number]) => A[number]): A;
  /** The same of `value(i)` for each whole number from 0 to below `count`. */
  scan(
    count: number,
    value: (i: number) => number,
    combine: (a: number, b: number) => number,
  ): Float64Array;
  /**
   * Sorts an array in place, as its own `sort` does: by value with −0 before 0 and NaN last, or by a function that
   * gives a number below 0 where `a` comes before `b`, and above 0 where behind; equal elements keep their order.
   * What that function is asked depends on the length and its answers alone. When it throws, the array is unchanged.
   * @returns the array
   */
  sort<A extends TypedArray>(array: A, compare?: (a: A[number], b: A[number]) => number): A;
  /**
   * Calls functions, which may run at the same time. What the first of them throws, in order, is thrown; all in front
   * of that one have run then, and each of those behind it may have run or not.
   */
  invoke(...functions: (() => void)[]): void;
}

function iterations(count: number): number {
  if (count > mostIterations)
    throw new RangeError(`a parallel loop has at most ${mostIterations} iterations`);
  return count > 0 ? Math.ceil(count) : 0;
}

/** Where a piece of a range of `total` numbers begins. */
const border = (piece: number, total: number, pieces: number): number =>
  Math.floor((piece * total) / pieces);

/** The value of each piece of the range, combined in pairs, in pairs of pairs and so on. */
function reduced(
  total: number,
  valueOf: (from: number, to: number) => number,
  combine: (a: number, b: number) => number,
): number {
  const pieces = Math.min(total, mostPieces);
  const values = Array.from({ length: pieces }, (_, k) =>
    valueOf(border(k, total, pieces), border(k + 1, total, pieces)),
  );
  for (let width = 1; width < pieces; width *= 2)
    for (let k = 0; k + width < pieces; k += 2 * width)
      values[k] = combine(values[k] as number, values[k + width] as number);
  return values[0] ?? 0;
}

/**
 * Fills an array with what `value` gives, combined: each piece by itself, then the last elements of the pieces, then
 * the other elements of each piece with the last one before it.
 */
function scanned<E, A extends { readonly length: number; [index: number]: E }>(
  made: A,
  value: (index: number) => E,
  combine: (a: E, b: E) => E,
): A {
  const total = made.length;
  const pieces = Math.min(total, mostPieces);
  // Safe: all indices are below the length.
  const join = (left: number, right: E, to: number): void => {
    made[to] = combine(made[left] as E, right);
  };
  for (let k = 0; k < pieces; k++) {
    const first = border(k, total, pieces);
    made[first] = value(first);
    for (let i = first + 1; i < border(k + 1, total, pieces); i++) join(i - 1, value(i), i);
  }
  for (let k = 1; k < pieces; k++) {
    const last = border(k + 1, total, pieces) - 1;
    join(border(k, total, pieces) - 1, made[last] as E, last);
  }
  for (let k = 1; k < pieces; k++) {
    const first = border(k, total, pieces);
    for (let i = first; i < border(k + 1, total, pieces) - 1; i++) join(first - 1, made[i] as E, i);
  }
  return made;
}

/** An array of the same class. */
const newLike = <A extends TypedArray>(array: A, length: number): A =>
  // Safe: every class of typed array makes one of so many elements.
  new (array.constructor as new (length: number) => A)(length);

/** Sorts an array by a function. */
function sortBy<A extends TypedArray>(
  array: A,
  compare: (a: A[number], b: A[number]) => number,
): void {
  const { length } = array;
  const pieces = Math.min(Math.max(Math.floor(length / leastSorted), 1), mostSorted);
  // Safe: as JavaScript, the library's functions work with any elements, and call the order.
  const order = compare as unknown as Order;
  let [source, target] = [array.slice(), array.slice()] as unknown as [
    BigUint64Array,
    BigUint64Array,
  ];
  for (let k = 0; k < pieces; k++) sortPiece(target, source, k, pieces, order);
  const splits = new Int32Array(mostSorted);
  for (let width = 1; width < pieces; width *= 2) {
    splitMerges(source, splits, width, pieces, order);
    for (let k = 0; k < pieces; k++) mergePiece(source, target, splits, width, k, pieces, order);
    [source, target] = [target, source];
  }
  array.set(source as never);
}

function scan(
  source: TypedArray | number,
  ...functions: ((a: never, b: never) => number | bigint)[]
): TypedArray {
  type Combine = (a: number | bigint, b: number | bigint) => number | bigint;
  const [first, second] = functions as [Combine, Combine];
  if (typeof source === 'number') {
    const value = first as unknown as (i: number) => number;
    return scanned(new Float64Array(iterations(source)), value, second as never);
  }
  // Safe: what is combined are its elements.
  const made = newLike(source, source.length) as {
    length: number;
    [index: number]: number | bigint;
  };
  return scanned(made, (i) => source[i] as number | bigint, first) as TypedArray;
}

export const parallel: Parallel = {
  for(count, body) {
    const total = iterations(count);
    for (let i = 0; i < total; i++) body(i);
  },
  sum(count, value) {
    const valueOf = (from: number, to: number): number => {
      // −0 is what changes no number that it is added to.
      let sum = -0;
      for (let i = from; i < to; i++) sum += value(i);
      return sum;
    };
    return reduced(iterations(count), valueOf, (a, b) => a + b);
  },
  reduce(count, initial, value, combine) {
    const total = iterations(count);
    const valueOf = (from: number, to: number): number => {
      let all = value(from);
      for (let i = from + 1; i < to; i++) all = combine(all, value(i));
      return all;
    };
    return total === 0 ? initial : combine(initial, reduced(total, valueOf, combine));
  },
  map(array, value) {
    const made = newLike(array, array.length);
    for (let i = 0; i < made.length; i++)
      made[i] = value(array[i] as (typeof array)[number], i) as never;
    return made;
  },
  scan: scan as Parallel['scan'],
  invoke(...functions) {
    for (const run of functions) run();
  },
  sort(array, compare) {
    if (compare === undefined) array.sort();
    else sortBy(array, compare);
    return array;
  },
};
