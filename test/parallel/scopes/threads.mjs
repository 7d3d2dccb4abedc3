// Prints of some phases how often so many threads were found computing, and what the phases gave.
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker, isMainThread, workerData } from 'node:worker_threads';

// JavaScript's own thread computes in loops that it calls.
const computing = (callers) =>
  readdirSync('/proc/self/task').filter((id) => {
    try {
      const stat = readFileSync(`/proc/self/task/${id}/stat`, 'utf8');
      return stat.includes('(tsnative) R') || (callers && Number(id) === process.pid);
    } catch {
      return false;
    }
  }).length;

const most = 16;

if (!isMainThread) {
  // [the phase, whether JavaScript's thread is in loops, …how often so many threads computed]
  const shared = workerData;
  for (let phase; (phase = Atomics.load(shared, 0)) >= 0; Atomics.wait(shared, 0, phase, 1)) {
    const found = computing(Atomics.load(shared, 1));
    if (phase > 0 && Atomics.load(shared, 0) === phase)
      Atomics.add(shared, 2 + Math.min(found, most), 1);
  }
} else {
  const { withThreads, info } = await import(process.argv[3]);
  const shared = new Int32Array(new SharedArrayBuffer(4 * (3 + most)));
  const early = withThreads(2, () => ({ call: (run) => withThreads(9, run) }));
  const { spin, later } = await import(pathToFileURL(process.argv[2]).href);
  const worker = new Worker(fileURLToPath(import.meta.url), { workerData: shared });
  await new Promise((resolve) => worker.once('online', resolve));
  const phases = {};
  let number = 0;
  const phase = async (name, run, callers = false) => {
    Atomics.store(shared, 1, callers ? 1 : 0);
    Atomics.store(shared, 0, ++number);
    const result = await run();
    Atomics.store(shared, 0, 0);
    // What is counted at this moment is still noted.
    await sleep(20);
    phases[name] = { counts: [...shared.subarray(2)], result };
    shared.fill(0, 2);
  };
  const calls = (count) => Promise.all(Array.from({ length: count }, () => later(400, 40_000)));
  const loop = () => spin(400, 40_000);
  for (const n of [1, 2, 3]) {
    await phase(`loop ${n}`, () => withThreads(n, loop), true);
    await phase(`calls ${n}`, () => withThreads(n, () => calls(4)));
  }
  await phase('loop', loop, true);
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
  await phase('early', () => early.call(() => withThreads(1, () => calls(3))));
  const pools = {
    none: info().pool,
    two: withThreads(2, () => info().pool),
    nested: withThreads(2, () => withThreads(3, () => info().pool)),
    many: withThreads(100, () => info().pool),
  };
  Atomics.store(shared, 0, -1);
  console.log(JSON.stringify({ phases, pools }));
}
