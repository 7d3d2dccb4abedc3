/** Control flow, calls, errors and memory of emitted functions, each on every machine there is. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { IrBuilder, defaultOptions } from '../../compiler/ir/build.ts';
import type { IrFunction, IrGlobal, IrTable, ScalarType, Value } from '../../compiler/ir/types.ts';
import { valuesOfSlots } from '../../runtime/messages.ts';
import { compile, machines, missing, type Outcome } from './machine.ts';

/** What a call gave: its results as numbers, or its error's site kind and values. */
type Told = { results: number[] } | { error: string; values: unknown[] };

const scratch = new DataView(new ArrayBuffer(8));
function double(value: number): bigint {
  scratch.setFloat64(0, value);
  return scratch.getBigInt64(0);
}
function fromDouble(slot: bigint): number {
  scratch.setBigInt64(0, slot);
  return scratch.getFloat64(0);
}

function told(fn: IrFunction, outcome: Outcome): Told {
  const { site } = outcome;
  if (site) return { error: site.kind, values: valuesOfSlots(site, outcome.values) };
  return {
    results: outcome.results.map((slot, index) =>
      fn.results[index]?.startsWith('f') ? fromDouble(slot) : Number(slot),
    ),
  };
}

interface Sample {
  readonly name: string;
  readonly functions: IrFunction[];
  readonly globals?: [IrGlobal, bigint][];
  readonly tables?: IrTable[];
  /** Slots of the last function's arguments, and what they give. */
  readonly calls: [bigint[], Told][];
  /** Whether views stay alive behind a call. */
  readonly leftover?: boolean;
}

function build(
  name: string,
  params: readonly ScalarType[],
  results: readonly ScalarType[],
  body: (b: IrBuilder, ...params: Value[]) => void,
): IrFunction {
  const b = new IrBuilder(name, defaultOptions, { file: 'a.ts', line: 3, column: 5, length: 1 });
  const values = params.map((type, index) => b.param(`p${index}`, type));
  b.fn.results = [...results];
  body(b, ...values);
  return b.fn;
}

/** 0 + 1 + … below n, leaving out what `skip` divides, by loop, inner block and locals. */
const sum = build('sum', ['i32', 'i32'], ['i32'], (b, n, skip) => {
  const i = b.local('i', 'i32');
  const total = b.local('total', 'i32');
  b.loop('loop', () => {
    b.if(b.op('ge', [b.get(i), n]), () => b.break('loop'));
    b.block('continue', () => {
      b.if(b.op('eq', [b.op('rem', [b.get(i), skip]), b.const('i32', 0)]), () => {
        b.break('continue');
        b.set(total, b.const('i32', -1)); // never runs
      });
      b.set(total, b.op('add', [b.get(total), b.get(i)]));
    });
    b.set(i, b.op('add', [b.get(i), b.const('i32', 1)]));
  });
  b.return([b.get(total)]);
});

/** Both branches leave; nothing stands behind. */
const sign = build('sign', ['f64'], ['i32', 'f64'], (b, x) => {
  b.if(
    b.op('lt', [x, b.const('f64', 0)]),
    () => b.return([b.const('i32', -1), b.op('neg', [x])]),
    () => {
      b.block('out', () => {
        b.if(b.op('gt', [x, b.const('f64', 0)]), () => b.break('out'));
        b.return([b.const('i32', 0), x]);
      });
      b.return([b.const('i32', 1), x]);
    },
  );
});

const depth = build('depth', ['i32'], ['i32'], (b, n) => {
  b.effect('check.stack', []);
  b.if(b.op('le', [n, b.const('i32', 0)]), () => b.return([n]));
  const [below] = b.call('depth', [b.op('sub', [n, b.const('i32', 1)])], ['i32']);
  b.return([b.op('add', [below as Value, b.const('i32', 1)])]);
});

/** Recursion in tail position and without end. */
const endless = build('endless', ['i32'], ['i32'], (b, n) => {
  b.effect('check.stack', []);
  b.return(b.call('endless', [n], ['i32']));
});

const complain = build('complain', ['f64', 'u8', 'bool', 'u64'], [], (b, x, small, flag, wide) => {
  b.if(flag, () => b.throw('TypeError', ['x is ', x, ', ', small, flag, wide]));
});
const complainTwice = build('complainTwice', ['f64'], ['f64'], (b, x) => {
  const [small, wide] = [b.const('u8', 200), b.const('u64', 2n ** 64n - 1n)];
  b.call('complain', [x, small, b.const('bool', false), wide], []);
  b.call('complain', [x, small, b.op('gt', [x, b.const('f64', 1)]), wide], []);
  b.return([x]);
});

