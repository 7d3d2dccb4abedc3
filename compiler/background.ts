/** Work for other processes, to be waited for later. */
import { availableParallelism } from 'node:os';

export interface Background<T> {
  /** Resolves when the other process has the work, or when there is none left; never rejects. */
  readonly started: Promise<void>;
  readonly finished: Promise<T>;
  /** Ends what still runs, and waits until it is gone. A failure of it stays untold. */
  readonly stop: () => Promise<void>;
}

/**
 * Begins work. If it fails before anybody waits for it, that is told whoever waits for `finished`.
 * @param work calls `started` once it only waits for another process, and ends when its signal says so
 * @param signal ends the work as well
 */
export function inBackground<T>(
  work: (started: () => void, signal: AbortSignal) => Promise<T>,
  signal?: AbortSignal,
): Background<T> {
  const controller = new AbortController();
  const pass = (): void => controller.abort(signal?.reason);
  if (signal?.aborted) pass();
  signal?.addEventListener('abort', pass);
  let begun = (): void => {};
  const started = new Promise<void>((resolve) => (begun = resolve));
  const finished = work(begun, controller.signal);
  const over = finished.then(
    () => begun(),
    () => begun(),
  );
  return {
    started,
    finished,
    stop: async () => {
      signal?.removeEventListener('abort', pass);
      controller.abort();
      await over;
    },
  };
}

/**
 * Maps with as much running at a time as the machine has processors. What has begun is waited for also when
 * some of it fails; nothing new begins then, and the first failure is thrown.
 */
export async function severalAtOnce<T, R>(
  items: readonly T[],
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const left = items.entries();
  let failure: { readonly error: unknown } | undefined;
  const worker = async (): Promise<void> => {
    for (const [index, item] of left) {
      if (failure) return;
      try {
        results[index] = await work(item);
      } catch (error) {
        failure ??= { error };
      }
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  if (failure) throw failure.error;
  return results;
}
