/**
 * What passes tell of their decisions, for `tsnative report`. A pass says `context.note?.({ … })`, which
 * costs nothing when nobody listens. Notes are data; `report/words.ts` makes sentences of them.
 */
import type { IrType, Span } from '../ir/types.ts';

export interface Range {
  readonly lo: number;
  readonly hi: number;
}

/** Why a number got its type. */
export type TypeReason =
  /** A test at the start chooses between a copy of the function for such integers and one for other numbers. */
  | { readonly name: 'assumed'; readonly range: Range }
  /** All calls of the function pass, or all its returns give, integers in the range. */
  | { readonly name: 'passed' | 'returned'; readonly range: Range }
  /** Every value is an integer in the range, and something wants integers. */
  | { readonly name: 'integers'; readonly range: Range }
  /** It could be an integer, but nothing gains by that. */
  | { readonly name: 'unneeded'; readonly range: Range }
  /** It is a parameter: callers may pass any number. */
  | { readonly name: 'parameter' }
  /** What is computed at `at` may be this. */
  | { readonly name: 'fraction' | 'nan' | 'negativeZero'; readonly at: Span | undefined }
  | { readonly name: 'large'; readonly at: Span | undefined; readonly range: Range }
  /** It is made by something that has no form for integers. */
  | { readonly name: 'operation'; readonly at: Span | undefined };

/** The proof that a check can't fail, or what is missing for one. */
export type CheckReason =
  /** The largest index is below the smallest length. */
  | { readonly name: 'interval'; readonly index: Range; readonly length: Range }
  /** The index was compared with the length, or counts up to it. */
  | { readonly name: 'relation'; readonly index: Range }
  /** All values fit the type. */
  | { readonly name: 'fits'; readonly value: Range; readonly type: IrType }
  | { readonly name: 'nan' | 'fraction'; readonly value: Range }
  | { readonly name: 'negative'; readonly index: Range }
  | { readonly name: 'beyond'; readonly index: Range; readonly length: Range }
  | { readonly name: 'misfits'; readonly value: Range; readonly type: IrType };

/** A piece of a sentence; code is shown as such. */
export type Part = string | { readonly code: string };

interface About {
  readonly span: Span | undefined;
  /** The source's name of the variable or array that it is about. */
  readonly subject?: string | undefined;
}

export type Note = About &
  (
    | {
        readonly kind: 'type';
        readonly type: IrType;
        /** It is used where an integer is wanted, such as for an index. */
        readonly wanted: boolean;
        readonly reason: TypeReason;
      }
    | {
        readonly kind: 'check';
        readonly check: 'bounds' | 'range';
        readonly outcome: 'removed' | 'kept';
        readonly reason: CheckReason;
      }
    /** What a pass did to a loop, an array, or anything else: a few words, and a sentence. */
    | {
        readonly kind: 'loop' | 'alias' | 'other';
        readonly outcome: string;
        readonly parts: readonly Part[];
      }
  );

/** The notes of a module's functions, by the functions' names. */
export class Notes {
  private readonly byFunction = new Map<string, Note[]>();

  add(fn: string, note: Note): void {
    const notes = this.byFunction.get(fn);
    if (notes) notes.push(note);
    else this.byFunction.set(fn, [note]);
  }

  of(fn: string): readonly Note[] {
    return this.byFunction.get(fn) ?? [];
  }
}
