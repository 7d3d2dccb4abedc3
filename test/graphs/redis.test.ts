/** Graphs on Redis, with workers in other processes. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ChildProcess } from 'node:child_process';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { RedisConnection } from 'bullmq';
import { chunked, compute, task, TaskError } from '../../runtime/graphs/index.ts';
import { importOptional } from '../../runtime/graphs/redis/library.ts';
import { commandMissing, testUnless } from '../support/skip.ts';
import { freePort, startRedis, startWorker, stop, type Server } from './redis.ts';
import { failure, message } from './schedulers.ts';
import {
  add,
  exits,
  keys,
  noted,
  ramp,
  shape,
  slowly,
  square,
  sum,
  sumOf,
  unlucky,
} from './work.mjs';

const test = suite('graphs on Redis');
const problem = commandMissing('redis-server');
const folder = mkdtempSync(join(tmpdir(), 'tsnative-redis-'));

let redis: Server | undefined;
let workers: ChildProcess[] = [];
const options = () => ({
  scheduler: 'bullmq' as const,
  connection: { host: '127.0.0.1', port: redis?.port ?? 0 },
});

test.before(async () => {
  if (problem !== undefined) return;
  redis = await startRedis(folder);
  workers = await Promise.all([startWorker(redis.port), startWorker(redis.port)]);
});
test.after(async () => {
  await Promise.all(workers.map(stop));
  if (redis) await stop(redis.process);
  rmSync(folder, { recursive: true, force: true });
});

testUnless(problem, test, 'results are those of the calling thread', async () => {
  const squares = Array.from({ length: 100 }, (_, i) => task(square)(i));
  const total = task(sum)([task(sum)(squares.slice(0, 50)), task(sum)(squares.slice(50))]);
  const what = [total, task(keys)(task(shape)(7)), squares] as const;
  assert.equal(await compute(what, options()), await compute(what, { scheduler: 'sync' }));
  const array = chunked(1000, ramp, { chunk: 64 }).map(square);
  assert.equal(await array.compute(options()), ramp(0, 1000).map(square));
  const reduced = array.reduce(sumOf, add, { arity: 3 });
  assert.is(await compute(reduced, options()), await compute(reduced, { scheduler: 'sync' }));
});

testUnless(problem, test, 'errors come as they were thrown', async () => {
  const error = await failure(compute(task(unlucky)(1, 7), options()));
  assert.instance(error, TaskError);
  assert.is((error as Error).message, 'task unlucky failed: NoLuck: no luck with 7');
});

testUnless(problem, test, 'an abortion takes back what waits', async () => {
  const controller = new AbortController();
  const file = join(folder, 'aborted');
  const begun = join(folder, 'begun');
  const first = task(slowly)(begun, 1);
  const promise = compute(task(noted)(file, task(add)(first, task(slowly)(file, 2))), {
    ...options(),
    signal: controller.signal,
    workers: 1,
  });
  while (!existsSync(begun)) await new Promise((resolve) => setTimeout(resolve, 1));
  controller.abort(new Error('enough'));
  assert.is(await message(promise), 'enough');
  await new Promise((resolve) => setTimeout(resolve, 200));
  assert.not(existsSync(file));
});

testUnless(problem, test, 'a worker that is killed half-way changes no result', async () => {
  const file = join(folder, 'slowly');
  const tasks = Array.from({ length: 100 }, (_, i) => task(slowly)(file, i));
  const pairs = tasks.map((one, i) => task(add)(one, tasks[(i + 1) % tasks.length] ?? 0));
  const promise = compute(pairs, options());
  const [victim] = workers;
  const ranBy = (): string[] => (existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []);
  const own = (): number => ranBy().filter((pid) => pid === String(victim?.pid)).length;
  while (own() < 20) await new Promise((resolve) => setTimeout(resolve, 5));
  victim?.kill('SIGKILL');
  const expected = tasks.map((_, i) => i ** 2 + ((i + 1) % 100) ** 2);
  assert.equal(await promise, expected);
  const ran = ranBy();
  assert.is(new Set(ran).size, 3, 'two processes, and the empty line at the end');
  // What the dead one hadn't handed in ran again.
  assert.ok(ran.length - 1 >= 100, `${ran.length - 1} calls`);
});

testUnless(
  problem,
  test,
  'what ends workers ends the graph, and nothing is left in Redis',
  async () => {
    if (!redis) return;
    workers.push(await startWorker(redis.port));
    assert.match(await message(compute(task(exits)(), options())), /^task exits failed: /);
    assert.is(await compute(task(square)(3), options()), 9, 'the next graph runs');
    const connection = new RedisConnection(options().connection);
    const client = await connection.client;
    const [, runs] = await client.scan(0, { MATCH: 'tsnative:run:*', COUNT: 10_000 });
    const [, batches] = await client.scan(0, { MATCH: 'bull:*:[0-9]*', COUNT: 10_000 });
    await connection.close();
    assert.equal(runs, []);
    // The one that ran when its graph was aborted stays for an hour.
    assert.ok(batches.length <= 1, batches.join());
  },
);

testUnless(problem, test, 'an abortion ends the waiting for a server', async () => {
  const free = await freePort();
  const promise = compute(task(square)(1), {
    scheduler: 'bullmq',
    connection: { host: '127.0.0.1', port: free },
    signal: AbortSignal.timeout(200),
  });
  assert.is(((await failure(promise)) as Error).name, 'TimeoutError');
});

test('a missing package or server is named', async () => {
  assert.match(
    await message(importOptional('no-such-package', 'no-such-package')),
    /^graphs: Redis is used by the package no-such-package, .* npm install no-such-package$/,
  );
  const nowhere = compute(task(square)(1), { scheduler: 'bullmq' });
  assert.match(await message(nowhere), /needs the server: connection: \{ host/);
});

test.run();
