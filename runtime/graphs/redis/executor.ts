/** Tasks on workers anywhere that share a Redis server, through a queue of bullmq. */
import { randomUUID } from 'node:crypto';
import type { Queue, QueueEvents } from 'bullmq';
import { needsOf, type Executor, type MakeExecutor, type Ran } from '../executor.ts';
import { callOf, locationsOf, type Locations } from '../executors/messages.ts';
import type { Plan } from '../plan.ts';
import { unshared } from '../unshared.ts';
import { textOf, valueOf, type Batch, type JobData, type JobResult, type Report } from './batch.ts';
import { usualQueue, type RedisConnectionOptions } from './connection.ts';
import { importBullMQ } from './library.ts';
import { Store } from './store.ts';

export interface RedisOptions {
  readonly connection: RedisConnectionOptions;
  readonly queue?: string;
}

/** Nobody knows how many workers there are. */
const usualWidth = 16;

type Jobs = Queue<JobData, JobResult, 'batch'>;

/** @param workers how many batches are in the queue at a time */
export function onRedis(
  { connection, queue: name = usualQueue }: RedisOptions,
  workers = usualWidth,
): MakeExecutor {
  return async (plan, signal) => {
    const locations = await locationsOf(plan);
    const library = await importBullMQ();
    const store = await Store.open(library, connection, signal);
    const queue: Jobs = new library.Queue(name, { connection });
    const events = new library.QueueEvents(name, { connection });
    // Lost connections come back; without anybody who hears of them they end the process.
    queue.on('error', () => {});
    events.on('error', () => {});
    // Each batch that is under way listens.
    queue.setMaxListeners(0);
    events.setMaxListeners(0);
    await events.waitUntilReady();
    const run = `tsnative:run:${randomUUID()}`;
    await store.begin(run);
    return new RedisExecutor(run, plan, locations, workers, store, queue, events);
  };
}

class RedisExecutor implements Executor {
  /** Batches in the queue. */
  private readonly waiting = new Set<string>();

  constructor(
    private readonly runName: string,
    private readonly plan: Plan,
    private readonly locations: Locations,
    readonly width: number,
    private readonly store: Store,
    private readonly queue: Jobs,
    private readonly events: QueueEvents,
  ) {}

  async run(tasks: readonly number[]): Promise<Ran> {
    const { functions, sources, inputs, kept } = needsOf(this.plan, tasks);
    const batch: Batch = {
      functions: functions.flatMap((fn) => this.locations.get(fn) ?? []),
      sources,
      calls: tasks.map((task, at) => callOf(this.plan, task, inputs[at] ?? [], unshared)),
      kept: kept.map((call) => [call, tasks[call] ?? -1] as const),
    };
    const data = { run: this.runName, batch: textOf(batch) };
    const job = await this.queue.add('batch', data);
    const { id = '' } = job;
    this.waiting.add(id);
    const { report, worker } = await job.waitUntilFinished(this.events);
    // Not by bullmq, which would do so before it is known here how it ended.
    await this.queue.remove(id);
    this.waiting.delete(id);
    return { ...(valueOf(report) as Report), worker };
  }

  release(task: number): void {
    // The whole run's are removed at its end.
    this.store.remove(this.runName, [String(task)]).catch(() => {});
  }

  async results(tasks: readonly number[]): Promise<readonly unknown[]> {
    const texts = await this.store.get(this.runName, tasks.map(String));
    return texts.map((text, at) => {
      if (text === null)
        throw new Error(
          `graphs: Redis has lost the result of ${this.plan.tasks[tasks[at] ?? -1]?.name}`,
        );
      return valueOf(text);
    });
  }

  async close(): Promise<void> {
    // Those that run can't be removed; nobody keeps what they give.
    await Promise.allSettled([...this.waiting].map((id) => this.queue.remove(id)));
    await this.store.removeAll(this.runName).catch(() => {});
    await Promise.allSettled([this.events.close(), this.queue.close(), this.store.close()]);
  }
}
