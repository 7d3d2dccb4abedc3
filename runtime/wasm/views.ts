/** What typed arrays and DataViews are to Node-API, and who holds their memory. */
import { arrayClasses } from '../array-classes.ts';

const arrayNames = Object.keys(arrayClasses);
/** By `napi_typedarray_type`. */
const arraysByType = Object.values(arrayClasses);

type ArrayOf = InstanceType<(typeof arraysByType)[number]>;

const tagOfArray = Object.getOwnPropertyDescriptor(
  Object.getPrototypeOf(Uint8Array.prototype),
  Symbol.toStringTag,
)?.get;

const isDataView = (value: object): value is DataView =>
  ArrayBuffer.isView(value) && tagOfArray?.call(value) === undefined;

/** A view with what Node-API tells of it; those that are detached or outside of their buffers have no elements. */
export interface SeenView {
  /** `napi_typedarray_type`; −1 for a class that it doesn't know, and a DataView. */
  readonly type: number;
  readonly buffer: ArrayBufferLike;
  readonly byteOffset: number;
  readonly byteLength: number;
  /** Elements; bytes of a DataView. */
  readonly length: number;
}

/** Undefined for what is no typed array. */
export function seenArray(value: unknown): SeenView | undefined {
  const tag = tagOfArray?.call(value) as string | undefined;
  if (tag === undefined) return undefined;
  const { buffer, byteOffset, byteLength, length } = value as ArrayOf;
  return { type: arrayNames.indexOf(tag), buffer, byteOffset, byteLength, length };
}

/** Undefined for what is no DataView. */
export function seenDataView(value: unknown): SeenView | undefined {
  if (typeof value !== 'object' || value === null || !isDataView(value)) return undefined;
  const { buffer } = value;
  try {
    const { byteOffset, byteLength } = value;
    return { type: -1, buffer, byteOffset, byteLength, length: byteLength };
  } catch {
    return { type: -1, buffer, byteOffset: 0, byteLength: 0, length: 0 };
  }
}

/** A new typed array of a `napi_typedarray_type`. @throws RangeError, TypeError as the class does */
export function makeArray(
  type: number,
  buffer: ArrayBuffer,
  byteOffset: number,
  length: number,
): object | undefined {
  const Class = arraysByType[type];
  return Class && new Class(buffer, byteOffset, length);
}

export const isShared = (buffer: ArrayBufferLike): boolean =>
  typeof SharedArrayBuffer === 'function' && buffer instanceof SharedArrayBuffer;
