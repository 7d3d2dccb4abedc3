/** Functions of small arrays on any number of threads, against what they are in JavaScript. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { lowerSources } from '../../compiler/front-end.ts';
import { buildProject, makeProject } from '../support/project.ts';

const here = new URL('./cores/', import.meta.url);
const project = makeProject({
  'src/program.ts': readFileSync(new URL('program.ts', here), 'utf8'),
});
const test = suite('cores');
test.after(() => project.remove());

const outDir = (level: number): string => join(project.folder, `out-O${level}`);

function run(program: string, env: Record<string, string>): string {
  const script = fileURLToPath(new URL('results.mjs', here));
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, [script, program], {
    encoding: 'utf8',
    env: { ...process.env, TSNATIVE: 'require', ...env },
    timeout: 300_000,
  });
  assert.equal({ status, signal, stderr }, { status: 0, signal: null, stderr: '' });
  return stdout;
}

test('those that only read their arguments run on all cores, others in order, and a build says why', async () => {
  for (const level of [0, 3] as const) {
    const { diagnostics, parallel, plain } = await buildProject(project, {
      level,
      outDir: outDir(level),
    });
    assert.equal(diagnostics, []);
    assert.equal(
      parallel.map(({ name }) => name),
      [
        ...['product', 'ranked', 'named', 'outside', 'caught', 'deep', 'viewed', 'looked'],
        ...['wide', 'placed'],
      ],
    );
    assert.equal(
      plain
        .filter(({ instead }) => !instead.startsWith('parallel'))
        .map(({ instead, refused }) => `${instead}: ${refused?.why}`),
      [
        'counted: `a.set` may write an argument.',
        'cleared: `view.set` may write an argument.',
        'through: `data[a.offset]` may write an argument.',
        'assigned: `other.set` may write an argument.',
        "quoted: `a['data']` may write an argument.",
        'repeated: `same.set` may write an argument.',
        'kept: `view = one` may write an argument.',
        'tallied: It may write a typed array of the module.',
      ],
    );
  }
});

test('any number of threads gives the results of plain JavaScript', () => {
  const plain = run(join(outDir(3), 'program.js'), { TSNATIVE: 'off' });
  assert.match(plain, /named RangeError: wrong: 1040 at 1 and 1040 at 2/);
  assert.match(plain, /outside RangeError: index 781 is outside axis 0 of size 4/);
  assert.match(plain, /deep RangeError: Maximum call stack size exceeded/);
  for (const [level, threads] of [
    [0, '16'],
    [3, '1'],
    [3, '2'],
    [3, '16'],
  ] as const) {
    const native = run(join(outDir(level), 'program.js'), { TSNATIVE_TEST_THREADS: threads });
    const lines = plain.split('\n');
    native.split('\n').forEach((line, index) => {
      assert.is(line, lines[index], `line ${index + 1}, -O${level}, ${threads} threads`);
    });
    assert.is(native, plain);
  }
});

test('what is said of a function that is pasted into loops is said of its own place', () => {
  const text = `import type { f64 } from 'tsnative';
import { guvectorize, vectorize, type NdArray } from 'tsnative/nd';
type A = NdArray<Float64Array>;
const table = new Float64Array(4);
/** @native */
export const matches = guvectorize('(n)->()', (a: A, y: A) => {
  y.set(/x/.test('a') ? 1 : 0);
});
/** @native */
export const evaluated = vectorize((x: f64) => eval('x'));
/** @native */
export const writes = vectorize((x: f64) => {
  table[0] = x;
  return x;
});`;
  const wrong = makeProject({ 'src/wrong.ts': text });
  try {
    const { diagnostics } = lowerSources(wrong.tsconfig);
    assert.equal(
      diagnostics.map(({ code, place, related }) =>
        [code, place?.line, place?.column, ...(related ?? []).map((one) => one.place?.line)].join(),
      ),
      ['TSN2001,7,9', 'TSN2203,10,48', 'TSN2254,13,3,12'],
    );
  } finally {
    wrong.remove();
  }
});

test.run();
