/** Functions of an element and its neighbours, for each element of an array. */
import { NdArray } from './array.ts';
import { attachedTo, type ElementsClass } from './attached.ts';
import type { Elements } from './elements.ts';
import { ndarray } from './make.ts';
import { arrayOf, ofClass } from './operands.ts';
import { sameShape, sizeOfShape } from './shapes.ts';

/** Gives the element that is so far from the one that is computed, on each axis: `at(0, 0)` is that one itself. */
export type Neighbours = (...offsets: number[]) => number;

/**
 * What stands outside of an array: `value`, the nearest element of the axis (`nearest`), the axis again (`wrap`), or the
 * axis mirrored, its last element twice (`reflect`).
 */
export type StencilMode = 'constant' | 'nearest' | 'wrap' | 'reflect';

export interface StencilOptions<A extends Elements> {
  /** `constant` without it. */
  readonly mode?: StencilMode;
  /** Of the mode `constant`: 0 without it. */
  readonly value?: number;
  /** The class of the elements of results; without it Float64Array. */
  readonly type?: new (length: number) => A;
}

type NumberElements = Exclude<Elements, BigInt64Array | BigUint64Array>;
type Source = NumberElements | NdArray<NumberElements>;

export interface Stencil<P extends readonly Neighbours[], A extends Elements> {
  /**
   * A new array of the same shape. With several arrays all have one shape.
   * @throws RangeError for shapes that differ, and for another number of axes than the function asks for offsets
   */
  (...arrays: { [K in keyof P]: Source }): NdArray<A>;
  /** The same with a place for the result, which may share memory with an array: what is read is what was there before. */
  into<O extends NumberElements | NdArray<NumberElements>>(
    out: O,
    ...arrays: { [K in keyof P]: Source }
  ): O;
}

/** Where an index outside of an axis leads. */
export const nearestIndex = (index: number, size: number): number =>
  index < 0 ? 0 : index >= size ? size - 1 : index;

export const wrappedIndex = (index: number, size: number): number => ((index % size) + size) % size;

export function reflectedIndex(index: number, size: number): number {
  const inside = wrappedIndex(index, 2 * size);
  return inside < size ? inside : 2 * size - 1 - inside;
}

const leads: Readonly<Record<StencilMode, (index: number, size: number) => number>> = {
  constant: (index, size) => (index < 0 || index >= size ? -1 : index),
  nearest: nearestIndex,
  wrap: wrappedIndex,
  reflect: reflectedIndex,
};

/**
 * Makes a function of arrays of a function of neighbours: `const blur = stencil((at: Neighbours) => (at(-1) + at(0) + at(1)) /
 * 3, { mode: 'nearest' })`. With `@native` before that constant, and where all offsets are written as numbers, the compiler
 * writes its loops, in which only the elements near the borders look where they are.
 */
export function stencil<P extends readonly Neighbours[], A extends Elements = Float64Array>(
  fn: (...neighbours: P) => number,
  options: StencilOptions<A> = {},
): Stencil<P, A> {
  const made = (...arrays: unknown[]): unknown => apply(arrays, undefined);
  const apply = (given: readonly unknown[], out: NdArray<Elements> | undefined): unknown => {
    const arrays = given.map((one, index) => arrayOf(one, `argument ${index + 1}`));
    const shape = out?.shape ?? arrays[0]?.shape ?? [];
    for (const array of arrays)
      if (!sameShape(array.shape, shape))
        throw new RangeError(
          `arrays of shapes [${shape.join(', ')}] and [${array.shape.join(', ')}] have no elements beside each other`,
        );
    const [found] = attachedTo(made);
    const type: ElementsClass = found?.types[0] ?? options.type ?? Float64Array;
    const target = out?.data instanceof type ? out : ndarray(new type(sizeOfShape(shape)), shape);
    // An element that is stored must not be a neighbour later.
    const inputs = arrays.map((array, index) => {
      const own = found?.types[1] ? ofClass(array, found.types[1], `argument ${index + 1}`) : array;
      return own === array && own.data.buffer === target.data.buffer ? own.copy() : own;
    });
    if (found && sizeOfShape(shape) > 0) {
      if (found.rank !== shape.length) refuseCount(found.rank ?? 0, shape.length);
      const all = [target, ...inputs];
      found.kernel(geometryOf(all), ...all.map(({ data }) => data));
    } else plainly(fn as unknown as Core, options, target, inputs);
    if (out && out !== target) out.assign(target);
    return out ?? target;
  };
  const into = (out: unknown, ...arrays: unknown[]): unknown => {
    apply(arrays, arrayOf(out, 'the result'));
    return out;
  };
  return Object.assign(made, { into }) as never;
}

