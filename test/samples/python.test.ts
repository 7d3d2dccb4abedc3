/** The sample in Python: a Dask array on two workers of which one is killed half-way, and a function of SQLite's. */
import { execFileSync } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { buildProject, makeProject, repository } from '../support/project.ts';
import { testUnless } from '../support/skip.ts';
import { findPython } from '../libraries/python.ts';

const test = suite('samples/python');
const sample = makeProject({});
test.before(async () => {
  cpSync(join(repository, 'samples/python'), sample.folder, {
    recursive: true,
    filter: (path) => !path.startsWith(join(repository, 'samples/python/out')),
  });
  assert.equal((await buildProject(sample, { emit: ['python'] })).diagnostics, []);
});
test.after(() => rmSync(sample.folder, { recursive: true, force: true }));

function run(needs: readonly string[], script: string, ...args: string[]): string {
  const python = findPython(needs);
  const file = 'file' in python ? python.file : '';
  const env = { ...process.env, PYTHONDONTWRITEBYTECODE: '1' };
  return execFileSync(file, [join(sample.folder, script), ...args], {
    encoding: 'utf8',
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: 240_000,
  });
}

const problemOf = (...needs: string[]): string | undefined => {
  const python = findPython(needs);
  return 'problem' in python ? python.problem : undefined;
};

testUnless(
  problemOf('numpy', 'dask', 'distributed'),
  test,
  'the right result though a worker is killed',
  () => {
    const told = run(['numpy', 'dask', 'distributed'], 'satellite.py', '--size', '1536');
    assert.match(told, /^worker \d+ killed after 18 of 36 blocks$/m);
    assert.match(told, /^2359296 pixels, mean index -?\d\.\d+, \d new worker\(s\)$/m);
    assert.match(told, /^same bits as NumPy$/m);
  },
);

testUnless(problemOf('numpy'), test, 'a function of SQL', () => {
  const told = run(['numpy'], 'names.py', 'BERLYN');
  assert.is(told, 'Berlin   0.833\nBergen   0.667\nBern     0.667\n');
});

test.run();
