/** Arrays of other libraries as arrays of any dimension, over the same memory. */
import { NdArray } from './array.ts';
import type { Elements } from './elements.ts';
import { ndarray } from './make.ts';

/** What npm's `ndarray` makes. */
export interface NdarrayLike<A extends Elements> {
  readonly data: A;
  readonly shape: readonly number[];
  readonly stride: readonly number[];
  readonly offset: number;
}

/** What `@stdlib/ndarray` makes. */
export interface StdlibLike<A extends Elements> {
  readonly data: A;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  readonly offset: number;
}

/** A vector of Apache Arrow, as far as it matters here. */
export interface ArrowVectorLike {
  readonly data: readonly ArrowData[];
  readonly length: number;
  readonly nullCount: number;
  readonly type: object;
}

interface ArrowData {
  readonly values: unknown;
  readonly length: number;
  readonly offset: number;
  readonly type: {
    readonly typeId: number;
    readonly listSize?: number;
    readonly precision?: number;
  };
  readonly children: readonly ArrowData[];
}

const isElements = (value: unknown): value is Elements =>
  ArrayBuffer.isView(value) && !(value instanceof DataView);

/**
 * An array over the memory of something else, without a copy: of a typed array or `Buffer` (one axis), of an array of
 * npm's `ndarray` or of `@stdlib/ndarray`, or of a vector of Apache Arrow that has numbers in one chunk and no nulls (lists
 * of a fixed size are a further axis).
 * @throws TypeError for what has no typed array that could be shared
 */
export function asNdArray<A extends Elements>(
  source: A | NdArray<A> | NdarrayLike<A> | StdlibLike<A>,
): NdArray<A>;
export function asNdArray(source: ArrowVectorLike): NdArray<Elements>;
export function asNdArray(source: unknown): NdArray<Elements> {
  if (source instanceof NdArray) return source as NdArray<Elements>;
  if (isElements(source)) return ndarray(source);
  if (typeof source === 'object' && source !== null) {
    const { data, shape, stride, strides, offset } = source as Readonly<Record<string, unknown>>;
    if (isElements(data) && isNumbers(shape) && typeof offset === 'number') {
      const steps = stride ?? strides;
      if (isNumbers(steps)) return ndarray(data, Array.from(shape), Array.from(steps), offset);
    }
    if (Array.isArray(data) && 'nullCount' in source) return ofArrow(source as ArrowVectorLike);
  }
  throw new TypeError(
    'expected a typed array, or an array of ndarray, @stdlib/ndarray or Apache Arrow over one',
  );
}

const isNumbers = (value: unknown): value is ArrayLike<number> =>
  Array.isArray(value) || isElements(value);

function ofArrow({ data, nullCount, type }: ArrowVectorLike): NdArray<Elements> {
  const [chunk, ...others] = data;
  const name = String(type);
  if (others.length > 0)
    throw new TypeError(
      `a vector of ${others.length + 1} chunks has no memory of its own: make one chunk of it`,
    );
  if (nullCount > 0) throw new TypeError(`a vector with ${nullCount} nulls is no array of numbers`);
  if (!chunk) throw new TypeError('a vector without a chunk has no memory');
  const shape = [chunk.length];
  let inner = chunk;
  // A list of a fixed size has one child, with the elements of all lists.
  for (let size = inner.type.listSize; size !== undefined; size = inner.type.listSize) {
    const [child] = inner.children;
    if (!child) throw new TypeError(`a vector of ${name} has no elements`);
    shape.push(size);
    inner = child;
  }
  const { values } = inner;
  const count = shape.reduce((all, one) => all * one, 1);
  // Of Arrow's format: integers and floats, but for those of 16 bits.
  const isNumeric =
    inner.type.typeId === 2 || (inner.type.typeId === 3 && inner.type.precision !== 0);
  if (!isNumeric || !isElements(values) || values.length < count || inner.length < count)
    throw new TypeError(`a vector of ${name} is no array of numbers`);
  return ndarray(values, shape);
}
