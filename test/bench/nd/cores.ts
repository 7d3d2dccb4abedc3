/** Functions of small arrays, as `guvectorize` makes them, beside native loops over typed arrays and loops in C. */
import { fileURLToPath } from 'node:url';
import { ndarray, type NdArray } from 'tsnative/nd';
import { compileC } from '../contenders/c.ts';
import type { Prepared } from '../contenders/types.ts';
import { aimed, table } from '../figures.ts';
import type { Kernel } from '../kernels/index.ts';
import { compare, Timer, type Budget } from '../measure.ts';

type Floats = NdArray<Float64Array>;
type Loops = (
  out: Float64Array,
  a: Float64Array,
  b: Float64Array,
  count: number,
  n: number,
  m: number,
) => void;

/** The module that `small.ts` is compiled to. */
export type Small = typeof import('./small.ts');

interface Core {
  readonly name: 'matvec' | 'rowSum' | 'matmul';
  readonly c: string;
  readonly sizes: readonly (readonly [count: number, n: number, m: number])[];
  /** The shapes of the result and of the arguments. */
  readonly shapes: (count: number, n: number, m: number) => readonly (readonly number[])[];
}

const cores: readonly Core[] = [
  {
    name: 'matvec',
    c: 'matvec',
    sizes: [
      [1, 1000, 1000],
      [1000, 30, 30],
      [100_000, 3, 3],
    ],
    shapes: (count, n, m) => [[count, n], [count, n, m], [m]],
  },
  {
    name: 'rowSum',
    c: 'row_sum',
    sizes: [
      [1000, 1000, 1],
      [100_000, 10, 1],
      [300_000, 3, 1],
    ],
    shapes: (count, n) => [[count], [count, n]],
  },
  {
    name: 'matmul',
    c: 'matmul',
    sizes: [
      [1, 200, 200],
      [1000, 20, 20],
      [50_000, 3, 3],
    ],
    shapes: (count, n, m) => [
      [count, n, n],
      [count, n, m],
      [count, m, n],
    ],
  },
];

/** What it should come to at least, of C's speed. */
const aim = 0.87;

const numbers = (count: number): Float64Array =>
  Float64Array.from({ length: count }, (_, i) => Math.sin(i) * 3);

/** Measures all of them; prints tables. @returns what is wrong with results */
export async function measureCores(small: Small, cpu: string, budget: Budget): Promise<string[]> {
  const cFile = fileURLToPath(new URL('./cores.c', import.meta.url));
  const parameters = [
    ...['out', 'a', 'b'].map((name) => ({ name, type: 'Float64Array' })),
    ...['count', 'n', 'm'].map((name) => ({ name, type: 'i32' })),
  ];
  const kernels = cores.map(
    ({ c: name }) =>
      ({ name, cFile, signature: { name, parameters, result: 'void' } }) as unknown as Kernel,
  );
  const inC = await compileC(kernels, cpu);
  const rows: string[][] = [['function', 'tsnative', 'C', 'of C', 'of native loops']];
  const [problems, aims]: [string[], string[]] = [[], []];
  for (const [index, core] of cores.entries())
    for (const [count, n, m] of core.sizes) {
      const arrays = core
        .shapes(count, n, m)
        .map((shape) => ndarray(numbers(shape.reduce((all, size) => all * size, 1)), [...shape]));
      const [out, a, b = a] = arrays as [Floats, Floats, Floats?];
      const given = [out.data, a.data, b.data, count, n, m] as const;
      const kernel = kernels[index]!;
      const cRun = inC(kernel)?.prepare([...given]);
      if (!cRun) throw new Error(`no C for ${core.name}`);
      const runs: Record<string, () => unknown> = {
        ours: () => small[core.name].into(...arrays),
        c: () => cRun.run(),
        loops: () => (small[`${core.name}Loops`] as Loops)(...given),
      };
      let expected: Float64Array | undefined;
      for (const [name, run] of Object.entries(runs)) {
        out.data.fill(0);
        run();
        expected ??= out.data.slice();
        if (!out.data.every((value, at) => Object.is(value, expected?.[at])))
          problems.push(`${name} has other results for ${core.name} of ${count}`);
      }
      const timer = (name: string): Timer =>
        new Timer({ run: runs[name]!, arrays: [] } satisfies Prepared, [[]]);
      const ours = timer('ours');
      const [byC, byLoops] = [
        compare(ours, timer('c'), budget),
        compare(ours, timer('loops'), budget),
      ];
      const title = `${core.name}, ${count} of ${core.name === 'rowSum' ? n : `${n} × ${m}`}`;
      const [low, high] = [byC.ratio.low.toFixed(2), byC.ratio.high.toFixed(2)];
      rows.push([
        title,
        `${byC.ours.toFixed(2)} ms`,
        `${byC.theirs.toFixed(2)} ms`,
        `${byC.ratio.median.toFixed(2)} (${low}–${high})`,
        byLoops.ratio.median.toFixed(2),
      ]);
      aims.push(
        aimed(byC.ratio.median >= aim, `${title}: ${byC.ratio.median.toFixed(2)} of C`, `${aim}`),
      );
    }
  console.log(`\n${table(rows)}\n\n${aims.join('\n')}`);
  console.log(callCost(small));
  return problems;
}

/** What a call costs whose work is next to none. */
function callCost({ matvec, matvecLoops }: Small): string {
  const [a, x, y] = [new Float64Array(9), new Float64Array(3), new Float64Array(3)];
  const [matrix, vector, out] = [ndarray(a, [3, 3]), ndarray(x), ndarray(y)];
  const cost = (call: () => void): string => {
    let least = Infinity;
    for (let round = 0; round < 40; round++) {
      const start = performance.now();
      for (let i = 0; i < 10_000; i++) call();
      least = Math.min(least, performance.now() - start);
    }
    return `${((least / 10_000) * 1e6).toFixed(0)} ns`;
  };
  const [ours, loops] = [
    cost(() => matvec.into(out, matrix, vector)),
    cost(() => matvecLoops(y, a, x, 1, 3, 3)),
  ];
  return `\nA call with one matrix of 3 × 3 takes ${ours}; native loops over typed arrays take ${loops}.`;
}
