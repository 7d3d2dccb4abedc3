/**
 * How free the event loop is while native code computes on all cores, and how soon that ends when it is aborted:
 *
 *     npm run bench:timer
 *
 * prints how late a timer of 1 ms is, alone and beside a kernel of about a second, the time from `abort()` until the pool's
 * threads are free again, and how long a call with an array of 100 MB keeps the event loop, which copies that.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildProject, makeProject } from '../support/project.ts';
import { aimed } from './figures.ts';

const source = `
import { parallel } from 'tsnative';
import type { i32 } from 'tsnative';

/** @native */
export async function kernel(parts: i32, rounds: number, signal?: AbortSignal): Promise<number> {
  return parallel.sum(parts, (i: i32) => {
    let x = 0.25 + i / parts / 2;
    for (let k = 0; k < rounds; k++) x = 3.7 * x * (1 - x);
    return x;
  });
}

/** @native */
export async function firstOf(values: Float64Array): Promise<number> {
  return values[0];
}
`;

interface Program {
  firstOf(values: Float64Array): Promise<number>;
  kernel(parts: number, rounds: number, signal?: AbortSignal): Promise<number>;
}

const parts = 256;

/** Runs timers of 1 ms until a promise settles, or for a second; how long each took, in ms, sorted. */
async function timers(until?: Promise<unknown>): Promise<number[]> {
  let going = true;
  void (until ?? new Promise((resolve) => setTimeout(resolve, 1000))).then(() => (going = false));
  const taken: number[] = [];
  while (going) {
    const start = performance.now();
    await new Promise((resolve) => setTimeout(resolve, 1));
    taken.push(performance.now() - start);
  }
  return taken.sort((a, b) => a - b);
}

const share = (sorted: readonly number[], part: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? NaN;

/** @param aim the part of the times, and what that should stay below, in ms */
function tell(name: string, sorted: readonly number[], aim?: readonly [number, number]): void {
  const [middle, most, worst] = [0.5, 0.99, 1].map((part) => share(sorted, part).toFixed(2));
  const text = `${name.padEnd(34)} ${String(sorted.length).padStart(5)} × median ${middle} ms, p99 ${most} ms, worst ${worst} ms`;
  if (!aim) return console.log(`  ${text}`);
  const [part, limit] = aim;
  console.log(
    aimed(share(sorted, part) < limit, text, `${part === 1 ? 'worst' : 'p99'} < ${limit} ms`),
  );
}

const project = makeProject({ 'src/program.ts': source });
try {
  const outDir = join(project.folder, 'out');
  await buildProject(project, { level: 3, outDir });
  process.env['TSNATIVE'] = 'require';
  const program = (await import(pathToFileURL(join(outDir, 'program.js')).href)) as Program;
  const start = performance.now();
  await program.kernel(parts, 20_000);
  const rounds = Math.round((20_000 * 1000) / (performance.now() - start));

  tell('a timer of 1 ms, alone', await timers());
  const began = performance.now();
  const running = program.kernel(parts, rounds);
  const beside = await timers(running);
  tell(`beside a kernel of ${(performance.now() - began).toFixed(0)} ms`, beside, [0.99, 10]);

  const ends: number[] = [];
  for (let n = 0; n < 20; n++) {
    const controller = new AbortController();
    const aborted = program.kernel(parts, rounds * 10, controller.signal).catch(() => {});
    await new Promise((resolve) => setTimeout(resolve, 20));
    const from = performance.now();
    controller.abort();
    await aborted;
    // It runs on the thread that is free first.
    await program.kernel(1, 1);
    ends.push(performance.now() - from);
  }
  ends.sort((a, b) => a - b);
  tell('from abort to a free thread', ends, [1, 20]);

  const values = new Float64Array(100e6 / 8).fill(1);
  const copies: number[] = [];
  for (let n = 0; n < 20; n++) {
    const from = performance.now();
    const called = program.firstOf(values);
    copies.push(performance.now() - from);
    await called;
  }
  tell(
    'a call with an array of 100 MB',
    copies.sort((a, b) => a - b),
  );
} finally {
  project.remove();
}
