/** Async functions that tell how far they are. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { buildProject, makeProject } from '../support/project.ts';

const here = new URL('./progress/', import.meta.url);
const project = makeProject({
  'src/program.ts': readFileSync(new URL('program.ts', here), 'utf8'),
});
const test = suite('progress');
test.after(() => project.remove());

function run(script: string, level: number, env: Record<string, string>): string {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [fileURLToPath(new URL(script, here)), join(project.folder, `out-O${level}`, 'program.js')],
    { encoding: 'utf8', env: { ...process.env, TSNATIVE: 'require', ...env }, timeout: 120_000 },
  );
  assert.equal({ status, stderr }, { status: 0, stderr: '' });
  return stdout;
}

test('the program builds', async () => {
  for (const level of [0, 3] as const) {
    const outDir = join(project.folder, `out-O${level}`);
    assert.equal((await buildProject(project, { level, outDir })).diagnostics, []);
  }
});

test('results, errors and what is told last are those of plain JavaScript', () => {
  const plain = run('results.mjs', 3, { TSNATIVE: 'off' });
  assert.match(plain, /^burn .* last 1 $/m);
  assert.not.match(plain, /late/);
  for (const level of [0, 3])
    for (const threads of ['1', '2', '16']) {
      const native = run('results.mjs', level, { TSNATIVE_TEST_THREADS: threads });
      assert.is(native, plain, `-O${level}, ${threads} threads`);
    }
});

test('it is told at most 20 times a second, and native code ends when that throws', () => {
  for (const [level, threads] of [
    [0, '1'],
    [3, '3'],
  ] as const) {
    const told = run('native.mjs', level, { TSNATIVE_TEST_THREADS: threads });
    console.log(`» told at -O${level} with ${threads} threads, times: ${told.trim()}`);
  }
});

test.run();
