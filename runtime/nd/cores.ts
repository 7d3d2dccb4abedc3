/**
 * How the loops run that the compiler writes for functions of small arrays (`compiler/1-read/kernels/guvectorize.ts`): over
 * three axes, in the order of the plain loops, of which the first two may be divided among threads.
 */
import type { NdArray } from './array.ts';
import type { Elements } from './elements.ts';
import { mayShare } from './operands.ts';

/**
 * Calls a function of small arrays for each place of the loops.
 * @param geometry the sizes of the three axes of the loops and of the axes of the signature, in the order of their first
 * mention; then for each array its offset, and its strides on those axes of the loops and on its own
 */
export type CoreLoops = (geometry: Int32Array, ...arrays: Elements[]) => boolean;

const loopAxes = 3;
/** Sizes and strides are 32-bit integers. */
const limit = 2 ** 31;
/** Rounds of one loop are taken together until they have so many elements. */
const together = 2048;
/** Enough for many threads. */
const manyRounds = 64;

interface Loop {
  readonly size: number;
  /** Of each array. */
  readonly strides: readonly number[];
}

/** What is to be run. */
export interface CoreCall {
  /** The sizes of the loops. */
  readonly shape: readonly number[];
  /** Those of the axes of the signature. */
  readonly sizes: readonly number[];
  /** The results, then the arguments, whose first axes are broadcast to the shape. */
  readonly arrays: readonly NdArray<Elements>[];
  /** How many axes at the end of each array are the signature's. */
  readonly ranks: readonly number[];
}

/**
 * Runs over all places of the loops.
 * @param given how many of the arrays are results whose memory others may share; 0 where all have memory of their own
 * @param geometry is filled
 */
export function overCores(
  loops: CoreLoops,
  call: CoreCall,
  given: number,
  geometry: Int32Array,
): void {
  const { shape, arrays } = call;
  if (shape.includes(0)) return;
  const outer = loopsOf(call);
  const datas = arrays.map(({ data }) => data);
  // Where results share memory, what comes later must be stored later: no axis is divided.
  const isDivided = outer.length === 0 || areApart(arrays.slice(0, given));
  const most = isDivided ? loopAxes : 1;
  const none: Loop = { size: 1, strides: arrays.map(() => 0) };
  const run = (axes: readonly Loop[], offsets: readonly number[]): void => {
    describe(geometry, call, slotsOf(axes, isDivided, none), offsets);
    loops(geometry, ...datas);
  };
  const arrange = (axes: readonly Loop[], offsets: readonly number[]): void => {
    const [first, second] = axes;
    if (!first) return run(axes, offsets);
    if (axes.length > most || (isDivided && first.size * (second?.size ?? 1) >= limit)) {
      for (let i = 0; i < first.size; i++) arrange(axes.slice(1), moved(offsets, first, i));
      return;
    }
    // In order there is one loop, which nothing is taken together for.
    if (!isDivided) return run(axes, offsets);
    const count = Math.floor(together / elementsIn(call));
    const mayStep = first.strides.every((stride) => Math.abs(stride) * count < limit);
    if (second || count < 2 || first.size < 2 * count || !mayStep) return run(axes, offsets);
    const pieces = Math.floor(first.size / count);
    const strides = first.strides.map((stride) => stride * count);
    run(
      [
        { size: pieces, strides },
        { ...first, size: count },
      ],
      offsets,
    );
    const rest = { ...first, size: first.size % count };
    if (rest.size > 0) run([rest], moved(offsets, first, pieces * count));
  };
  arrange(
    outer,
    arrays.map(({ offset }) => offset),
  );
}

/** The three axes that the loops run over. The second one is divided among threads where the first one has few rounds. */
function slotsOf(axes: readonly Loop[], isDivided: boolean, none: Loop): readonly Loop[] {
  const [a = none, b = none] = axes;
  if (!isDivided) return [none, none, a];
  if (axes.length === loopAxes) return axes;
  return a.size < manyRounds ? [a, b, none] : [a, none, b];
}

const moved = (offsets: readonly number[], { strides }: Loop, by: number): number[] =>
  offsets.map((offset, at) => offset + strides[at]! * by);

/** How many elements the largest array of one round has. */
function elementsIn({ arrays, ranks }: CoreCall): number {
  let most = 1;
  arrays.forEach((array, index) => {
    let elements = 1;
    for (let axis = array.rank - ranks[index]!; axis < array.rank; axis++)
      elements *= array.sizeOf(axis);
    most = Math.max(most, elements);
  });
  return most;
}

/** The loops in their order: those that are one behind the other in all arrays are one, and those of one round are none. */
function loopsOf({ shape, arrays, ranks }: CoreCall): Loop[] {
  const all: Loop[] = [];
  shape.forEach((size, axis) => {
    if (size === 1) return;
    const strides = arrays.map((array, index) => {
      const own = axis - shape.length + array.rank - ranks[index]!;
      return own < 0 || array.sizeOf(own) === 1 ? 0 : array.strideOf(own);
    });
    const outer = all.at(-1);
    const isOne =
      outer &&
      outer.size * size < limit &&
      outer.strides.every((stride, at) => stride === strides[at]! * size);
    if (isOne) all[all.length - 1] = { size: outer.size * size, strides };
    else all.push({ size, strides });
  });
  return all;
}

function describe(
  geometry: Int32Array,
  { sizes, arrays, ranks }: CoreCall,
  axes: readonly Loop[],
  offsets: readonly number[],
): void {
  let at = 0;
  for (const { size } of axes) geometry[at++] = size;
  for (const size of sizes) geometry[at++] = size;
  arrays.forEach((array, index) => {
    geometry[at++] = offsets[index]!;
    for (const { strides } of axes) geometry[at++] = strides[index]!;
    for (let axis = array.rank - ranks[index]!; axis < array.rank; axis++)
      geometry[at++] = array.strideOf(axis);
  });
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
