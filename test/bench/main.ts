/**
 * `npm run bench`: the kernels of `kernels/` as tsnative compiles them, in turn with the same in C,
 * JavaScript and AssemblyScript, in one process. Prints a table of ratios, writes a chart, and fails
 * where results are not identical.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { chart } from './chart.ts';
import { compileAll } from './contenders/index.ts';
import { readOptions, type Options } from './options.ts';
import { report } from './report.ts';
import { runKernel, type Measurement } from './run-kernel.ts';
import { asJson, summarize } from './summary.ts';

const started = performance.now();
const seconds = (): string => `${((performance.now() - started) / 1000).toFixed(0)} s`;
const progress = (text: string): void => console.error(`${seconds().padStart(5)}  ${text}`);

async function main({ kernels, sizes, against, cpu, json, svg }: Options): Promise<boolean> {
  progress(`compiling ${kernels.length} kernels`);
  const contenders = await compileAll(kernels, against, cpu);
  const measurements: Measurement[] = [];
  for (const kernel of kernels) {
    for (const size of sizes) {
      const measured = runKernel(kernel, size, contenders, against);
      measurements.push(measured);
      const ratios = against.map(
        (peer) => `${peer} ${measured.pairs[peer]?.ratio.median.toFixed(2) ?? '–'}`,
      );
      progress([`${kernel.name}, ${size}`, ...ratios].join('  '));
    }
  }
  console.log(report(measurements));
  const summaries = summarize(measurements);
  write(svg, chart(summaries));
  if (json !== undefined) write(json, asJson(summaries));
  console.log(`\nThe code is for ${contenders.cpu}. The chart is ${svg}. All took ${seconds()}.`);
  return measurements.every(({ differences }) => differences.length === 0);
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

try {
  process.exitCode = (await main(readOptions(process.argv.slice(2)))) ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
