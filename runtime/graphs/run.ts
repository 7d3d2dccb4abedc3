/** Runs a plan: gives batches to an executor as their tasks become ready, until all have run or one has failed. */
import { errorOf } from '../workers/failure.ts';
import { Batches } from './batches.ts';
import { TaskError } from './error.ts';
import type { Executor, Ran } from './executor.ts';
import type { Plan } from './plan.ts';

/** Is told what happens while a plan runs. */
export interface Observer {
  started(tasks: readonly number[]): void;
  /** @param tasks those that have run; the one behind them failed, where one did */
  ended(tasks: readonly number[], ran: Ran): void;
  failed?(task: number): void;
  /** The run is over; `error` is what it is rejected with. */
  finished?(error?: unknown): void;
}

/**
 * @throws TaskError for the first task, in the plan's order, that fails, which is the same one wherever tasks run; the
 *   signal's reason
 */
export async function runPlan(
  plan: Plan,
  executor: Executor,
  signal: AbortSignal,
  observers: readonly Observer[],
): Promise<void> {
  const batches = new Batches(plan, executor.width);
  /** Of each task: how many of its users haven't ended. */
  const uses = plan.users.map((users) => users.length);
  let failure: { readonly task: number; readonly error: TaskError } | undefined;
  let running = 0;

  const fail = (task: number | undefined, cause: unknown, others = 0): void => {
    if (task === undefined) return;
    for (const observer of observers) observer.failed?.(task);
    if (failure && failure.task < task) return;
    batches.stopAt(task);
    failure = { task, error: new TaskError(plan.tasks[task]?.name ?? '', cause, others) };
  };
  const end = (batch: readonly number[], ran: Ran): void => {
    const done = batch.slice(0, ran.times.length - (ran.failure ? 1 : 0));
    ran.times.forEach((time, at) =>
      batches.costs.learn(plan.tasks[batch[at] ?? -1]?.name ?? '', time),
    );
    for (const task of done) {
      batches.ended(task);
      for (const source of plan.sources[task] ?? []) {
        const left = (uses[source] ?? 0) - 1;
        uses[source] = left;
        if (left === 0 && !plan.wanted.has(source)) executor.release(source);
      }
    }
    for (const observer of observers) observer.ended(done, ran);
    if (ran.failure) fail(batch[done.length], errorOf(ran.failure));
  };

  await new Promise<void>((resolve, reject) => {
    const abort = (): void => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    const fill = (): void => {
      while (running < executor.width && !signal.aborted) {
        const batch = batches.take();
        if (batch.length === 0) break;
        running++;
        for (const observer of observers) observer.started(batch);
        executor
          .run(batch)
          .then(
            (ran) => end(batch, ran),
            (cause: unknown) => fail(batch[0], cause, batch.length - 1),
          )
          .then(() => {
            running--;
            fill();
          })
          // An error of an observer.
          .catch(reject);
      }
      if (running > 0) return;
      signal.removeEventListener('abort', abort);
      if (failure) reject(failure.error);
      else resolve();
    };
    fill();
  });
}
