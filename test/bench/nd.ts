/**
 * `npm run bench:nd`: the hypotenuse of a million elements, as `vectorize` makes it, beside loops in C of the same clang,
 * loops in JavaScript, npm's ndarray with cwise, and @stdlib's. Arrays one after the other, broadcast, and across each
 * other. Then functions of small arrays, as `guvectorize` makes them. Fails where results differ.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { hostTarget } from '../../compiler/5-link/targets.ts';
import { detectCpu } from '../../compiler/cli/cpu.ts';
import { ndarray, type NdArray } from 'tsnative/nd';
import { buildProject, makeProject } from '../support/project.ts';
import { compileC } from './contenders/c.ts';
import type { Prepared } from './contenders/types.ts';
import { aimed, table } from './figures.ts';
import type { Kernel } from './kernels/index.ts';
import { compare, Timer } from './measure.ts';
import { measureCores, type Small } from './nd/cores.ts';

// One thread first: it is what C and the others have.
const threads = process.env['TSNATIVE_NUM_THREADS'];
const [rows, columns] = [1000, 1000];
const size = rows * columns;
const budget = { time: 4000, leastRounds: 15, mostRounds: 60 };

type Array = NdArray<Float64Array>;
interface Case {
  readonly name: string;
  readonly c: string;
  readonly b: Array;
  readonly second: Array;
  /** What it should come to at least, of C's speed. */
  readonly aim: number;
  readonly js: (out: Float64Array, b: Float64Array, c: Float64Array) => void;
}

const numbers = (count: number, by: number): Float64Array =>
  Float64Array.from({ length: count }, (_, i) => Math.sin(i * by) * 10);
const [left, right] = [numbers(2 * size, 0.7), numbers(2 * size, 0.3)];
const matrix = (data: Float64Array): Array => ndarray(data, [rows, columns]);

const cases: readonly Case[] = [
  {
    name: 'one after the other',
    c: 'hyp_flat',
    b: matrix(left),
    second: matrix(right),
    aim: 0.95,
    js: (out, b, c) => {
      for (let i = 0; i < out.length; i++) out[i] = Math.sqrt(b[i]! * b[i]! + c[i]! * c[i]!);
    },
  },
  {
    name: 'a row for all rows',
    c: 'hyp_row',
    b: matrix(left),
    second: ndarray(right, [columns]),
    aim: 0.9,
    js: (out, b, c) => {
      for (let i = 0; i < rows; i++)
        for (let j = 0; j < columns; j++) {
          const x = b[i * columns + j]!;
          out[i * columns + j] = Math.sqrt(x * x + c[j]! * c[j]!);
        }
    },
  },
  {
    name: 'a column for all columns',
    c: 'hyp_column',
    b: matrix(left),
    second: ndarray(right, [rows, 1]),
    aim: 0.9,
    js: (out, b, c) => {
      for (let i = 0; i < rows; i++)
        for (let j = 0; j < columns; j++) {
          const x = b[i * columns + j]!;
          out[i * columns + j] = Math.sqrt(x * x + c[i]! * c[i]!);
        }
    },
  },
  {
    name: 'one number',
    c: 'hyp_scalar',
    b: matrix(left),
    second: ndarray(right, []),
    aim: 0.9,
    js: (out, b, c) => {
      const y = c[0]!;
      for (let i = 0; i < out.length; i++) out[i] = Math.sqrt(b[i]! * b[i]! + y * y);
    },
  },
  {
    name: 'one of them transposed',
    c: 'hyp_transposed',
    b: ndarray(left, [columns, rows]).transpose(),
    second: matrix(right),
    aim: 0.9,
    js: (out, b, c) => {
      for (let i = 0; i < rows; i++)
        for (let j = 0; j < columns; j++) {
          const [x, y] = [b[j * rows + i]!, c[i * columns + j]!];
          out[i * columns + j] = Math.sqrt(x * x + y * y);
        }
    },
  },
  {
    name: 'every second element',
    c: 'hyp_steps',
    b: ndarray(left, [rows, columns], [2 * columns, 2]),
    second: ndarray(right, [rows, columns], [2 * columns, 2]),
    aim: 0.9,
    js: (out, b, c) => {
      for (let i = 0; i < out.length; i++) {
        const [x, y] = [b[2 * i]!, c[2 * i]!];
        out[i] = Math.sqrt(x * x + y * y);
      }
    },
  },
];

const require = createRequire(import.meta.url);
type Ndarray = (data: Float64Array, shape: number[], stride: number[], offset: number) => object;
const theirs = require('ndarray') as Ndarray;
const cwise = require('cwise') as (options: object) => (...arrays: object[]) => void;
const binary = require('@stdlib/ndarray-base-binary') as (
  arrays: object[],
  fn: (b: number, c: number) => number,
) => void;

// cwise reads the text of the function, so it has no types and nothing that a compiler adds.
const withCwise = cwise({
  args: ['array', 'array', 'array'],
  body: new Function('o', 'b', 'c', 'o = Math.sqrt(b * b + c * c)'),
});

const asNdarray = ({ data, shape, strides, offset }: Array): object =>
  theirs(data, shape, strides, offset);
const asStdlib = ({ data, shape, strides, offset }: Array): object => ({
  dtype: 'float64',
  data,
  shape,
  strides,
  offset,
  order: 'row-major',
});

