// What only native code does: checks of arguments and indices, the free event loop, and arrays that JavaScript
// changes, moves or drops during a call.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';

const file = pathToFileURL(process.argv[2]).href;
const program = await import(file);
const long = 3e7;

// What is wrong with arguments rejects the promise, with the error of a synchronous call.
const rejects = (promise, type, message) =>
  assert.rejects(promise, (error) => error.constructor === type && message.test(error.message));
await rejects(program.sum([1, 2]), TypeError, /sum.*values.*Float64Array/);
await rejects(program.sum(new Float32Array(2)), TypeError, /sum.*values/);
await rejects(program.sum(), TypeError, /sum.*values/);
await rejects(program.squares(1.5), RangeError, /squares.*n/);
await rejects(program.at(new Float64Array(2), 5), RangeError, /5.*2/);
await rejects(program.deep(1e9), RangeError, /^Maximum call stack size exceeded$/);
assert.equal(Math.round(await program.deep(1000)), 1000);
const detached = new Float64Array(4);
structuredClone(detached.buffer, { transfer: [detached.buffer] });
await rejects(program.sum(detached), TypeError, /sum.*values.*detached/);

await rejects(
  program.rename({ name: 1, values: new Float64Array(1) }, []),
  TypeError,
  /rename.*named\.name/,
);

// What was done before the error stays.
const changed = new Float64Array([3, 4]);
await program.at(changed, 9).catch(() => {});
assert.deepEqual([...changed], [-1, 4]);

// The event loop is free, and keeps the process alive.
let turns = 0;
let going = true;
const turn = () => {
  turns++;
  if (going) setImmediate(turn);
};
turn();
await program.burn(long);
going = false;
assert.ok(turns > 20, `${turns} turns`);

// The call works with what was there when it was made, whatever becomes of it; what is gone isn't written back.
const moved = new Float64Array(1 << 16).fill(1);
const first = program.sum(moved);
const second = program.scaled(moved, 2);
moved.fill(5);
const elsewhere = structuredClone(moved, { transfer: [moved.buffer] });
assert.equal(await first, 1 << 16);
await second;
assert.deepEqual([moved.length, elsewhere[0]], [0, 5]);
const resizable = new ArrayBuffer(64, { maxByteLength: 128 });
const tracking = new Float64Array(resizable).fill(1);
const third = program.scaled(tracking, 1);
resizable.resize(16);
await third;
assert.deepEqual([...tracking], [3, 3]);
const bytes = new Uint8Array(16);
const dropped = program.scaled(new Float64Array(bytes.buffer).fill(2), 1);
globalThis.gc?.();
await dropped;
assert.equal(new Float64Array(bytes.buffer)[1], 6);

const inside = new Float64Array([1]);
const renaming = program.rename({ name: 'x', values: inside }, ['y']);
structuredClone(inside, { transfer: [inside.buffer] });
assert.deepEqual(await renaming, ['y', 'x', 'all']);

// What is shared is one memory for all.
const memory = new Int32Array(new SharedArrayBuffer(4));
const counting = program.shared(memory, 3e7);
while (Atomics.load(memory, 0) === 0) await new Promise(setImmediate);
assert.ok(Atomics.load(memory, 0) > 0);
await counting;
assert.equal(memory[0], 3e7);

// Another thread of JavaScript has calls of its own.
const code = `
const { parentPort, workerData } = require('node:worker_threads');
import(workerData).then(async (program) => {
  parentPort.postMessage(await program.sum(new Float64Array(10).fill(2)));
});`;
const worker = new Worker(code, { eval: true, workerData: file });
const exited = once(worker, 'exit');
assert.deepEqual(await once(worker, 'message'), [20]);
assert.deepEqual(await exited, [0]);
console.log('done');
