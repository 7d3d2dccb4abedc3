/**
 * Structures inside of structures, arrays and texts in them, and structures themselves as arguments and results: what C
 * gets and gives is what the same gives as JavaScript, in machine code of two levels, as WebAssembly, and on the platforms
 * that `npm run platforms` has installed.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { isInstalled, runIn, runtimes } from '../platforms/runtimes.ts';
import { buildProject } from '../support/project.ts';
import { testUnless } from '../support/skip.ts';
import { asked, assertSame, structuresProject, type Outcome } from './structures-project.ts';

const project = structuresProject();
const test = suite('structures of C');
test.after(() => project.remove());

const script = join(project.folder, 'run.mjs');

async function build(out: string, level: 0 | 3, target?: string): Promise<void> {
  const outDir = join(project.folder, out);
  const targets = target === undefined ? {} : { targets: [target] };
  const { diagnostics } = await buildProject(project, { level, outDir, ...targets });
  assert.equal(diagnostics, []);
}

/** @param mode what TSNATIVE is */
function run(out: string, mode: 'off' | 'require' | 'wasm'): Outcome {
  const args = [script, asked(out, mode === 'off' ? 'javascript' : 'native')];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    env: { ...process.env, TSNATIVE: mode },
    maxBuffer: 1 << 28,
  });
  assert.is(status, 0, stderr);
  return JSON.parse(stdout) as Outcome;
}

let expected: Outcome | undefined;
/** What JavaScript gives, by a build that is there. */
const asJavaScript = (out: string): Outcome => (expected ??= run(out, 'off'));

for (const [out, level, target, mode] of [
  ['O0', 0, undefined, 'require'],
  ['O3', 3, undefined, 'require'],
  ['wasm', 3, 'wasm32', 'wasm'],
] as const)
  test(out, async () => {
    await build(out, level, target);
    assertSame(run(out, mode), asJavaScript(out));
  });

for (const runtime of runtimes.filter(({ name }) => /qemu|Wine/.test(name))) {
  const problem =
    runtime.problem() ?? (isInstalled(runtime) ? undefined : '`npm run platforms` installs it');
  testUnless(problem, test, runtime.name, async () => {
    const out = runtime.platform;
    await build(out, 3, runtime.platform);
    const env = { TSNATIVE: 'require' };
    const { output, code } = await runIn(runtime, script, [asked(out, 'native')], env);
    assert.is(code, 0, output);
    assertSame(JSON.parse(output) as Outcome, asJavaScript(out));
  });
}

test.run();
