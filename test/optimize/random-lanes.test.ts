/** Random functions give natively, at each level of CPUs that this one has, what they give as JavaScript. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { derivedSeed } from '../fuzz/random.ts';
import { buildProject, makeProject } from '../support/project.ts';
import { randomLanes } from './random-lanes.ts';

const seed = Number(process.env['SEED'] ?? 1);
const functions = 24;

/** Prints what each function gives, and writes, for some arguments. All NaNs are one. */
const script = `
import * as program from './out/random.js';
const values = [1, 2.5, -3, 0, -0, NaN, Infinity, 1e300, 1e-300, 0.3, 7, 100, -1e5, 0.999];
const show = (x) => (Object.is(x, -0) ? '-0' : String(x));
for (const [name, call] of Object.entries(program))
  for (const n of [0, 1, 3, 4, 8, 11, 14])
    for (const [c, w] of [[0.7, 1.5], [-1, 0.1], [NaN, 3]]) {
      const out = Float64Array.from(values, (_, i) => i * 0.37 - 1);
      const sum = call(out, Float64Array.from(values), n, 50, c, w);
      console.log(name, n, c, show(sum), Array.from(out, show).join(' '));
    }
`;

test('random loops give in lanes what they give in order', async () => {
  const sources = Array.from({ length: functions }, (_, index) =>
    randomLanes(`f${index}`, derivedSeed(seed, index)),
  );
  const text = ["import type { i32 } from 'tsnative';", ...sources].join('\n');
  const project = makeProject({ 'src/random.ts': text });
  try {
    const { diagnostics } = await buildProject(project, {});
    assert.equal(diagnostics, []);
    const file = join(project.folder, 'run.mjs');
    writeFileSync(file, script);
    const run = (env: Record<string, string>): string[] => {
      const { status, stdout, stderr } = spawnSync(process.execPath, [file], {
        encoding: 'utf8',
        env: { ...process.env, ...env },
        maxBuffer: 2 ** 26,
      });
      assert.is(status, 0, stderr);
      return stdout.split('\n');
    };
    const plain = run({ TSNATIVE: 'off' });
    assert.ok(plain.length > functions);
    for (const cpu of ['', 'baseline']) {
      const native = run({ TSNATIVE: 'require', ...(cpu !== '' && { TSNATIVE_CPU: cpu }) });
      const wrong = native.filter((line, index) => line !== plain[index]);
      assert.equal(wrong, [], `SEED=${seed} ${cpu}`);
    }
  } finally {
    project.remove();
  }
});

test.run();
