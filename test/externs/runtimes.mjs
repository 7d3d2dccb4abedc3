// Has C call functions on threads of its own, in any runtime: runtimes.mjs PROGRAM. A worker thread of it ends while C calls.
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';

const file = isMainThread ? process.argv[2] : workerData;
const p = await import(pathToFileURL(file).href);
const sleep = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
const until = async (isSo) => {
  for (let i = 0; i < 2000 && !isSo(); i++) await sleep(5);
};

if (isMainThread) await main();
else {
  let calls = 0;
  const alive = setTimeout(() => {}, 100000);
  p.start((x) => {
    if (calls++ === 3) {
      parentPort.postMessage(calls);
      clearTimeout(alive);
    }
    return x + 1;
  });
}

async function main() {
  console.log(
    p.ofJavaScript((x) => x * 2, 100, 4),
    p.ofNumbers(0.5, 10000, 8),
  );
  try {
    p.ofJavaScript(
      () => {
        throw new SyntaxError('mine');
      },
      10,
      1,
    );
  } catch (error) {
    console.log(error.name, error.message);
  }
  console.log(p.texts(3, 1).join(), p.visited());
  const seen = [];
  p.start((x) => {
    seen.push(x);
    return x + 0.5;
  });
  await until(() => seen.length > 5);
  console.log(seen.slice(0, 3).join(), p.stop(), seen.at(-1));
  const worker = new Worker(new URL(import.meta.url), { workerData: file });
  await Promise.all(
    ['message', 'exit'].map((event) => new Promise((done) => worker.once(event, done))),
  );
  const before = p.ticks();
  await until(() => p.ticks() > before + 2);
  console.log(p.ticks() > before, p.last(), p.stop());
  process.on('uncaughtException', (error) => {
    console.log('uncaught', error.message, p.stop());
    process.exit(4);
  });
  setTimeout(() => {}, 10000);
  p.start((x) => {
    if (x === 2) throw new SyntaxError('second');
    return x;
  });
}
