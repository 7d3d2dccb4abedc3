/**
 * Random programs, compared between V8, the interpreter of the IR and machine code:
 *
 *     npm run fuzz -- --count 20000 --seed 1
 *     npm run fuzz -- --seed 1 --only 1234      one program again
 *     npm run fuzz -- --heap 0                  numbers and typed arrays alone, which is faster
 */
import { parseArgs } from 'node:util';
import type { OptimizationLevel, ToolchainName } from '../../compiler/5-link/types.ts';
import { showArguments } from './arguments.ts';
import { fuzz, type Found, type FuzzOptions, type Tally } from './fuzz.ts';
import { makeProgram, usualHeapShare, usualParallelShare } from './generate/program.ts';
import { typescriptOf } from './program.ts';
import { describe, save } from './report.ts';
import { shrink } from './shrink.ts';

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
    // How many of the programs have values on the heap, from 0 to 1.
    heap: { type: 'string', default: String(usualHeapShare) },
    // How many have parallel loops, and then nothing on the heap.
    parallel: { type: 'string', default: String(usualParallelShare) },
    batch: { type: 'string', default: '400' },
    jobs: { type: 'string', default: '2' },
    level: { type: 'string' },
    'interpret-only': { type: 'boolean', default: false },
    toolchain: { type: 'string', default: 'bundled' },
    // How many failures are made smaller, and how long each may take.
    shrink: { type: 'string', default: '3' },
    'shrink-seconds': { type: 'string', default: '180' },
  },
});

const only = values.only === undefined ? undefined : Number(values.only);
const options: FuzzOptions = {
  seed: Number(values.seed),
  first: only ?? 0,
  count: only === undefined ? Number(values.count) : 1,
  heapShare: Number(values.heap),
  parallelShare: Number(values.parallel),
  batch: Number(values.batch),
  jobs: Number(values.jobs),
  level: values.level === undefined ? undefined : (Number(values.level) as OptimizationLevel),
  interpretOnly: values['interpret-only'],
  toolchain: values.toolchain as ToolchainName,
};
const start = performance.now();
const terminal = process.stdout.isTTY;
const seconds = (): string => `${((performance.now() - start) / 1000).toFixed(0)} s`;
const percent = (part: number, whole: number): string =>
  `${((100 * part) / Math.max(1, whole)).toFixed(2)} %`;

let told = 0;

/** Failures as they are found, and on a terminal a line that tells how far it is. */
function showProgress(tally: Tally): void {
  for (; told < tally.failures.length; told++) {
    const found = tally.failures[told];
    if (found)
      console.log(
        `${terminal ? '\r\x1b[2K' : ''}program ${found.program.index}: ${found.failure.what}`,
      );
  }
  if (!terminal) return;
  const line = `${tally.programs}/${options.count} programs, ${tally.failures.length} disagreements, ${seconds()}`;
  process.stdout.write(`\r\x1b[2K${line}`);
}

const tally = await fuzz(options, showProgress);
if (terminal) process.stdout.write('\r\x1b[2K');
const elapsed = seconds();
if (only !== undefined) showOnly(only);
await reportFailures(tally.failures);
console.log(
  [
    `${tally.programs} programs, ${tally.calls} calls`,
    `${tally.failures.length} disagreements`,
    `discarded: ${tally.discarded} programs, ${percent(tally.discarded, tally.programs)}${reasons()}`,
    `stopped by a check: ${tally.stopped} calls, ${percent(tally.stopped, tally.calls)}`,
    `without V8, as they call approximated functions: ${tally.approximate} programs`,
    `seed ${options.seed}, ${elapsed}`,
  ].join('\n'),
);
process.exitCode = tally.failures.length === 0 ? 0 : 1;

function reasons(): string {
  const list = [...tally.reasons].map(([reason, count]) => `${reason}: ${count}`);
  return list.length === 0 ? '' : ` (${list.join(', ')})`;
}

function showOnly(index: number): void {
  const program = makeProgram(options.seed, index, options.heapShare, options.parallelShare);
  console.log(typescriptOf(program));
  for (const set of program.sets)
    console.log(`// entry(\n${showArguments(set).replace(/^/gm, '//   ')}\n// )`);
}

/** Makes some failures smaller, of each kind one at first, and prints and saves all of them. */
async function reportFailures(failures: readonly Found[]): Promise<void> {
  const kinds = new Set<string>();
  const first = failures.filter(
    ({ failure }) => !kinds.has(failure.what) && kinds.add(failure.what),
  );
  const others = failures.filter((found) => !first.includes(found));
  let left = Number(values.shrink);
  for (const found of [...first, ...others]) {
    const { program, failure } = found;
    const command = `npm run fuzz -- --seed ${options.seed} --heap ${options.heapShare} --parallel ${options.parallelShare} --only ${program.index}`;
    const limits = { milliseconds: Number(values['shrink-seconds']) * 1000 };
    const needsNative = /^(machine code|native|the compiler fails)/.test(failure.what);
    const batch = needsNative ? found.options : { ...found.options, native: undefined };
    const smaller =
      left-- > 0 ? await shrink({ program, failure }, batch, limits) : { program, failure };
    const text = await describe(smaller.program, smaller.failure, command);
    const path = save(`seed-${options.seed}-program-${program.index}`, text);
    if (left >= 0) console.log(`\n${text}`);
    console.log(`${failure.what}: program ${program.index}, ${path}`);
  }
}
