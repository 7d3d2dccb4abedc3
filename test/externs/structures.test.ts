/**
 * Structures inside of structures, arrays and texts in them, and structures themselves as arguments and results: as the
 * bundled clang compiles the C, in machine code of two levels and as WebAssembly. See `structures-platforms.test.ts` for
 * other platforms.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { buildProject, makeProject } from '../support/project.ts';
import { makeProgram } from './structures-program.ts';
import { aroundOf, placesOf, structuresOf } from './structures.ts';

const seed = Number(process.env['TSNATIVE_STRUCTS_SEED'] ?? 7);
const structures = structuresOf(seed, Number(process.env['TSNATIVE_STRUCTS'] ?? 25));
const program = makeProgram(structures, aroundOf);
const project = makeProject({
  'src/program.ts': program.ts,
  'vendor/all.c': program.c,
  'run.mjs': `
const { places, out } = JSON.parse(process.argv[2]);
const p = await import(out);
const plain = (_, value) =>
  typeof value === 'bigint' ? \`\${value}n\` : ArrayBuffer.isView(value) ? [value.constructor.name, ...[...value].map(String)] : value;
const results = [0, 1, 13, 77].map((k) => p.run(k));
const laidOut = Object.fromEntries(places.map(([name, count]) => [name, Array.from({ length: count }, (_, i) => p[name + '_place'](i))]));
console.log(JSON.stringify({ results, laidOut }, plain));
`,
});
project.write(
  'package.json',
  JSON.stringify({ name: 'structures', type: 'module', tsnative: { sources: ['vendor/all.c'] } }),
);
const test = suite('structures of C');
test.after(() => project.remove());

interface Outcome {
  readonly results: readonly unknown[][];
  readonly laidOut: Readonly<Record<string, readonly number[]>>;
}

/** What a build gives. @param mode what TSNATIVE is */
function run(outDir: string, mode: string): Outcome {
  const places =
    mode === 'off' ? [] : structures.map((one) => [one.name, placesOf(one, structures).length]);
  const asked = JSON.stringify({ places, out: join(outDir, 'program.js') });
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [join(project.folder, 'run.mjs'), asked],
    { encoding: 'utf8', env: { ...process.env, TSNATIVE: mode }, maxBuffer: 1 << 28 },
  );
  assert.is(status, 0, stderr);
  return JSON.parse(stdout) as Outcome;
}

let expected: Outcome | undefined;

for (const [way, level, mode] of [
  ['-O0', 0, 'require'],
  ['-O3', 3, 'require'],
  ['wasm', 3, 'wasm'],
] as const)
  test(`${way}: what C gets and gives is what JavaScript has, and laid out as C does it`, async () => {
    const outDir = join(project.folder, `out${way}`);
    const targets = mode === 'wasm' ? { targets: ['wasm32'] } : {};
    const { diagnostics } = await buildProject(project, { level, outDir, ...targets });
    assert.equal(diagnostics, []);
    expected ??= run(outDir, 'off');
    const { results, laidOut } = run(outDir, mode);
    for (const [round, all] of expected.results.entries())
      all.forEach((one, index) => assert.equal(results[round]?.[index], one));
    for (const one of structures)
      assert.equal(laidOut[one.name], placesOf(one, structures), one.name);
  });

test.run();
