/**
 * Classes of errors across the boundary: a program and what it prints are the same as plain JavaScript, with native
 * code turned off, and natively, for fields that JavaScript defines and for those that it assigns.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { baseConfig, buildProject, makeProject, repository } from '../support/project.ts';

const folder = new URL('./error-classes/', import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, folder), 'utf8');
const test = suite('classes of errors');

for (const useDefineForClassFields of [true, false]) {
  const project = makeProject(
    {
      'src/errors.ts': read('errors.ts'),
      'src/parse.ts': read('parse.ts'),
      'program.mjs': read('program.mjs'),
      'wrong.mjs': read('wrong.mjs'),
      'leaks.mjs': read('leaks.mjs'),
    },
    {
      ...baseConfig,
      compilerOptions: { ...baseConfig.compilerOptions, useDefineForClassFields },
    },
  );
  test.after(() => project.remove());
  const run = (script: string, modules: string, native: string): string => {
    const result = spawnSync(
      process.execPath,
      ['--expose-gc', join(project.folder, script), join(project.folder, modules), 'js'],
      {
        encoding: 'utf8',
        cwd: repository,
        env: { ...process.env, NODE_OPTIONS: '', TSNATIVE: native },
      },
    );
    assert.is(result.stderr, '');
    return result.stdout;
  };
  const kind = useDefineForClassFields ? 'defined' : 'assigned';

  test(`fields that are ${kind}`, async () => {
    for (const level of [0, 3] as const) {
      const outDir = join(project.folder, `out-O${level}`);
      const { diagnostics } = await buildProject(project, { level, outDir });
      assert.equal(diagnostics, []);
    }
    const plain = run('program.mjs', 'out-O3', 'off');
    assert.match(plain, 'done');
    assert.is(run('program.mjs', 'out-O0', 'require'), plain, '-O0');
    assert.is(run('program.mjs', 'out-O3', 'require'), plain, '-O3');
  });

  test(`what is wrong with a field is told, where fields are ${kind}`, () => {
    assert.is(run('wrong.mjs', 'out-O3', 'require'), read('wrong.txt'));
  });

  test(`nothing leaks, where fields are ${kind}`, () => {
    assert.is(run('leaks.mjs', 'out-O0', 'require'), '0\n');
    assert.is(run('leaks.mjs', 'out-O3', 'require'), '0\n');
  });
}

test.run();
