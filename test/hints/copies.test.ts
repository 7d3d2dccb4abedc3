/** Native copies of modules: what they export gives what the originals give. */
import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { info } from '../../runtime/index.ts';
import { makeModules, type Files, type Modules } from './modules.ts';

const test = suite('copies of modules');

type Exports = Record<string, (...args: never[]) => unknown>;

/** Builds a copy and gives the original and the copy to `compare`. */
async function withCopy(
  files: Files,
  entry: string,
  compare: (original: Exports, copy: Exports, modules: Modules) => void | Promise<void>,
): Promise<void> {
  const modules = makeModules(files);
  try {
    const { diagnostics } = await modules.build([entry]);
    assert.equal(diagnostics, []);
    const copy = await modules.load(`native/${entry.split('/').at(-1)}`);
    await compare(await modules.load(entry), copy, modules);
  } finally {
    modules.remove();
  }
}

/** Whether the process has a native function of that name. */
const ranNatively = (name: string): boolean =>
  info().modules.some(({ functions }) => functions.some((fn) => fn.name === name && fn.native));

const esm: Files = {
  'dep/package.json': JSON.stringify({ name: 'dep', type: 'module', version: '1.2.3' }),
  'dep/index.js': `import { scale } from './scale.js';
// A comment.
export function total(values, by) {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += scale(values[i], by);
  return sum;
}
export const label = () => 'total of ' + total([1, 2], 2);
`,
  'dep/index.d.ts': 'export function total(values: ArrayLike<number>, by: number): number;\n',
  'dep/scale.js': 'export const scale = (x, by) => x * by;\n',
  'hints.d.ts': `
declare module './dep/index.js' {
  /** @native */
  function total(values: Float64Array, by: f64): f64;
}
declare module './dep/scale.js' {
  function scale(x: f64, by: f64): f64;
}
`,
};

test('an ECMAScript module', () =>
  withCopy(esm, 'dep/index.js', (original, copy, modules) => {
    const values = new Float64Array([1.5, -2, 1e300]);
    assert.is(
      copy['total']?.(values as never, 3 as never),
      original['total']?.(values as never, 3 as never),
    );
    assert.ok(ranNatively('total'));
    // JavaScript runs for what the hints don't say.
    const floats = new Float32Array([1, 2]);
    assert.is(copy['total']?.(floats as never, 3 as never), 9);
    assert.is(
      copy['total']?.(['1.5', '2'] as never, 3 as never),
      original['total']?.(['1.5', '2'] as never, 3 as never),
    );
    assert.is(copy['label']?.(), 'total of 6');
    const manifest = JSON.parse(
      readFileSync(modules.path('native/package.json'), 'utf8'),
    ) as unknown;
    assert.equal(manifest, { name: 'dep', version: '1.2.3', type: 'module', private: true });
    assert.match(readFileSync(modules.path('native/index.js'), 'utf8'), '// A comment.');
    assert.match(readFileSync(modules.path('native/index.d.ts'), 'utf8'), 'ArrayLike');
  }));

test('a CommonJS module, whose functions are in variables', () =>
  withCopy(
    {
      'dep/package.json': JSON.stringify({ name: 'dep' }),
      'dep/index.js': `var sums = require('./sums.js');
var twice = function (x) { return sums.add(x, x); };
var all = function (n) {
  var s = 0, i, last;
  for (i = 0; i < n; i++) { last = twice(i); s += last; }
  return s;
};
exports.all = all;
exports.loose = function () { return this === undefined ? 'strict' : 'sloppy'; };
`,
      'dep/sums.js': 'exports.add = add;\nfunction add(a, b) { return a + b; }\n',
      'hints.d.ts': `
declare module './dep/index.js' {
  /** @native */
  function all(n: i32): f64;
  function twice(x: f64): f64;
}
declare module './dep/sums.js' {
  function add(a: f64, b: f64): f64;
}
`,
    },
    'dep/index.js',
    async (_, copy) => {
      const exports = copy['default'] as unknown as Exports;
      assert.is(exports['all']?.(10 as never), 90);
      assert.is(exports['all']?.('3' as never), 6);
      // Not as a method of `exports`.
      const loose = exports['loose'] ?? (() => '');
      assert.is(loose(), 'sloppy');
    },
  ));

