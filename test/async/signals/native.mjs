// Calls that are aborted: how soon they reject, that native code ends, and what is left.
import assert from 'node:assert/strict';
import { pathToFileURL } from 'node:url';

const program = await import(pathToFileURL(process.argv[2]).href);
const forever = 1e12;
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function aborted(start) {
  const controller = new AbortController();
  const promise = start(controller.signal);
  let settled = false;
  promise.then(
    () => (settled = true),
    () => (settled = true),
  );
  await wait(20);
  assert.equal(settled, false);
  const reason = new Error('enough');
  controller.abort(reason);
  await assert.rejects(promise, (error) => error === reason);
}

const values = new Float64Array(1000).fill(2);
const state = { rounds: 0, seen: [] };
const starts = {
  burn: (signal) => program.burn(forever, signal),
  smooth: (signal) => program.smooth(values, 2 ** 31 - 1, signal),
  mixed: (signal) => program.mixed(values, forever, signal),
  recursive: (signal) => program.recursive(70, signal),
  everywhere: (signal) => program.everywhere(1000, forever, signal),
  through: (signal) => program.through(state, forever, signal),
  asking: (signal) => program.asking(2 ** 31 - 1, signal),
};
for (const start of Object.values(starts)) await aborted(start);

// Nothing of what they did is written back.
assert.ok(values.every((value) => value === 2));
assert.deepEqual(state, { rounds: 0, seen: [] });

// All threads are free again: native code has ended.
const began = performance.now();
await Promise.all(Array.from({ length: 32 }, () => program.burn(1e5)));
const freed = performance.now() - began;
assert.ok(freed < 5000, `${freed} ms`);

// What waits for a thread ends at once, and so do calls whose signal was aborted before.
const many = new AbortController();
const waiting = Array.from({ length: 50 }, () => program.burn(forever, many.signal));
await wait(5);
many.abort();
const outcomes = await Promise.allSettled(waiting);
assert.ok(
  outcomes.every(({ reason }) => reason === many.signal.reason && reason.name === 'AbortError'),
);
await assert.rejects(program.burn(1, many.signal), (error) => error === many.signal.reason);
await assert
  .rejects(program.burn(1, AbortSignal.timeout(0)), { name: 'TimeoutError' })
  .catch(() => {});
await assert.rejects(program.burn(forever, AbortSignal.timeout(10)), { name: 'TimeoutError' });

// Without an abort nothing is different, and nothing is left on the signal.
const quiet = new AbortController();
assert.equal(await program.arrow(4, quiet.signal), 8);
assert.equal(await program.asking(10, quiet.signal), 45);
assert.equal(await program.asking(10), 45);
assert.deepEqual(await program.through(state, 3, quiet.signal), { rounds: 30, seen: ['begun'] });
quiet.abort();
assert.equal(await program.burn(0), 0.5);

// What is wrong with arguments.
await assert.rejects(program.arrow(1), {
  name: 'TypeError',
  message: /arrow.*signal.*AbortSignal/,
});
await assert.rejects(program.arrow(1, {}), {
  name: 'TypeError',
  message: /arrow.*signal.*AbortSignal/,
});
await assert.rejects(program.burn('1', quiet.signal), (error) => error === quiet.signal.reason);
await assert.rejects(program.burn('1', new AbortController().signal), {
  name: 'TypeError',
  message: /rounds/,
});

// How soon: native code no longer counts behind the abort.
const late = [];
for (let n = 0; n < 10; n++) {
  const cells = new Int32Array(new SharedArrayBuffer(4));
  const controller = new AbortController();
  const promise = program.counting(cells, forever, controller.signal).catch(() => {});
  await wait(5);
  const from = performance.now();
  controller.abort();
  await promise;
  let last = from;
  for (let seen = -1; performance.now() - last < 5;) {
    const now = Atomics.load(cells, 0);
    if (now !== seen) [seen, last] = [now, performance.now()];
  }
  late.push(last - from);
}
late.sort((a, b) => a - b);
console.log(JSON.stringify({ worst: late.at(-1), middle: late[5] }));
