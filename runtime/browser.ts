/** What bundles for browsers import from 'tsnative': as `index.ts`, without Node. */
import type { Info } from './index.ts';
import { nativeModules } from './registry.ts';
import { checkThreadLimit } from './thread-limit.ts';

export { parallel } from './parallel.ts';
export type * from './index.ts';

/** WebAssembly computes on one thread, as JavaScript does. @throws as in Node */
export function withThreads<T>(threads: number, run: () => T): T {
  checkThreadLimit(threads, run);
  return run();
}

/** Tells which packages run as WebAssembly, and why the others don't. */
export const info = (): Info => ({
  platform: 'browser',
  modules: nativeModules().map((module) => ({ ...module })),
});