test('functions that a CommonJS module only exports, with Buffers and subclasses of typed arrays', () =>
  withCopy(
    {
      'dep/package.json': JSON.stringify({ name: 'dep' }),
      'dep/index.js': `exports.sum = function (bytes, from) {
  var s = 0;
  for (var i = from; i < bytes.length; i++) s += bytes[i];
  return s;
};
exports.rest = function rest(bytes, from) { return bytes.subarray(from); };
module.exports.both = (bytes) => bytes[0] + 0.5;
`,
      'hints.d.ts': `
declare module './dep/index.js' {
  /** @native */
  function sum(bytes: Uint8Array, from: f64): f64;
  /** @native */
  function rest(bytes: Uint8Array, from: f64): Uint8Array;
  /** @native */
  function both(bytes: Uint8Array): f64;
}
`,
    },
    'dep/index.js',
    (original, copy, modules) => {
      for (const name of ['sum', 'rest', 'both']) assert.ok(ranNatively(name), name);
      class Doubled extends Uint8Array {
        override subarray(): Uint8Array<ArrayBuffer> {
          return Uint8Array.of(9);
        }
      }
      const run = ({ default: own }: Exports, bytes: Uint8Array): unknown[] => {
        const exports = own as unknown as Exports;
        const rest = exports['rest']?.(bytes as never, 1 as never) as Uint8Array;
        const others = [
          exports['sum']?.(bytes as never, 1 as never),
          exports['both']?.(bytes as never),
        ];
        return [...others, [...rest], rest.constructor, rest.buffer === bytes.buffer];
      };
      for (const Class of [Uint8Array, Buffer, Doubled])
        assert.equal(run(copy, Class.from([1, 2, 250])), run(original, Class.from([1, 2, 250])));
      const text = readFileSync(modules.path('native/index.js'), 'utf8');
      // Where there is none, as in browsers, nothing asks for it.
      assert.not.match(text, 'Buffer');
      assert.match(
        text,
        /bytes instanceof Uint8Array && typeof from === 'number'\) return \$native_sum/,
      );
    },
  ));

test('functions that never return, and variables of older JavaScript', () =>
  withCopy(
    {
      'dep/package.json': JSON.stringify({ name: 'dep', type: 'module' }),
      'dep/index.js': `var Bytes = Uint8Array;
var table = new Bytes([1, 2, 3]);
table[0] = 7;
var texts = ['bad', 'worse'];
var fail = function (code, text, quiet) {
  var error = new Error(text || texts[code]);
  error.code = code;
  if (!quiet) throw error;
  return error;
};
function stop(x) { throw { x }; }
export function take(from, start, mode) {
  from[0] = 9;
  if (mode === 1) fail(1);
  if (mode === 2) fail(start, 'text');
  if (mode === 3) fail(0, 'quiet', true);
  if (mode === 4) stop(start);
  var part = new Bytes(from.subarray(start));
  for (var i = 0; i < part.length; ++i) {
    var part2 = part[i];
    part[i] = part2 + table[0];
  }
  if (start > 0) {
    var mixed = part.length;
    part[0] += mixed;
  } else {
    var mixed = part.subarray(0, 1);
    part[1] = mixed[0];
  }
  return part;
}
`,
      'hints.d.ts': `
/** @native bounds: js */
declare module './dep/index.js' {
  const table: Uint8Array;
  function fail(code: f64, text?: string, quiet?: boolean): never;
  function stop(x: f64): never;
  /** @native bounds: js */
  function take(from: Uint8Array, start: f64, mode: f64): Uint8Array;
  namespace take {
    let i: i32;
    let mixed$1: i32;
  }
}
`,
    },
    'dep/index.js',
    (original, copy) => {
      const outcome = (exports: Exports, ...args: readonly unknown[]): unknown => {
        const from = Uint8Array.of(1, 2, 250);
        try {
          return [from, exports['take']?.(...([from, ...args] as never[]))];
        } catch (error) {
          if (!(error instanceof Error)) return [from, error];
          const { name, message, code } = error as Error & { code?: unknown };
          return [from, name, message, code];
        }
      };
      for (const mode of [0, 1, 2, 4])
        for (const start of [0, 1, 3])
          assert.equal(outcome(copy, start, mode), outcome(original, start, mode));
      assert.ok(ranNatively('take'));
      // It returns, though the hints say that it doesn't.
      assert.match(String(outcome(copy, 0, 3)), 'has returned');
    },
  ));

