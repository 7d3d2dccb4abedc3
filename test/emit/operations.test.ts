/** Every pure scalar operation over edge values: machine code gives what the table's `fold` says, bit for bit. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { IrBuilder } from '../../compiler/ir/build.ts';
import { opInfo, ops, type OpName } from '../../compiler/ir/ops.ts';
import {
  bitWidth,
  integerBounds,
  isFloat,
  isInteger,
  isNumeric,
  isScalar,
  type Constant,
  type IrFunction,
  type ScalarType,
} from '../../compiler/ir/types.ts';
import { normalize } from '../../compiler/ir/scalars.ts';
import { compile, machines, missing } from './machine.ts';

const integers: ScalarType[] = ['i8', 'u8', 'i16', 'u16', 'i32', 'u32', 'i64', 'u64'];
const scalars: ScalarType[] = ['bool', ...integers, 'f32', 'f64'];

const edges = [
  0,
  1,
  2,
  3,
  0.25,
  0.5,
  0.75,
  1.5,
  2.5,
  3.5,
  7,
  31,
  32,
  33,
  63,
  64,
  100.5,
  127,
  128,
  254.5,
  255,
  255.5,
  256,
  32767,
  32768,
  65535,
  65536,
  2 ** 31 - 1,
  2 ** 31,
  2 ** 31 + 1,
  2 ** 32 - 1,
  2 ** 32,
  2 ** 32 + 1,
  2 ** 52 + 0.5,
  2 ** 53 - 1,
  2 ** 53,
  2 ** 53 + 2,
  2 ** 62,
  2 ** 63,
  2 ** 63 + 2048,
  2 ** 64,
  2 ** 64 + 4096,
  2 ** 65 + 2 ** 13,
  1e20,
  1.7e30,
  2 ** 84 + 2 ** 32,
  2 ** 115 + 2 ** 63,
  2 ** 116 - 2 ** 63,
  3.4028234663852886e38,
  1e300,
  Number.MAX_VALUE,
  Number.MIN_VALUE,
  1.401298464324817e-45,
  1.1754942106924411e-38,
  2.2250738585072014e-308,
  0.1,
  1 / 3,
];
const floats = [...edges, ...edges.map((x) => -x), NaN, Infinity, -Infinity, 0.49999999999999994];

function inputs(type: ScalarType): Constant[] {
  if (type === 'bool') return [false, true];
  if (isFloat(type)) return unique(floats.map((x) => normalize(type, x)));
  if (!isInteger(type)) throw new Error(type);
  const { min, max } = integerBounds(type);
  const near = [
    0n,
    1n,
    2n,
    3n,
    5n,
    7n,
    8n,
    31n,
    32n,
    33n,
    63n,
    64n,
    100n,
    2n ** 24n + 1n,
    2n ** 53n + 1n,
  ];
  const all = [
    ...near,
    ...near.map((x) => -x),
    min,
    min + 1n,
    max - 1n,
    max,
    max >> 1n,
    0x1234567812345679n,
  ];
  return unique(all.map((x) => normalize(type, x)));
}

/** Set keeps −0 and 0 as one, so Object.is decides. */
const unique = (values: Constant[]): Constant[] =>
  values.filter((x, index) => values.findIndex((y) => Object.is(x, y)) === index);

const scratch = new DataView(new ArrayBuffer(8));
function slotOf(type: ScalarType, value: Constant): bigint {
  if (isFloat(type)) {
    scratch.setFloat64(0, Number(value));
    return scratch.getBigInt64(0);
  }
  return BigInt.asIntN(64, BigInt(value));
}
function valueOf(type: ScalarType, slot: bigint): Constant {
  if (isFloat(type)) {
    scratch.setBigInt64(0, slot);
    return scratch.getFloat64(0);
  }
  if (type === 'bool') return slot === 1n;
  if (type === 'u64') return BigInt.asUintN(64, slot);
  return type === 'i64' ? slot : Number(slot);
}
const show = (value: Constant | undefined): string =>
  value === undefined ? 'error' : Object.is(value, -0) ? '-0' : String(value);

interface Case {
  readonly op: OpName;
  readonly types: readonly ScalarType[];
  readonly result: ScalarType;
  readonly fn: IrFunction;
}

/** Whether the operation is defined for these types, as its row says in words. */
function meaningful(op: OpName, from: ScalarType, to: ScalarType): boolean {
  switch (op) {
    case 'conv':
      return to !== 'bool' && !(isFloat(from) && isInteger(to));
    case 'toint':
    case 'fptoint':
      return isInteger(to);
    case 'check.range':
      return isInteger(to) && isNumeric(from);
    case 'bits':
      return isNumeric(to) && bitWidth(from) === bitWidth(to);
    default:
      return true;
  }
}

