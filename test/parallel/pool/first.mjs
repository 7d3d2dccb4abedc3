// Several threads of JavaScript whose first loops begin at the same moment. Prints how many threads the pool has then.
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads';

if (isMainThread) {
  const [, , program, count] = process.argv;
  const arrived = new Int32Array(new SharedArrayBuffer(4));
  const data = { program, arrived, count: Number(count) };
  const workers = Array.from(
    { length: data.count },
    () => new Worker(fileURLToPath(import.meta.url), { workerData: data }),
  );
  await Promise.all(workers.map((worker) => new Promise((done) => worker.once('message', done))));
  const names = readdirSync('/proc/self/task').map((id) =>
    readFileSync(`/proc/self/task/${id}/comm`, 'utf8').trim(),
  );
  console.log(names.filter((name) => name === 'tsnative').length);
  for (const worker of workers) worker.postMessage('end');
} else {
  const { program, arrived, count } = workerData;
  const { sums } = await import(pathToFileURL(program).href);
  // All are awake when the last one comes.
  Atomics.add(arrived, 0, 1);
  while (Atomics.load(arrived, 0) < count);
  parentPort.once('message', () => {});
  parentPort.postMessage(sums(60_000));
}
