/** Scalars through the boundary: each type gives back exactly what it was given, or throws. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Tag, type ScalarType } from '../../compiler/ir/types.ts';
import { build, ModuleBuilder, thrown } from './addon.ts';

const types: ScalarType[] = [
  'bool',
  'i8',
  'u8',
  'i16',
  'u16',
  'i32',
  'u32',
  'i64',
  'u64',
  'f32',
  'f64',
];

const m = new ModuleBuilder();
for (const type of types) {
  m.function(type, { x: type }, type, (b, [x]) => b.return([x!]));
  m.function(`${type}.optional`, { x: `${type}?` }, `${type}?`, (b, values) => b.return(values));
  m.function(`${type}.nullable`, { x: `${type}|null` }, `${type}|null`, (b, v) => b.return(v));
}
m.function('nothing', {}, undefined, (b) => b.return([]));
m.function('second', { a: 'i32', b: 'f64' }, 'f64', (b, [, second]) => b.return([second!]));
m.function('tag', { x: 'f64?' }, 'u8', (b, [tag]) => b.return([tag!]));
const { functions } = (await build(m.ir)).load();

const accepted: Record<ScalarType, unknown[]> = {
  bool: [true, false],
  i8: [-128, -1, 0, 127],
  u8: [0, 1, 255],
  i16: [-32768, 32767],
  u16: [0, 65535],
  i32: [-(2 ** 31), -1, 2 ** 31 - 1],
  u32: [0, 2 ** 31, 2 ** 32 - 1],
  i64: [-(2n ** 63n), -1n, 0n, 2n ** 63n - 1n],
  u64: [0n, 2n ** 63n, 2n ** 64n - 1n],
  f32: [0, -0, 1.5, NaN, Infinity, -Infinity, Math.fround(0.1), 2 ** -149],
  f64: [0, -0, 0.1, NaN, Infinity, -Infinity, 2 ** 53 + 2, 5e-324, 1e308],
};

const outOfRange: Partial<Record<ScalarType, unknown[]>> = {
  i8: [-129, 128, 0.5, NaN, Infinity, -Infinity, 1e300],
  u8: [-1, 256, 255.5],
  i16: [-32769, 32768],
  u16: [-1, 65536],
  i32: [-(2 ** 31) - 1, 2 ** 31, 2 ** 53, NaN, -0.5],
  u32: [-1, 2 ** 32, Infinity],
  i64: [2n ** 63n, -(2n ** 63n) - 1n, 2n ** 200n],
  u64: [-1n, 2n ** 64n],
  f32: [0.1, 1e39, 2 ** -150, 2 ** 24 + 1],
};

const samples: [unknown, string][] = [
  [undefined, 'undefined'],
  [null, 'null'],
  ['1', 'string'],
  [{}, 'Object'],
  [[1], 'Array'],
  [Object.create(null), 'object'],
  [new Map(), 'Map'],
  [Symbol('s'), 'symbol'],
  [() => 1, 'function'],
  [new Float64Array(1), 'Float64Array'],
  [new Proxy({}, { getPrototypeOf: () => null }), 'object'],
  [true, 'boolean'],
  [1, 'number'],
  [1n, 'bigint'],
];

const named = (type: ScalarType): string =>
  type === 'f64' ? 'number' : type === 'bool' ? 'boolean' : type;
const takes = (type: ScalarType, value: unknown): boolean =>
  typeof value ===
  (type === 'bool' ? 'boolean' : type === 'i64' || type === 'u64' ? 'bigint' : 'number');

for (const type of types) {
  const same = functions[type]!;
  test(`${type}: gives back what it holds`, () => {
    for (const value of accepted[type]) assert.ok(Object.is(same(value), value), String(value));
  });

  test(`${type}: RangeError for what it can't hold`, () => {
    for (const value of outOfRange[type] ?? []) {
      const message = thrown(() => same(value));
      assert.match(message, `RangeError: ${type}: parameter 'x' expected ${type} (`);
      assert.match(message, `), got ${value}`);
    }
  });

  test(`${type}: TypeError for other types, also where it is optional`, () => {
    for (const [value, name] of samples) {
      if (takes(type, value)) continue;
      const expected = `TypeError: ${type}: parameter 'x' expected ${named(type)}, got ${name}`;
      assert.is(
        thrown(() => same(value)),
        expected,
      );
      if (value !== undefined) {
        const optional = `TypeError: ${type}.optional: parameter 'x' expected ${named(type)} or undefined, got ${name}`;
        assert.is(
          thrown(() => functions[`${type}.optional`]!(value)),
          optional,
        );
      }
      if (value !== null) {
        const nullable = `TypeError: ${type}.nullable: parameter 'x' expected ${named(type)} or null, got ${name}`;
        assert.is(
          thrown(() => functions[`${type}.nullable`]!(value)),
          nullable,
        );
      }
    }
    assert.match(
      thrown(() => same()),
      /TypeError: .* got undefined$/,
    );
  });

  test(`${type}: optional and nullable values`, () => {
    const [value] = accepted[type];
    assert.is(functions[`${type}.optional`]!(value), value);
    assert.is(functions[`${type}.optional`]!(undefined), undefined);
    assert.is(functions[`${type}.optional`]!(), undefined);
    assert.is(functions[`${type}.nullable`]!(value), value);
    assert.is(functions[`${type}.nullable`]!(null), null);
  });
}

test('integers have no negative zero', () => {
  assert.ok(Object.is(functions['i32']!(-0), 0));
  assert.ok(Object.is(functions['u8']!(-0), 0));
});

test('extra arguments are ignored, the first wrong one is reported', () => {
  assert.is(functions['nothing']!(1, 2, 3), undefined);
  assert.is(functions['second']!(1, 2.5, 'extra'), 2.5);
  assert.match(
    thrown(() => functions['second']!('a', 'b')),
    `parameter 'a'`,
  );
  assert.match(
    thrown(() => functions['second']!(1)),
    `parameter 'b'`,
  );
});

test('tags tell which of value, undefined and null an argument is', () => {
  assert.is(functions['tag']!(0), Tag.value);
  assert.is(functions['tag']!(undefined), Tag.undefined);
});

test("an error's stack starts at the caller", () => {
  function caller(): unknown {
    return functions['i32']!('x');
  }
  try {
    caller();
    assert.unreachable();
  } catch (error) {
    const [, first] = (error as Error).stack!.split('\n');
    assert.match(first!, 'caller');
  }
});

test('functions have their names', () => {
  assert.is(functions['i32']!.name, 'i32');
});

test.run();
