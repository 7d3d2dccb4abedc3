/** Runs the graph behind tasks. */
import { setMaxListeners } from 'node:events';
import { Reporter } from '../workers/progress.ts';
import { processors } from '../workers/threads.ts';
import type { MakeExecutor } from './executor.ts';
import { sync } from './executors/sync.ts';
import { threads } from './executors/threads.ts';
import { checkOptions, type ComputeOptions, type GraphProgress } from './options.ts';
import { filled, partOf, type Inputs } from './parts.ts';
import { planOf } from './plan.ts';
import { runPlan, type Observer } from './run.ts';
import { Task } from './task.ts';
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
  const lazy: Inputs = new Map();
  const part = partOf(what, lazy, 'what is computed');
  const inputs = [...lazy.keys()];
  const wanted = inputs.filter((input) => input instanceof Task);
  const plan = planOf(wanted);
  const stop = new AbortController();
  setMaxListeners(0, stop.signal);
  const executor = await (await executorOf(options))(plan, stop.signal);
  const reporter = new Reporter<GraphProgress>(options.progress);
  const forward = (): void => stop.abort(options.signal?.reason);
  options.signal?.addEventListener('abort', forward, { once: true });
  try {
    options.signal?.throwIfAborted();
    await runPlan(plan, executor, stop.signal, [progressOf(plan.tasks.length, reporter)]);
    const numbers = wanted.map((task) => plan.numbers.get(task) ?? -1);
    const results = await executor.results(numbers);
    const given = new Map(wanted.map((task, at) => [task, results[at]] as const));
    const value = filled(part, (index) => {
      const input = inputs[index];
      return input instanceof Task ? given.get(input) : input;
    });
    return value as Computed<T>;
  } finally {
    options.signal?.removeEventListener('abort', forward);
    reporter.clear();
    // What still runs ends with its thread.
    stop.abort();
    await executor.close();
  }
}

/** Only who asks for processes or Redis loads what they take. */
async function executorOf(options: ComputeOptions): Promise<MakeExecutor> {
  const { scheduler = 'threads', workers, connection, queue } = options;
  switch (scheduler) {
    case 'sync':
      return sync;
    case 'threads':
      return threads(workers ?? processors());
    case 'processes':
      return (await import('./executors/processes.ts')).processes(workers ?? processors());
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
  };
}
