/** The table of operations: that its rows are whole, and results that are easy to get wrong. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { opInfo, ops, type OpName } from '../../compiler/ir/ops.ts';
import type { Constant, ScalarType } from '../../compiler/ir/types.ts';

const names = Object.keys(ops) as OpName[];

test('T is bounded where a row uses it', () => {
  for (const name of names) {
    const { T, operands, result } = opInfo(name);
    assert.is(T !== undefined, operands.includes('T'), name);
    if (result === 'T') assert.ok(operands.includes('T'), name);
  }
});

test('what depends on its scalar operands alone folds', () => {
  const others = [
    ...['const', 'null', 'is.null', 'ref.hash', 'view.length', 'view.byteOffset'],
    ...['view.sameBuffer', 'view.apart', 'rec.is', 'rec.as'],
    ...['str.const', 'str.length', 'str.unit', 'str.compare'],
    ...['error.is', 'error.message', 'error.name'],
  ];
  for (const name of names)
    if (opInfo(name).effect === 'none' && !others.includes(name))
      assert.ok(opInfo(name).fold, name);
});

const folds: readonly (readonly [
  name: OpName,
  args: Constant[],
  type: ScalarType,
  result: ScalarType,
  expected: Constant | undefined,
])[] = [
  ['add', [127, 1], 'i8', 'i8', -128],
  ['mul', [0xffffffff, 0xffffffff], 'u32', 'u32', 1],
  ['mul.high', [0xffffffff, 0xffffffff], 'u32', 'u32', 0xfffffffe],
  ['mul.high', [-1n, 2n ** 62n], 'i64', 'i64', -1n],
  ['mul.high', [2n ** 64n - 1n, 2n ** 64n - 1n], 'u64', 'u64', 2n ** 64n - 2n],
  ['neg', [0], 'f64', 'f64', -0],
  ['neg', [0], 'i32', 'i32', 0],
  ['div', [-7, 2], 'i32', 'i32', -3],
  ['div', [1, 0], 'i32', 'i32', undefined],
  ['div', [-(2 ** 31), -1], 'i32', 'i32', undefined],
  ['rem', [-(2n ** 63n), -1n], 'i64', 'i64', undefined],
  ['rem', [-7, 7], 'f64', 'f64', -0],
  ['add', [2 ** 24, 1], 'f32', 'f32', 2 ** 24],
  ['shl', [1, 33], 'i32', 'i32', 2],
  ['shr', [-1, 28], 'i32', 'i32', -1],
  ['shr', [0xffffffff, 28], 'u32', 'u32', 15],
  ['clz', [0n], 'u64', 'u64', 64n],
  ['clz', [-1], 'i8', 'i8', 0],
  ['bswap', [0x01020304], 'u32', 'u32', 0x04030201],
  ['bits', [-0], 'f64', 'u64', 1n << 63n],
  ['eq', [NaN, NaN], 'f64', 'bool', false],
  ['eq', [0, -0], 'f64', 'bool', true],
  ['min', [0, -0], 'f64', 'f64', -0],
  ['max', [-0, 0], 'f64', 'f64', 0],
  ['max', [NaN, 1], 'f64', 'f64', NaN],
  ['copysign', [3, -0], 'f64', 'f64', -3],
  ['conv', [300], 'i32', 'u8', 44],
  ['conv', [-1], 'i32', 'u64', 2n ** 64n - 1n],
  ['conv', [2n ** 53n + 1n], 'i64', 'f64', 2 ** 53],
  // A double between would round to the tie, and the tie down.
  ['conv', [2n ** 53n + 2n ** 29n + 1n], 'i64', 'f32', 2 ** 53 + 2 ** 30],
  ['conv', [-(2n ** 53n + 2n ** 29n)], 'i64', 'f32', -(2 ** 53)],
  ['conv', [2n ** 64n - 1n], 'u64', 'f32', 2 ** 64],
  ['toint', [-1.9], 'f64', 'i32', -1],
  ['toint', [2 ** 32 + 5], 'f64', 'i32', 5],
  ['toint', [-Infinity], 'f64', 'u8', 0],
  ['fptoint', [-0], 'f64', 'i32', 0],
  ['fptoint', [0.5], 'f64', 'i32', undefined],
  ['clamp8', [2.5], 'f64', 'u8', 2],
  ['clamp8', [3.5], 'f64', 'u8', 4],
  ['clamp8', [NaN], 'f64', 'u8', 0],
  ['in.bounds', [-0, 1n], 'f64', 'bool', true],
  ['in.bounds', [0.5, 1n], 'f64', 'bool', false],
  ['in.bounds', [1, 1n], 'i32', 'bool', false],
  ['check.range', [2 ** 31], 'f64', 'i32', undefined],
  ['check.bounds', [-0, 1n], 'f64', 'i64', 0n],
  ['mul.exact', [2n ** 32n, 2n ** 31n], 'i64', 'i64', undefined],
  ['mul.exact', [2n ** 32n, 2n ** 31n], 'u64', 'u64', 2n ** 63n],
];

for (const [name, args, type, result, expected] of folds)
  test(`${name} (${args.map((arg) => (Object.is(arg, -0) ? '-0' : String(arg))).join(', ')}) of ${type} to ${result}`, () => {
    const folded = opInfo(name).fold?.(args, type, result);
    assert.ok(Object.is(folded, expected), `gives ${String(folded)}`);
  });

test.run();
