/** What a worker thread of `jobs` runs: one function for some inputs, one after the other. */
import type { Located } from './locate.ts';

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

export interface Failure {
  readonly error: unknown;
  /** What errors lose between threads. */
  readonly name?: string;
  readonly properties?: Readonly<Record<string, unknown>>;
}

type Task = (input: unknown) => unknown;

export default async function run({ located, inputs, retry }: Batch): Promise<Outcome> {
  const module = (await import(located.url)) as Readonly<Record<string, Task>>;
  const task = module[located.name];
  if (typeof task !== 'function')
    throw new TypeError(`jobs: ${located.url} doesn't export ${located.name} in worker threads`);
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

const isThenable = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === 'object' &&
  value !== null &&
  'then' in value &&
  typeof value.then === 'function';

function failureOf(error: unknown): Failure {
  if (!(error instanceof Error)) return { error: cloneable(error) ? error : String(error) };
  const { name } = error;
  const properties = Object.fromEntries(
    Object.entries(error).filter(([, part]) => cloneable(part)),
  );
  return { error, name, properties };
}

function cloneable(value: unknown): boolean {
  try {
    structuredClone(value);
    return true;
  } catch {
    return false;
  }
}

/** The error of a failure as it was thrown, but for its class where that is none of JavaScript's own. */
export function errorOf({ error, name, properties }: Failure): unknown {
  if (!(error instanceof Error)) return error;
  if (name !== undefined && error.name !== name)
    Object.defineProperty(error, 'name', { value: name, configurable: true, writable: true });
  return Object.assign(error, properties);
}
