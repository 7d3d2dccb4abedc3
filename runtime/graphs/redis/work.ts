/** A process that runs tasks of graphs which other processes put into Redis. */
import { processors, threads, beside } from '../../workers/threads.ts';
import { checkWhole } from '../../workers/check.ts';
import type { Message, Reply } from '../worker.ts';
import { textOf, valueOf, type Batch, type JobData, type JobResult } from './batch.ts';
import { usualQueue, type RedisConnectionOptions } from './connection.ts';
import { importBullMQ } from './library.ts';
import { Store } from './store.ts';

export interface WorkOptions {
  readonly connection: RedisConnectionOptions;
  /** The queue that `compute` is told; `'tsnative-graphs'` without it. */
  readonly queue?: string;
  /**
   * How many threads run tasks: a whole number above 0. Without it one for each processor that the process may use, or
   * `TSNATIVE_NUM_THREADS` where that is less.
   */
  readonly workers?: number;
  /**
   * For how many milliseconds nothing may be heard of this process until others run its tasks again: a whole number of at
   * least 1000; 10,000 without it.
   */
  readonly patience?: number;
}

export interface Working {
  /** Ends when the tasks that run have ended. */
  close(): Promise<void>;
}

/** So often a batch is begun again whose worker is gone; then it counts as what ends workers. */
const mostBegun = 3;
/** In seconds. */
const orphanAge = 60 * 60;
const filename = beside(import.meta.url, '../worker');

/**
 * Runs tasks of graphs that are computed with `scheduler: 'bullmq'`, in this process, until it ends or is told to. It
 * imports functions from where they are for the process that computes: both have the same files at the same paths.
 * Whoever can write to the Redis server decides what is imported and called.
 * @throws Error where the package bullmq is missing
 */
export async function work(options: WorkOptions): Promise<Working> {
  const { connection, queue = usualQueue, patience = 10_000 } = options;
  checkWhole('graphs', 'workers', options.workers, 1);
  checkWhole('graphs', 'patience', patience, 1000);
  const workers = options.workers ?? processors();
  const library = await importBullMQ();
  const store = await Store.open(library, connection);
  // Tasks run on threads, so that this one can tell Redis all the time that they do.
  const pool = threads(workers);
  const send = (message: Message): Promise<Reply> => pool.run(message, { filename });
  const worker = new library.Worker<JobData, JobResult>(
    queue,
    async ({ data, id = '' }) => runBatch(store, data, `job:${id}`, send),
    {
      connection,
      concurrency: workers,
      lockDuration: patience,
      stalledInterval: patience,
      maxStalledCount: mostBegun,
      // Whoever waits for one removes it, unless it has gone away.
      removeOnComplete: { age: orphanAge },
      removeOnFail: { age: orphanAge },
    },
  );
  // As of lost connections, which come back.
  worker.on('error', () => {});
  await worker.waitUntilReady();
  return {
    async close() {
      await worker.close();
      await store.close();
    },
  };
}

/** @param name what its outcome is stored as, for one who begins it again */
async function runBatch(
  store: Store,
  { run, batch: text }: JobData,
  name: string,
  send: (message: Message) => Promise<Reply>,
): Promise<JobResult> {
  const [before] = await store.get(run, [name]);
  if (before) return JSON.parse(before) as JobResult;
  const { functions, sources, calls, kept } = valueOf(text) as Batch;
  const given = (await store.get(run, sources.map(String))).map((value) => {
    if (value === null) throw new Error('a result that it needs is no longer in Redis');
    return valueOf(value);
  });
  const message: Message = { functions, given, calls, kept: kept.map(([call]) => call) };
  const { results, worker, ...report } = await send(message);
  const result = { report: textOf(report), worker: `process ${process.pid}, ${worker}` };
  const entries = results.map((value, at) => [String(kept[at]?.[1] ?? -1), textOf(value)] as const);
  await store.put(run, [...entries, [name, JSON.stringify(result)]]);
  return result;
}
