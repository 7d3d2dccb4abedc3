/**
 * `npm run bench:jobs`: what `jobs` costs. 100,000 calls of about 1 µs beside a plain loop over them (medians of 5, with
 * the threads started and not), and by how much the process grows when 100 MB are shared with its threads.
 */
import { jobs } from '../../runtime/jobs/index.ts';
import { aimed, median } from './figures.ts';
import { microsecond, sumOf } from './jobs-work.mjs';

const calls = 100_000;
const runs = 5;
const inputs = Array.from({ length: calls }, (_, i) => i);

async function time(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

const serial: number[] = [];
const parallel: number[] = [];
const first = await time(() => jobs(microsecond, inputs));
for (let run = 0; run < runs; run++) {
  serial.push(await time(() => inputs.map(microsecond)));
  parallel.push(await time(() => jobs(microsecond, inputs)));
}
const ratio = (milliseconds: number): number => milliseconds / median(serial);
console.log(
  `  a plain loop: ${median(serial).toFixed(0)} ms, ${((median(serial) / calls) * 1000).toFixed(2)} µs a call`,
);
const usual = ratio(median(parallel));
console.log(
  aimed(usual <= 2, `jobs: ${median(parallel).toFixed(0)} ms, ${usual.toFixed(2)} × that`, '≤ 2'),
);
console.log(
  `  at first, with the threads' start: ${first.toFixed(0)} ms, ${ratio(first).toFixed(2)} ×`,
);

const megabytes = 100;
const before = process.memoryUsage.rss();
const data = new Float64Array(new SharedArrayBuffer(megabytes * 2 ** 20)).fill(1);
const parts = 64;
const size = data.length / parts;
const sums = await jobs(
  sumOf,
  Array.from({ length: parts }, (_, i) => ({ data, from: i * size, to: (i + 1) * size })),
);
const grown = (process.memoryUsage.rss() - before) / 2 ** 20;
if (sums.some((sum) => sum !== size)) throw new Error('wrong sums');
const copies = grown / megabytes;
console.log(
  aimed(
    copies < 1.2,
    `${megabytes} MB shared with the threads: the process grew by ${grown.toFixed(0)} MB, ${copies.toFixed(2)} × one copy`,
    '< 1.2',
  ),
);
