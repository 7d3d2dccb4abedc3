// Threads of JavaScript, and the process, that end in the middle of calls: `ends.mjs program.js exit|own|shared|freed N`.
import { once } from 'node:events';
import { pathToFileURL } from 'node:url';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';

const file = isMainThread ? pathToFileURL(process.argv[2]).href : workerData.file;
const how = isMainThread ? process.argv[3] : workerData.how;
const long = how === 'freed' ? 1e15 : 3e8;

async function start() {
  const program = await import(file);
  const memory = new Int32Array(new SharedArrayBuffer(64));
  for (let n = 0; n < 6; n++) {
    program.burn(long).then(() => console.log('never'));
    program.scaled(new Float64Array(1e6), 2).then(() => {});
    program.failing(-1).catch(() => {});
    program.rename({ name: 'n', values: new Float64Array(9) }, ['a', 'b']).then(() => {});
  }
  if (how === 'shared') for (let n = 0; n < 2; n++) program.shared(memory, 1e7);
}

if (!isMainThread) {
  await start();
  parentPort.postMessage('started');
  if (workerData.exits) setTimeout(() => process.exit(0), workerData.exits);
} else if (how === 'exit') {
  await start();
  setTimeout(() => {
    console.log('leaving');
    process.exit(7);
  }, 20);
} else {
  const cycles = Number(process.argv[4]);
  for (let n = 0; n < cycles; n++) {
    const exits = n % 3 === 2 ? 1 + (n % 5) : 0;
    const worker = new Worker(new URL(import.meta.url), { workerData: { file, how, exits } });
    const ended = once(worker, 'exit');
    await once(worker, 'message');
    if (n % 3 === 1) await new Promise((resolve) => setTimeout(resolve, 5));
    if (!exits) worker.terminate();
    await ended;
  }
  console.log('cycles', cycles);
  if (how === 'freed') {
    // Calls of threads that have ended have ended too, or there would be no thread for these.
    const program = await import(file);
    await Promise.all(Array.from({ length: 32 }, () => program.burn(1e5)));
  }
  process.exit(0);
}
