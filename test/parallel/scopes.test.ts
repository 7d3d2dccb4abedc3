/** `withThreads`: how many threads compute in what it calls, whatever that awaits. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { withThreads } from '../../runtime/index.ts';
import { buildProject, makeProject, repository } from '../support/project.ts';

const here = new URL('./scopes/', import.meta.url);
const project = makeProject({
  'src/program.ts': readFileSync(new URL('program.ts', here), 'utf8'),
});
const outDir = join(project.folder, 'out');
const test = suite('withThreads');
test.after(() => project.remove());

test('what it takes and gives', async () => {
  assert.is(
    withThreads(1, () => 7),
    7,
  );
  assert.is(await withThreads(3, async () => 'later'), 'later');
  assert.throws(
    () =>
      withThreads(2, () => {
        throw new Error('its own');
      }),
    /^its own$/,
  );
  for (const wrong of [0, -1, 1.5, NaN, Infinity])
    assert.throws(
      () => withThreads(wrong, () => 1),
      (error: unknown) =>
        error instanceof RangeError && /whole number of at least 1/.test(error.message),
    );
  for (const wrong of ['2', undefined, null, 2n])
    assert.throws(
      () => withThreads(wrong as never, () => 1),
      (error: unknown) => error instanceof TypeError && /must be a number/.test(error.message),
    );
  assert.throws(
    () => withThreads(2, 5 as never),
    (error: unknown) => error instanceof TypeError && /must be a function/.test(error.message),
  );
});

test('the program builds', async () => {
  assert.equal((await buildProject(project, { outDir })).diagnostics, []);
});

interface Told {
  readonly phases: Readonly<Record<string, { readonly most: number; readonly result: unknown }>>;
  readonly pools: unknown;
}

test('so many threads compute', () => {
  const args = [
    fileURLToPath(new URL('threads.mjs', here)),
    join(outDir, 'program.js'),
    join(repository, 'dist/runtime/index.js'),
  ];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    env: { ...process.env, TSNATIVE: 'require', TSNATIVE_TEST_THREADS: '4' },
  });
  assert.equal({ status, stderr }, { status: 0, stderr: '' });
  const { phases, pools } = JSON.parse(stdout) as Told;
  const most = Object.fromEntries(
    Object.entries(phases).map(([name, phase]) => [name, phase.most]),
  );
  console.log(`» threads that computed: ${JSON.stringify(most)}`);
  const limits = {
    ...{ 'loop 1': 1, 'loop 2': 2, 'loop 3': 3, loop: 4, 'calls 1': 1, 'calls 2': 2, 'calls 3': 3 },
    ...{ calls: 4, 'behind await': 2, interleaved: 3, nested: 2, around: 2, early: 2 },
  };
  for (const [name, limit] of Object.entries(limits))
    assert.ok((most[name] ?? Infinity) <= limit, `${name}: ${most[name]}`);
  // Without a limit there are more, so the counting counts.
  assert.ok(Math.max(most['loop'] ?? 0, most['calls'] ?? 0) > 2);
  const results = Object.values(phases).map(({ result }) => result);
  const [first] = results;
  assert.ok(results.flat(3).every((result) => result === first));
  assert.equal(pools, {
    none: { threads: 4, from: 'variable' },
    two: { threads: 2, from: 'withThreads' },
    nested: { threads: 2, from: 'withThreads' },
    many: { threads: 4, from: 'variable' },
  });
});

test.run();
