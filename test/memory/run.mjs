// Calls functions of a built program many times, in a process with --expose-gc, and prints by how many bytes its
// memory grew: run.mjs FILE COUNT NAME…
import { pathToFileURL } from 'node:url';

const [file, count, ...names] = process.argv.slice(2);
const { calls } = await import(pathToFileURL(file).href);
Error.stackTraceLimit = 0;

function repeat(call, times) {
  for (let n = 0; n < times; n++) {
    try {
      call();
    } catch (error) {
      if (!/^(no \d+ points|point \d+ of)/.test(error.message)) throw error;
    }
  }
}

function memory() {
  globalThis.gc();
  globalThis.gc();
  return process.memoryUsage.rss();
}

for (const name of names) {
  const times = Number(count);
  // V8 compiles and tunes its heap meanwhile.
  repeat(calls[name], Math.max(20_000, times / 10));
  const start = process.hrtime.bigint();
  const before = memory();
  repeat(calls[name], times);
  const growth = memory() - before;
  const nanoseconds = Number(process.hrtime.bigint() - start) / times;
  console.log(JSON.stringify({ name, growth, nanoseconds }));
}