async function main(): Promise<boolean> {
  const cpu = /-v[34]$/.test(detectCpu().level ?? '') ? 'v3' : 'baseline';
  const sourceOf = (file: string): string =>
    readFileSync(new URL(`./nd/${file}`, import.meta.url), 'utf8');
  const project = makeProject({
    'src/made.ts': sourceOf('made.ts'),
    'src/small.ts': sourceOf('small.ts'),
  });
  try {
    const outDir = join(project.folder, 'dist');
    const { diagnostics } = await buildProject(project, { outDir, level: 3, cpu });
    if (diagnostics.length > 0) throw new Error(JSON.stringify(diagnostics));
    process.env['TSNATIVE'] = 'require';
    type Hyp = { into(out: Array, b: Array, c: Array): Array; (b: Array, c: Array): Array };
    const { hyp, plain } = (await import(pathToFileURL(join(outDir, 'made.js')).href)) as {
      readonly hyp: Hyp;
      readonly plain: Hyp;
    };
    const cFile = fileURLToPath(new URL('./nd/hyp.c', import.meta.url));
    const parameters = [
      ...['out', 'b', 'c'].map((name) => ({ name, type: 'Float64Array' })),
      ...['rows', 'columns'].map((name) => ({ name, type: 'i32' })),
    ];
    // The very processor that ours is for.
    const [tier] = hostTarget(cpu).tiers;
    const c = await compileC(
      cases.map(
        ({ c: name }) =>
          ({ name, cFile, signature: { name, parameters, result: 'void' } }) as unknown as Kernel,
      ),
      tier?.cpu ?? cpu,
    );
    const rowsOfTable: string[][] = [
      ['operands', 'tsnative', 'C', 'of C', 'JavaScript', 'cwise', '@stdlib', 'plain vectorize'],
    ];
    const problems: string[] = [];
    const aims: string[] = [];
    for (const one of cases) {
      const out = matrix(new Float64Array(size));
      const full = one.second.broadcast([rows, columns]);
      const timer = (run: () => unknown): Timer =>
        new Timer({ run, arrays: [] } satisfies Prepared, [[]]);
      const inC = c({ name: one.c, cFile, signature: { name: one.c } } as unknown as Kernel);
      const cRun = inC?.prepare([out.data, one.b.data, one.second.data, rows, columns]);
      if (!cRun) throw new Error(`no C for ${one.name}`);
      const runs: Record<string, () => unknown> = {
        ours: () => hyp.into(out, one.b, one.second),
        c: () => cRun.run(),
        js: () => one.js(out.data, one.b.data, one.second.data),
        cwise: (
          (o, b, s) => () =>
            withCwise(o, b, s)
        )(asNdarray(out), asNdarray(one.b), asNdarray(full)),
        stdlib: (
          (list) => () =>
            binary(list, (x, y) => Math.sqrt(x * x + y * y))
        )([one.b, full, out].map(asStdlib)),
        plain: () => plain.into(out, one.b, one.second),
      };
      runs['js']!();
      const expected = out.data.slice();
      for (const [name, run] of Object.entries(runs)) {
        out.data.fill(0);
        run();
        if (!out.data.every((value, index) => Object.is(value, expected[index])))
          problems.push(`${name} has other results for ${one.name}`);
      }
      const ours = timer(runs['ours']!);
      const ratio = (name: string) => compare(ours, timer(runs[name]!), budget);
      const byC = ratio('c');
      const others = ['js', 'cwise', 'stdlib', 'plain'].map((name) => ratio(name));
      const [low, high] = [byC.ratio.low.toFixed(2), byC.ratio.high.toFixed(2)];
      rowsOfTable.push([
        one.name,
        `${byC.ours.toFixed(2)} ms`,
        `${byC.theirs.toFixed(2)} ms`,
        `${byC.ratio.median.toFixed(2)} (${low}–${high})`,
        ...others.map((pair) => `${pair.ratio.median.toFixed(1)} ×`),
      ]);
      aims.push(
        aimed(
          byC.ratio.median >= one.aim,
          `${one.name}: ${byC.ratio.median.toFixed(2)} of C`,
          `${one.aim}`,
        ),
      );
      console.error(`${one.name}: ${byC.ratio.median.toFixed(2)} of C`);
    }
    console.log(table(rowsOfTable));
    console.log(`\n${aims.join('\n')}`);
    console.log(aimed(temporaries(hyp) === 0, `${temporaries(hyp)} temporaries`, '0'));
    const small = (await import(pathToFileURL(join(outDir, 'small.js')).href)) as Small;
    problems.push(...(await measureCores(small, tier?.cpu ?? cpu, budget)));
    console.log(`\nThreads: ${threads ?? 'all'}. The code is for ${cpu}.`);
    for (const problem of problems) console.log(problem);
    return problems.length === 0;
  } finally {
    project.remove();
  }
}

/** How many arrays of the size of the result a call makes besides that. */
function temporaries(hyp: (b: Array, c: Array) => Array): number {
  const [b, c] = [matrix(left), matrix(right)];
  const before = process.memoryUsage().arrayBuffers;
  const made = hyp(b, c);
  const grown = process.memoryUsage().arrayBuffers - before;
  return Math.round((grown - made.data.byteLength) / made.data.byteLength);
}

process.exitCode = (await main()) ? 0 : 1;
