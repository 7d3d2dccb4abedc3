/** What `jobs` may be told. */
import { checkWhole } from '../workers/check.ts';

/** How far a run is. */
export interface Progress {
  /** Inputs whose results are there. */
  readonly done: number;
  /** All inputs; undefined where they are of an iterator, until it has ended. */
  readonly total: number | undefined;
  /** Results that were read from the disk. */
  readonly remembered: number;
  /** Calls that failed and were made again. */
  readonly retried: number;
  /** Since the run began. */
  readonly seconds: number;
}

export interface JobOptions {
  /**
   * How many worker threads run calls: a whole number above 0. Without it one for each processor that the process may
   * use, or `TSNATIVE_NUM_THREADS` where that is less.
   */
  readonly workers?: number;
  /**
   * How many inputs a worker gets at a time: a whole number above 0. With `'auto'`, which it is without it, as many
   * as take about 10 ms, as calls before took.
   */
  readonly batch?: number | 'auto';
  /** Whether results come in the order of their inputs, which they do without it, or as soon as they are there. */
  readonly ordered?: boolean;
  /** `true` draws a bar to standard error where that is a terminal; a function is called at most 20 times a second, and at the end. */
  readonly progress?: boolean | ((progress: Progress) => void);
  /** How often a call that fails is made again: a whole number; 0 without it. */
  readonly retry?: number;
  /**
   * Results are kept on the disk, and read from there where the same function is called with the same input again:
   * the folder, or `true` for `node_modules/.cache/tsnative/memo`. "The same" are functions of modules that neither
   * themselves nor in what they import have changed.
   */
  readonly memo?: boolean | string;
  /** Ends the run: calls that run are stopped, with their threads. */
  readonly signal?: AbortSignal;
}

/** @throws RangeError or TypeError for what they may not be */
export function checkOptions(options: JobOptions): void {
  checkWhole('jobs', 'workers', options.workers, 1);
  if (options.batch !== 'auto') checkWhole('jobs', 'batch', options.batch, 1);
  checkWhole('jobs', 'retry', options.retry, 0);
}
