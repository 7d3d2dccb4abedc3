/**
 * C calls functions on threads of its own in other versions of Node, in Bun and in Deno: those that `npm run platforms` has
 * installed.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { isInstalled, runIn, runtimes } from '../platforms/runtimes.ts';
import { buildProject, makeProject } from '../support/project.ts';
import { testUnless } from '../support/skip.ts';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
const script = fileURLToPath(new URL('runtimes.mjs', import.meta.url));
const project = makeProject({
  'src/threads.ts': read('threads.ts'),
  'vendor/threads.c': read('vendor/threads.c'),
  'package.json':
    '{ "name": "threads", "type": "module", "tsnative": { "sources": ["vendor/threads.c"] } }',
});
const test = suite('threads of C in other runtimes');
test.after(() => project.remove());
test.before(async () => {
  const { diagnostics } = await buildProject(project, { level: 3 });
  assert.equal(diagnostics, []);
});

const expected = `9900 24997500
SyntaxError mine
0!,1!,2! one 0.5 zwölf 1.5 € 2.5 9
0,1,2 -0.5 -1
true 0 0
uncaught second -1
`;
const told =
  /tsnative: C has called 'f' of ticker_start of the library threads when the thread of JavaScript that it belongs to had ended\. It got 0\.\n/;

const host = `${process.platform}-${process.arch}`;
for (const runtime of runtimes.filter(
  ({ platform, isBrowser }) => platform === host && !isBrowser,
)) {
  const problem =
    runtime.problem() ?? (isInstalled(runtime) ? undefined : '`npm run platforms` installs it');
  testUnless(problem, test, runtime.name, async () => {
    const program = join(project.folder, 'out/threads.js');
    const { code, output } = await runIn(runtime, script, [program], { TSNATIVE: 'require' });
    assert.is(output.replace(told, ''), expected);
    assert.match(output, told);
    assert.is(code, 4);
  });
}

test.run();
