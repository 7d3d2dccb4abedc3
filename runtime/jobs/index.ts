/**
 * Work that is made of many calls of one function, over worker threads: `import { jobs } from 'tsnative/jobs'`.
 * The threads are those of piscina's pool; native functions run there as everywhere, and all threads of the process
 * share one pool for parallel loops.
 */
import { setMaxListeners } from 'node:events';
import { locate } from '../workers/locate.ts';
import { Reporter } from '../workers/progress.ts';
import { usualWorkers } from '../workers/threads.ts';
import { BatchSize, Inputs } from './batches.ts';
import { checkOptions, type JobOptions } from './options.ts';
import { Runner, type Ended } from './runner.ts';

export type { JobOptions, Progress } from './options.ts';
export { JobError } from './runner.ts';

/**
 * Calls a function with each input, on worker threads.
 *
 * The function is one that a module exports; its threads import that module, so what the module does when it is
 * loaded happens there too. Inputs and results are copied as `structuredClone` does; a SharedArrayBuffer is passed by
 * reference.
 * @param fn gets one input; what it gives may be a promise
 * @param inputs taken as they are needed, so there may be endlessly many with `as: 'generator'`
 * @returns a promise of all results in the order of the inputs (with `ordered: false` as they came), or a generator
 *   of them
 * @throws JobError for the first input, in order, whose call failed. TypeError for a function that no module exports, for
 *   inputs and results that can't be copied. RangeError for options that are no whole numbers. The reason of `signal`
 */
export function jobs<I, O>(
  fn: (input: I) => O,
  inputs: Iterable<I> | AsyncIterable<I>,
  options: JobOptions & { readonly as: 'generator' },
): AsyncGenerator<Awaited<O>, void, undefined>;
export function jobs<I, O>(
  fn: (input: I) => O,
  inputs: Iterable<I> | AsyncIterable<I>,
  options?: JobOptions & { readonly as?: 'array' },
): Promise<Awaited<O>[]>;
export function jobs<I, O>(
  fn: (input: I) => O,
  inputs: Iterable<I> | AsyncIterable<I>,
  { as = 'array', ...options }: JobOptions & { readonly as?: 'array' | 'generator' } = {},
): AsyncGenerator<Awaited<O>, void, undefined> | Promise<Awaited<O>[]> {
  checkOptions(options);
  const results = run(fn, new Inputs<unknown>(inputs), options) as AsyncGenerator<
    Awaited<O>,
    void,
    undefined
  >;
  return as === 'generator' ? results : collect(results);
}

async function collect<T>(results: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const result of results) all.push(result);
  return all;
}

/** Batches beyond those that run wait at the workers, so that none has to wait for the next one. */
const ahead = 2;
/** Batches whose results nobody has taken yet, for each worker. */
const untaken = 8;

async function* run(
  fn: Function,
  inputs: Inputs<unknown>,
  options: JobOptions,
): AsyncGenerator<unknown, void, undefined> {
  const { ordered = true, signal } = options;
  signal?.throwIfAborted();
  const located = await locate(fn, 'jobs');
  const workers = options.workers ?? usualWorkers();
  const size = new BatchSize(options.batch ?? 'auto');
  const reporter = new Reporter(options.progress);
  const stop = new AbortController();
  setMaxListeners(0, stop.signal);
  const runner = new Runner(located, workers, options, stop.signal);
  const running = new Map<number, Promise<void>>();
  const ended = new Map<number, Ended>();
  let aborted = (): void => {};
  const abortion = new Promise<never>((_, reject) => {
    aborted = () => reject(signal?.reason);
  });
  abortion.catch(() => {});
  signal?.addEventListener('abort', aborted);
  let [batches, given, first, hasFailed] = [0, 0, 0, false];
  const told = { done: 0, remembered: 0, retried: 0 };
  const report = (isEnd = false): void => reporter.report({ ...told, total: inputs.total }, isEnd);
  try {
    for (;;) {
      signal?.throwIfAborted();
      while (
        !inputs.isEnded &&
        !hasFailed &&
        running.size < workers * ahead &&
        running.size + ended.size < workers * untaken
      ) {
        const items = await inputs.take(size.current);
        if (items.length === 0) break;
        const batch = batches++;
        const from = first;
        first += items.length;
        const end = runner.run(items, from).then((result) => {
          running.delete(batch);
          ended.set(batch, result);
          size.learn(result.values.length - result.remembered, result.milliseconds);
          hasFailed ||= result.failure !== undefined;
          told.done += result.values.length;
          told.remembered += result.remembered;
          told.retried += result.retried;
        });
        // Nobody may be waiting when it fails.
        end.catch(() => {});
        running.set(batch, end);
      }
      const next = ordered ? given : [...ended.keys()][0];
      const result = next === undefined ? undefined : ended.get(next);
      if (next !== undefined && result) {
        ended.delete(next);
        given++;
        report();
        yield* result.values;
        if (result.failure) throw result.failure;
        continue;
      }
      if (running.size === 0) break;
      await Promise.race([...running.values(), abortion]);
      report();
    }
    report(true);
  } finally {
    signal?.removeEventListener('abort', aborted);
    // What still runs ends with its thread.
    stop.abort();
    reporter.clear();
    await Promise.allSettled(running.values());
    await inputs.close();
  }
}
