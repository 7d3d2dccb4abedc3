/**
 * Loops over each function of `Math` become vector code on every x86-64 level, and give in every lane the
 * bits of a call by itself, which are those of the library as JavaScript.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { hostTarget } from '../../compiler/5-link/targets.ts';
import { findZig } from '../../compiler/5-link/toolchains/bundled.ts';
import { buildProject, makeProject, type TestProject } from '../support/project.ts';
import { forInputs } from './inputs.ts';
import { implementations } from './measure.ts';
import { functionNames, type FunctionName } from './reference.ts';

type Loop = (x: Float64Array, y: Float64Array, out: Float64Array) => void;
type Call = (x: number, y: number) => number;

const names = functionNames.filter((name) => !['rem', 'hypot3', 'hypotN'].includes(name));
const isBinary = (name: FunctionName): boolean => ['pow', 'atan2', 'hypot2'].includes(name);
const callOf = (name: FunctionName, x: string, y: string): string =>
  `Math.${name === 'hypot2' ? 'hypot' : name}(${isBinary(name) ? `${x}, ${y}` : x})`;

const loops = names.map(
  (name) => `/** @native bounds: unchecked */
export function ${name}Loop(x: Float64Array, y: Float64Array, out: Float64Array): void {
  for (let i = 0; i < x.length; i++) out[i] = ${callOf(name, 'x[i]!', 'y[i]!')};
}`,
);
const calls = names.map(
  (name) => `/** @native */
export function ${name}Call(x: number, y: number): number { return ${callOf(name, 'x', 'y')}; }`,
);

const sum = `/** @native bounds: unchecked */
export function sum(x: Float64Array): number {
  let total = 0;
  for (let i = 0; i < x.length; i++) total += Math.exp(x[i]!);
  return total;
}`;

const specials = [0, 1, 0.5, 2, 1e308, 1e-308, 5e-324, 2 ** 53, 1e22, Infinity]
  .flatMap((x) => [x, -x])
  .concat(NaN);

/** Arguments in an order that brings special and usual ones into one vector, in all lanes. */
function argumentsOf(name: FunctionName): [number, number][] {
  const list: [number, number][] = [];
  let next = 0;
  forInputs(name, 3001, 11, ([x = 0, y = 0]) => {
    list.push([x, y]);
    if (list.length % 5 !== 0) return;
    const [a, b] = [next % specials.length, Math.floor(next / specials.length) % specials.length];
    list.push([specials[a] ?? 0, specials[b] ?? 0]);
    next++;
  });
  return list;
}

const levels = ['v2', 'v3'];
/** Whether this machine runs what is made for a level. */
const runs = (level: string): boolean =>
  process.arch === 'x64' &&
  (level === 'v2' ||
    (process.platform === 'linux' && readFileSync('/proc/cpuinfo', 'utf8').includes(' avx2 ')));

async function load(project: TestProject): Promise<Record<string, Loop & Call>> {
  process.env['TSNATIVE'] = 'require';
  const url = pathToFileURL(join(project.folder, 'out/math.js')).href;
  return (await import(url)) as Record<string, Loop & Call>;
}

// Also in a binary with both, where code for one level must not call vectors of the other.
for (const level of [...levels, 'baseline,v3'].filter(runs)) {
  test(`a vectorised loop gives the bits of single calls (${level})`, async () => {
    const project = makeProject({ 'src/math.ts': [...loops, ...calls].join('\n') });
    try {
      assert.equal((await buildProject(project, { cpu: level })).diagnostics, []);
      const native = await load(project);
      for (const name of names) {
        const list = argumentsOf(name);
        const out = new Float64Array(list.length);
        const [x, y] = [0, 1].map((n) => Float64Array.from(list, (args) => args[n] ?? 0));
        native[`${name}Loop`]?.(x ?? out, y ?? out, out);
        list.forEach((args, index) => {
          const inLoop = out[index];
          const place = `${name}(${args.join(', ')}) of lane ${index % 4}`;
          assert.ok(Object.is(inLoop, native[`${name}Call`]?.(...args)), `${place}: ${inLoop}`);
          assert.ok(Object.is(inLoop, implementations[name](...args)), `${place}: ${inLoop}`);
        });
      }
    } finally {
      project.remove();
    }
  });
}

test('what is computed in vectors is added in order', async () => {
  const project = makeProject({ 'src/math.ts': sum });
  try {
    assert.equal((await buildProject(project)).diagnostics, []);
    const native = (await load(project)) as unknown as { sum: (x: Float64Array) => number };
    for (let length = 0; length < 40; length++) {
      const x = Float64Array.from({ length }, (_, i) => ((i * 7919) % 61) - 30);
      const expected = x.reduce((total, value) => total + implementations.exp(value), 0);
      assert.is(native.sum(x), expected);
    }
  } finally {
    project.remove();
  }
});

/** The functions whose loops LLVM vectorises for a level, by its remarks on a module's assembly. */
function vectorized(folder: string, file: string, level: string): Set<string> {
  const record = `${file}.yaml`;
  const { triple } = hostTarget();
  execFileSync(
    findZig().file,
    [
      ...['clang', '-O3', '-S', '-x', 'ir', file, '-o', `${file}.s`, '-target', triple],
      ...[`-march=x86-64-${level}`, '-ffp-contract=off', '-Wno-override-module'],
      ...['-fsave-optimization-record=yaml', '-foptimization-record-passes=loop-vectorize'],
      `-foptimization-record-file=${record}`,
    ],
    { cwd: folder },
  );
  const remarks = readFileSync(join(folder, record), 'utf8').split('--- ');
  return new Set(
    remarks
      .filter((remark) => /^Name: +Vectorized$/m.test(remark))
      .map((remark) => /^Function: +'?([^'\s]+)/m.exec(remark)?.[1] ?? ''),
  );
}

for (const level of levels) {
  test(`a loop over each function is vectorised (${level})`, async () => {
    if (process.arch !== 'x64') return;
    const project = makeProject({ 'src/math.ts': loops.join('\n') });
    try {
      assert.equal((await buildProject(project, { emit: ['ll'], cpu: level })).diagnostics, []);
      const folder = join(project.folder, 'out/native');
      const file = readdirSync(folder).find((name) => name.endsWith('.ll')) ?? '';
      const found = vectorized(folder, file, level);
      // A function that is called once ends up in its callback; these are numbered in order.
      const isFound = (name: string, index: number): boolean =>
        found.has(`ts.$export.${index}`) || found.has(`f.${name}Loop`);
      assert.equal(
        names.filter((name, index) => !isFound(name, index)),
        [],
      );
    } finally {
      project.remove();
    }
  });
}

test.run();
