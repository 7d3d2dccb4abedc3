/** The project of the tests of structures: a program about known and random ones, and what it gives where it runs. */
import * as assert from 'uvu/assert';
import { makeProject, type TestProject } from '../support/project.ts';
import { makeProgram } from './structures-program.ts';
import { aroundOf, placesOf, structuresOf } from './structures.ts';

const seed = Number(process.env['TSNATIVE_STRUCTS_SEED'] ?? 7);
export const structures = structuresOf(seed, Number(process.env['TSNATIVE_STRUCTS'] ?? 10));

/** Runs the program of the folder that it is told, and prints what came out. */
const script = `
import process from 'node:process';
const { places, out } = JSON.parse(process.argv[2]);
const p = await import(new URL(out + '/program.js', import.meta.url));
const plain = (_, value) =>
  typeof value === 'bigint' ? value + 'n' : ArrayBuffer.isView(value) ? [value.constructor.name, ...[...value].map(String)] : value;
const results = [0, 1, 13, 77].map((k) => p.run(k));
const laidOut = Object.fromEntries(places.map(([name, count]) => [name, Array.from({ length: count }, (_, i) => p[name + '_place'](i))]));
console.log(JSON.stringify({ results, laidOut }, plain));
`;

export function structuresProject(): TestProject {
  const { c, ts } = makeProgram(structures, aroundOf);
  const project = makeProject({
    'src/program.ts': ts,
    'vendor/all.c': c,
    'run.mjs': script,
  });
  const config = { name: 'structures', type: 'module', tsnative: { sources: ['vendor/all.c'] } };
  project.write('package.json', JSON.stringify(config));
  return project;
}

export interface Outcome {
  readonly results: readonly unknown[][];
  readonly laidOut: Readonly<Record<string, readonly number[]>>;
}

/** The argument of `run.mjs`. @param out the folder of a build, in that of the project */
export const asked = (out: string, mode: 'native' | 'javascript'): string =>
  JSON.stringify({
    out: `./${out}`,
    // Without the C nothing tells where it has the members.
    places:
      mode === 'javascript'
        ? []
        : structures.map((one) => [one.name, placesOf(one, structures).length]),
  });

export function assertSame({ results, laidOut }: Outcome, expected: Outcome): void {
  assert.ok(expected.results.length > 0);
  for (const [round, all] of expected.results.entries())
    all.forEach((one, index) => assert.equal(results[round]?.[index], one));
  for (const one of structures)
    assert.equal(laidOut[one.name], placesOf(one, structures), one.name);
}
