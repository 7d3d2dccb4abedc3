/** TypeScript has nothing against the tests, which run without asking it. */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test } from 'uvu';
import * as assert from 'uvu/assert';

const folder = dirname(fileURLToPath(import.meta.url));

test('the tests have the right types', () => {
  const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  const { stdout, status } = spawnSync(process.execPath, [tsc, '-p', folder], {
    cwd: join(folder, '..'),
    encoding: 'utf8',
  });
  assert.is(stdout.trim(), '');
  assert.is(status, 0);
});

test.run();
