/** What a worker thread of `jobs` runs: one function for some inputs, one after the other. */
import { failureOf, type Failure } from '../workers/failure.ts';
import { importFunction } from '../workers/import.ts';
import type { Located } from '../workers/locate.ts';
import { isThenable } from '../workers/thenable.ts';

/** Some inputs of one function. */
export interface Batch {
  readonly located: Located;
  readonly inputs: readonly unknown[];
  /** How often a call that fails is made again. */
  readonly retry: number;
}

/** Results up to the first call that failed. */
export interface Outcome {
  readonly values: readonly unknown[];
  readonly failure?: Failure;
  /** Calls that failed and were made again. */
  readonly retried: number;
  /** How long the calls took. */
  readonly milliseconds: number;
}

export default async function run({ located, inputs, retry }: Batch): Promise<Outcome> {
  const task = await importFunction(located, 'jobs');
  const values: unknown[] = [];
  let retried = 0;
  const start = performance.now();
  for (const input of inputs) {
    for (let left = retry; ; left--) {
      try {
        const value = task(input);
        values.push(isThenable(value) ? await value : value);
        break;
      } catch (error) {
        if (left === 0)
          return { values, failure: failureOf(error), retried, milliseconds: since(start) };
        retried++;
      }
    }
  }
  return { values, retried, milliseconds: since(start) };
}

const since = (start: number): number => performance.now() - start;
