/** Arrays over typed arrays, made of their shapes and strides. */
import type { i32 } from '../numbers.ts';
import { NdArray } from './array.ts';
import type { Elements } from './elements.ts';
import { rowMajorStrides } from './shapes.ts';

/** The array of a shape and strides that there is room for in `data`; for functions of this module. */
export function viewOf<A extends Elements>(
  data: A,
  shape: readonly number[],
  strides: readonly number[],
  offset: number,
): NdArray<A> {
  const rank = shape.length;
  if (strides.length !== rank)
    throw new RangeError(`${strides.length} strides for a shape of ${rank} axes`);
  for (let axis = 0; axis < rank; axis++) {
    const size = shape[axis]!;
    if (!(size >= 0 && size < 2 ** 31 && Math.floor(size) === size))
      throw new RangeError(`axis ${axis} has no size ${size}`);
    const stride = strides[axis]!;
    if (!(Math.abs(stride) < 2 ** 31 && Math.floor(stride) === stride))
      throw new RangeError(`axis ${axis} has no stride ${stride}`);
  }
  if (!(offset >= 0 && offset < 2 ** 31 && Math.floor(offset) === offset))
    throw new RangeError(`an array has no offset ${offset}`);
  let more: i32[] | null = null;
  if (rank > 4) {
    more = [];
    for (let axis = 4; axis < rank; axis++) more.push(shape[axis]!);
    for (let axis = 4; axis < rank; axis++) more.push(strides[axis]!);
  }
  return new NdArray(
    data,
    offset,
    rank,
    rank > 0 ? shape[0]! : 1,
    rank > 1 ? shape[1]! : 1,
    rank > 2 ? shape[2]! : 1,
    rank > 3 ? shape[3]! : 1,
    rank > 0 ? strides[0]! : 0,
    rank > 1 ? strides[1]! : 0,
    rank > 2 ? strides[2]! : 0,
    rank > 3 ? strides[3]! : 0,
    more,
  );
}

/**
 * An array over a typed array, which stays shared: rows first (row-major) unless there are strides.
 * @param shape the size of each axis; without it, one axis of all elements
 * @param strides for each axis how far apart neighbours are, in elements; below 0 an axis runs backwards, and 0 repeats
 * @param offset where in `data` the element is whose indices are all 0
 * RangeError where an index within the shape would lead out of `data`, and for sizes that aren't whole numbers from 0 to
 * below 2^31.
 */
export function ndarray<A extends Elements>(
  data: A,
  shape?: readonly number[],
  strides?: readonly number[],
  offset: number = 0,
): NdArray<A> {
  const sizes = shape ?? [data.length - offset];
  return viewOf(data, sizes, strides ?? rowMajorStrides(sizes), offset);
}

/** The same with columns first (column-major), as Fortran and Julia have arrays: the first axis has stride 1. */
export function columnMajor<A extends Elements>(
  data: A,
  shape: readonly number[],
  offset: number = 0,
): NdArray<A> {
  const strides: number[] = [];
  let stride = 1;
  for (const size of shape) {
    strides.push(stride);
    stride *= Math.max(size, 1);
  }
  return viewOf(data, shape, strides, offset);
}