test('an argument that holds typed arrays', () =>
  withCopy(
    {
      'dep/package.json': JSON.stringify({ name: 'dep', type: 'module' }),
      'dep/index.js': `export function push(chunk, state, final) {
  var at = state.at || 0;
  var table = state.table;
  if (!table) table = new Uint16Array(4);
  for (var i = 0; i < chunk.length; i++) {
    table[at & 3] += chunk[i];
    at++;
    if (chunk[i] === 255) { state.at = at; throw new RangeError('at ' + at); }
  }
  state.at = at;
  if (final) { state.done = true; state.table = null; state.last = undefined; }
  else if (chunk.length > 0) state.table = table, state.last = chunk[0];
  return table;
}
`,
      'hints.d.ts': `
/** @native bounds: js */
declare module './dep/index.js' {
  interface State {
    at?: f64;
    last?: f64;
    done: boolean;
    table?: Uint16Array | null;
  }
  /** @native bounds: js */
  function push(chunk: Uint8Array, state: State, final?: boolean): Uint16Array;
}
`,
    },
    'dep/index.js',
    (original, copy) => {
      const run = (exports: Exports): unknown[] => {
        const states: object[] = [
          { done: false },
          { at: 2, done: false, table: Uint16Array.of(1, 2, 3, 4) },
          { at: undefined, done: false, table: null, last: 7 },
          // JavaScript runs for it.
          { at: '1', done: false },
        ];
        return states.map((state) => {
          const told: unknown[] = [];
          const before = (state as { table?: unknown }).table;
          for (const [chunk, final] of [
            [[], false],
            [[1, 2, 3, 4, 5], undefined],
            [[9, 255, 1], false],
            [[7], false],
            [[7], true],
          ] as const) {
            try {
              const table = exports['push']?.(
                ...([Uint8Array.from(chunk), state, final] as never[]),
              );
              told.push(structuredClone(table), before === table);
            } catch (error) {
              told.push(String(error));
            }
            told.push(structuredClone(state));
          }
          return told;
        });
      };
      assert.equal(run(copy), run(original));
      assert.ok(ranNatively('push'));
    },
  ));

const counter: Files = {
  'dep/package.json': JSON.stringify({ name: 'dep', type: 'module' }),
  'dep/index.js': `export class Counter {
  constructor(values) {
    this.values = values;
    this.sum = 0;
    this.count = 0;
    this.isOdd = false;
    this.best = values;
    this.other = 'untyped';
  }
  step(x) {
    if (x < 0) throw new RangeError('negative: ' + x);
    this.sum += x;
    this.count++;
    this.isOdd = !this.isOdd;
    return this.weigh(x);
  }
  weigh(x) { return x * this.values.length; }
  run(limit) {
    for (let i = 0; i < this.values.length; i++) {
      if (i === limit) throw new Error('limit');
      this.step(this.values[i]);
    }
    return this;
  }
  at(index) { return this.values[index]; }
  trim(n) {
    this.best = this.values.subarray(0, n);
    this.values = new Float64Array(n);
    return this.best.length;
  }
}
`,
  'hints.d.ts': `
declare module './dep/index.js' {
  class Counter {
    values: Float64Array;
    best: Float64Array;
    sum: f64;
    count: i32;
    isOdd: boolean;
    /** @native */
    step(x: f64): f64;
    weigh(x: f64): f64;
    /** @native */
    run(limit: f64): Counter;
    /** @native */
    at(index: i32): f64;
    /** @native */
    trim(n: i32): f64;
  }
}
`,
};

