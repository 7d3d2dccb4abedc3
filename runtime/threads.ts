/** Limits of threads for a part of a program. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { handleOf, sharedPool, type Scope } from './pool.ts';
import { checkThreadLimit } from './thread-limit.ts';

/**
 * Runs a function in which, and in whatever it awaits, sets timers for or otherwise begins, native code computes on at
 * most so many threads at a time: parallel loops and async functions, all together. The thread of JavaScript counts
 * while it is in a parallel loop; it is never kept from that. Inside of another call the lesser limit holds, as does
 * that of the process. Worker threads that are started in it are not in it. Plain JavaScript computes on one thread
 * anyway.
 * @param threads a whole number of at least 1
 * @returns what the function returns
 * @throws TypeError, RangeError for another limit
 */
export function withThreads<T>(threads: number, run: () => T): T {
  checkThreadLimit(threads, run);
  const scopes = (sharedPool().scopes ??= new AsyncLocalStorage<Scope>());
  const outer = scopes.getStore();
  const scope: Scope = {
    threads: Math.min(threads, outer?.threads ?? threads),
    outer,
    handle: undefined,
  };
  handleOf(scope);
  return scopes.run(scope, run);
}
