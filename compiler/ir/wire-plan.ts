/** How objects of an exported function's arguments and result travel: what `compiler/wire/plan.ts` finds out. */
import type { BoundaryParameter, BoundaryType, IrRecord, ListType, RecordType } from './types.ts';

/** What travels by reference. */
export type ObjectType = RecordType | ListType;

/** A type whose objects have numbers, which count from 0 for each type. */
export interface NumberedType {
  readonly type: ObjectType;
  /** Objects of it may be among the arguments. */
  readonly comesIn: boolean;
  /** Objects of it may be in the result, or in what native code has put into arguments. */
  readonly goesOut: boolean;
  /** One JavaScript object becomes one native object, wherever among the arguments it is found. */
  readonly isUnified: boolean;
  /** Objects of it may lead to others of it: they are written one after the other, not one inside the other. */
  readonly isQueued: boolean;
  /** The members that native code may change, in their order; of a list `['[]']`. Empty where it changes none. */
  readonly written: readonly string[];
}

export interface WirePlan {
  /** The IR function that the source's function became. */
  readonly callee: string;
  /** What JavaScript calls it with. */
  readonly params: readonly BoundaryParameter[];
  readonly result: BoundaryType | undefined;
  /** The records of the module, those of the wire's own left out. */
  readonly records: readonly IrRecord[];
  /** The index of a type is the number that it has on the wire. */
  readonly numbered: readonly NumberedType[];
  /** Typed arrays are, or may be, inside of objects: these, and the parameters and the result that are some, are told by numbers. */
  readonly views: boolean;
  /**
   * What is done behind each call of a function of JavaScript, where native code has copies of objects that came in:
   * they are compared with what they were, or, as native code changes them itself, the call ends.
   */
  readonly guard: 'compare' | 'none may run' | undefined;
}
