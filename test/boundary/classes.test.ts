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
  'src/arrays.ts': read('arrays.ts'),
  'program.mjs': read('program.mjs'),
  'arrays.mjs': read('arrays.mjs'),
  'random-arrays.mjs': read('random-arrays.mjs'),
  'refused.mjs': read('refused.mjs'),
  'refused-arrays.mjs': read('refused-arrays.mjs'),
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
      targets: [`${process.platform}-${process.arch}`, 'wasm32'],
      outDir: join(project.folder, `out-O${level}`),
    });
    assert.equal(diagnostics, []);
  }
});

for (const script of ['program.mjs', 'arrays.mjs', 'random-arrays.mjs'])
  test(`${script} does what it does as JavaScript`, () => {
    const plain = run(script, 'src', 'off', ['--import', 'tsx']);
    assert.match(plain, 'done');
    assert.is(run(script, 'out-O3', 'off'), plain, 'turned off');
    assert.is(run(script, 'out-O0', 'require'), plain, '-O0');
    assert.is(run(script, 'out-O3', 'require'), plain, '-O3');
    assert.is(run(script, 'out-O3', 'wasm'), plain, 'WebAssembly');
  });

for (const script of ['refused', 'refused-arrays'])
  test(`what JavaScript lets pass is refused: ${script}.mjs`, () => {
    const expected = read(`${script}.txt`);
    assert.is(run(`${script}.mjs`, 'out-O0', 'require'), expected, '-O0');
    assert.is(run(`${script}.mjs`, 'out-O3', 'require'), expected, '-O3');
    assert.is(run(`${script}.mjs`, 'out-O3', 'wasm'), expected, 'WebAssembly');
  });

test('instances die with their wrappers', () => {
  for (const out of ['out-O0', 'out-O3'])
    assert.is(run('lifetime.mjs', out, 'require', ['--expose-gc']), 'all freed\n');
});

test.run();
