/** Async functions that an AbortSignal ends. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { buildProject, makeProject } from '../support/project.ts';

const here = new URL('./signals/', import.meta.url);
const project = makeProject({
  'src/program.ts': readFileSync(new URL('program.ts', here), 'utf8'),
});
const test = suite('signals');
test.after(() => project.remove());

const program = (level: number): string => join(project.folder, `out-O${level}`, 'program.js');

test('the program builds', async () => {
  for (const level of [0, 3] as const) {
    const outDir = join(project.folder, `out-O${level}`);
    assert.equal((await buildProject(project, { level, outDir })).diagnostics, []);
  }
});

test('calls that are aborted reject with the reason, and end', () => {
  for (const [level, threads] of [
    [0, '2'],
    [3, '1'],
    [3, '3'],
  ] as const) {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [fileURLToPath(new URL('native.mjs', here)), program(level)],
      {
        encoding: 'utf8',
        env: { ...process.env, TSNATIVE: 'require', TSNATIVE_TEST_THREADS: threads },
        timeout: 120_000,
      },
    );
    assert.equal({ status, stderr }, { status: 0, stderr: '' }, `-O${level}, ${threads} threads`);
    console.log(`» aborted at -O${level} with ${threads} threads, in ms: ${stdout.trim()}`);
  }
});

test.run();