function refuseCount(count: number, rank: number): never {
  throw new RangeError(`${count} offsets for an array with ${rank} axes`);
}

/** All axes, the last one innermost. */
function geometryOf(arrays: readonly NdArray<Elements>[]): Int32Array {
  const geometry = new Int32Array(4 + 5 * arrays.length);
  geometry.fill(1, 0, 4);
  arrays.forEach((array, index) => {
    const [start, first] = [4 + 5 * index, 4 - array.rank];
    geometry[start] = array.offset;
    array.shape.forEach((size, axis) => (geometry[first + axis] = size));
    array.strides.forEach((stride, axis) => (geometry[start + 1 + first + axis] = stride));
  });
  return geometry;
}

type Core = (...at: Neighbours[]) => number;

/** Without loops of its own. */
function plainly(
  fn: Core,
  options: StencilOptions<Elements>,
  target: NdArray<Elements>,
  inputs: readonly NdArray<Elements>[],
): void {
  if (target.rank === 2) overPlane(fn, options, target, inputs);
  else overAxes(fn, options, target, inputs);
}

/** Over two axes, which most stencils have. */
function overPlane(
  fn: Core,
  { mode = 'constant', value = 0 }: StencilOptions<Elements>,
  target: NdArray<Elements>,
  inputs: readonly NdArray<Elements>[],
): void {
  const lead = leads[mode];
  const { data: to, offset: first, n0, n1, s0: down, s1: along } = target;
  let i = 0;
  let j = 0;
  const neighbours = inputs.map(({ data, offset, s0, s1 }): Neighbours => {
    return function (di, dj) {
      if (arguments.length !== 2) refuseCount(arguments.length, 2);
      let y = i + di!;
      let x = j + dj!;
      if (!(y >= 0 && y < n0 && x >= 0 && x < n1)) {
        y = lead(y, n0);
        x = lead(x, n1);
        if (y < 0 || x < 0) return value;
      }
      return data[offset + y * s0 + x * s1] as number;
    };
  });
  const [only] = neighbours;
  const isAlone = neighbours.length === 1 && only !== undefined;
  for (i = 0; i < n0; i++)
    for (j = 0; j < n1; j++)
      to[first + i * down + j * along] = isAlone ? fn(only) : fn(...neighbours);
}

/** Over any number of axes. */
function overAxes(
  fn: Core,
  { mode = 'constant', value = 0 }: StencilOptions<Elements>,
  target: NdArray<Elements>,
  inputs: readonly NdArray<Elements>[],
): void {
  const { shape } = target;
  const here = shape.map(() => 0);
  const lead = leads[mode];
  const neighbours = inputs.map((array): Neighbours => {
    const { data, offset, strides } = array;
    return (...offsets) => {
      if (offsets.length !== shape.length) refuseCount(offsets.length, shape.length);
      let place = offset;
      for (let axis = 0; axis < offsets.length; axis++) {
        const index = lead(here[axis]! + offsets[axis]!, shape[axis]!);
        if (index < 0) return value;
        place += index * strides[axis]!;
      }
      return data[place] as number;
    };
  });
  const visit = (axis: number, view: NdArray<Elements>): void => {
    if (axis === shape.length) {
      view.set(fn(...neighbours));
      return;
    }
    for (let i = 0; i < shape[axis]!; i++) {
      here[axis] = i;
      visit(axis + 1, view.pick(0, i));
    }
  };
  visit(0, target);
}
