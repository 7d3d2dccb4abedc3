/**
 * Native methods of classes that are JavaScript's: a program and what it prints are the same as plain JavaScript, with native
 * code turned off, and natively.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { buildProject, makeProject, repository } from '../support/project.ts';

const read = (name: string): string =>
  readFileSync(new URL(`./methods/${name}`, import.meta.url), 'utf8');
const project = makeProject({
  'src/filters.ts': read('filters.ts'),
  'program.mjs': read('program.mjs'),
});
const test = suite('native methods of JavaScript classes');
test.after(() => project.remove());

function run(modules: string, native: string, options: string[] = []): string {
  const result = spawnSync(
    process.execPath,
    [...options, join(project.folder, 'program.mjs'), join(project.folder, modules)],
    {
      encoding: 'utf8',
      cwd: repository,
      env: { ...process.env, NODE_OPTIONS: '', TSNATIVE: native },
    },
  );
  assert.is(result.stderr, '');
  return result.stdout;
}

test('the program builds, and native code is what runs', async () => {
  for (const level of [0, 3] as const) {
    const outDir = join(project.folder, `out-O${level}`);
    const { diagnostics, functions } = await buildProject(project, { level, outDir });
    assert.equal(diagnostics, []);
    const tagged = functions.filter((fn) => fn.tagged).map(({ name }) => name);
    assert.equal(tagged.sort(), [
      'Filter.chained',
      'Filter.failAt',
      'Filter.insides',
      'Filter.mean',
      'Filter.push',
      'Filter.toggle',
    ]);
  }
});

test('methods do what JavaScript does', () => {
  const plain = run('src', 'off', ['--import', 'tsx']);
  assert.match(plain, 'done');
  assert.is(run('out-O3', 'off'), plain, 'turned off');
  assert.is(run('out-O0', 'require'), plain, '-O0');
  assert.is(run('out-O3', 'require'), plain, '-O3');
});

test.run();