const classes: Record<string, readonly ScalarType[]> = {
  any: scalars,
  scalar: scalars,
  numeric: [...integers, 'f32', 'f64'],
  integer: integers,
  float: ['f32', 'f64'],
  bits: ['bool', ...integers],
};

function cases(): Case[] {
  const all: Case[] = [];
  for (const op of Object.keys(ops) as OpName[]) {
    const info = opInfo(op);
    if (!info.fold) continue;
    for (const type of info.T ? (classes[info.T] ?? []) : []) {
      const types = info.operands.map((operand) => {
        const actual = operand === 'T' ? type : operand;
        if (!isScalar(actual as ScalarType)) throw new Error(`${op} takes ${operand}`);
        return actual as ScalarType;
      });
      const results =
        info.result === 'attribute' ? scalars : [info.result === 'T' ? type : info.result];
      for (const result of results) {
        if (!isScalar(result as ScalarType) || !meaningful(op, type, result as ScalarType))
          continue;
        const b = new IrBuilder(`${op}.${type}.${result}`);
        const args = types.map((t, index) => b.param(`p${index}`, t));
        b.fn.results = [result as ScalarType];
        b.return([b.op(op, args, result as ScalarType, { subject: 'x' })]);
        all.push({ op, types, result: result as ScalarType, fn: b.fn });
      }
    }
  }
  return all;
}

const combinations = (lists: Constant[][]): Constant[][] =>
  lists.reduce<Constant[][]>(
    (done, list) => done.flatMap((row) => list.map((x) => [...row, x])),
    [[]],
  );

/** What LLVM leaves undefined and the table excludes: smallest / −1. */
const excluded = (op: OpName, type: ScalarType, args: Constant[]): boolean =>
  (op === 'div' || op === 'rem') &&
  isInteger(type) &&
  BigInt(args[1] ?? 0) === -1n &&
  BigInt(args[0] ?? 0) === integerBounds(type).min;

interface Expectation {
  readonly row: readonly Constant[];
  readonly slots: readonly bigint[];
  /** Undefined where the operation throws. */
  readonly result: Constant | undefined;
}

function expectations({ op, types, result }: Case): Expectation[] {
  const [type = 'bool'] = types;
  const { fold, effect } = opInfo(op);
  return combinations(types.map(inputs))
    .filter((row) => !excluded(op, type, row))
    .map((row) => ({
      row,
      slots: row.map((value, index) => slotOf(types[index] ?? 'bool', value)),
      result: fold?.(row, type, result),
    }))
    .filter((expectation) => expectation.result !== undefined || effect === 'throw');
}

/** `min` and `max` with one operand that is a constant, which are written in a form of their own. */
function constantCases(): (Case & { expected: Expectation[] })[] {
  const limits = [0, -0, 1, -1.5, 255, NaN, Infinity, -Infinity, 2 ** -149];
  const all: (Case & { expected: Expectation[] })[] = [];
  for (const op of ['min', 'max'] as const)
    for (const type of ['f32', 'f64'] as const)
      for (const side of ['left', 'right'])
        for (const limit of limits) {
          const b = new IrBuilder(`${op}.${type}.${side}.${show(limit)}`);
          const x = b.param('x', type);
          const constant = b.const(type, limit);
          b.fn.results = [type];
          b.return([b.op(op, side === 'left' ? [constant, x] : [x, constant])]);
          const expected = inputs(type).map((value) => ({
            row: [value],
            slots: [slotOf(type, value)],
            result: opInfo(op).fold?.([value, limit], type, type),
          }));
          all.push({ op, types: [type], result: type, fn: b.fn, expected });
        }
  return all;
}

const tested = [
  ...constantCases(),
  ...cases().map((one) => ({ ...one, expected: expectations(one) })),
];
const count = tested.reduce((sum, { expected }) => sum + expected.length, 0);

for (const machine of machines) {
  const problem = missing(machine);
  if (problem !== undefined) {
    test.skip(`operations on ${machine}: ${problem}`);
    continue;
  }
  test(`${count} operations on ${machine}`, () => {
    const functions = tested.map(({ fn }) => fn);
    const run = compile({ records: [], functions, globals: [], exports: [] }, machine);
    for (const { result, fn, expected } of tested) {
      const outcomes = run(
        fn.name,
        expected.map(({ slots }) => slots),
      );
      expected.forEach(({ row, result: wanted }, index) => {
        const { site, results: [slot = 0n] = [] } = outcomes[index] ?? {};
        const actual = site ? undefined : valueOf(result, slot);
        if (!Object.is(actual, wanted))
          assert.unreachable(
            `${fn.name}(${row.map(show).join(', ')}) = ${show(actual)}, not ${show(wanted)}`,
          );
      });
    }
  });
}

test('the operations are many', () => assert.ok(count > 50_000));

test.run();