interface CounterObject {
  values: Float64Array;
  best: Float64Array;
  sum: number;
  count: number;
  isOdd: boolean;
  step(x: number): number;
  weigh(x: number): number;
  run(limit: number): CounterObject;
  at(index: number): number | undefined;
  trim(n: number): number;
}

test('methods, with the fields of their objects', () =>
  withCopy(counter, 'dep/index.js', (original, copy) => {
    const make = (exports: Exports): CounterObject =>
      new (exports['Counter'] as unknown as new (values: Float64Array) => CounterObject)(
        new Float64Array([1, 2.5, 4]),
      );
    const [mine, theirs] = [make(copy), make(original)];
    const same = (): void => assert.equal({ ...mine }, { ...theirs });
    assert.is(mine.step(2), theirs.step(2));
    same();
    // Outside of an array JavaScript finds `undefined`, and native code throws.
    assert.is(theirs.at(3), undefined);
    assert.throws(
      () => mine.at(3),
      (error: Error) => error instanceof RangeError,
    );
    assert.is(mine.run(-1), mine);
    theirs.run(-1);
    same();
    // What was done before an error stays.
    assert.throws(() => mine.run(2), 'limit');
    assert.throws(() => theirs.run(2), 'limit');
    same();
    assert.throws(
      () => mine.step(-3),
      (error: Error) => error instanceof RangeError && error.message === 'negative: -3',
    );
    const { values } = mine;
    assert.is(mine.trim(2), theirs.trim(2));
    same();
    assert.is(mine.best.buffer, values.buffer);
    // A field that isn't what the hints say is JavaScript's affair, and so is another method.
    (mine as { values: unknown }).values = [1, 1];
    assert.is(mine.step(3), 6);
    const own = make(copy);
    own.weigh = () => 42;
    assert.is(own.step(1), 42);
    assert.is(own.count, 1);
  }));

test('constants that top-level code fills, and those that are detached', () =>
  withCopy(
    {
      'dep/package.json': JSON.stringify({ name: 'dep', type: 'module' }),
      'dep/index.js': `const squares = [];
for (let i = 0; i < 4; i++) squares.push(i * i);
squares[0] = 7;
const mixed = [1];
mixed.push('2');
export const weights = new Float64Array([1, 2, 3, 4]);
export function sum(n) {
  let total = 0;
  for (let i = 0; i < n; i++) total += squares[i] * weights[i];
  return total;
}
export const loose = (i) => mixed[i] + 1;
export function scaled(n, unit) {
  const list = [];
  for (let i = 0; i < n; i++) list.push(weights[i] * 2 + unit);
  return list;
}
export function moved(by, n) {
  return by.x + scaled(n, '!').join();
}
`,
      'hints.d.ts': `
declare module './dep/index.js' {
  const squares: u8[];
  const mixed: f64[];
  /** @native */
  function sum(n: i32): f64;
  /** @native */
  function loose(i: i32): f64;
  /** @native */
  function scaled(n: i32, unit: string): string[];
  namespace scaled {
    let list: string[];
  }
  /** @native */
  function moved(by: { x: f64 }, n: i32): string;
}
`,
    },
    'dep/index.js',
    (original, copy) => {
      const both = [original, copy] as unknown as {
        sum(n: number): number;
        loose(i: number): unknown;
        scaled(n: number, unit: string): string[];
        moved(by: { x: number }, n: number): string;
        weights: Float64Array;
      }[];
      assert.equal(
        both.map(({ sum }) => sum(4)),
        [57, 57],
      );
      assert.ok(ranNatively('sum'));
      // An array that holds something else than the hints say is JavaScript's affair.
      assert.equal(
        both.map(({ loose }) => [loose(0), loose(1)]),
        [
          [2, '21'],
          [2, '21'],
        ],
      );
      assert.equal(
        both.map(({ scaled }) => scaled(3, 'm')),
        Array(2).fill(['2m', '4m', '6m']),
      );
      assert.ok(ranNatively('scaled'));
      assert.equal(
        both.map(({ moved }) => moved({ x: 5 }, 2)),
        ['52!,4!', '52!,4!'],
      );
      assert.ok(ranNatively('moved'));
      // Detached by an argument, when the constants were looked at already.
      const detach = ({ buffer }: Float64Array): void =>
        void structuredClone(buffer, { transfer: [buffer] });
      const results = both.map(({ moved, weights }) => {
        const by = {
          get x() {
            detach(weights);
            return 5;
          },
        };
        try {
          return moved(by, 2);
        } catch (error) {
          return (error as Error).name;
        }
      });
      assert.equal(results, ['5NaN!,NaN!', 'TypeError']);
      assert.equal(
        both.map(({ sum, scaled }) => [String(sum(4)), ...scaled(1, '')]),
        Array(2).fill(['NaN', 'NaN']),
      );
    },
  ));

