/** Tasks on the worker threads that `jobs` uses as well. */
import { beside, threads as threadsOf } from '../../workers/threads.ts';
import { compact } from '../compact.ts';
import type { MakeExecutor } from '../executor.ts';
import type { Reply } from '../worker.ts';
import { ahead, locationsOf, MessageExecutor } from './messages.ts';

const filename = beside(import.meta.url, '../worker');

export function threads(workers: number): MakeExecutor {
  const pool = threadsOf(workers);
  return async (plan, signal) => {
    const send = (message: object): Promise<Reply> =>
      pool.run(message, { filename, signal }) as Promise<Reply>;
    return new MessageExecutor(plan, await locationsOf(plan), workers * ahead, compact, send);
  };
}
