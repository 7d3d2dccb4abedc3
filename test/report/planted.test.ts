/** What slows code down is flagged on its line, with each toolchain; and what does not, is not. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { probeBundled } from '../../compiler/5-link/toolchains/bundled.ts';
import { probeLlvm14 } from '../../compiler/5-link/toolchains/llvm14.ts';
import { explain } from '../../compiler/explain.ts';
import type { Item, Report } from '../../compiler/report/model.ts';
import { explainReport } from '../../compiler/report/summary.ts';
import { makeProject } from '../support/project.ts';
import { itemsAt, source } from './planted.ts';

const flagged = (items: readonly Item[], kind: Item['kind'], title: RegExp): boolean =>
  items.some((item) => item.tone === 'cost' && item.kind === kind && title.test(item.title));

const good = (items: readonly Item[], kind: Item['kind'], title: RegExp): boolean =>
  items.some((item) => item.tone === 'good' && item.kind === kind && title.test(item.title));

for (const probe of [await probeBundled(), await probeLlvm14()]) {
  const test = suite(`report by ${probe.name}`);
  if (probe.toolchain === undefined) {
    console.log(`» skipped: report by ${probe.name}: ${probe.problem}`);
    test.skip('all of it', () => {});
    test.run();
    continue;
  }
  const project = makeProject({ 'src/planted.ts': source });
  let report: Report;
  test.before(async () => {
    const explained = await explain(
      {
        project: project.tsconfig,
        toolchain: probe.name,
        level: 3,
        cpu: 'baseline',
        version: '1.2.3',
      },
      { progress: () => {} },
    );
    assert.equal(explained.diagnostics, []);
    assert.ok(explained.report);
    report = explained.report;
  });
  test.after(() => project.remove());

  test('a vectorised loop, with its width', () => {
    const items = itemsAt(report, '// vectorised, proven');
    assert.ok(good(items, 'loop', /^Vectorised: \d+ elements/));
    assert.ok(good(items, 'check', /`a\[i\]` needs no bounds check/));
    assert.not.ok(items.some(({ tone }) => tone === 'cost'));
    const scale = report.files[0]?.functions.find(({ name }) => name === 'scale');
    assert.ok((scale?.loops[0]?.vectorized?.width ?? 0) >= 2);
  });

  test('a loop that is not vectorised, with the reason and a rewrite', () => {
    const items = itemsAt(report, '// unvectorised, proven');
    assert.ok(flagged(items, 'loop', /^Not vectorised$/));
    const loop = items.find(({ kind }) => kind === 'loop');
    assert.match(loop?.text ?? '', /order of the floating-point operations/);
    assert.match(loop?.rewrite ?? '', /fastmath/);
  });

  test('a bounds check that is left in a loop', () => {
    const items = itemsAt(report, '// kept');
    assert.ok(flagged(items, 'check', /`a\[at\[i\]!?\]?.*bounds-checked/));
    assert.ok(items.some(({ kind, hot }) => kind === 'check' && hot === true));
    const gather = report.files[0]?.functions.find(({ name }) => name === 'gather');
    assert.is(gather?.checks.inInnermostLoops, 1);
    assert.match(gather?.loops[0]?.reason ?? '', /A check may end the loop/);
  });

  test('an allocation in a loop', () => {
    assert.ok(
      flagged(itemsAt(report, '// allocation'), 'allocation', /`new Float64Array` allocates/),
    );
    const rows = report.files[0]?.functions.find(({ name }) => name === 'rows');
    assert.is(rows?.allocations, 1);
  });

  test('numbers that stay doubles though an integer is wanted: a parameter and a variable', () => {
    const parameter = itemsAt(report, 'index: number');
    assert.ok(flagged(parameter, 'type', /`index` is a double/));
    assert.match(parameter.find(({ kind }) => kind === 'type')?.rewrite ?? '', /index: i32/);
    assert.ok(flagged(itemsAt(report, 'const half'), 'type', /`half` stays a double/));
    assert.not.ok(itemsAt(report, 'let total = 0').some(({ tone }) => tone === 'cost'));
  });

  test('what a call converts', () => {
    const items = itemsAt(report, 'function scale').filter(({ kind }) => kind === 'boundary');
    assert.equal(
      items.map(({ title }) => title),
      ['`a` comes in', '`factor` comes in', 'Nothing goes back'],
    );
  });

  test('each line of a loop has its machine code, and costs more than one outside', () => {
    const [file] = report.files;
    const loop = file?.lines.find(({ items }) => items.some(({ kind }) => kind === 'loop'));
    assert.ok(
      loop &&
        loop.assembly.some(({ depth, instructions }) => depth === 1 && instructions.length > 1),
    );
    const heats = file?.lines.map(({ heat }) => heat) ?? [];
    assert.is(Math.max(...heats), 1);
    const shares = file?.functions.map(({ share }) => share) ?? [];
    assert.ok(Math.abs(shares.reduce((sum, share) => sum + share, 0) - 1) < 0.01);
  });

  test('the terminal shows the same', () => {
    const text = explainReport(report, { colour: false, columns: 80 });
    assert.ok(text.split('\n').every((line) => line.length <= 80));
    for (const words of [
      /^gather {2}src\/planted\.ts:16 {2}\d+ %/m,
      /Vectorised: \d+ elements/,
      /fastmath/,
    ])
      assert.match(text, words);
    assert.not.match(text, /`/);
  });
  test.run();
}
