/** Runs the graph behind tasks. */
import { setMaxListeners } from 'node:events';
import { Reporter } from '../workers/progress.ts';
import { usualWorkers } from '../workers/threads.ts';
import { askedOf } from './asked.ts';
import type { Executor, MakeExecutor } from './executor.ts';
import { sync } from './executors/sync.ts';
import { threads } from './executors/threads.ts';
import { checkOptions, type ComputeOptions, type GraphProgress } from './options.ts';
import { planOf, type Plan } from './plan.ts';
import { runPlan, type Observer } from './run.ts';
import type { Computed } from './types.ts';

/**
 * Runs tasks, and those whose results they need, each of them once.
 * @param what a task, or an array or object of tasks
 * @returns their results, in the same array or object; they are the same whatever runs the tasks
 * @throws TaskError for a task that failed, the first one in the order of `sync` where several do; its `cause` is what was
 *   thrown. TypeError for functions that workers can't import. RangeError for options that are no whole numbers. The
 *   reason of `signal`
 */
export async function compute<const T>(
  what: T,
  options: ComputeOptions = {},
): Promise<Computed<T>> {
  checkOptions(options);
  options.signal?.throwIfAborted();
  const asked = askedOf(what);
  const plan = planOf(asked.tasks);
  const stop = new AbortController();
  setMaxListeners(0, stop.signal);
  const observers = await observersOf(plan, options);
  let executor: Executor | undefined;
  const forward = (): void => stop.abort(options.signal?.reason);
  options.signal?.addEventListener('abort', forward, { once: true });
  try {
    executor = await (await executorOf(options))(plan, stop.signal);
    options.signal?.throwIfAborted();
    await runPlan(plan, executor, stop.signal, observers);
    const results = await executor.results(asked.tasks.map((task) => plan.numbers.get(task) ?? -1));
    for (const observer of observers) observer.finished?.();
    return asked.withResults(results) as Computed<T>;
  } catch (error) {
    for (const observer of observers) observer.finished?.(error);
    throw error;
  } finally {
    options.signal?.removeEventListener('abort', forward);
    // What still runs ends with its thread.
    stop.abort();
    await executor?.close();
  }
}

/** Only who asks for a dashboard loads it. */
async function observersOf(
  plan: Plan,
  { progress, dashboard = false }: ComputeOptions,
): Promise<readonly Observer[]> {
  const bar = progressOf(plan.tasks.length, new Reporter<GraphProgress>(progress));
  if (dashboard === false) return [bar];
  const { watched } = await import('./dashboard/open.ts');
  return [bar, await watched(plan, dashboard === true ? {} : dashboard)];
}

/** Only who asks for processes or Redis loads what they take. */
async function executorOf(options: ComputeOptions): Promise<MakeExecutor> {
  const { scheduler = 'threads', workers, connection, queue } = options;
  switch (scheduler) {
    case 'sync':
      return sync;
    case 'threads':
      return threads(workers ?? usualWorkers());
    case 'processes':
      return (await import('./executors/processes.ts')).processes(workers ?? usualWorkers());
    case 'bullmq':
      if (!connection)
        throw new TypeError(
          "graphs: the scheduler bullmq needs the server: connection: { host: '127.0.0.1', port: 6379 }",
        );
      return (await import('./redis/executor.ts')).onRedis(
        { connection, ...(queue !== undefined && { queue }) },
        workers,
      );
    default:
      throw new TypeError(`graphs: there is no scheduler ${scheduler satisfies never}`);
  }
}

function progressOf(total: number, reporter: Reporter<GraphProgress>): Observer {
  let done = 0;
  return {
    started() {},
    ended(tasks) {
      done += tasks.length;
      reporter.report({ done, total }, done === total);
    },
    finished: () => reporter.clear(),
  };
}
