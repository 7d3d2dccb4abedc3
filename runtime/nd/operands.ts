/** What functions of arrays take: numbers, typed arrays and arrays of any dimension, and the shape that they have together. */
import { NdArray } from './array.ts';
import type { ElementsClass } from './attached.ts';
import type { Elements } from './elements.ts';
import { ndarray, viewOf } from './make.ts';

export type Scalar = number | bigint;

type NumberElements = Exclude<Elements, BigInt64Array | BigUint64Array>;
type BigintElements = BigInt64Array | BigUint64Array;
type ElementsOf<T extends Scalar> = T extends bigint ? BigintElements : NumberElements;

/** What may stand for a parameter of that type. */
export type Operand<T extends Scalar> = T | ElementsOf<T> | NdArray<ElementsOf<T>>;

export type Operands<P extends readonly Scalar[]> = { [K in keyof P]: Operand<P[K]> };

export const isScalar = (value: unknown): value is Scalar =>
  typeof value === 'number' || typeof value === 'bigint';

/** An argument as an array; one without axes for a number. @throws TypeError for something else */
export function arrayOf(value: unknown, name: string): NdArray<Elements> {
  if (value instanceof NdArray) return value as NdArray<Elements>;
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) return ndarray(value as Elements);
  if (typeof value === 'number') return ndarray(Float64Array.of(value), []);
  if (typeof value === 'bigint') return ndarray(BigInt64Array.of(value), []);
  throw new TypeError(`${name} is no number, typed array or NdArray`);
}

/**
 * An array of that class: itself, or a copy.
 * @param name of the argument that it is
 * @throws TypeError for bigints in the place of numbers; RangeError for an element that the class can't hold
 */
export function ofClass(
  array: NdArray<Elements>,
  type: ElementsClass,
  name: string,
): NdArray<Elements> {
  if (array.data instanceof type) return array;
  const isBigint = (one: Elements): boolean =>
    one instanceof BigInt64Array || one instanceof BigUint64Array;
  if (isBigint(array.data) !== isBigint(new type(0)))
    throw new TypeError(
      `${name} has the elements of ${withArticle(array.data.constructor.name)}; expected those of ${withArticle(type.name)}`,
    );
  const whole = array.copy();
  const data = new type(whole.size);
  for (let at = 0; at < data.length; at++) {
    const element = whole.data[at]!;
    (data as Float64Array)[at] = element as number;
    if (!Object.is(data[at], element) && !(element === 0 && data[at] === 0))
      throw new RangeError(
        `${name} has ${element}, which is no element of ${withArticle(type.name)}`,
      );
  }
  return viewOf(data, array.shape, whole.strides, 0);
}

const withArticle = (name: string): string => `${name.startsWith('I') ? 'an' : 'a'} ${name}`;

/** The bytes from the first element to the last. */
function extentOf({ data, offset, shape, strides }: NdArray<Elements>): readonly [number, number] {
  let [low, high] = [offset, offset];
  shape.forEach((size, axis) => {
    const last = (size - 1) * strides[axis]!;
    if (last > 0) high += last;
    else low += last;
  });
  const width = data.BYTES_PER_ELEMENT;
  return [data.byteOffset + low * width, data.byteOffset + (high + 1) * width];
}

/** Whether some byte from the first element of an array to its last is between those of another one. */
export function mayShare(a: NdArray<Elements>, b: NdArray<Elements>): boolean {
  if (a.data.buffer !== b.data.buffer) return false;
  const [low, high] = extentOf(a);
  const [from, to] = extentOf(b);
  return to > low && high > from;
}

/** Whether storing into one array may change what is read of another one later: they share memory, and aren't the same. */
export function mayOverlap(out: NdArray<Elements>, array: NdArray<Elements>): boolean {
  if (!mayShare(out, array)) return false;
  const [[low], [from]] = [extentOf(out), extentOf(array)];
  const isSame =
    out.data.constructor === array.data.constructor &&
    from === low &&
    out.data.byteOffset + out.offset * out.data.BYTES_PER_ELEMENT ===
      array.data.byteOffset + array.offset * array.data.BYTES_PER_ELEMENT &&
    out.strides.every((stride, axis) => stride === array.strides[axis] || out.shape[axis] === 1);
  return !isSame;
}
