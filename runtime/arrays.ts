/**
 * Arrays of any dimension on their way into native code and out of it: their typed array goes by reference, their shape
 * by value. Their class is in the package, which this file, as it is carried into every program, doesn't import.
 */

/** The fields of an `NdArray` (`nd/array.ts`) in their order. */
export interface ArrayFields {
  readonly data: { readonly length: number };
  readonly offset: number;
  readonly rank: number;
  readonly n0: number;
  readonly n1: number;
  readonly n2: number;
  readonly n3: number;
  readonly s0: number;
  readonly s1: number;
  readonly s2: number;
  readonly s3: number;
  readonly more: readonly number[] | null;
}

/** By this property the class is known, on its prototype, and found, as a property of the global object. */
const key: unique symbol = Symbol.for('tsnative.NdArray') as never;

export const isNdArray = (value: unknown): value is ArrayFields =>
  typeof value === 'object' && value !== null && (value as { [key]?: true })[key] === true;

const isInt = (value: number): boolean => typeof value === 'number' && (value | 0) === value;
const isSize = (value: number): boolean => isInt(value) && value >= 0;
const isAxis = (size: number, step: number): boolean => isSize(size) && isInt(step);

/**
 * The fields of an array as they are now, or undefined where they aren't those of one: native code relies on it that no
 * index within the shape leads out of `data`.
 */
export function fieldsOf(array: ArrayFields): ArrayFields | undefined {
  const { data, offset, rank, n0, n1, n2, n3, s0, s1, s2, s3, more } = array;
  if (!isSize(offset) || !isSize(rank) || !isAxis(n0, s0) || !isAxis(n1, s1)) return undefined;
  if (!isAxis(n2, s2) || !isAxis(n3, s3)) return undefined;
  // What an axis has that isn't there.
  if ((rank < 4 && (n3 !== 1 || s3 !== 0)) || (rank < 3 && (n2 !== 1 || s2 !== 0)))
    return undefined;
  if ((rank < 2 && (n1 !== 1 || s1 !== 0)) || (rank < 1 && (n0 !== 1 || s0 !== 0)))
    return undefined;
  const [d0, d1, d2, d3] = [(n0 - 1) * s0, (n1 - 1) * s1, (n2 - 1) * s2, (n3 - 1) * s3];
  // Only what makes a place higher is added to the highest one, so that nothing is rounded back.
  let high = offset + Math.max(d0, 0) + Math.max(d1, 0) + Math.max(d2, 0) + Math.max(d3, 0);
  let low = offset + Math.min(d0, 0) + Math.min(d1, 0) + Math.min(d2, 0) + Math.min(d3, 0);
  let isEmpty = n0 * n1 * n2 * n3 === 0;
  const further = more === null ? null : Array.isArray(more) ? Array.from<number>(more) : [NaN];
  const count = (further?.length ?? 0) / 2;
  if (further === null ? rank > 4 : count === 0 || rank !== count + 4) return undefined;
  for (let axis = 0; further && axis < count; axis++) {
    const [size = NaN, step = NaN] = [further[axis], further[axis + count]];
    if (!isAxis(size, step)) return undefined;
    isEmpty ||= size === 0;
    high += Math.max((size - 1) * step, 0);
    low += Math.min((size - 1) * step, 0);
  }
  if (!isEmpty && !(low >= 0 && high < data.length)) return undefined;
  return { data, offset, rank, n0, n1, n2, n3, s0, s1, s2, s3, more: further };
}

/** A new array of these fields. */
export function arrayMade(...fields: unknown[]): object {
  const made = (globalThis as { [key]?: new (...fields: unknown[]) => object })[key];
  if (made) return new made(...fields);
  throw new TypeError(
    "the package 'tsnative/nd', whose arrays native code returns, was not loaded",
  );
}
