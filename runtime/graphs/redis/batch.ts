/** What jobs of the queue hold: Redis and bullmq keep text alone. */
import { deserialize, serialize } from 'node:v8';
import type { Located } from '../../workers/locate.ts';
import type { Call, Outcome } from '../execute.ts';

/** Tasks for a worker. Results are in the store of the run, where those of other batches come from. */
export interface Batch {
  readonly functions: readonly Located[];
  /** Tasks of other batches. */
  readonly sources: readonly number[];
  readonly calls: readonly Call[];
  /** Which calls' results are stored, and as those of which tasks. */
  readonly kept: readonly (readonly [call: number, task: number])[];
}

/** What became of it; an outcome without results. */
export type Report = Omit<Outcome, 'results'>;

export interface JobData {
  /** Names the store of the run. */
  readonly run: string;
  readonly batch: string;
}

/** What a job gives. */
export interface JobResult {
  readonly report: string;
  readonly worker: string;
}

/** @param value plain data without shared memory */
export const textOf = (value: unknown): string => serialize(value).toString('base64');
export const valueOf = (text: string): unknown =>
  deserialize(Buffer.from(text, 'base64')) as unknown;
