// Several threads of JavaScript with parallel loops at once, some of which are ended in the middle. Prints the most
// threads that computed at a time, and what the loops gave.
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads';

if (isMainThread) {
  const [, , program, count, rounds] = process.argv;
  const busy = () =>
    readdirSync('/proc/self/task').filter((id) => {
      try {
        return / R /.test(readFileSync(`/proc/self/task/${id}/stat`, 'utf8'));
      } catch {
        return false;
      }
    }).length;
  let most = 0;
  const timer = setInterval(() => (most = Math.max(most, busy() - 1)), 1);
  const results = new Set();
  for (let round = 0; round < Number(rounds); round++) {
    const ended = Array.from({ length: Number(count) }, (_, index) => {
      const worker = new Worker(fileURLToPath(import.meta.url), { workerData: { program } });
      // Every second one of the later rounds is ended while it computes.
      if (round > 0 && index % 2 === 1) worker.once('message', () => worker.terminate());
      else worker.on('message', (value) => value !== 'begins' && results.add(value));
      return new Promise((resolve, reject) => {
        worker.on('exit', resolve);
        worker.on('error', reject);
      });
    });
    await Promise.all(ended);
  }
  clearInterval(timer);
  console.log(JSON.stringify({ most, results: [...results] }));
} else {
  const program = await import(pathToFileURL(workerData.program).href);
  parentPort.postMessage('begins');
  let all = 0;
  for (let k = 0; k < 5; k++) {
    all += program.sums(60_000) + program.nested(new Float64Array(40 * 500), 40, 500);
  }
  parentPort.postMessage(all);
}
