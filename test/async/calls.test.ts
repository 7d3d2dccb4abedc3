/** Async native functions: the results of JavaScript, off its thread, whatever ends meanwhile. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { buildProject, makeProject } from '../support/project.ts';

const here = new URL('./calls/', import.meta.url);
const project = makeProject({
  'src/program.ts': readFileSync(new URL('program.ts', here), 'utf8'),
});
const test = suite('async calls');
test.after(() => project.remove());

const program = (level: number): string => join(project.folder, `out-O${level}`, 'program.js');

interface Ran {
  readonly status: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

function run(script: string, args: readonly string[], env: Record<string, string> = {}): Ran {
  const file = fileURLToPath(new URL(script, here));
  const { status, signal, stdout, stderr } = spawnSync(
    process.execPath,
    ['--expose-gc', file, ...args],
    { encoding: 'utf8', env: { ...process.env, TSNATIVE: 'require', ...env }, timeout: 120_000 },
  );
  return { status, signal, stdout, stderr };
}

const output = (stdout: string, status = 0): Ran => ({ status, signal: null, stdout, stderr: '' });

test('the program builds', async () => {
  for (const level of [0, 3] as const) {
    const outDir = join(project.folder, `out-O${level}`);
    assert.equal((await buildProject(project, { level, outDir })).diagnostics, []);
  }
});

test('results, errors and what is written are those of plain JavaScript', () => {
  const plain = run('results.mjs', [program(3)], { TSNATIVE: 'off' });
  assert.equal(plain, output(plain.stdout));
  for (const level of [0, 3])
    for (const threads of ['1', '2', '16']) {
      const native = run('results.mjs', [program(level)], { TSNATIVE_TEST_THREADS: threads });
      assert.equal(native, plain, `-O${level}, ${threads} threads`);
    }
});

test('calls are off the thread of JavaScript, which may change, move and drop their arrays', () => {
  for (const level of [0, 3])
    assert.equal(run('native.mjs', [program(level)]), output('done\n'), `-O${level}`);
});

test('the process may exit in the middle of calls', () => {
  for (const threads of ['1', '2', '5'])
    assert.equal(
      run('ends.mjs', [program(3), 'exit'], { TSNATIVE_TEST_THREADS: threads }),
      output('leaving\n', 7),
    );
});

test('worker threads may end in the middle of calls, also of such that share memory', () => {
  for (const how of ['own', 'shared'])
    assert.equal(run('ends.mjs', [program(3), how, '12']), output('cycles 12\n'), how);
});

test('calls end with the worker thread that made them', () => {
  for (const level of [0, 3])
    for (const threads of ['1', '3'])
      assert.equal(
        run('ends.mjs', [program(level), 'freed', '3'], { TSNATIVE_TEST_THREADS: threads }),
        output('cycles 3\n'),
        `-O${level}, ${threads} threads`,
      );
});

test.run();
