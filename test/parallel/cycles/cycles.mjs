// Starts and ends worker threads that have parallel loops and async calls: cycles.mjs PROGRAM CYCLES
// Prints, as JSON, the resident set after each tenth of them, in KiB, and how many threads the process has then.
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';

/** How a worker ends: by itself, by `terminate` in the middle of a loop or of async calls, or by `process.exit` in these. */
const ways = ['done', 'loop', 'calls', 'exit'];

if (isMainThread) {
  const file = pathToFileURL(process.argv[2]).href;
  const cycles = Number(process.argv[3]);
  const [resident, results] = [[], new Set()];
  const threads = () => (process.platform === 'linux' ? readdirSync('/proc/self/task').length : 0);
  const began = performance.now();
  for (let n = 0; n < cycles; n++) {
    const way = ways[n % ways.length];
    const worker = new Worker(new URL(import.meta.url), { workerData: { file, way } });
    const exited = once(worker, 'exit');
    const [message] = await once(worker, 'message');
    if (way === 'done') results.add(message);
    // At another point of what it does each time.
    else if (n % 3 > 0) await new Promise((resolve) => setTimeout(resolve, n % 7));
    if (way === 'loop' || way === 'calls') worker.terminate();
    await exited;
    if ((n + 1) % Math.ceil(cycles / 10) === 0 || n + 1 === cycles) {
      globalThis.gc?.();
      resident.push(Math.round(process.memoryUsage.rss() / 1024));
    }
  }
  const milliseconds = Math.round(performance.now() - began);
  console.log(
    JSON.stringify({ resident, results: [...results], threads: threads(), milliseconds }),
  );
} else {
  const program = await import(workerData.file);
  const out = new Float64Array(3000);
  const noise = () => Float64Array.from({ length: 5000 }, (_, i) => (i * 7919) % 5003);
  const calls = () => {
    const shared = new Int32Array(new SharedArrayBuffer(8));
    return Array.from({ length: 4 }, (_, n) =>
      n % 2 ? program.endless(shared, 1e13) : program.later(out, 1e5),
    );
  };
  switch (workerData.way) {
    case 'done': {
      program.loop(out, 50);
      const sums = [out[7], program.nested(40, 50), program.ordered(noise())[999]];
      const awaited = await Promise.all([program.later(out, 20), program.later(out, 30)]);
      parentPort.postMessage([...sums, ...awaited].join(' '));
      break;
    }
    case 'loop':
      parentPort.postMessage('begins');
      for (;;) {
        program.loop(out, 200);
        program.nested(100, 30);
        program.ordered(noise());
      }
    case 'calls':
      calls();
      parentPort.postMessage('begins');
      break;
    case 'exit':
      calls();
      parentPort.postMessage('begins');
      setTimeout(() => process.exit(0), 3);
  }
}
