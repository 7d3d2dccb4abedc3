/** Worker threads that start and end, in the middle of parallel loops and async calls too; `npm run cycles` has more of them. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { TestProject } from '../support/project.ts';
import { buildCycles, runCycles } from './cycles/run.ts';

const test = suite('cycles');
let project: TestProject;
test.before(async () => {
  project = await buildCycles();
});
test.after(() => project.remove());

test('worker threads come and go, and leave no threads', () => {
  for (const threads of [1, 2, 5]) {
    const env = { TSNATIVE_TEST_THREADS: String(threads) };
    const { results, ...ran } = runCycles(project, 12, env, 300);
    assert.is(results.length, 1);
    // The main thread, at most as many of the pool as there may be, and the engine's.
    assert.ok(ran.threads <= 1 + threads + 16, `${ran.threads} threads`);
  }
});

test.run();
