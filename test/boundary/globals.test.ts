/** Module-level constants that JavaScript hands over with `bind`. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type ScalarType } from '../../compiler/ir/types.ts';
import { build, ModuleBuilder, thrown } from './addon.ts';

const constants: [ScalarType, unknown, unknown][] = [
  ['bool', true, 1],
  ['i8', -128, 128],
  ['u8', 255, -1],
  ['i16', -32768, 0.5],
  ['u16', 65535, 65536],
  ['i32', -(2 ** 31), '1'],
  ['u32', 2 ** 32 - 1, null],
  ['i64', -(2n ** 63n), 1],
  ['u64', 2n ** 64n - 1n, -1n],
  ['f32', Math.fround(0.1), 0.1],
  ['f64', -0, undefined],
];

const zero = 0n;
const m = new ModuleBuilder();
for (const [type] of constants) {
  m.global(type, type);
  m.function(`get.${type}`, {}, type, (b) =>
    b.return([b.op('global.get', [], type, { global: `${type}.id` })]),
  );
}
m.global('TABLE', 'view.f64').global('OTHER', 'view.u8').global('LATE', 'f64');
const table = { global: 'TABLE.id' };
m.function('first', {}, 'f64', (b) => {
  const view = b.op('global.get', [], 'view.f64', table);
  b.return([b.op('view.load', [view, b.const('i64', zero)], 'f64')]);
});
m.function('setFirst', { x: 'f64' }, undefined, (b, [x]) => {
  const view = b.op('global.get', [], 'view.f64', table);
  b.effect('view.store', [view, b.const('i64', zero), x!]);
  b.return([]);
});
m.function('whole', {}, 'view.f64', (b) => b.return([b.op('global.get', [], 'view.f64', table)]));
m.function('isTable', { a: 'view.f64' }, 'bool', (b, [a]) =>
  b.return([b.op('eq', [a!, b.op('global.get', [], 'view.f64', table)])]),
);
m.function('sharesTable', { a: 'view.u8' }, 'bool', (b, [a]) =>
  b.return([b.op('view.sameBuffer', [a!, b.op('global.get', [], 'view.f64', table)])]),
);
m.function('mixed', {}, 'f64', (b) => {
  const view = b.op('global.get', [], 'view.f64', table);
  const element = b.op('view.load', [view, b.const('i64', zero)], 'f64');
  b.return([b.op('add', [element, b.op('global.get', [], 'f64', { global: 'f64.id' })])]);
});
// Reads through another function.
m.function('indirect', {}, 'f64', (b) => b.return(b.call('first', [], ['f64'])));
m.function('late', {}, 'f64', (b) =>
  b.return([b.op('global.get', [], 'f64', { global: 'LATE.id' })]),
);
const addon = await build(m.ir);
const native = addon.load();
const call = (name: string, ...args: unknown[]): unknown => native.functions[name]!(...args);
const array = Float64Array.of(1, 2);

test('a constant that has no value yet', () => {
  const message = "ReferenceError: Cannot access 'TABLE' before initialization";
  for (const name of ['first', 'whole', 'indirect'])
    assert.is(
      thrown(() => call(name)),
      message,
    );
  assert.is(
    thrown(() => call('late')),
    "ReferenceError: Cannot access 'LATE' before initialization",
  );
  assert.match(
    thrown(() => call('mixed')),
    'ReferenceError',
  );
  // Arguments are checked first.
  assert.match(
    thrown(() => call('setFirst', 'x')),
    'TypeError',
  );
});

for (const [type, value, wrong] of constants)
  test(`${type}: exactly what was bound`, () => {
    const error = thrown(() => native.bind(`${type}.id`, wrong));
    assert.match(error, /^(Type|Range)Error: constant '\w+' expected /);
    assert.match(
      thrown(() => call(`get.${type}`)),
      'ReferenceError',
    );
    native.bind(`${type}.id`, value);
    assert.ok(Object.is(call(`get.${type}`), value));
    // A failed binding changes nothing.
    thrown(() => native.bind(`${type}.id`, wrong));
    assert.ok(Object.is(call(`get.${type}`), value));
  });

test('a typed array is shared by reference', () => {
  assert.is(
    thrown(() => native.bind('TABLE.id', new Float32Array(1))),
    "TypeError: constant 'TABLE' expected Float64Array, got Float32Array",
  );
  native.bind('TABLE.id', array);
  assert.is(call('whole'), array);
  array[0] = 5;
  assert.is(call('first'), 5);
  assert.is(call('indirect'), 5);
  call('setFirst', 6);
  assert.is(array[0], 6);
  assert.is(call('mixed'), 6);
});

test('a constant is the same view as an argument', () => {
  assert.is(call('isTable', array), true);
  assert.is(call('isTable', array.subarray()), false);
  assert.is(call('sharesTable', new Uint8Array(array.buffer)), true);
  assert.is(call('sharesTable', new Uint8Array(1)), false);
});

test('constants can be bound again, as when a module is loaded anew', () => {
  const other = Float64Array.of(9);
  native.bind('TABLE.id', other);
  assert.is(call('whole'), other);
  assert.is(call('first'), 9);
});

test('a detached constant is refused', () => {
  const doomed = new Float64Array(1);
  native.bind('TABLE.id', doomed);
  structuredClone(doomed, { transfer: [doomed.buffer] });
  assert.is(
    thrown(() => call('whole')),
    "TypeError: whole: constant 'TABLE' expected Float64Array, got one whose buffer is detached",
  );
  assert.match(
    thrown(() => native.bind('TABLE.id', doomed)),
    "constant 'TABLE' expected Float64Array",
  );
});

test('unknown constants are ignored', () => {
  native.bind('nothing', 1);
});

test.run();
