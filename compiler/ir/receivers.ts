/**
 * How a method of a JavaScript object is called natively: the fields that it uses are handed over as parameters,
 * and those that it changes come back. Where numbers and booleans change, all that are used travel in a *frame*,
 * a Float64Array; typed arrays that are replaced come behind the result.
 */
import type { IrType, ScalarType, ViewType } from './types.ts';

export interface FrameField {
  readonly name: string;
  readonly type: Exclude<ScalarType, 'i64' | 'u64'>;
  readonly isWritten: boolean;
}

export interface Receiver {
  /** The function that takes the fields and calls the method. */
  readonly callee: string;
  /** The class whose method it is. */
  readonly owner: string;
  /** Fields in the frame, by their index; empty where there is none. */
  readonly frame: readonly FrameField[];
  /** Fields that are parameters, in their order, behind the frame. */
  readonly fields: readonly { readonly name: string; readonly type: IrType }[];
  /** Fields that come back behind the result, in their order. */
  readonly replaced: readonly { readonly name: string; readonly type: ViewType }[];
  /** The methods that native code calls on the object; what JavaScript would call must be the same. */
  readonly methods: readonly string[];
  /** The method returns its object. */
  readonly returnsThis: boolean;
}
