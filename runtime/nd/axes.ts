/** How loops run over several arrays of one shape: which axis is inside which, and which are one. */
import type { NdArray } from './array.ts';
import type { Elements } from './elements.ts';

/** An axis with the stride that each array has there. */
export interface Axis {
  readonly size: number;
  readonly strides: readonly number[];
}

/** The most axes that a kernel runs over. */
export const kernelAxes = 4;
/** One long axis is divided into pieces of so many elements, which threads share. */
const piece = 2 ** 13;
/** Where arrays lie across each other, squares of so many rows and columns stay in the cache. */
const tile = 128;

/**
 * The axes of arrays of one shape from the outermost loop to the innermost: as the first array has them in memory. What
 * is one after the other in all arrays is one axis, and axes of size 1 are none.
 */
export function axesOf(arrays: readonly NdArray<Elements>[]): Axis[] {
  const [first] = arrays;
  if (!first) return [];
  const strides = arrays.map((array) => array.strides);
  const axes = first.shape.map((size, axis): Axis => ({
    size,
    strides: strides.map((own) => own[axis]!),
  }));
  const weight = ({ strides: own }: Axis): number =>
    Math.abs(own[0]!) || own.reduce((sum, stride) => sum + Math.abs(stride), 0);
  const sorted = axes.filter(({ size }) => size !== 1).sort((a, b) => weight(b) - weight(a));
  const merged: Axis[] = [];
  for (const axis of sorted) {
    const outer = merged.at(-1);
    const isOne = outer?.strides.every((stride, at) => stride === axis.strides[at]! * axis.size);
    if (outer && isOne) merged[merged.length - 1] = { ...axis, size: outer.size * axis.size };
    else merged.push(axis);
  }
  return merged;
}

/** A part of the loops: its axes, the first of which threads may share, and where it begins in each array. */
export interface Part {
  readonly axes: readonly Axis[];
  readonly offsets: readonly number[];
}

/** Divides loops into such that a kernel can run, and such as use caches and threads well. */
export function* partsOf(axes: readonly Axis[], offsets: readonly number[]): Generator<Part> {
  const [first, second] = axes;
  if (axes.length > kernelAxes && first) {
    for (let i = 0; i < first.size; i++) yield* partsOf(axes.slice(1), moved(offsets, first, i));
    return;
  }
  if (axes.length === 1 && first && first.size >= 2 * piece && mayStep(first, piece)) {
    const [pieces, rest] = divided(first, piece);
    yield { axes: pieces, offsets };
    if (rest) yield { axes: [rest], offsets: moved(offsets, first, first.size - rest.size) };
    return;
  }
  if (axes.length === 2 && first && second && liesAcross(first, second)) {
    const [rows, lastRows] = divided(first, tile);
    const [columns, lastColumns] = divided(second, tile);
    const [band, row] = rows;
    const [block, column] = columns;
    if (band && row && block && column) yield { axes: [band, block, row, column], offsets };
    const below = moved(offsets, first, first.size - (lastRows?.size ?? 0));
    const beside = moved(offsets, second, second.size - (lastColumns?.size ?? 0));
    if (lastColumns)
      yield {
        axes: [{ ...first, size: first.size - (lastRows?.size ?? 0) }, lastColumns],
        offsets: beside,
      };
    if (lastRows) yield { axes: [lastRows, second], offsets: below };
    return;
  }
  yield { axes, offsets };
}

/** Whether kernels can go so many elements further at once. */
const mayStep = ({ strides }: Axis, by: number): boolean =>
  strides.every((stride) => Math.abs(stride) * by < 2 ** 31);

/** Whether some array has the neighbours of the outer axis nearer than those of the inner one. */
const liesAcross = (outer: Axis, inner: Axis): boolean =>
  outer.size >= 2 * tile &&
  mayStep(outer, tile) &&
  mayStep(inner, tile) &&
  inner.size >= 2 * tile &&
  outer.strides.some(
    (stride, at) => stride !== 0 && Math.abs(stride) < Math.abs(inner.strides[at]!),
  );

/** An axis as pieces of so many elements each, and what is left. */
function divided(axis: Axis, size: number): readonly [[Axis, Axis], Axis | undefined] {
  const count = Math.floor(axis.size / size);
  const rest = axis.size - count * size;
  const outer = { size: count, strides: axis.strides.map((stride) => stride * size) };
  return [[outer, { ...axis, size }], rest > 0 ? { ...axis, size: rest } : undefined];
}

const moved = (offsets: readonly number[], { strides }: Axis, by: number): number[] =>
  offsets.map((offset, at) => offset + strides[at]! * by);

/** What a kernel is told of a part. What is missing of its axes is put behind the first, which stays the outermost. */
export function geometryOf({ axes, offsets }: Part): Int32Array {
  const count = offsets.length;
  const none: Axis = { size: 1, strides: offsets.map(() => 0) };
  const missing = Array.from({ length: kernelAxes - axes.length }, () => none);
  const all = axes.length > 1 ? [axes[0]!, ...missing, ...axes.slice(1)] : [...missing, ...axes];
  const geometry = new Int32Array(kernelAxes + count * (1 + kernelAxes));
  all.forEach(({ size }, at) => (geometry[at] = size));
  for (let array = 0; array < count; array++) {
    const start = kernelAxes + array * (1 + kernelAxes);
    geometry[start] = offsets[array]!;
    all.forEach(({ strides }, at) => (geometry[start + 1 + at] = strides[array]!));
  }
  return geometry;
}
