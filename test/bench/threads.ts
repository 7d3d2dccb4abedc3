/**
 * What threads are worth:
 *
 *     npm run bench:threads
 *
 * runs each kernel of `threads-work.ts` with one thread and with two in turn, and prints the medians with the ratio of
 * neighbouring runs; then what a region costs in which there is nothing to do.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { withThreads } from '../../runtime/index.ts';
import { buildProject, makeProject } from '../support/project.ts';
import { aimed, median } from './figures.ts';

interface Program {
  mandelbrot(out: Uint16Array, width: number, height: number): void;
  nbody(accelerations: Float64Array, bodies: Float64Array, n: number): void;
  matmul(c: Float64Array, a: Float64Array, b: Float64Array, n: number): void;
  triangular(out: Float64Array): void;
  short(out: Float64Array, regions: number): void;
  open(out: Float64Array, regions: number): void;
}

const rounds = 11;

const timed = (run: () => void): number => {
  const start = performance.now();
  run();
  return performance.now() - start;
};

/** Prints how much faster two threads are, of pairs of runs. */
function compare(name: string, aim: number, run: () => void): void {
  const [one, two]: [number[], number[]] = [[], []];
  run();
  for (let round = 0; round < rounds; round++) {
    one.push(withThreads(1, () => timed(run)));
    two.push(withThreads(2, () => timed(run)));
  }
  const ratio = median(one.map((time, round) => time / (two[round] ?? NaN)));
  const times = [median(one), median(two)].map((time) => `${time.toFixed(1)} ms`.padStart(9));
  const figure = `${name.padEnd(28)} ${times.join(' ')} ${ratio.toFixed(2)} ×`;
  console.log(aimed(ratio >= aim, figure, `≥ ${aim}`));
}

/** Prints what a region takes. */
function overhead(name: string, regions: number, run: () => void): void {
  run();
  const times = Array.from({ length: rounds }, () => (timed(run) / regions) * 1000);
  const cost = median(times);
  console.log(aimed(cost <= 5, `${name.padEnd(28)} ${cost.toFixed(2)} µs a region`, '≤ 5'));
}

const source = readFileSync(new URL('threads-work.ts', import.meta.url), 'utf8');
const project = makeProject({ 'src/work.ts': source });
try {
  const outDir = join(project.folder, 'out');
  const { diagnostics } = await buildProject(project, { level: 3, outDir });
  if (diagnostics.length > 0) throw new Error(JSON.stringify(diagnostics));
  process.env['TSNATIVE'] = 'require';
  const program = (await import(pathToFileURL(join(outDir, 'work.js')).href)) as Program;
  const random = (length: number): Float64Array =>
    Float64Array.from({ length }, (_, i) => ((i * 7919) % 1009) / 1009);
  console.log(`  ${'kernel'.padEnd(28)}  1 thread 2 threads`);
  const pixels = new Uint16Array(800 * 600);
  compare('Mandelbrot, 800 × 600', 1.85, () => program.mandelbrot(pixels, 800, 600));
  const [pull, bodies] = [new Float64Array(3 * 6000), random(4 * 6000)];
  compare('n-body, 6000, all pairs', 1.85, () => program.nbody(pull, bodies, 6000));
  const [c, a, b] = [random(800 * 800), random(800 * 800), random(800 * 800)];
  compare('matrices, 800 × 800', 1.85, () => program.matmul(c, a, b, 800));
  const sums = new Float64Array(6000);
  compare('triangle, 6000 rows', 1.6, () => program.triangular(sums));
  const two = new Float64Array(2);
  overhead('a loop of 2, not opened', 20_000, () => program.short(two, 20_000));
  overhead('two functions, pool awake', 20_000, () => program.open(two, 20_000));
} finally {
  project.remove();
}
