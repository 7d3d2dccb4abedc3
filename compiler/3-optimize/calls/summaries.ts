/** What is known of a function beyond its own code: what all its calls pass, and what it gives them. */
import { isView, type IrType, type Operation, type Value } from '../../ir/types.ts';
import { factOfType, integerBetween, type Fact } from '../facts.ts';
import { maxLength } from '../knowledge.ts';

/**
 * The facts of a view are those of its length. A fact is below others by the keys that the function itself
 * has for its parameters (`keyOf`), and for their lengths.
 */
export interface Summary {
  /** The function's parameters. Their ids stay the same when their types change. */
  readonly values: readonly Value[];
  /** Somebody else than the calls of the module may call it, with whatever its types allow. */
  readonly isOpen: boolean;
  /** What holds of each parameter in every call. */
  readonly params: readonly Fact[];
  /** What holds of each result; undefined where no call ever returns. */
  readonly results: readonly Fact[] | undefined;
}

/** Where a function stands: what is known of it and of those that it calls. */
export interface Surroundings {
  /** Undefined for a function of which no more is known than its types. */
  summaryOf(name: string): Summary | undefined;
  /** Called before `summaryOf` with what a call passes, where the function isn't known to return. */
  reached?(name: string, passed: readonly Fact[]): void;
  /** What holds of the number that an operation reads from a slot of a record; undefined for other operations. */
  slotFact(op: Operation): Fact | undefined;
}

/** All that a type allows. */
export const anyOf = (type: IrType): Fact =>
  isView(type) ? integerBetween(0, maxLength) : factOfType(type);
