/** The worker threads that `jobs` and graphs share. */
import { availableParallelism } from 'node:os';
import { Piscina } from 'piscina';
import { sharedPool } from '../pool.ts';

const pools = new Map<number, Piscina>();

/** A pool with so many threads, which wait for more work for a moment; `run` is told the module that does it. */
export function threads(workers: number): Piscina {
  const existing = pools.get(workers);
  if (existing) return existing;
  const pool = new Piscina({
    minThreads: 0,
    maxThreads: workers,
    idleTimeout: 2000,
    recordTiming: false,
    // In its other ways a thread that waits stands still, also with what functions have begun.
    atomics: 'disabled',
  });
  // What a stopped thread still had to say.
  pool.on('error', () => {});
  pools.set(workers, pool);
  return pool;
}

/** How many workers there are without `workers`: in a call of `withThreads` no more than that allows. */
export function usualWorkers(): number {
  const most = processors();
  return Math.min(most, sharedPool().scopes?.getStore()?.threads ?? most);
}

/** How many processors there are for threads. */
export function processors(): number {
  const most = availableParallelism();
  const limit = Number(process.env['TSNATIVE_NUM_THREADS']);
  return Number.isInteger(limit) && limit > 0 ? Math.min(most, limit) : most;
}

/** The address of a module that workers run, beside the one that asks: TypeScript in a clone, JavaScript in a package. */
export function beside(asking: string, name: string): string {
  return new URL(`./${name}.${asking.endsWith('.ts') ? 'ts' : 'js'}`, asking).href;
}
