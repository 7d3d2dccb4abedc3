/** What `compute` may be told. */
import { checkWhole } from '../workers/check.ts';
import type { Counted } from '../workers/progress.ts';
import type { DashboardOptions } from './dashboard/open.ts';
import type { RedisConnectionOptions } from './redis/connection.ts';

/** How far a graph is: tasks that have run, of all. */
export interface GraphProgress extends Counted {
  readonly total: number;
}

export type Scheduler = 'sync' | 'threads' | 'processes' | 'bullmq';

export interface ComputeOptions {
  /**
   * What runs the tasks, with the same results: `'threads'`, which it is without it, on worker threads;
   * `'processes'` in child processes; `'sync'` in order on the calling thread;
   * `'bullmq'` in processes that called `work`, through a Redis server.
   */
  readonly scheduler?: Scheduler;
  /** The Redis server of `'bullmq'`. */
  readonly connection?: RedisConnectionOptions;
  /** The queue there; `'tsnative-graphs'` without it. */
  readonly queue?: string;
  /**
   * How many threads or processes there are: a whole number above 0. Without it one for each processor that the process
   * may use, or `TSNATIVE_NUM_THREADS` where that is less. For `'bullmq'`, whose workers nobody can count, how
   * many batches of tasks wait or run at a time; 16 without it.
   */
  readonly workers?: number;
  /** `true` draws a bar to standard error where that is a terminal; a function is called at most 20 times a second, and at the end. */
  readonly progress?: boolean | ((progress: GraphProgress) => void);
  /**
   * A web page on this machine that shows the graph while it runs, on port 8787 or another free one, which is printed; or
   * on which port, and who is told its address instead.
   */
  readonly dashboard?: boolean | DashboardOptions;
  /** Ends the run: no waiting task begins any more, and threads and processes that run one are stopped. */
  readonly signal?: AbortSignal;
}

/** @throws RangeError or TypeError for what they may not be */
export function checkOptions({ workers }: ComputeOptions): void {
  checkWhole('graphs', 'workers', workers, 1);
}
