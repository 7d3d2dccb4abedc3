/** Runs tasks one after the other: on the calling thread, in a worker thread, in another process. */
import { failureOf, type Failure } from '../workers/failure.ts';
import { isThenable } from '../workers/thenable.ts';
import { filled, type Part } from './parts.ts';
import { inspect } from './plain.ts';

/**
 * A call. Its inputs are numbers of values: first of the functions, behind them of the results from elsewhere, then of
 * the results of the calls before it.
 */
export interface Call {
  readonly inputs: readonly number[];
  readonly args: readonly Part[];
}

/** What became of some calls, up to the first that failed. */
export interface Outcome {
  readonly results: readonly unknown[];
  readonly failure?: Failure;
  /** How long each call took, in milliseconds. */
  readonly times: readonly number[];
  /** When the first began, in milliseconds since 1970. */
  readonly start: number;
}

type Callable = (...args: unknown[]) => unknown;

/**
 * @param given functions, and results from elsewhere
 * @param isStopped whether nobody waits for the rest
 */
export async function execute(
  given: readonly unknown[],
  calls: readonly Call[],
  isStopped = (): boolean => false,
): Promise<Outcome> {
  const values = [...given];
  const results: unknown[] = [];
  const times: number[] = [];
  const start = performance.timeOrigin + performance.now();
  for (const { inputs, args } of calls) {
    if (isStopped()) break;
    const began = performance.now();
    try {
      const value = (index: number): unknown => values[inputs[index] ?? -1];
      const fn = value(0) as Callable;
      const given = fn(...args.map((arg) => filled(arg, value)));
      const result = isThenable(given) ? await given : given;
      inspect(result, 'its result', () => false);
      values.push(result);
      results.push(result);
      times.push(performance.now() - began);
    } catch (error) {
      times.push(performance.now() - began);
      return { results, failure: failureOf(error), times, start };
    }
  }
  return { results, times, start };
}
