/**
 * Native classes as JavaScript has them. A program and what it prints are the same as plain JavaScript, with
 * native code turned off, and natively; what only native code refuses, and when instances die, is tested apart.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { buildProject, makeProject, repository } from '../support/project.ts';

const folder = new URL('./classes/', import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, folder), 'utf8');
const project = makeProject({
  'src/particles.ts': read('particles.ts'),
  'src/shapes.ts': read('shapes.ts'),
  'program.mjs': read('program.mjs'),
  'refused.mjs': read('refused.mjs'),
  'lifetime.mjs': read('lifetime.mjs'),
});
const test = suite('native classes');
test.after(() => project.remove());

/** What a script prints whose argument is the folder of the modules. */
function run(script: string, modules: string, native: string, options: string[] = []): string {
  const result = spawnSync(
    process.execPath,
    [...options, join(project.folder, script), join(project.folder, modules)],
    {
      encoding: 'utf8',
      cwd: repository,
      env: { ...process.env, NODE_OPTIONS: '', TSNATIVE: native },
    },
  );
  assert.is(result.stderr, '');
  return result.stdout;
}

test('the program builds', async () => {
  for (const level of [0, 3] as const) {
    const { diagnostics } = await buildProject(project, {
      level,
      outDir: join(project.folder, `out-O${level}`),
    });
    assert.equal(diagnostics, []);
  }
});

test('it does what JavaScript does', () => {
  const plain = run('program.mjs', 'src', 'off', ['--import', 'tsx']);
  assert.match(plain, 'done');
  assert.is(run('program.mjs', 'out-O3', 'off'), plain, 'turned off');
  assert.is(run('program.mjs', 'out-O0', 'require'), plain, '-O0');
  assert.is(run('program.mjs', 'out-O3', 'require'), plain, '-O3');
});

test('what JavaScript lets pass is refused', () => {
  assert.is(run('refused.mjs', 'out-O0', 'require'), read('refused.txt'));
  assert.is(run('refused.mjs', 'out-O3', 'require'), read('refused.txt'));
});

test('instances die with their wrappers', () => {
  for (const out of ['out-O0', 'out-O3'])
    assert.is(run('lifetime.mjs', out, 'require', ['--expose-gc']), 'all freed\n');
});

test.run();
