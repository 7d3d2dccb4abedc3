/** Native functions as tasks. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { buildProject, makeProject } from '../support/project.ts';

const test = suite('graphs of native functions');

const project = makeProject({
  'src/kernels.ts': `
    import type { f64 } from 'tsnative';
    /** @native */
    export function scaled(a: Float64Array, by: f64): Float64Array {
      const out = new Float64Array(a.length);
      for (let i = 0; i < a.length; i++) out[i] = a[i]! * by;
      return out;
    }
    /** @native */
    export function sumOf(a: Float64Array): f64 {
      let sum = 0;
      for (let i = 0; i < a.length; i++) sum += a[i]!;
      return sum;
    }
    export const add = (a: number, b: number): number => a + b;
    /** @native */
    export function fails(a: Float64Array): f64 {
      return a[a.length]!;
    }
  `,
  'src/main.ts': `
    import { info } from 'tsnative';
    import { blockwise, chunked, compute, task } from 'tsnative/graphs';
    import { add, fails, scaled, sumOf } from './kernels.js';
    declare const console: { log(text: string): void };
    const a = Float64Array.from({ length: 1000 }, (_, i) => Math.sin(i));
    const sum = blockwise(scaled, chunked(a, { chunk: 64 }), 1 / 3).reduce(sumOf, add);
    const results: unknown[] = [info().modules.length];
    for (const scheduler of ['sync', 'threads'] as const)
      results.push(
        await compute(sum, { scheduler }),
        await compute(task(fails)(a), { scheduler }).catch((error: Error) => error.message),
      );
    console.log(JSON.stringify(results));
  `,
});
test.after(() => project.remove());

test('they run in workers, and throw there, as on the main thread', async () => {
  const result = await buildProject(project);
  assert.equal(result.diagnostics, []);
  const output = execFileSync(process.execPath, [join(project.folder, 'out/main.js')]);
  const [modules, sum, error, ...others] = JSON.parse(String(output)) as unknown[];
  assert.is(modules, 1);
  assert.type(sum, 'number');
  assert.match(String(error), /^task fails failed: RangeError: .*1000/);
  assert.equal(others, [sum, error]);
});

test.run();
