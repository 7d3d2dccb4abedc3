/**
 * `npm run bench:wasm`: the kernels as WebAssembly, in turn with the same JavaScript in V8, in one process. Prints a
 * table of ratios and the kernels that are slower, and fails where results are not identical. Options as `npm run bench`.
 */
import { setFlagsFromString } from 'node:v8';
import { compileWasm } from './contenders/native.ts';
import type { Contenders } from './contenders/index.ts';
import { inV8 } from './contenders/v8.ts';
import { table } from './figures.ts';
import { readOptions } from './options.ts';
import { runKernel } from './run-kernel.ts';
import { geometricMean } from './summary.ts';

// V8 compiles WebAssembly quickly at first, and well some time later on another thread, for which a busy machine may have
// no processor: here well at once, as a program has it after its first calls.
setFlagsFromString('--no-liftoff');

const { kernels, sizes } = readOptions(process.argv.slice(2));
const ours = await compileWasm(kernels);
const contenders: Contenders = {
  cpu: 'wasm32',
  ours,
  peer: (peer, kernel) => (peer === 'v8' ? inV8(kernel) : undefined),
};
const measured = kernels.flatMap((kernel) =>
  sizes.map((size) => runKernel(kernel, size, contenders, ['v8'])),
);
const rows = measured.map(({ kernel, size, bytes, pairs }) => ({
  name: kernel.name,
  size,
  bytes,
  ratio: pairs.v8?.ratio.median ?? NaN,
  milliseconds: (pairs.v8?.ours ?? NaN).toFixed(3),
}));
console.log(
  table([
    ['kernel', 'size', 'data', 'wasm', 'V8'],
    ...rows.map(({ name, size, bytes, milliseconds, ratio }) => [
      name,
      size,
      `${Math.ceil(bytes / 1024)} kB`,
      `${milliseconds} ms`,
      ratio.toFixed(2),
    ]),
    ['geometric mean', '', '', '', geometricMean(rows.map(({ ratio }) => ratio)).toFixed(2)],
  ]),
);
console.log('Ratios are times of V8 over those of WebAssembly: above 1, WebAssembly is faster.');
const slower = rows.filter(({ ratio }) => ratio < 1).sort((a, b) => a.ratio - b.ratio);
console.log(`${slower.length} of ${rows.length} are slower:`);
for (const { name, size, ratio } of slower) console.log(`  ${name}, ${size}: ${ratio.toFixed(2)}`);
const differences = measured.flatMap((one) => one.differences);
for (const difference of differences) console.log(difference);
process.exitCode = differences.length > 0 ? 1 : 0;
