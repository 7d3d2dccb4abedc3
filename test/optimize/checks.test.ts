/** Checks that ranges prove are gone, and only those: `sources/checks.ts` says which on each line. */
import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { lowerSources, optimized } from '../../compiler/front-end.ts';
import type { IrModule, Node } from '../../compiler/ir/types.ts';
import { verify } from '../../compiler/ir/verify.ts';
import { regionsOf } from '../../compiler/ir/walk.ts';
import { makeProject } from '../support/project.ts';

const source = readFileSync(new URL('sources/checks.ts', import.meta.url), 'utf8');

/** The lines with checks: in code for all cases, and in the copies of loops whose checks are tested before. */
interface Lines {
  readonly checked: ReadonlySet<number>;
  readonly hoisted: ReadonlySet<number>;
}

function checks(module: IrModule): Lines {
  const [checked, hoisted] = [new Set<number>(), new Set<number>()];
  const walk = (nodes: readonly Node[], lines: Set<number>): void => {
    for (const node of nodes) {
      // Copies for parameters that are no integers are left out: they keep all.
      if (node.kind === 'loop' && /\.careful$/.test(node.label)) continue;
      const inside = node.kind === 'loop' && node.rare ? hoisted : lines;
      for (const region of regionsOf(node)) walk(region, inside);
      if (node.kind !== 'op' || (node.op !== 'check.bounds' && node.op !== 'check.range')) continue;
      if (node.span) lines.add(node.span.line);
    }
  };
  for (const fn of module.functions) walk(fn.body, checked);
  return { checked, hoisted };
}

test('each marked check is elided, tested before its loop, or stays', () => {
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
      const mark = /\/\/ (elided|hoisted|checked)$/.exec(text)?.[1];
      const line = index + 1;
      if (mark === undefined) return;
      if (!all.checked.has(line)) wrong.push(`${line} has no check: ${text}`);
      const is = left.checked.has(line) ? 'checked' : left.hoisted.has(line) ? 'hoisted' : 'elided';
      if (mark !== is) wrong.push(`${line} is ${is}: ${text}`);
    });
    assert.equal(wrong, []);
  } finally {
    project.remove();
  }
});

test.run();
