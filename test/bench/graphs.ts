/**
 * `npm run bench:graphs`: what graphs cost, in µs a task, beside the same calls made directly: medians of 5. Three graphs of
 * about 100,000 tasks that do next to nothing, and one of 2,000 tasks of about 1 ms. Then 20,000 tasks in child processes
 * and, where there is a Redis server, in two processes on that.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compute, task, type ComputeOptions, type Task } from '../../runtime/graphs/index.ts';
import { startRedis, startWorker, stop } from '../graphs/redis.ts';
import { commandMissing } from '../support/skip.ts';
import { aimed, median } from './figures.ts';
import { addAll, long, next } from './graphs-work.mjs';

const count = 100_000;
const arity = 8;
const runs = 5;

interface Case {
  readonly name: string;
  readonly tasks: number;
  make(): Task<number> | Task<number>[];
  direct(): unknown;
}

/** Groups of eight until one is left. */
function tree<T>(leaves: readonly T[], combine: (group: readonly T[]) => T): T {
  let level = leaves;
  while (level.length > 1)
    level = Array.from({ length: Math.ceil(level.length / arity) }, (_, i) =>
      combine(level.slice(i * arity, (i + 1) * arity)),
    );
  const [top] = level;
  if (top === undefined) throw new Error('no leaves');
  return top;
}

const sizeOfTree = (leaves: number): number =>
  leaves === 1 ? 1 : leaves + sizeOfTree(Math.ceil(leaves / arity));

const numbers = (n: number): number[] => Array.from({ length: n }, (_, i) => i);
const [lazyNext, lazyAdd, lazyLong] = [task(next), task(addAll), task(long)];
const cases: readonly Case[] = [
  {
    name: 'independent tasks',
    tasks: count,
    make: () => numbers(count).map((i) => lazyNext(i)),
    direct: () => numbers(count).map((i) => next(i)),
  },
  {
    name: 'a tree of sums of eight',
    tasks: sizeOfTree(count),
    make: () =>
      tree(
        numbers(count).map((i) => lazyNext(i)),
        (group) => lazyAdd(group),
      ),
    direct: () => tree(numbers(count).map(next), addAll),
  },
  {
    name: 'one chain',
    tasks: count,
    make: () => numbers(count - 1).reduce((chain) => lazyNext(chain), lazyNext(0)),
    direct: () => numbers(count).reduce((x) => next(x), 0),
  },
  {
    name: 'independent tasks of 1 ms',
    tasks: 2000,
    make: () => numbers(2000).map((i) => lazyLong(i)),
    direct: () => numbers(2000).map((i) => long(i)),
  },
];

async function time(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** What a task costs on threads, in µs. */
const onThreads: number[] = [];
const rows = [['graph', 'tasks', 'direct', 'making it', 'sync', 'threads']];
for (const { name, tasks, make, direct } of cases) {
  const times: number[][] = [[], [], [], []];
  for (let run = 0; run < runs; run++) {
    let graph: Task<number> | Task<number>[] = [];
    const works = [
      direct,
      () => (graph = make()),
      ...(['sync', 'threads'] as const).map(
        (scheduler) => () => compute(graph, { scheduler } satisfies ComputeOptions),
      ),
    ];
    for (const [at, work] of works.entries()) times[at]?.push((await time(work)) / tasks);
  }
  const figures = times.map((all) => `${(median(all) * 1000).toFixed(2)} µs`);
  rows.push([name, String(tasks), ...figures]);
  if (tasks >= count) onThreads.push(median(times[3] ?? []) * 1000);
}
for (const [name = '', ...cells] of rows)
  console.log(name.padEnd(28) + cells.map((cell) => cell.padStart(14)).join(''));
const cost = Math.max(...onThreads);
console.log(aimed(cost <= 50, `at most ${cost.toFixed(1)} µs a task on threads`, '≤ 50'));

/** Prints what each of 20,000 independent tasks costs, with the start of what runs them. */
async function tell(name: string, options: ComputeOptions): Promise<void> {
  const tasks = 20_000;
  const run = (): Promise<number> =>
    time(() =>
      compute(
        numbers(tasks).map((i) => lazyNext(i)),
        options,
      ),
    );
  const all = [await run(), await run(), await run()].map((taken) => (taken / tasks) * 1000);
  console.log(`  ${median(all).toFixed(1)} µs a task in ${name}`);
}

await tell('processes', { scheduler: 'processes' });
if (commandMissing('redis-server') === undefined) {
  const folder = mkdtempSync(join(tmpdir(), 'tsnative-redis-'));
  const redis = await startRedis(folder);
  const workers = await Promise.all([startWorker(redis.port), startWorker(redis.port)]);
  try {
    const connection = { host: '127.0.0.1', port: redis.port };
    await tell('two processes on Redis', { scheduler: 'bullmq', connection });
  } finally {
    await Promise.all([...workers, redis.process].map(stop));
    rmSync(folder, { recursive: true, force: true });
  }
}
