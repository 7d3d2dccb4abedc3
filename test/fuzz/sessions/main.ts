/**
 * Random sessions, which tell the same with machine code as with JavaScript:
 *
 *     node --import tsx test/fuzz/sessions/main.ts --count 400 --seed 1 --kinds classes,async
 *     node --import tsx test/fuzz/sessions/main.ts --seed 1 --only 17     one again, shown
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { OptimizationLevel, ToolchainName } from '../../../compiler/5-link/types.ts';
import { kindNames, makeSession } from './kinds/index.ts';
import { judgeSessions } from './run.ts';
import type { Told } from './session.ts';

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
    kinds: { type: 'string', default: kindNames.join() },
    batch: { type: 'string', default: '100' },
    level: { type: 'string', default: '3' },
    toolchain: { type: 'string', default: 'bundled' },
    cpu: { type: 'string', default: 'baseline' },
    // Such as wasm32, which runs here too.
    target: { type: 'string' },
    // Under AddressSanitizer.
    watched: { type: 'boolean', default: false },
  },
});
const seed = Number(values.seed);
const first = values.only === undefined ? 0 : Number(values.only);
const count = values.only === undefined ? Number(values.count) : 1;
const batch = Number(values.batch);
const kinds = values.kinds.split(',');
const options = {
  level: Number(values.level) as OptimizationLevel,
  toolchain: values.toolchain as ToolchainName,
  cpu: values.cpu,
  target: values.target,
  isWatched: values.watched,
  ...(values.only !== undefined && {
    told: (_: unknown, told: Told) =>
      console.log(typeof told === 'string' ? told : told.join('\n')),
  }),
};
const start = performance.now();
const folder = join(tmpdir(), 'tsnative-sessions');
mkdirSync(folder, { recursive: true });
let failed = 0;
for (let from = first; from < first + count; from += batch) {
  const size = Math.min(batch, first + count - from);
  const sessions = Array.from({ length: size }, (_, i) => makeSession(seed, from + i, kinds));
  if (values.only !== undefined)
    for (const { module, script } of sessions) console.log(`${module}\n// script\n${script}\n`);
  for (const { session, what } of await judgeSessions(sessions, options)) {
    failed++;
    const path = join(folder, `${seed}-${session.index}.txt`);
    writeFileSync(path, `${what}\n\n${session.module}\n// script\n${session.script}\n`);
    console.log(`session ${session.index}, ${session.kind}, ${path}\n  ${what}`);
  }
}
const seconds = ((performance.now() - start) / 1000).toFixed(0);
console.log(`${count} sessions, ${failed} failures, seed ${seed}, ${seconds} s`);
process.exitCode = failed === 0 ? 0 : 1;
