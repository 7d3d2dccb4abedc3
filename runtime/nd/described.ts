/** What native code tells kernels of arrays (`attached.ts`): sizes, then for each array its offset and strides. */
import { NdArray } from './array.ts';
import type { Elements } from './elements.ts';
import { isApart } from './intrinsics.ts';
import { sameShape } from './shapes.ts';

/** Whether an array's elements are one after the other, or all of them are one. */
export function isFlat<A extends Elements>(array: NdArray<A>): boolean {
  if (array.s0 === 0 && array.s1 === 0 && array.s2 === 0 && array.s3 === 0) return true;
  return array.isRowMajor;
}

/** An array as one axis, from its element of that number on, in pieces of 8192 elements. */
export function describeFlat<A extends Elements>(
  geometry: Int32Array,
  index: number,
  array: NdArray<A>,
  from: number,
): void {
  const step = array.isRowMajor ? 1 : 0;
  const start = 4 + index * 5;
  geometry[start] = array.offset + from * step;
  geometry[start + 1] = 8192 * step;
  geometry[start + 2] = 0;
  geometry[start + 3] = 0;
  geometry[start + 4] = step;
}

/** The sizes of at most four axes, of which the last is the innermost. */
export function describeSizes<A extends Elements>(geometry: Int32Array, array: NdArray<A>): void {
  for (let slot = 0; slot < 4; slot++) {
    const axis = slot - 4 + array.rank;
    geometry[slot] = axis < 0 ? 1 : array.sizeOf(axis);
  }
}

/** The strides of those axes. */
export function describe<A extends Elements>(
  geometry: Int32Array,
  index: number,
  array: NdArray<A>,
): void {
  const start = 4 + index * 5;
  geometry[start] = array.offset;
  for (let slot = 0; slot < 4; slot++) {
    const axis = slot - 4 + array.rank;
    geometry[start + 1 + slot] = axis < 0 ? 0 : array.strideOf(axis);
  }
}

/** What is read instead of an array while a result is stored: itself, or a copy where storing might change it before. */
export function inputFor<O extends Elements, A extends Elements>(
  out: NdArray<O>,
  array: NdArray<A>,
): NdArray<A> {
  if (isApart(out.data, array.data)) return array;
  const isSame =
    isSameData(out.data, array.data) &&
    out.offset === array.offset &&
    sameShape(out.strides, array.strides);
  return isSame ? array : array.copy();
}

/** Whether two typed arrays are of one class over the very same memory. */
const isSameData = <O extends Elements, A extends Elements>(a: O, b: A): boolean =>
  a.byteOffset === b.byteOffset &&
  a.byteLength === b.byteLength &&
  a.BYTES_PER_ELEMENT === b.BYTES_PER_ELEMENT;
