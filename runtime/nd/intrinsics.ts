/**
 * Where the elements of arrays are. In native code a call of these is checks of the indices, which are taken out of
 * loops as those of `a[i]` are, integer arithmetic, and an access without a check of its own: whoever makes an
 * `NdArray` sees to it that no index within its shape leads out of its data. As JavaScript they are functions.
 */
import type { f64, i32 } from '../numbers.ts';
import { NdArray } from './array.ts';
import type { Elements } from './elements.ts';

/** Refuses an index that is no whole number from 0 to below the size of its axis. */
function check(index: f64, size: i32, axis: i32): void {
  if (!(index >= 0 && index < size && Math.floor(index) === index))
    throw new RangeError(`index ${index} is outside axis ${axis} of size ${size}`);
}

/** The place of the element at these indices; behind each is the size and the stride of its axis. */
export const place0 = (offset: i32): number => offset;

export function place1(offset: i32, i: f64, n0: i32, s0: i32): number {
  check(i, n0, 0);
  return offset + i * s0;
}

export function place2(offset: i32, i: f64, n0: i32, s0: i32, j: f64, n1: i32, s1: i32): number {
  check(i, n0, 0);
  check(j, n1, 1);
  return offset + i * s0 + j * s1;
}

export function place3(
  offset: i32,
  i: f64,
  n0: i32,
  s0: i32,
  j: f64,
  n1: i32,
  s1: i32,
  k: f64,
  n2: i32,
  s2: i32,
): number {
  check(i, n0, 0);
  check(j, n1, 1);
  check(k, n2, 2);
  return offset + i * s0 + j * s1 + k * s2;
}

export function place4(
  offset: i32,
  i: f64,
  n0: i32,
  s0: i32,
  j: f64,
  n1: i32,
  s1: i32,
  k: f64,
  n2: i32,
  s2: i32,
  l: f64,
  n3: i32,
  s3: i32,
): number {
  check(i, n0, 0);
  check(j, n1, 1);
  check(k, n2, 2);
  check(l, n3, 3);
  return offset + i * s0 + j * s1 + k * s2 + l * s3;
}

/** The element at a place that one of these functions gives. */
export const load = <A extends Elements>(data: A, place: number): A[number] => data[place]!;

/** Sets it. */
export function store<A extends Elements>(data: A, place: number, value: A[number]): void {
  data[place] = value;
}

/**
 * The same two for loops that the compiler writes, where no round of the innermost loop stores to what another one loads or
 * stores: whoever runs such loops sees to it that arrays are apart, or one is the very view that the result goes to.
 */
export const loadAlone = <A extends Elements>(data: A, place: number): A[number] => data[place]!;

export function storeAlone<A extends Elements>(data: A, place: number, value: A[number]): void {
  data[place] = value;
}

/**
 * The array of one core of a function of small arrays (`cores.ts`), for loops that the compiler writes: they have asked once
 * whether all of them fit their typed array, and no core asks again.
 */
export const partAt = <V extends NdArray<Elements>>(
  data: V['data'],
  offset: i32,
  rank: i32,
  n0: i32,
  n1: i32,
  n2: i32,
  n3: i32,
  s0: i32,
  s1: i32,
  s2: i32,
  s3: i32,
): V => new NdArray(data, offset, rank, n0, n1, n2, n3, s0, s1, s2, s3, null) as V;

/** Whether this runs as native code. */
export const isNative = (): boolean => false;

/** Whether two typed arrays share no memory. */
export function isApart(a: Elements, b: Elements): boolean {
  if (a.buffer !== b.buffer) return true;
  return a.byteOffset + a.byteLength <= b.byteOffset || b.byteOffset + b.byteLength <= a.byteOffset;
}

/** A new array of the same class, of zeros. */
export function newLike<A extends Elements>(array: A, length: f64): A {
  return new (array.constructor as new (length: number) => A)(length);
}
