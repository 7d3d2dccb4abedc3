/** Tasks on the worker threads that `jobs` uses as well. */
import { beside, threads as threadsOf } from '../../workers/threads.ts';
import type { MakeExecutor } from '../executor.ts';
import type { Reply } from '../worker.ts';
import { locationsOf, MessageExecutor } from './messages.ts';

const filename = beside(import.meta.url, '../worker');

/** For each worker one batch that runs and one that waits, so that none has to wait for the next message. */
export const ahead = 2;

export function threads(workers: number): MakeExecutor {
  const pool = threadsOf(workers);
  return async (plan, signal) =>
    new MessageExecutor(
      plan,
      await locationsOf(plan),
      workers * ahead,
      (message) => pool.run(message, { filename, signal }) as Promise<Reply>,
    );
}
