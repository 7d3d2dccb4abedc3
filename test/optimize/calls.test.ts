/**
 * What is known across calls: `called.ts` and `calls.ts` of the conformance programs say above a function
 * which types its parameters and result get, and on lines with checks what is left of those.
 */
import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { lowerSources, optimized } from '../../compiler/front-end.ts';
import type { IrModule } from '../../compiler/ir/types.ts';
import { verify } from '../../compiler/ir/verify.ts';
import { walkNodes, walkOps } from '../../compiler/ir/walk.ts';
import { makeProject } from '../support/project.ts';

const files = ['called.ts', 'calls.ts'];
const sources = new Map(
  files.map((name) => [
    `src/${name}`,
    readFileSync(new URL(`../conformance/programs/${name}`, import.meta.url), 'utf8'),
  ]),
);

const project = makeProject(Object.fromEntries(sources));
test.after(() => project.remove());

function compile(level: 0 | 2, assertElided = false): IrModule {
  const lowered = lowerSources(project.tsconfig);
  assert.equal(lowered.diagnostics, []);
  return optimized(lowered, level, {
    // The calls stay, as those of larger functions do.
    without: 'inline',
    assertElided,
    verify: (fn, module) => assert.equal(verify(fn, module), []),
  });
}

/** `file:line` of each check; of the copies of loops for rare cases only where `rare` says so. */
function checks(module: IrModule, elided: boolean): Set<string> {
  const lines = new Set<string>();
  for (const { body } of module.functions) {
    const rare = new Set<unknown>();
    walkNodes(body, (node) => {
      if (node.kind === 'loop' && node.rare) walkOps([node], (op) => rare.add(op));
    });
    walkOps(body, (op) => {
      if (op.op !== 'check.bounds' && op.op !== 'check.range') return;
      if (op.span && !rare.has(op) && (op.attributes.elided === true) === elided)
        lines.add(`${op.span.file}:${op.span.line}`);
    });
  }
  return lines;
}

function signature(module: IrModule, name: string): string {
  const fn = module.functions.find((candidate) => candidate.name === name);
  if (!fn) return 'not there';
  const results = fn.results.length > 0 ? ` -> ${fn.results.join(', ')}` : '';
  return `(${fn.params.map(({ value }) => value.type).join(', ')})${results}`;
}

test('parameters and results have the marked types', () => {
  const module = compile(2);
  const wrong: string[] = [];
  let count = 0;
  for (const source of sources.values())
    for (const [, wanted, name = ''] of source.matchAll(/^\/\/ (\(.*)\n.*function (\w+)/gm)) {
      const is = signature(module, name);
      count++;
      if (is !== wanted) wrong.push(`${name} is ${is}, not ${wanted}`);
    }
  assert.equal(wrong, []);
  assert.ok(count > 30);
});

test('marked checks are elided or stay', () => {
  const [all, left, asserted] = [
    checks(compile(0), false),
    checks(compile(2), false),
    checks(compile(2, true), true),
  ];
  const wrong: string[] = [];
  for (const [file, source] of sources)
    source.split('\n').forEach((text, index) => {
      const mark = /\/\/ (elided|checked)$/.exec(text)?.[1];
      const place = `${file}:${index + 1}`;
      if (mark === undefined) return;
      if (!all.has(place)) wrong.push(`${place} has no check: ${text}`);
      const is = left.has(place) ? 'checked' : 'elided';
      if (is !== mark) wrong.push(`${place} is ${is}: ${text}`);
      if (is === 'elided' && !asserted.has(place)) wrong.push(`${place} has no assertion`);
    });
  assert.equal(wrong, []);
});

test.run();
