/**
 * `npm run bench:build`: how long `tsnative build` of all samples takes, as a whole process: with
 * nothing there yet, and with nothing changed. Medians of 5. Beside them `node -e 0` and `tsc` of the
 * same samples, which tell how fast the machine is.
 */
import { join } from 'node:path';
import { median, table } from './figures.ts';
import { buildSamples, layOutSamples, remove, repository, runNode } from './samples.ts';

const runs = 5;
const limits = { cold: 3, unchanged: 0.6 };
const folder = layOutSamples();
const outputs = [join(folder, 'out'), join(folder, 'node_modules/.cache')];
/** What the compiler keeps of itself: its code as V8 has compiled it. */
const compiledCode = join(repository, 'dist/.code');
const typescript = join(repository, 'node_modules/typescript/bin/tsc');
try {
  const first: number[] = [];
  const cold: number[] = [];
  const unchanged: number[] = [];
  const tsc: number[] = [];
  const node: number[] = [];
  for (let run = 0; run < runs; run++) {
    remove(...outputs, compiledCode);
    first.push(buildSamples(folder, { upToDate: false }).seconds);
    remove(...outputs);
    cold.push(buildSamples(folder, { upToDate: false }).seconds);
    unchanged.push(buildSamples(folder, { upToDate: true }).seconds);
    tsc.push(runNode([typescript, '-p', folder]).seconds);
    node.push(runNode(['-e', '0']).seconds);
  }
  const row = (name: string, seconds: readonly number[], limit?: number): string[] => [
    name,
    `${median(seconds).toFixed(2)} s`,
    `${Math.min(...seconds).toFixed(2)} s`,
    `${Math.max(...seconds).toFixed(2)} s`,
    ...(limit === undefined
      ? ['', '']
      : [`${limit} s`, median(seconds) <= limit ? 'met' : 'MISSED']),
  ];
  console.log(
    table([
      ['tsnative build of all samples', 'median', 'least', 'most', 'aim', ''],
      row('the first since the compiler was installed', first),
      row('cold: no outputs, no cache', cold, limits.cold),
      row('unchanged', unchanged, limits.unchanged),
      row('for comparison: tsc of them', tsc),
      row('for comparison: node -e 0', node),
    ]),
  );
} finally {
  remove(folder);
}
