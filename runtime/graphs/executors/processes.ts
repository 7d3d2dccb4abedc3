/** Tasks in child processes: those of tinypool, which speaks to workers as piscina does, so that they run the same module. */
import { Tinypool } from 'tinypool';
import { beside, processors } from '../../workers/threads.ts';
import type { MakeExecutor } from '../executor.ts';
import { unshared } from '../unshared.ts';
import type { Reply } from '../worker.ts';
import { ahead, locationsOf, MessageExecutor } from './messages.ts';

const filename = beside(import.meta.url, '../worker');
const pools = new Map<number, Tinypool>();

export function processes(workers: number): MakeExecutor {
  return async (plan, signal) => {
    const pool = poolOf(workers);
    const send = (message: object): Promise<Reply> =>
      (pool.run(message, { signal }) as Promise<Reply>).catch((error: unknown) => {
        throw error instanceof Error ? error : errorFrom(error);
      });
    return new MessageExecutor(plan, await locationsOf(plan), workers * ahead, unshared, send);
  };
}

/** Processes that wait for more work for a while, as their start takes longer than that of threads. */
function poolOf(workers: number): Tinypool {
  const existing = pools.get(workers);
  if (existing) return existing;
  const pool = new Tinypool({
    runtime: 'child_process',
    // Else numbers and typed arrays become text.
    serialization: 'advanced',
    filename,
    env: environment(workers),
    minThreads: 0,
    maxThreads: workers,
    idleTimeout: 10_000,
  });
  // What a stopped process still had to say.
  pool.on('error', () => {});
  pools.set(workers, pool);
  return pool;
}

/** The processes' pools of threads have together no more than this process alone; tokens see to that by themselves. */
function environment(workers: number): Record<string, string> {
  // Node leaves out what is undefined.
  const own = process.env as Record<string, string>;
  if (own['TSNATIVE_TOKENS'] !== undefined) return own;
  const threads = Math.max(1, Math.floor(processors() / workers));
  return { ...own, TSNATIVE_NUM_THREADS: String(threads) };
}

/** Errors that end a batch come as plain objects. */
function errorFrom(told: unknown): Error {
  const { message, ...more } = Object(told) as { readonly message?: unknown };
  return Object.assign(new Error(String(message ?? told)), more);
}
