/** What a worker, a thread or a process, runs for graphs: some tasks, one after the other. */
import { threadId } from 'node:worker_threads';
import { importFunction } from '../workers/import.ts';
import type { Located } from '../workers/locate.ts';
import { compact } from './compact.ts';
import { unshared } from './unshared.ts';
import { execute, type Call, type Outcome } from './execute.ts';

export interface Message {
  readonly functions: readonly Located[];
  /** Results from elsewhere. */
  readonly given: readonly unknown[];
  readonly calls: readonly Call[];
  /** Which calls' results are used elsewhere. */
  readonly kept: readonly number[];
}

/** An outcome that has only those results that are used elsewhere. */
export interface Reply extends Outcome {
  readonly worker: string;
}

/** The main thread of a process has no memory in common with who asks. */
const pack = threadId === 0 ? unshared : compact;

export default async function run({ functions, given, calls, kept }: Message): Promise<Reply> {
  const imported = await Promise.all(functions.map((fn) => importFunction(fn, 'graphs')));
  const outcome = await execute([...imported, ...given], calls);
  const results = kept.flatMap((at) =>
    at < outcome.results.length ? [pack(outcome.results[at])] : [],
  );
  return { ...outcome, results, worker: workerName() };
}

export const workerName = (): string =>
  threadId === 0 ? `process ${process.pid}` : `thread ${threadId}`;
