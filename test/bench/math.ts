/**
 * `npm run bench:math`: the functions of `Math` beside V8's, in a loop that LLVM can vectorise
 * (`out[i] = Math.exp(x[i])`) and in one that stays scalar (a sum of which each step needs the last). Both sides
 * run the same source in turn in one process; a figure is V8's time over ours, the median of the
 * ratios of neighbours.
 *
 *     npm run bench:math -- --cpu v3 --function exp --function log
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import yargs from 'yargs';
import { hideBin } from 'yargs/helpers';
import { buildProject, makeProject } from '../support/project.ts';
import { median, table } from './figures.ts';

/** Where the arguments lie: from, to, and the same for the second one. */
type Interval = readonly [number, number];

/** Functions with the arguments that programs give them; all take the common path there. */
const unary: Readonly<Record<string, Interval>> = {
  exp: [-20, 20],
  expm1: [-5, 5],
  log: [1e-3, 1e3],
  log1p: [-0.9, 100],
  log2: [1e-3, 1e3],
  log10: [1e-3, 1e3],
  sin: [-10, 10],
  cos: [-10, 10],
  tan: [-10, 10],
  asin: [-1, 1],
  acos: [-1, 1],
  atan: [-5, 5],
  sinh: [-5, 5],
  cosh: [-5, 5],
  tanh: [-3, 3],
  asinh: [-10, 10],
  acosh: [1, 100],
  atanh: [-0.99, 0.99],
  cbrt: [-100, 100],
};
const binary: Readonly<Record<string, readonly [Interval, Interval]>> = {
  pow: [
    [0.1, 10],
    [-5, 5],
  ],
  atan2: [
    [-5, 5],
    [-5, 5],
  ],
  hypot: [
    [-10, 10],
    [-10, 10],
  ],
};
const names = [...Object.keys(unary), ...Object.keys(binary)];

const {
  cpu,
  count,
  rounds,
  function: chosen,
} = yargs(hideBin(process.argv))
  .option('cpu', { type: 'string', default: 'baseline', describe: 'whose code is measured' })
  .option('count', { type: 'number', default: 100_000, describe: 'elements of the arrays' })
  .option('rounds', { type: 'number', default: 11, describe: 'pairs of runs' })
  .option('function', { array: true, choices: names, default: names })
  .strict()
  .parseSync();

type Map = (x: Float64Array, y: Float64Array, out: Float64Array) => void;
type Sum = (x: Float64Array, y: Float64Array) => number;

/** Both loops over a function, as a user writes them. */
const sourceOf = (name: string): string => {
  const call = `Math.${name}(${name in binary ? 'x[i]!, y[i]!' : 'x[i]!'})`;
  return `/** @native bounds: unchecked */
export function ${name}Map(x: Float64Array, y: Float64Array, out: Float64Array): void {
  for (let i = 0; i < x.length; i++) out[i] = ${call};
}
/** @native bounds: unchecked */
export function ${name}Sum(x: Float64Array, y: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum = 0.5 * sum + ${call};
  return sum;
}
`;
};

type Compiled = Readonly<Record<string, Map | Sum>>;

/** The functions as machine code and as JavaScript. */
async function build(): Promise<{ native: Compiled; javascript: Compiled }> {
  const project = makeProject({ 'src/loops.ts': chosen.map(sourceOf).join('\n') });
  try {
    const { diagnostics } = await buildProject(project, { cpu });
    if (diagnostics.length > 0) throw new Error(diagnostics.map((d) => d.message).join('\n'));
    process.env['TSNATIVE'] = 'require';
    const load = async (file: string): Promise<Compiled> =>
      (await import(pathToFileURL(join(project.folder, file)).href)) as Compiled;
    const native = await load('out/loops.js');
    const text = chosen.map(sourceOf).join('\n');
    // Types go: what is left of them is JavaScript.
    const plain = text.replace(/: (Float64Array|number|void)\b/g, '').replace(/\]!/g, ']');
    writeFileSync(join(project.folder, 'out/plain.js'), plain);
    return { native, javascript: await load('out/plain.js') };
  } finally {
    project.remove();
  }
}

/** Evenly spread numbers in an order, and of a number, that no branch predictor learns. */
function fill([from, to]: Interval, seed: number): Float64Array {
  let state = seed;
  return Float64Array.from({ length: count }, () => {
    state = (state * 16807) % 2147483647;
    return from + ((to - from) * state) / 2147483647;
  });
}

/** Nanoseconds an element that V8 and we take, and the ratio. */
function compare(ours: () => void, theirs: () => void): { ours: number; ratio: number } {
  const time = (run: () => void): number => {
    const start = performance.now();
    run();
    return ((performance.now() - start) * 1e6) / count;
  };
  for (let n = 0; n < 5; n++) [ours(), theirs()]; // V8 compiles its loops.
  const pairs = Array.from({ length: rounds }, () => [time(ours), time(theirs)] as const);
  return {
    ours: median(pairs.map(([a]) => a)),
    ratio: median(pairs.map(([a, b]) => b / a)),
  };
}

const { native, javascript } = await build();
const out = new Float64Array(count);
const slower: string[] = [];
const rows = chosen.map((name) => {
  const [first, second] = binary[name] ?? [unary[name] ?? [0, 1], [0, 1]];
  const x = fill(first, 1);
  const y = fill(second, 2);
  const run = (loops: Compiled, kind: 'Map' | 'Sum') => {
    const loop = loops[name + kind];
    if (loop === undefined) throw new Error(`no ${name}${kind}`);
    return () => void loop(x, y, out);
  };
  const map = compare(run(native, 'Map'), run(javascript, 'Map'));
  const sum = compare(run(native, 'Sum'), run(javascript, 'Sum'));
  if (map.ratio < 1 || sum.ratio < 1) slower.push(name);
  const ns = ({ ours }: { ours: number }): string => ours.toFixed(2);
  const times = ({ ratio }: { ratio: number }): string => `${ratio.toFixed(2)} ×`;
  return [name, ns(map), times(map), ns(sum), times(sum)];
});
console.log(table([['', 'map, ns', 'V8 / ours', 'sum, ns', 'V8 / ours'], ...rows]));
if (slower.length > 0) console.log(`slower than V8: ${slower.join(', ')}`);
