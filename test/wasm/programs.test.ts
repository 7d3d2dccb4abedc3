/** Conformance programs of numbers and typed arrays as WebAssembly, in Node and in Chromium: the bits of native code. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { noChromium } from '../platforms/chromium.ts';
import { buildSuite, compare, runSuite, type Suite } from '../platforms/conformance.ts';
import type { Results } from '../platforms/run-programs.ts';
import { runtimes, type Runtime } from '../platforms/runtimes.ts';
import { testUnless } from '../support/skip.ts';

const programs = ['absent', 'arrays', 'constants', 'errors', 'numbers'].map(
  (name) => `programs/${name}`,
);
const test = suite('programs as WebAssembly');
let built: Suite;
let reference: Results;

const runtime = (isWanted: (one: Runtime) => boolean): Runtime => {
  const found = runtimes.find(isWanted);
  if (!found) throw new Error('there is no such runtime');
  return found;
};

test.before(async () => {
  const own = runtime(() => true);
  built = await buildSuite([own.platform, 'wasm32'], programs);
  reference = await runSuite(built, own);
});
test.after(() => built.remove());

async function sameIn(one: Runtime): Promise<void> {
  const { passed, cases, differences } = compare(await runSuite(built, one), reference);
  assert.equal(differences, []);
  assert.is(passed, programs.length);
  console.log(`» ${cases} cases are the same in ${one.name}`);
}

test('in Node', () => sameIn(runtime(({ name }) => name.startsWith('wasm in node'))));

testUnless(noChromium(), test, 'in Chromium', () =>
  sameIn(runtime((one) => one.isBrowser === true)),
);

test.run();
