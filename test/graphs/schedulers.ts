/** The schedulers that need nothing but Node. */
import type { Scheduler } from '../../runtime/graphs/index.ts';

export const schedulers = ['sync', 'threads', 'processes'] as const satisfies readonly Scheduler[];

/** What a promise is rejected with. */
export async function failure(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('it did not fail');
}

export async function message(promise: Promise<unknown>): Promise<string> {
  const error = await failure(promise);
  return error instanceof Error ? error.message : String(error);
}