/** A typed array of n elements i² as f64, its part from 2 on moved to the front; then element k. */
const squares = build('squares', ['i64', 'f64'], ['f64', 'i64'], (b, n, k) => {
  const array = b.op('view.new', [n], 'view.f64');
  const i = b.local('i', 'i64');
  b.loop('fill', () => {
    b.if(b.op('ge', [b.get(i), b.op('view.length', [array])]), () => b.break('fill'));
    const x = b.op('conv', [b.get(i)], 'f64');
    b.effect('view.store', [array, b.get(i), b.op('mul', [x, x])]);
    b.set(i, b.op('add', [b.get(i), b.const('i64', 1n)]));
  });
  const [zero, two] = [b.const('i64', 0n), b.const('i64', 2n)];
  const rest = b.op('view.sub', [array, two, b.op('sub', [n, two])]);
  b.effect('release', [array]);
  b.effect('retain', [rest]);
  b.effect('view.move', [rest, zero, rest, two, b.op('sub', [n, b.const('i64', 4n)])]);
  b.effect('release', [rest]);
  const length = b.op('view.length', [rest]);
  const at = b.op('check.bounds', [k, length], 'i64', { subject: 'rest' });
  const element = b.op('view.load', [rest, at], 'f64');
  const same = b.op('view.sameBuffer', [array, rest]);
  b.if(b.op('not', [same]), () => b.throw('Error', ['apart']));
  const offset = b.op('view.byteOffset', [rest]);
  b.effect('release', [rest]);
  b.return([element, offset]);
});

const sumOf = (() => {
  const b = new IrBuilder('sumOf');
  const [array, at] = [b.param('array', 'view.u8c'), b.param('at', 'i32')];
  b.fn.results = ['u8'];
  const length = b.op('view.length', [array]);
  const index = b.op('check.bounds', [at, length], 'i64', { subject: 'array', write: true });
  b.return([b.op('view.load', [array, index], 'u8')]);
  return b.fn;
})();
const callsWithView = build('callsWithView', ['i32', 'f64'], ['u8', 'bool'], (b, at, x) => {
  const [first, length] = [b.const('i64', 0n), b.const('i64', 3n)];
  const array = b.op('view.new', [length], 'view.u8c');
  b.effect('view.store', [array, first, b.op('clamp8', [x])]);
  const kept = b.local('kept', 'view.u8c');
  const absent = b.op('eq', [b.get(kept), b.op('null', [], 'view.u8c')]);
  b.effect('release', [b.get(kept)]);
  b.set(kept, array);
  const [element] = b.call('sumOf', [b.get(kept), at], ['u8']);
  b.effect('release', [b.get(kept)]);
  b.return([element as Value, absent]);
});

/** Writes a double at an odd offset of a DataView, and reads four of its bytes in the other order. */
const bytes = build('bytes', ['f64', 'bool'], ['u32', 'f32'], (b, x, little) => {
  const data = b.op('view.new', [b.const('i64', 16n)], 'view.dataview');
  const at = b.const('i64', 3n);
  b.if(
    little,
    () => b.effect('data.store', [data, at, x], { littleEndian: true }),
    () => b.effect('data.store', [data, at, x], { littleEndian: false }),
  );
  const word = b.op('data.load', [data, at], 'u32', { littleEndian: false });
  const single = b.op('data.load', [data, at], 'f32', { littleEndian: true });
  b.effect('release', [data]);
  b.return([word, single]);
});

const tooMuch = build('tooMuch', ['i64'], ['i64'], (b, n) => {
  const array = b.op('view.new', [n], 'view.u8');
  b.return([b.op('view.length', [array])]);
});

const overflow = build('overflow', ['i16', 'i16', 'u64'], ['i16'], (b, x, y, z) => {
  b.op('check.range', [z], 'i64', { subject: 'z' });
  b.return([b.op('mul.exact', [x, y])]);
});

const constants = build('constants', [], ['f64', 'i16', 'bool'], (b) => {
  const get = (name: string, type: ScalarType): Value =>
    b.op('global.get', [], type, { global: name });
  b.return([b.op('conv', [get('single', 'f32')], 'f64'), get('short', 'i16'), get('flag', 'bool')]);
});
const tables = build('tables', ['i64'], ['f64', 'u8', 'i64'], (b, index) => {
  const at = (table: string, type: ScalarType): Value =>
    b.op('table.load', [index], type, { table });
  b.return([at('halves', 'f64'), at('bytes', 'u8'), at('wide', 'i64')]);
});

const global = (name: string, type: ScalarType): IrGlobal => ({
  name,
  type,
  sourceName: name,
  span: undefined,
});

