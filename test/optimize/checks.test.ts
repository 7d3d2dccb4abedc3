/** Checks that ranges prove are gone, and only those: `sources/checks.ts` says which on each line. */
import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { lowerSources, optimized } from '../../compiler/front-end.ts';
import type { IrModule } from '../../compiler/ir/types.ts';
import { verify } from '../../compiler/ir/verify.ts';
import { walkOps } from '../../compiler/ir/walk.ts';
import { makeProject } from '../support/project.ts';

const source = readFileSync(new URL('sources/checks.ts', import.meta.url), 'utf8');

/** How many checks each line has, by line number from 1. */
function checks(module: IrModule): Map<number, number> {
  const lines = new Map<number, number>();
  for (const fn of module.functions)
    walkOps(fn.body, ({ op, span }) => {
      if (!span || (op !== 'check.bounds' && op !== 'check.range')) return;
      lines.set(span.line, (lines.get(span.line) ?? 0) + 1);
    });
  return lines;
}

test('each marked check is elided or stays', () => {
  const project = makeProject({ 'src/checks.ts': source });
  try {
    const compile = (level: 0 | 2): IrModule => {
      const lowered = lowerSources(project.tsconfig);
      assert.equal(lowered.diagnostics, []);
      return optimized(lowered, level, {
        verify: (fn, module) => assert.equal(verify(fn, module), []),
      });
    };
    const [all, left] = [checks(compile(0)), checks(compile(2))];
    const wrong: string[] = [];
    source.split('\n').forEach((text, index) => {
      const mark = /\/\/ (elided|checked)$/.exec(text)?.[1];
      const line = index + 1;
      if (mark === undefined) return;
      if (!all.has(line)) wrong.push(`${line} has no check: ${text}`);
      if (mark !== (left.has(line) ? 'checked' : 'elided')) wrong.push(`${line}: ${text}`);
    });
    assert.equal(wrong, []);
  } finally {
    project.remove();
  }
});

test.run();
