// What only native code does: it tells at most 20 times a second, and ends when what is told throws.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { pathToFileURL } from 'node:url';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';

const program = await import(pathToFileURL(process.argv[2]).href);
const forever = 1e12;
const out = new Float64Array(4000);

/** Calls until that takes so long that it is told several times, with what is told and when. */
async function watched(start) {
  for (let rounds = 1000; ; rounds *= 4) {
    const began = performance.now();
    const seen = [];
    await start(rounds, (done) => seen.push({ done, at: performance.now() - began }));
    const took = performance.now() - began;
    if (took > 300) return { seen, took };
  }
}

function inOrder({ seen, took }) {
  assert.ok(seen.length >= 3, `told ${seen.length} times in ${took} ms`);
  assert.ok(seen.length <= took / 50 + 1, `told ${seen.length} times in ${took} ms`);
  for (let i = 1; i < seen.length; i++) assert.ok(seen[i].done > seen[i - 1].done);
  return seen.length;
}

const counts = [
  inOrder(await watched((rounds, tell) => program.burn(rounds, tell))),
  inOrder(await watched((rounds, tell) => program.everywhere(out, rounds, tell))),
];

if (isMainThread) {
  // What is told throws: the promise rejects with that, native code ends, nothing is told any more.
  const error = new Error('enough');
  let calls = 0;
  const throws = () => {
    calls++;
    throw error;
  };
  const is = (thrown) => thrown === error;
  await assert.rejects(program.burn(forever, throws), is);
  await assert.rejects(program.burn(1, throws), is);
  assert.equal(calls, 2);
  const began = performance.now();
  await Promise.all(Array.from({ length: 32 }, () => program.burn(1e5, () => {})));
  assert.ok(performance.now() - began < 5000, 'native code has not ended');

  // After an abort nothing is told, also where what is told aborts.
  const controller = new AbortController();
  let told = 0;
  const promise = program.burn(
    forever,
    () => {
      told++;
      controller.abort(error);
    },
    controller.signal,
  );
  await assert.rejects(promise, is);
  await new Promise((resolve) => setTimeout(resolve, 120));
  assert.equal(told, 1);

  await assert.rejects(program.burn(1), /burn: parameter 'progress' must be a function$/);
  await assert.rejects(program.counted(1, 2), /'progress' must be a function or undefined/);
  await assert.rejects(
    program.burn('1', () => {}),
    TypeError,
  );

  // A worker thread is told on its own thread, and may end meanwhile.
  for (const ends of [false, true]) {
    const worker = new Worker(new URL(import.meta.url), { argv: [process.argv[2]] });
    const exited = once(worker, 'exit');
    if (ends) {
      await once(worker, 'online');
      setTimeout(() => worker.terminate(), 400);
    } else counts.push(...(await once(worker, 'message'))[0]);
    await exited;
  }
  console.log(counts.join(' '));
} else {
  parentPort.postMessage(counts);
}
