/** How processors are shared out among processes. */

export interface Machine {
  /** The processors that this process may run on, by their numbers; undefined where the system doesn't tell. */
  readonly processors: readonly number[] | undefined;
  /** How many threads may compute: as the pool of threads counts, so quotas and TSNATIVE_NUM_THREADS are in it. */
  readonly threads: number;
}

/** What one of the processes gets. */
export interface Share {
  /** Those it is to run on; undefined where it stays as it is. */
  readonly processors: readonly number[] | undefined;
  readonly threads: number;
}

/**
 * A part of the machine for each process. Parts are disjoint where there are enough processors and `factor` is at most
 * 1; above it each is so many times as large, and so shares processors with its neighbours.
 * @param processes at least 1
 * @param factor above 0: how many threads there are for each processor
 */
export function divide(
  { processors, threads }: Machine,
  processes: number,
  factor: number,
): Share[] {
  return Array.from({ length: processes }, (_, index) => {
    const part = (total: number): { readonly first: number; readonly count: number } => {
      const first = Math.floor((index * total) / processes);
      const next = Math.floor(((index + 1) * total) / processes);
      const count = Math.floor(Math.max(1, next - first) * factor + 1e-9);
      return { first, count: Math.min(Math.max(1, count), total) };
    };
    const share = processors && part(processors.length);
    const limit = part(threads).count;
    return {
      processors: share && processors && around(processors, share.first, share.count),
      threads: share ? Math.min(limit, share.count) : limit,
    };
  });
}

/** So many of the list from an index on; behind the last comes the first. */
const around = (list: readonly number[], first: number, count: number): number[] =>
  Array.from({ length: count }, (_, k) => list[(first + k) % list.length] ?? 0);

/** Numbers from a list such as `0-2,5`, as Linux writes them. */
export function parseList(text: string): number[] {
  return text
    .trim()
    .split(',')
    .filter((part) => part !== '')
    .flatMap((part) => {
      const [first = 0, last = first] = part.split('-').map(Number);
      return Array.from({ length: last - first + 1 }, (_, k) => first + k);
    });
}
