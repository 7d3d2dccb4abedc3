/**
 * How the loops run that the compiler writes for functions of small arrays (`compiler/1-read/kernels/guvectorize.ts`): over
 * four axes, in the order of the plain loops, of which the first two may be divided among threads.
 */
import type { NdArray } from './array.ts';
import type { Elements } from './elements.ts';
import { mayShare } from './operands.ts';

/**
 * Calls a function of small arrays for each place of the loops.
 * @param geometry the sizes of the four axes of the loops and of the axes of the signature, in the order of their first
 * mention; then for each array its offset, and its strides on those axes of the loops and on its own
 */
export type CoreLoops = (geometry: Int32Array, ...arrays: Elements[]) => boolean;

const loopAxes = 4;
/** Sizes and strides are 32-bit integers. */
const limit = 2 ** 31;

interface Loop {
  readonly size: number;
  /** Of each array. */
  readonly strides: readonly number[];
}

/**
 * Runs over all places of the first axes.
 * @param axes how many these are; all arrays have them
 * @param sizes of the axes of the signature
 */
export function overCores(
  loops: CoreLoops,
  axes: number,
  sizes: readonly number[],
  outs: readonly NdArray<Elements>[],
  views: readonly NdArray<Elements>[],
): void {
  const arrays = [...outs, ...views];
  const strides = arrays.map((array) => array.strides);
  const shape = outs[0]?.shape.slice(0, axes) ?? [];
  if (shape.includes(0)) return;
  const outer = merged(
    shape.map((size, axis) => ({ size, strides: strides.map((own) => own[axis]!) })),
  );
  const cores = strides.map((own) => own.slice(axes));
  const datas = arrays.map(({ data }) => data);
  const mayDivide = areApart(outs);
  const run = (from: number, offsets: readonly number[]): void => {
    const own = outer.slice(from);
    // Where results share memory, what comes later must be stored later: no axis is divided.
    const most = mayDivide ? loopAxes : loopAxes - 2;
    const [first, second] = own;
    const count = (first?.size ?? 1) * (second?.size ?? 1);
    if (first && (own.length > most || (mayDivide && count >= limit))) {
      for (let i = 0; i < first.size; i++)
        run(
          from + 1,
          offsets.map((offset, at) => offset + i * first.strides[at]!),
        );
      return;
    }
    const none: Loop = { size: 1, strides: offsets.map(() => 0) };
    const before = mayDivide ? [] : [none, none];
    const all = [...before, ...own, none, none, none, none].slice(0, loopAxes);
    const geometry = [
      ...all.map(({ size }) => size),
      ...sizes,
      ...offsets.flatMap((offset, at) => [
        offset,
        ...all.map((loop) => loop.strides[at]!),
        ...cores[at]!,
      ]),
    ];
    loops(Int32Array.from(geometry), ...datas);
  };
  run(
    0,
    arrays.map(({ offset }) => offset),
  );
}

/** Axes that are one behind the other in all arrays are one, and axes of size 1 are none. The order stays. */
function merged(axes: readonly Loop[]): Loop[] {
  const all: Loop[] = [];
  for (const axis of axes) {
    if (axis.size === 1) continue;
    const outer = all.at(-1);
    const isOne =
      outer &&
      outer.size * axis.size < limit &&
      outer.strides.every((stride, at) => stride === axis.strides[at]! * axis.size);
    if (isOne) all[all.length - 1] = { ...axis, size: outer.size * axis.size };
    else all.push(axis);
  }
  return all;
}

/** Whether no element of one of these arrays is another one of it, or of another array. */
function areApart(arrays: readonly NdArray<Elements>[]): boolean {
  return arrays.every(
    (array, index) =>
      hasApartElements(array) && arrays.slice(index + 1).every((other) => !mayShare(array, other)),
  );
}

function hasApartElements({ shape, strides }: NdArray<Elements>): boolean {
  const steps = shape
    .flatMap((size, axis) => (size > 1 ? [{ size, stride: Math.abs(strides[axis]!) }] : []))
    .sort((a, b) => a.stride - b.stride);
  let reach = 0;
  return steps.every(({ size, stride }) => {
    const isBeyond = stride > reach;
    reach += (size - 1) * stride;
    return isBeyond;
  });
}