test('JavaScript runs for lists, objects and maps that hold something else', () =>
  withCopy(
    {
      'dep/package.json': JSON.stringify({ name: 'dep', type: 'module' }),
      'dep/index.js': `export function sum(list) {
  let total = 0;
  for (let i = 0; i < list.length; i++) total += list[i];
  list.push(total);
  return total;
}
export function move(points, by) {
  for (const point of points) point.x += by.x;
  return points.length === 0 ? null : points[0];
}
export function drop(map, key) { map.delete(key); }
export function join(words) { return words.join('-'); }
export class Bag {
  constructor() { this.size = 0; this.last = NaN; }
  add(values) {
    for (let i = 0; i < values.length; i++) { this.size++; this.last = values[i]; }
    return this;
  }
}
`,
      'hints.d.ts': `
/** @native bounds: js */
declare module './dep/index.js' {
  interface Point { x: f64 }
  /** @native */
  function sum(list: f64[]): f64;
  /** @native */
  function move(points: Point[], by: Point): Point | null;
  /** @native */
  function drop(map: Map<string, f64>, key: string): void;
  /** @native */
  function join(words: string[]): string;
  class Bag {
    size: f64;
    last: f64;
    /** @native */
    add(values: f64[]): this;
  }
}
`,
    },
    'dep/index.js',
    (original, copy) => {
      const point = { x: 1 };
      const calls: readonly (readonly [string, readonly unknown[]])[] = [
        ['sum', [[1, 2.5]]],
        ['sum', [[1, '2']]],
        ['sum', [[1, undefined]]],
        ['sum', [[1, , 3]]],
        ['sum', [new (class List extends Array {})(1)]],
        ['move', [[point, point], { x: 2 }]],
        ['move', [[{ x: 1 }, { x: 'a' }], { x: 2 }]],
        ['move', [[{ x: 1 }, null], { x: 2 }]],
        ['move', [[{}], { x: 2 }]],
        ['move', [[], {}]],
        ['drop', [new Map([['a', 1]]), 'a']],
        ['drop', [new Map<string, unknown>([['a', 'b']]), 'a']],
        ['drop', [new Set(['a']), 'a']],
        ['join', [['a', 'b']]],
        ['join', [['a', 5, null]]],
      ];
      const run = (exports: Exports): unknown[] =>
        calls.map(([name, args]) => {
          const own = structuredClone(args);
          try {
            return [exports[name]?.(...(own as never[])), own];
          } catch (error) {
            return [String(error), own];
          }
        });
      assert.equal(run(copy), run(original));
      const bags = [original, copy].map((exports) => {
        const bag = new (exports['Bag'] as unknown as new () => { add(values: unknown): object })();
        bag.add([1, 2]);
        return structuredClone(Object.assign({}, bag.add(['x', 3n])));
      });
      assert.equal(bags[1], bags[0]);
      assert.ok(ranNatively('sum') && ranNatively('Bag.add'));
    },
  ));

test('a build with nothing to do', async () => {
  const modules = makeModules(esm);
  try {
    assert.not((await modules.build(['dep/index.js'])).upToDate);
    assert.ok((await modules.build(['dep/index.js'])).upToDate);
  } finally {
    modules.remove();
  }
});

test.run();
