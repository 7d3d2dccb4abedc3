/** The boundary's tests again, with the wrappers written for LLVM 14. */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { test } from 'uvu';
import { commandMissing, testUnless } from '../support/skip.ts';

const problem = commandMissing('opt-14') ?? commandMissing('llc-14');
for (const name of ['scalars', 'views', 'globals', 'errors'])
  testUnless(problem, test, name, () => {
    const file = fileURLToPath(new URL(`${name}.test.ts`, import.meta.url));
    execFileSync(process.execPath, ['--import', 'tsx', file], {
      env: { ...process.env, BOUNDARY_TEST_LLVM14: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  });

test.run();