const samples: Sample[] = [
  {
    name: 'loops and blocks',
    functions: [sum],
    calls: [
      [[10n, 3n], { results: [27] }],
      [[0n, 1n], { results: [0] }],
    ],
  },
  {
    name: 'branches that leave',
    functions: [sign],
    calls: [
      [[double(-2.5)], { results: [-1, 2.5] }],
      [[double(7)], { results: [1, 7] }],
      [[double(NaN)], { results: [0, NaN] }],
    ],
  },
  {
    name: 'recursion',
    functions: [depth],
    calls: [
      [[100n], { results: [100] }],
      [[1000000000n], { error: 'stack', values: [] }],
    ],
  },
  {
    name: 'endless tail recursion',
    functions: [endless],
    calls: [[[1n], { error: 'stack', values: [] }]],
  },
  {
    name: 'errors through calls',
    functions: [complain, complainTwice],
    calls: [
      [[double(0.5)], { results: [0.5] }],
      [[double(1.5)], { error: 'throw', values: [1.5, 200, true, 2n ** 64n - 1n] }],
    ],
  },
  {
    name: 'views made, shared, moved and freed',
    functions: [squares],
    calls: [
      [[6n, double(0)], { results: [16, 16] }],
      [[6n, double(-0)], { results: [16, 16] }],
      [[6n, double(3)], { results: [25, 16] }],
      [[1000n, double(995)], { results: [999 ** 2, 16] }],
    ],
  },
  {
    name: 'views left behind by an error',
    functions: [squares],
    leftover: true,
    calls: [
      [[6n, double(4)], { error: 'bounds', values: [4, 4n] }],
      [[6n, double(1.5)], { error: 'bounds', values: [1.5, 4n] }],
      [[6n, double(NaN)], { error: 'bounds', values: [NaN, 4n] }],
      [[6n, double(2 ** 63)], { error: 'bounds', values: [2 ** 63, 4n] }],
    ],
  },
  {
    name: 'views in calls and locals',
    functions: [sumOf, callsWithView],
    calls: [
      [[0n, double(99.5)], { results: [100, 1] }],
      [[2n, double(99.5)], { results: [0, 1] }],
    ],
  },
  {
    name: 'an index below zero',
    functions: [sumOf, callsWithView],
    leftover: true,
    calls: [[[-1n, double(0)], { error: 'bounds', values: [-1, 3n] }]],
  },
  {
    name: 'bytes of a DataView',
    functions: [bytes],
    calls: [
      [[double(-2), 0n], { results: [0xc0000000, 192 * 2 ** -149] }],
      [[double(1 + 2 ** -51), 1n], { results: [0x02000000, 2 * 2 ** -149] }],
    ],
  },
  {
    name: 'allocations that cannot be',
    functions: [tooMuch],
    calls: [
      [[2n ** 33n + 1n], { error: 'memory', values: [] }],
      [[2n ** 62n], { error: 'memory', values: [] }],
      [[-1n], { error: 'memory', values: [] }],
    ],
  },
  {
    name: 'an allocation of nothing',
    functions: [tooMuch],
    leftover: true,
    calls: [[[0n], { results: [0] }]],
  },
  {
    name: 'ranges and overflow',
    functions: [overflow],
    calls: [
      [[-256n, 128n, 5n], { results: [-32768] }],
      [[256n, 128n, 5n], { error: 'overflow', values: [256, 128] }],
      [[1n, 1n, -(2n ** 63n)], { error: 'range', values: [2n ** 63n] }],
    ],
  },
  {
    name: 'module constants',
    functions: [constants],
    globals: [
      [global('single', 'f32'), double(0.5)],
      [global('short', 'i16'), -7n],
      [global('flag', 'bool'), 1n],
    ],
    calls: [[[], { results: [0.5, -7, 1] }]],
  },
  {
    name: 'constant tables',
    functions: [tables],
    tables: [
      { name: 'halves', type: 'f64', values: [0.5, 1.5] },
      { name: 'bytes', type: 'u8', values: [255, 7] },
      { name: 'wide', type: 'i64', values: [-1n, 2n ** 62n] },
    ],
    calls: [
      [[0n], { results: [0.5, 255, -1] }],
      [[1n], { results: [1.5, 7, 2 ** 62] }],
    ],
  },
];

for (const machine of machines) {
  const problem = missing(machine);
  if (problem !== undefined) {
    test.skip(`functions on ${machine}: ${problem}`);
    continue;
  }
  const functions = [...new Set(samples.flatMap((sample) => sample.functions))];
  const globals = samples.flatMap((sample) => sample.globals ?? []);
  const tables = samples.flatMap((sample) => sample.tables ?? []);
  test(`functions on ${machine}`, () => {
    const run = compile(
      { records: [], functions, globals: globals.map(([one]) => one), exports: [], tables },
      machine,
      globals.map(([, slot]) => slot),
    );
    for (const { name, functions, calls, leftover = false } of samples) {
      const fn = functions.at(-1);
      if (!fn) throw new Error(`${name} has no function`);
      const outcomes = run(
        fn.name,
        calls.map(([args]) => args),
      );
      outcomes.forEach((outcome, index) => {
        assert.equal(told(fn, outcome), calls[index]?.[1], `${name}, call ${index}`);
        assert.is(outcome.leftover, leftover, `${name}, call ${index}: views left`);
      });
    }
  });
}

test.run();
