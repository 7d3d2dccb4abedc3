/** Code that is nested more deeply than the usual stack allows, as programs write it: it compiles, and computes the same. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { ToolchainError } from '../../compiler/5-link/types.ts';
import { buildProject, makeProject } from '../support/project.ts';

const times = (count: number, text: (index: number) => string, between: string): string =>
  Array.from({ length: count }, (_, index) => text(index)).join(between);

const source = `
/** @native */
export function sum(a: number, b: number): number {
  return ${times(3000, (n) => (n % 2 ? 'a' : `b * ${n}`), ' + ')};
}
/** @native */
export function minus(x: number): number {
  return ${'- '.repeat(5000)}x;
}
/** @native */
export function chosen(x: number): number {
  let result = 0;
  switch (x) {
${times(1500, (n) => `    case ${n * 7}: result = ${n * 3 + 1}; break;`, '\n')}
    default: result = -1;
  }
  return result;
}
`;
const main = `
import { chosen, minus, sum } from './deep.js';
declare const console: { log(...args: unknown[]): void };
console.log(sum(0.1, 3), sum(-1e300, 1e300), minus(-0), minus(7), chosen(0), chosen(10493), chosen(7), chosen(8), chosen(NaN));
`;

test('expressions of thousands of terms and a switch of 1,500 cases', async () => {
  const project = makeProject({ 'src/deep.ts': source, 'src/main.ts': main });
  try {
    const { diagnostics, functions, addons } = await buildProject(project, { level: 1 });
    assert.equal(diagnostics, []);
    assert.is(functions.length, 3);
    assert.is(addons.length, 1);
    const printed = (mode: string): string =>
      spawnSync(process.execPath, [join(project.folder, 'out/main.js')], {
        env: { ...process.env, TSNATIVE: mode },
        encoding: 'utf8',
      }).stdout;
    assert.is(printed('require'), printed('off'));
    assert.match(printed('require'), /\S/);
    const again = await buildProject(project, { level: 1 });
    assert.ok(again.upToDate);
  } finally {
    project.remove();
  }
});

test('a build that is aborted meanwhile ends with the reason', async () => {
  const { build } = await import('../../compiler/build.ts');
  const project = makeProject({ 'src/deep.ts': source });
  const controller = new AbortController();
  let steps = 0;
  try {
    await build(
      { project: project.tsconfig, emit: [], toolchain: 'bundled', level: 1, checkOnly: false },
      { progress: () => void (++steps === 2 && controller.abort(new Error('enough'))) },
      controller.signal,
    );
    assert.unreachable('it is aborted');
  } catch (error) {
    assert.is(error instanceof Error && error.message, 'enough');
  } finally {
    project.remove();
  }
});

test('a report on code that is deeper than the stack says so', async () => {
  const { explain } = await import('../../compiler/explain.ts');
  const deep = `/** @native */ export const minus = (x: number): number => ${'- '.repeat(20_000)}x;`;
  const project = makeProject({ 'src/deep.ts': deep });
  const options = {
    project: project.tsconfig,
    toolchain: 'bundled',
    level: 1,
    version: '',
  } as const;
  try {
    await explain(options, { progress: () => {} });
    assert.unreachable('the stack ends');
  } catch (error) {
    assert.is(error instanceof ToolchainError && error.diagnostic.code, 'TSN6007');
  } finally {
    project.remove();
  }
});

test.run();
