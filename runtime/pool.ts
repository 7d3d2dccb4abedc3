/** The threads that parallel loops and async calls of native code run on: one pool for the process. */

/** What the limit of threads comes from, by the number that the pool (`native/pool.c`) has for it. */
const sources = ['system', 'affinity', 'cgroup', 'variable'] as const;

export interface PoolInfo {
  /** How many threads compute at most, callers among them. */
  readonly threads: number;
  /**
   * What says so: how many the pool has at most, the processors that the process may run on, the quota of its control
   * group, or `TSNATIVE_NUM_THREADS`.
   */
  readonly from: (typeof sources)[number];
}

const key = Symbol.for('tsnative.pool');

/** Notes how a loaded binary tells of the pool; all tell the same. */
export function notePool(limit: () => number): void {
  const holder = globalThis as { [key]?: () => number };
  holder[key] ??= limit;
}

/** Undefined while no loaded package uses it. */
export function poolInfo(): PoolInfo | undefined {
  const limit = (globalThis as { [key]?: () => number })[key]?.();
  if (limit === undefined) return undefined;
  return { threads: limit & 0xffff, from: sources[limit >> 16] ?? 'system' };
}
