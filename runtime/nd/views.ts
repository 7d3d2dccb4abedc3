/** Other ways to see an array: a part of it, its axes in another order, its elements in another shape, repeated to a larger one. */
import { NdArray } from './array.ts';
import type { Elements } from './elements.ts';
import { viewOf } from './make.ts';
import { border, reshapedStrides, rowMajorStrides, sizesFor, sizeOfShape } from './shapes.ts';

/** See `NdArray.slice`. */
export function sliced<A extends Elements>(
  array: NdArray<A>,
  axis: number,
  from: number | undefined,
  to: number | undefined,
  step: number,
): NdArray<A> {
  const size = array.sizeOf(axis);
  if (!(step !== 0 && Math.floor(step) === step))
    throw new RangeError(`a step of a slice is a whole number other than 0, not ${step}`);
  const last = step > 0 ? size : size - 1;
  const first = step > 0 ? 0 : -1;
  const start = from === undefined ? (step > 0 ? 0 : last) : border(from, size, first, last);
  const end = to === undefined ? (step > 0 ? size : -1) : border(to, size, first, last);
  const count = Math.max(Math.ceil((end - start) / step), 0);
  const stride = array.strideOf(axis);
  const offset = count === 0 ? array.offset : array.offset + start * stride;
  return withAxis(array, axis, count, count > 1 ? stride * step : stride, offset);
}

/** The same view with another size and stride of an axis. */
function withAxis<A extends Elements>(
  array: NdArray<A>,
  axis: number,
  size: number,
  stride: number,
  offset: number,
): NdArray<A> {
  if (array.more !== null) {
    const shape = array.shape;
    const strides = array.strides;
    shape[axis] = size;
    strides[axis] = stride;
    return viewOf(array.data, shape, strides, offset);
  }
  return new NdArray(
    array.data,
    offset,
    array.rank,
    axis === 0 ? size : array.n0,
    axis === 1 ? size : array.n1,
    axis === 2 ? size : array.n2,
    axis === 3 ? size : array.n3,
    axis === 0 ? stride : array.s0,
    axis === 1 ? stride : array.s1,
    axis === 2 ? stride : array.s2,
    axis === 3 ? stride : array.s3,
    null,
  );
}

/** See `NdArray.pick`. */
export function picked<A extends Elements>(
  array: NdArray<A>,
  axis: number,
  index: number,
): NdArray<A> {
  const size = array.sizeOf(axis);
  if (!(index >= 0 && index < size && Math.floor(index) === index))
    throw new RangeError(`index ${index} is outside axis ${axis} of size ${size}`);
  const offset = array.offset + index * array.strideOf(axis);
  if (array.more !== null) {
    const shape = array.shape;
    const strides = array.strides;
    shape.splice(axis, 1);
    strides.splice(axis, 1);
    return viewOf(array.data, shape, strides, offset);
  }
  return new NdArray(
    array.data,
    offset,
    array.rank - 1,
    axis > 0 ? array.n0 : array.n1,
    axis > 1 ? array.n1 : array.n2,
    axis > 2 ? array.n2 : array.n3,
    1,
    axis > 0 ? array.s0 : array.s1,
    axis > 1 ? array.s1 : array.s2,
    axis > 2 ? array.s2 : array.s3,
    0,
    null,
  );
}

/** See `NdArray.transpose`. */
export function transposed<A extends Elements>(
  array: NdArray<A>,
  axes?: readonly number[],
): NdArray<A> {
  const rank = array.rank;
  if (axes === undefined && rank === 2)
    return new NdArray<A>(
      array.data,
      array.offset,
      rank,
      array.n1,
      array.n0,
      1,
      1,
      array.s1,
      array.s0,
      0,
      0,
      null,
    );
  const shape: number[] = [];
  const strides: number[] = [];
  if (axes === undefined)
    for (let axis = rank - 1; axis >= 0; axis--) {
      shape.push(array.sizeOf(axis));
      strides.push(array.strideOf(axis));
    }
  else {
    if (axes.length !== rank)
      throw new RangeError(`${axes.length} axes for an array with ${rank} axes`);
    for (let at = 0; at < rank; at++) {
      const axis = axes[at]!;
      if (axes.indexOf(axis) !== at) throw new RangeError(`axis ${axis} is named twice`);
      shape.push(array.sizeOf(axis));
      strides.push(array.strideOf(axis));
    }
  }
  return viewOf(array.data, shape, strides, array.offset);
}

function areWhole(sizes: readonly number[]): boolean {
  for (const size of sizes) if (Math.floor(size) !== size) return false;
  return true;
}

/** See `NdArray.reshape`. */
export function reshaped<A extends Elements>(
  array: NdArray<A>,
  shape: readonly number[],
): NdArray<A> {
  const size = array.size;
  const wanted = sizesFor(shape, size);
  if (sizeOfShape(wanted) !== size || !areWhole(wanted))
    throw new RangeError(
      `an array of shape [${array.shape.join(', ')}] has ${size} elements, and so no shape [${shape.join(', ')}]`,
    );
  const strides = reshapedStrides(array.shape, array.strides, wanted);
  if (strides.length === wanted.length) return viewOf(array.data, wanted, strides, array.offset);
  return viewOf(array.copy().data, wanted, rowMajorStrides(wanted), 0);
}

/** See `NdArray.broadcast`. */
export function broadcasted<A extends Elements>(
  array: NdArray<A>,
  shape: readonly number[],
): NdArray<A> {
  const added = shape.length - array.rank;
  if (added < 0)
    throw new RangeError(
      `an array of shape [${array.shape.join(', ')}] can't be broadcast to shape [${shape.join(', ')}], which has fewer axes`,
    );
  const strides: number[] = [];
  for (let axis = 0; axis < shape.length; axis++) {
    const size = axis < added ? 1 : array.sizeOf(axis - added);
    if (size !== 1 && size !== shape[axis])
      throw new RangeError(
        `axis ${axis - added} of size ${size} can't be broadcast to size ${shape[axis]} (shape [${array.shape.join(', ')}] to [${shape.join(', ')}])`,
      );
    strides.push(size === 1 ? 0 : array.strideOf(axis - added));
  }
  return viewOf(array.data, shape, strides, array.offset);
}
