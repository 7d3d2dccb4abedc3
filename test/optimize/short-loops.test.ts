/** Which loops of async functions ask whether their call is to end: `sources/short-loops.ts` says it on each line. */
import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { lowerSources, optimized } from '../../compiler/front-end.ts';
import { walkNodes } from '../../compiler/ir/walk.ts';
import { makeProject } from '../support/project.ts';

const source = readFileSync(new URL('sources/short-loops.ts', import.meta.url), 'utf8');

test('loops ask, but for those that can’t take long', () => {
  const project = makeProject({ 'src/short-loops.ts': source });
  try {
    const lowered = lowerSources(project.tsconfig);
    assert.equal(lowered.diagnostics, []);
    const [asking, inStrips, all] = [new Set<number>(), new Set<number>(), new Set<number>()];
    for (const { body } of optimized(lowered, 2).functions)
      walkNodes(body, (node) => {
        if (node.kind !== 'loop' || !node.span) return;
        all.add(node.span.line);
        const [first] = node.body;
        if (first?.kind !== 'op' || first.op !== 'check.ended') return;
        (node.label.endsWith('.strips') ? inStrips : asking).add(node.span.line);
      });
    const wrong: string[] = [];
    source.split('\n').forEach((text, index) => {
      const mark = /(^|.*;) *\/\/ (asks|short|strips)$/.exec(text);
      if (!mark) return;
      // A mark alone is about the next line.
      const line = mark[1] === '' ? index + 2 : index + 1;
      if (!all.has(line)) wrong.push(`${line} has no loop: ${text}`);
      // The copy of a loop for numbers that are no integers asks each time.
      const is = inStrips.has(line) ? 'strips' : asking.has(line) ? 'asks' : 'short';
      if (is !== mark[2]) wrong.push(`${line} is ${is}: ${text}`);
    });
    assert.equal(wrong, []);
  } finally {
    project.remove();
  }
});

test.run();
