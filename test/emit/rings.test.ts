/** Nothing is left of objects that refer to each other, once nothing else does: programs of `conformance/heap/rings.ts`. */
import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { compileProject } from '../../compiler/front-end.ts';
import { makeProject } from '../support/project.ts';
import { compile } from './machine.ts';

const program = new URL('../conformance/heap/rings.ts', import.meta.url);
const { cases } = (await import(program.href)) as {
  cases: readonly (readonly [string, readonly number[]])[];
};
const functions = (await import(program.href)) as Record<string, (...args: number[]) => number>;

const scratch = new DataView(new ArrayBuffer(8));
const toNumber = (slot: bigint): number => {
  scratch.setBigInt64(0, slot);
  return scratch.getFloat64(0);
};

test('rings are freed, with all that only they hold', () => {
  const project = makeProject({ 'src/rings.ts': readFileSync(program, 'utf8') });
  try {
    const { module, diagnostics } = compileProject(project.tsconfig, 3, {});
    assert.equal(diagnostics, []);
    assert.ok(module);
    const call = compile(module, 'zig -O3');
    for (const [name, args] of cases) {
      const exported = module.exports.find((candidate) => candidate.name === name);
      assert.ok(exported);
      const row = args.map(BigInt);
      const outcomes = call(exported.callee, [row, row, row]);
      for (const { live, results, site } of outcomes) {
        const what = `${name}(${args.join()})`;
        if (!site) assert.is(toNumber(results[0] ?? 0n), functions[name]?.(...args), what);
        assert.is(live, 0, `${what} leaves ${live} blocks`);
      }
    }
  } finally {
    project.remove();
  }
});

test.run();
