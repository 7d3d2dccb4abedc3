/** Loops whose numbers are integers until they grow have a copy in which they are: what is computed in integers there. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { lowerSources, optimized } from '../../compiler/front-end.ts';
import { isInteger } from '../../compiler/ir/types.ts';
import { verify } from '../../compiler/ir/verify.ts';
import { walkOps } from '../../compiler/ir/walk.ts';
import { makeProject } from '../support/project.ts';

/** The bodies of loops over `x`, an element, and whether remainders in them are those of integers. */
const bodies: readonly (readonly [body: string, integers: boolean])[] = [
  ['while (x > 0) { sum += x % 10; x = Math.floor(x / 10); }', true],
  ['while (x > 0) { sum += x % 10; x = (x - (x % 10)) / 10; }', true],
  ['let y = values[0]!; while (y) { const t = x % y; x = y; y = t; } sum += x;', true],
  ['while (x !== 1 && sum < 99) { x = x % 2 === 0 ? x / 2 : 3 * x + 1; sum++; }', true],
  ['for (let i = 0; i < 9; i++) x = (x * 9301 + 49297) % 233280; sum += x;', true],
  // A fraction is none, and what an array gives may be one in any round.
  ['while (x > 0) { sum += x % 10; x = x / 3.5; }', false],
  ['for (let i = 0; i < values.length; i++) x = (x + values[i]!) % 7; sum += x;', false],
  // A handler may read it.
  [
    'try { while (x > 0) { sum += x % 10; x -= 3; if (x > 9) throw Error(); } } catch { sum += x; }',
    false,
  ],
];

const source = bodies
  .map(
    ([body], index) => `/** @native */
export function guarded${index}(values: Float64Array): number {
  let sum = 0;
  for (let x of values) { ${body} }
  return sum;
}
`,
  )
  .join('\n');

test('remainders are those of integers in a copy of the loop', () => {
  const project = makeProject({ 'src/main.ts': source });
  try {
    const lowered = lowerSources(project.tsconfig);
    assert.equal(lowered.diagnostics, []);
    const module = optimized(lowered, 2, {
      verify: (fn, whole) => assert.equal(verify(fn, whole), []),
    });
    bodies.forEach(([body, integers], index) => {
      const fn = module.functions.find(({ name }) => name === `guarded${index}`);
      let found = false;
      walkOps(fn?.body ?? [], ({ op, args: [a] }) => {
        if (op === 'rem' && a && isInteger(a.type)) found = true;
      });
      assert.is(found, integers, body);
    });
  } finally {
    project.remove();
  }
});

test.run();
