/** What a call did: its result or error, and what became of the arrays and objects it was given. */
import { cloneArguments } from './clone.ts';
import { isView, show, Shower } from './show.ts';

export { cloneArguments } from './clone.ts';
export { show } from './show.ts';

export interface Outcome {
  /** The result as text that tells −0 from 0 and a bigint from a number; NaNs are all alike. */
  readonly result?: string;
  /** Class, message and own fields of the error it threw. */
  readonly error?: string;
  /** Each array or object argument after the call; an object that comes up again is shown as such. */
  readonly arrays: readonly string[];
}

/** Calls a function on a copy of arguments and tells what it did. */
export function outcomeOf(
  call: (...args: unknown[]) => unknown,
  args: readonly unknown[],
): Outcome {
  const teller = new Teller(args);
  try {
    return teller.returned(call(...teller.own));
  } catch (error) {
    return teller.thrown(error);
  }
}

/** The same of a function that may be async, once its promise has settled. */
export async function settledOutcomeOf(
  call: (...args: unknown[]) => unknown,
  args: readonly unknown[],
): Promise<Outcome> {
  const teller = new Teller(args);
  try {
    return teller.returned(await call(...teller.own));
  } catch (error) {
    return teller.thrown(error);
  }
}

class Teller {
  readonly own: unknown[];
  private readonly shower = new Shower();

  constructor(args: readonly unknown[]) {
    this.own = cloneArguments(args);
  }

  private arrays(): string[] {
    return this.own.flatMap((arg) =>
      typeof arg === 'object' && arg !== null ? [this.shower.show(arg)] : [],
    );
  }

  returned(result: unknown): Outcome {
    const which = this.own.indexOf(result);
    // What the arguments hold is numbered first, so that a result that is one of theirs is told.
    const arrays = this.arrays();
    // An argument that comes back must be that very object.
    const text = isView(result) && which >= 0 ? `argument ${which}` : this.shower.show(result);
    return { result: text, arrays };
  }

  thrown(error: unknown): Outcome {
    return { error: errorText(error), arrays: this.arrays() };
  }
}

function errorText(error: unknown): string {
  if (!(error instanceof Error)) return `not an Error: ${String(error)}`;
  const fields = Object.entries(error).map(([name, value]) => `, ${name} ${show(value)}`);
  return `${error.constructor.name}: ${error.message}${fields.join('')}`;
}

export const sameOutcome = (a: Outcome, b: Outcome): boolean =>
  JSON.stringify(a) === JSON.stringify(b);
