// Prints the most threads that were seen in loops in each of some phases, and what the phases gave.
import { AsyncResource } from 'node:async_hooks';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker, isMainThread, workerData } from 'node:worker_threads';

if (!isMainThread) {
  // [how many threads are in loops, the most, whether it is over]
  const shared = workerData;
  while (!Atomics.load(shared, 2)) {
    const running = Atomics.load(shared, 0);
    if (running > Atomics.load(shared, 1)) Atomics.store(shared, 1, running);
  }
} else {
  const { withThreads, info } = await import(process.argv[3]);
  const shared = new Int32Array(new SharedArrayBuffer(12));
  // Before any binary is there that could know of it.
  const early = withThreads(2, () => new AsyncResource('early'));
  const { spin, later } = await import(pathToFileURL(process.argv[2]).href);
  const worker = new Worker(fileURLToPath(import.meta.url), { workerData: shared });
  await new Promise((resolve) => worker.once('online', resolve));
  const phases = {};
  const phase = async (name, run) => {
    Atomics.store(shared, 1, 0);
    const result = await run();
    // What is seen at this moment is still noted.
    await sleep(20);
    phases[name] = { most: Atomics.load(shared, 1), result };
  };
  const calls = (count) =>
    Promise.all(Array.from({ length: count }, () => later(shared, 400, 40_000)));
  const loop = () => spin(shared, 400, 40_000);
  for (const n of [1, 2, 3]) {
    await phase(`loop ${n}`, () => withThreads(n, loop));
    await phase(`calls ${n}`, () => withThreads(n, () => calls(4)));
  }
  await phase('loop', loop);
  await phase('calls', () => calls(4));
  await phase('behind await', () =>
    withThreads(2, async () => {
      await sleep(5);
      return new Promise((resolve) => setTimeout(() => resolve(calls(3)), 5));
    }),
  );
  await phase('interleaved', () =>
    Promise.all([withThreads(1, () => calls(3)), withThreads(2, () => calls(3))]),
  );
  await phase('nested', () => withThreads(2, () => withThreads(9, () => calls(3))));
  await phase('around', () =>
    withThreads(2, () =>
      Promise.all([withThreads(2, () => calls(2)), withThreads(2, () => calls(2))]),
    ),
  );
  await phase('early', () => early.runInAsyncScope(() => calls(3)));
  const pools = {
    none: info().pool,
    two: withThreads(2, () => info().pool),
    nested: withThreads(2, () => withThreads(3, () => info().pool)),
    many: withThreads(100, () => info().pool),
  };
  Atomics.store(shared, 2, 1);
  console.log(JSON.stringify({ phases, pools }));
}
