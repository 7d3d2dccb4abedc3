/**
 * Some conformance programs in other versions of Node, Bun, Deno, arm64 under qemu and Windows under Wine: those runtimes
 * that `npm run platforms` has installed; with TSNATIVE_PLATFORMS=1, as in continuous integration, all.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { testUnless } from '../support/skip.ts';
import { buildSuite, compare, runSuite, type Suite } from './conformance.ts';
import type { Results } from './run-programs.ts';
import { isInstalled, runtimes, type Runtime } from './runtimes.ts';

/** Numbers, errors, threads, calls off the main thread, and memory of each kind. */
const programs = [
  ...['arrays', 'constants', 'errors', 'numbers', 'parallel'].map((name) => `programs/${name}`),
  ...['asyncs', 'maps', 'objects', 'parallel-sort', 'strings'].map((name) => `heap/${name}`),
];
const mayInstall = process.env['TSNATIVE_PLATFORMS'] === '1';
const problemOf = (runtime: Runtime): string | undefined =>
  runtime.problem() ??
  (mayInstall || isInstalled(runtime) ? undefined : '`npm run platforms` installs it');

const [own, ...all] = runtimes;
// `test/wasm/programs.test.ts` has WebAssembly.
const others = all.filter(({ platform }) => platform !== 'wasm32');
const able = others.filter((runtime) => problemOf(runtime) === undefined);
const test = suite('programs in other runtimes');
let built: Suite;
let reference: Results;

test.before(async () => {
  if (able.length === 0 || !own) return;
  built = await buildSuite([...new Set([own, ...able].map(({ platform }) => platform))], programs);
  reference = await runSuite(built, own);
});
test.after(() => built?.remove());

for (const runtime of others)
  testUnless(problemOf(runtime), test, `${runtime.platform}: ${runtime.name}`, async () => {
    const { passed, cases, differences } = compare(await runSuite(built, runtime), reference);
    assert.equal(differences, []);
    assert.is(passed, programs.length);
    console.log(`» ${cases} cases are the same in ${runtime.name}`);
  });

test.run();
