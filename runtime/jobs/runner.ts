/** Runs batches of inputs on the threads of a pool. */
import type { Piscina } from 'piscina';
import { errorOf } from '../workers/failure.ts';
import type { Located } from '../workers/locate.ts';
import { beside, threads } from '../workers/threads.ts';
import { Memo } from './memo.ts';
import type { JobOptions } from './options.ts';
import type { Batch, Outcome } from './worker.ts';

const filename = beside(import.meta.url, 'worker');

/** A call failed, as often as `retry` allows; `cause` is what it threw. */
export class JobError extends Error {
  override readonly name = 'JobError';
  constructor(
    message: string,
    /** Which input it was called with, counted from 0. */
    readonly index: number,
    readonly input: unknown,
    cause: unknown,
  ) {
    super(message, { cause });
  }
}

/** A batch's results, up to the call that failed. */
export interface Ended {
  readonly values: readonly unknown[];
  readonly failure?: JobError;
  /** How long it took to make those results that weren't remembered. */
  readonly milliseconds: number;
  readonly remembered: number;
  readonly retried: number;
}

/** An input and which one of all it is. */
interface Item {
  readonly input: unknown;
  readonly index: number;
}

export class Runner {
  private readonly pool: Piscina;
  private readonly memo: Memo | undefined;
  private readonly retry: number;

  constructor(
    private readonly located: Located,
    workers: number,
    { memo = false, retry = 0 }: JobOptions,
    /** Stops calls that run, with their threads. */
    private readonly signal: AbortSignal,
  ) {
    this.pool = threads(workers);
    this.memo = memo === false ? undefined : new Memo(located, memo);
    this.retry = retry;
  }

  /** @param first the index of the first input among all */
  async run(inputs: readonly unknown[], first: number): Promise<Ended> {
    const items = inputs.map((input, at): Item => ({ input, index: first + at }));
    return this.memo ? this.remember(this.memo, items) : this.call(items);
  }

  private async remember(memo: Memo, items: readonly Item[]): Promise<Ended> {
    const entries = await Promise.all(
      items.map(async (item) => {
        const key = await memo.keyOf(item.input);
        return { item, key, kept: await memo.get(key) };
      }),
    );
    const missing = entries.filter(({ kept }) => !kept);
    const made = await this.call(missing.map(({ item }) => item));
    await Promise.all(made.values.map((value, at) => memo.put(missing[at]?.key ?? '', value)));
    const fresh = made.values.values();
    const there = entries.filter(({ item }) => !made.failure || item.index < made.failure.index);
    const values = there.map(({ kept }) => (kept ? kept.value : fresh.next().value));
    const remembered = there.filter(({ kept }) => kept).length;
    return { ...made, values, remembered };
  }

  private async call(items: readonly Item[]): Promise<Ended> {
    const [first] = items;
    if (!first) return nothing;
    try {
      return ended(await this.send(items, this.retry), items);
    } catch (cause) {
      if (this.signal.aborted) return nothing;
      // Its thread has ended, or something couldn't be copied; nobody knows at which input.
      if (this.retry > 0) return this.callEach(items);
      const more = items.length === 1 ? '' : `, or one of the ${items.length - 1} behind it,`;
      return { ...nothing, failure: failureAt(first, cause, more) };
    }
  }

  /** Again, with one input at a time, so that one of them alone fails. */
  private async callEach(items: readonly Item[]): Promise<Ended> {
    const values: unknown[] = [];
    let retried = 0;
    for (const item of items)
      for (let left = this.retry - 1; ; left--) {
        retried++;
        try {
          const one = ended(await this.send([item], left), [item]);
          values.push(...one.values);
          retried += one.retried;
          if (one.failure) return { ...nothing, values, retried, failure: one.failure };
          break;
        } catch (cause) {
          if (this.signal.aborted) return nothing;
          if (left === 0) return { ...nothing, values, retried, failure: failureAt(item, cause) };
        }
      }
    return { ...nothing, values, retried };
  }

  private send(items: readonly Item[], retry: number): Promise<Outcome> {
    const inputs = items.map(({ input }) => input);
    const batch: Batch = { located: this.located, inputs, retry };
    return this.pool.run(batch, { filename, signal: this.signal }).catch((error: unknown) => {
      // Between threads the error of copying loses its class.
      throw error instanceof Error || this.signal.aborted
        ? error
        : new TypeError('a result is nothing that can be copied between threads');
    }) as Promise<Outcome>;
  }
}

const nothing: Ended = { values: [], milliseconds: 0, remembered: 0, retried: 0 };

function ended({ failure, ...outcome }: Outcome, items: readonly Item[]): Ended {
  const item = items[outcome.values.length];
  return {
    ...outcome,
    remembered: 0,
    ...(failure && item && { failure: failureAt(item, errorOf(failure)) }),
  };
}

function failureAt({ input, index }: Item, cause: unknown, more = ''): JobError {
  const what = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
  return new JobError(`the call for input ${index}${more} failed: ${what}`, index, input, cause);
}
