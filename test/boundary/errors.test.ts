/** Errors of native code as JavaScript sees them. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { ErrorClass, ScalarType } from '../../compiler/ir/types.ts';
import { build, ModuleBuilder, thrown } from './addon.ts';

const span = { file: 'src/a.ts', line: 3, column: 7, length: 4 };
const classes: ErrorClass[] = ['Error', 'RangeError', 'TypeError', 'ReferenceError'];
const m = new ModuleBuilder();
for (const name of classes)
  m.function(name, {}, 'f64', (b) => b.throw(name, [`a ${name} with "quotes" \u{1F600}`]));
const types: ScalarType[] = ['bool', 'i8', 'u8', 'u32', 'i64', 'u64', 'f32', 'f64'];
for (const type of types)
  m.function(`say.${type}`, { x: type }, undefined, (b, [x]) => b.throw('Error', ['<', x!, '>']));
m.function('four', { a: 'f64', b: 'i64', c: 'bool', d: 'u8' }, undefined, (b, [x, y, z, w]) =>
  b.throw('Error', [x!, ' ', y!, ' ', z!, ' ', w!]),
);
m.function('read', { a: 'view.f64', i: 'f64' }, 'f64', (b, [a, i]) => {
  b.span = span;
  const index = b.op('check.bounds', [i!, b.op('view.length', [a!])], undefined, { subject: 'a' });
  b.return([b.op('view.load', [a!, index], 'f64')]);
});
// Stores i at 0, then goes wrong: the store stays.
m.function('late', { a: 'view.f64', i: 'f64' }, undefined, (b, [a, i]) => {
  b.effect('view.store', [a!, b.const('i64', 0n), i!]);
  b.op('check.range', [i!], 'u8', { subject: 'count' });
  b.return([]);
});
const { functions } = (await build(m.ir)).load();
const call = (name: string, ...args: unknown[]): unknown => functions[name]!(...args);

for (const name of classes)
  test(`${name} arrives as that class`, () => {
    assert.is(
      thrown(() => call(name)),
      `${name}: a ${name} with "quotes" \u{1F600}`,
    );
  });

const spoken: Record<string, unknown[]> = {
  bool: [true, false],
  i8: [-128],
  u8: [255],
  u32: [2 ** 32 - 1],
  i64: [-(2n ** 63n), 5n],
  u64: [2n ** 64n - 1n],
  f32: [0.5, NaN, Math.fround(0.1)],
  f64: [0.1, -0, NaN, -Infinity, 1e21, 5e-324, 123456789.125],
};
test('values in messages are written as JavaScript writes them', () => {
  for (const [type, values] of Object.entries(spoken))
    for (const value of values)
      assert.is(
        thrown(() => call(`say.${type}`, value)),
        `Error: <${value}>`,
      );
  assert.is(
    thrown(() => call('four', 0.5, -1n, true, 7)),
    'Error: 0.5 -1 true 7',
  );
});

test('bounds', () => {
  const a = Float64Array.of(1, 2);
  assert.is(call('read', a, 1), 2);
  assert.is(
    thrown(() => call('read', a, 2)),
    "RangeError: index 2 is outside 'a' of length 2 (src/a.ts:3:7)",
  );
  assert.match(
    thrown(() => call('read', a, NaN)),
    'index NaN is outside',
  );
  assert.match(
    thrown(() => call('read', a, -1)),
    'index -1 is outside',
  );
});

test('what was done before the error stays', () => {
  const a = new Float64Array(1);
  assert.match(
    thrown(() => call('late', a, 300)),
    "RangeError: 300 does not fit u8 'count'",
  );
  assert.is(a[0], 300);
});

test("an error's stack starts at the caller", () => {
  try {
    call('Error');
    assert.unreachable();
  } catch (error) {
    assert.match((error as Error).stack!.split('\n')[1]!, 'call');
  }
});

test.run();
