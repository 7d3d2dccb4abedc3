/** The workflow for GitHub Actions is one, as far as can be told without GitHub. */
import { readFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parseDocument } from 'yaml';

const root = fileURLToPath(new URL('../..', import.meta.url));
const text = readFileSync(join(root, 'samples/workflow/native.yml'), 'utf8');

interface Step {
  readonly uses?: string;
  readonly run?: string;
}
interface Job {
  readonly 'runs-on': string;
  readonly needs?: string;
  readonly strategy?: { readonly matrix: Record<string, unknown[]> };
  readonly steps: readonly Step[];
}

test('it is YAML with jobs whose steps do one thing each', () => {
  const document = parseDocument(text);
  assert.equal(document.errors, []);
  assert.equal(document.warnings, []);
  const { on, jobs } = document.toJS() as { on: object; jobs: Record<string, Job> };
  assert.ok(on);
  for (const [name, job] of Object.entries(jobs)) {
    assert.ok(job['runs-on'], name);
    assert.ok(job.needs === undefined || job.needs in jobs, name);
    for (const { uses, run } of job.steps) {
      assert.is(Number(uses !== undefined) + Number(run !== undefined), 1);
      assert.match(uses ?? 'a/b@v1', /^[\w-]+\/[\w-]+@v\d+$/);
    }
    const used = [...JSON.stringify(job).matchAll(/\$\{\{ matrix\.(\w+) \}\}/g)];
    for (const [, axis = ''] of used) assert.ok(job.strategy?.matrix[axis], axis);
  }
});

test('its commands are tsnative’s', () => {
  const commands = [...text.matchAll(/npx tsnative (\w+)(.*)/g)];
  assert.equal(
    commands.map(([, command]) => command),
    ['check', 'package'],
  );
  for (const [, command = '', options = ''] of commands) {
    const main = join(root, 'dist/compiler/cli/main.js');
    const { stdout } = spawnSync(process.execPath, [main, command, '--help'], { encoding: 'utf8' });
    for (const [option] of options.matchAll(/--[\w-]+/g)) assert.match(stdout, option);
  }
});

test.run();
