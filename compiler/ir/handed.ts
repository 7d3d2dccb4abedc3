/**
 * How functions that JavaScript has made are handed over to an export, which calls their native code: which of
 * the functions that native code knows it is, and the variables around it. Numbers and booleans travel in a frame
 * (`receivers.ts`) and, where they are assigned, come back; typed arrays are parameters.
 */
import type { ScalarType } from './types.ts';

export interface HandedNumber {
  readonly name: string;
  readonly type: Exclude<ScalarType, 'i64' | 'u64'>;
  readonly isWritten: boolean;
}

/** A function that may be handed over. */
export interface Candidate {
  /** Of the IR function. */
  readonly id: string;
  /** In the order of the frame. */
  readonly numbers: readonly HandedNumber[];
  /** The JavaScript class of each typed array, and its place among the parameters behind the one that tells the function. */
  readonly views: readonly {
    readonly name: string;
    readonly class: string;
    readonly slot: number;
  }[];
}

/** A parameter that takes a function. */
export interface HandedParameter {
  /** Its index in the source. */
  readonly index: number;
  /** By the number that tells which one it is. */
  readonly candidates: readonly Candidate[];
  /** How many parameters for typed arrays are behind the number. */
  readonly slots: number;
  /** The global that is the frame; undefined where there are no numbers. */
  readonly frame: string | undefined;
}

export interface HandedPlan {
  /** The export as the source has it. */
  readonly callee: string;
  readonly params: readonly HandedParameter[];
}
