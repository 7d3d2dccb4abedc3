/** The pool: the same results with any number of threads, errors of the lowest iteration, many callers at once. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { buildProject, makeProject } from '../support/project.ts';

const here = new URL('./pool/', import.meta.url);
const project = makeProject({
  'src/program.ts': readFileSync(new URL('program.ts', here), 'utf8'),
  'src/edges.ts': readFileSync(new URL('../../conformance/heap/parallel-edges.ts', here), 'utf8'),
});
const test = suite('pool');
test.after(() => project.remove());

const outDir = (level: number): string => join(project.folder, `out-O${level}`);

function run(script: string, args: readonly string[], env: Record<string, string>): string {
  const file = fileURLToPath(new URL(script, here));
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, [file, ...args], {
    encoding: 'utf8',
    env: { ...process.env, TSNATIVE: 'require', ...env },
    timeout: 120_000,
  });
  assert.equal({ status, signal, stderr }, { status: 0, signal: null, stderr: '' });
  return stdout;
}

test('the program builds', async () => {
  for (const level of [0, 3] as const) {
    const { diagnostics } = await buildProject(project, { level, outDir: outDir(level) });
    assert.equal(diagnostics, []);
  }
});

test('any number of threads gives the results of plain JavaScript', () => {
  const program = join(outDir(3), 'program.js');
  const plain = run('results.mjs', [program], { TSNATIVE: 'off' });
  assert.match(plain, /RangeError: number 777 fails/);
  assert.match(plain, /Maximum call stack size exceeded/);
  for (const level of [0, 3])
    for (const threads of ['1', '2', '3', '16']) {
      const native = run('results.mjs', [join(outDir(level), 'program.js')], {
        TSNATIVE_TEST_THREADS: threads,
      });
      assert.equal(native, plain, `-O${level}, ${threads} threads`);
    }
  const limited = run('results.mjs', [program], { TSNATIVE_NUM_THREADS: '1' });
  assert.equal(limited, plain, 'TSNATIVE_NUM_THREADS=1');
});

test('so do the cases that go wrong most easily, each time', () => {
  const program = (level: number): string => join(outDir(level), 'edges.js');
  const plain = run('cases.mjs', [program(3)], { TSNATIVE: 'off' });
  assert.match(plain, /RangeError: row 12, column 20/);
  for (const [level, threads, times] of [
    [0, '16', 1],
    [3, '1', 1],
    [3, '2', 2],
    [3, '3', 2],
    [3, '16', 5],
  ] as const)
    for (let time = 0; time < times; time++) {
      const native = run('cases.mjs', [program(level)], { TSNATIVE_TEST_THREADS: threads });
      assert.equal(native, plain, `-O${level}, ${threads} threads`);
    }
});

test('threads of JavaScript share the pool, and may end in the middle', () => {
  if (process.platform !== 'linux') return console.log('» skipped: threads are counted in /proc');
  const program = join(outDir(3), 'program.js');
  const told = (threads: string): { most: number; results: number[] } =>
    JSON.parse(run('workers.mjs', [program, '4', '6'], { TSNATIVE_TEST_THREADS: threads })) as {
      most: number;
      results: number[];
    };
  for (const threads of ['1', '2', '5']) assert.is(told(threads).results.length, 1);
});

test('there is one pool, also where the first loops begin at the same moment', () => {
  if (process.platform !== 'linux') return console.log('» skipped: threads are counted in /proc');
  const program = join(outDir(3), 'program.js');
  for (let time = 0; time < 5; time++) {
    const threads = Number(run('first.mjs', [program, '4'], { TSNATIVE_TEST_THREADS: '3' }));
    assert.ok(threads <= 2, `${threads} threads beside those of JavaScript`);
  }
});

test.run();
