/**
 * How native code is called with an object of JavaScript that holds typed arrays: the object of a method, or an
 * argument. The fields that are used are handed over as parameters, and those that change come back. Where numbers
 * and booleans change, all that are used travel in a *frame*, a Float64Array that both sides keep, one
 * that may be absent behind its tag; typed arrays that are replaced come behind the result.
 */
import { isOptional, type BoundaryType, type ScalarType, type ViewType } from './types.ts';

export interface FrameField extends BoundaryType {
  readonly name: string;
  readonly type: Exclude<ScalarType, 'i64' | 'u64'>;
  readonly isWritten: boolean;
}

export interface Field extends BoundaryType {
  readonly name: string;
}

export interface Receiver {
  /** The function that takes the fields and calls the function. */
  readonly callee: string;
  /** `this`, or the name of the parameter that the object is. */
  readonly object: string;
  /** The index of that parameter. */
  readonly index: number | undefined;
  /** The class whose method it is, or the type of the object. */
  readonly owner: string;
  /** Fields in the frame, in their order; empty where there is none. */
  readonly frame: readonly FrameField[];
  /** Fields that are parameters, in their order. */
  readonly fields: readonly Field[];
  /** Fields that come back behind the result, in their order. */
  readonly replaced: readonly (Field & { readonly type: ViewType })[];
  /** The methods that native code calls on the object; what JavaScript would call must be the same. */
  readonly methods: readonly string[];
  /** Native code runs accessors of the object, so it must be none of a class that extends the owner. */
  readonly isExact: boolean;
  /** The method returns its object. */
  readonly returnsThis: boolean;
}

/** Where each field of a frame stands, and how many places there are. */
export function placesInFrame(frame: readonly FrameField[]): {
  readonly places: readonly { readonly field: FrameField; readonly at: number }[];
  readonly size: number;
} {
  let size = 0;
  const places = frame.map((field) => {
    const at = size;
    size += isOptional(field) ? 2 : 1;
    return { field, at };
  });
  return { places, size };
}
