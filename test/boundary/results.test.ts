/** Views made by native code: what they look like in JavaScript, and that nothing leaks. */
import { execFileSync } from 'node:child_process';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { viewKinds } from '../../compiler/4-emit/layout.ts';
import type { Value } from '../../compiler/ir/types.ts';
import {
  elementType,
  viewClass,
  type ElementKind,
  type ViewType,
} from '../../compiler/ir/types.ts';
import type { IrBuilder } from '../../compiler/ir/build.ts';
import { build, ModuleBuilder, thrown } from './addon.ts';

/** Writes the making of an array of `n` elements with the first and the last set to 7. */
function filled(b: IrBuilder, kind: ElementKind | 'buffer', n: Value): Value {
  const type: ViewType = `view.${kind}`;
  const element = elementType(kind);
  const array = b.op('view.new', [n], type);
  const zero = b.const('i64', 0n);
  b.if(b.op('gt', [n, zero]), () => {
    const seven = b.const(element, element === 'i64' || element === 'u64' ? 7n : 7);
    b.effect('view.store', [array, zero, seven]);
    b.effect('view.store', [array, b.op('sub', [n, b.const('i64', 1n)]), seven]);
  });
  return array;
}

const m = new ModuleBuilder();
for (const kind of viewKinds) {
  if (kind === 'dataview') continue;
  m.function(`${kind}.new`, { n: 'i64' }, `view.${kind}`, (b, [n]) =>
    b.return([filled(b, kind, n!)]),
  );
  // The part from index 1 on; the whole is released, its buffer lives on.
  m.function(`${kind}.part`, { n: 'i64' }, `view.${kind}`, (b, [n]) => {
    const one = b.const('i64', 1n);
    const whole = filled(b, kind, n!);
    const part = b.op('view.sub', [whole, one, b.op('sub', [n!, one])]);
    b.effect('release', [whole]);
    b.return([part]);
  });
}
m.function('maybe', { n: 'i64', tag: 'u8' }, 'view.f64?', (b, [n, tag]) => {
  const array = b.op('view.new', [n!], 'view.f64');
  const present = b.op('eq', [tag!, b.const('u8', 0)]);
  b.if(present, () => b.return([tag!, array]));
  b.effect('release', [array]);
  b.return([tag!, b.op('null', [], 'view.f64')]);
});
m.function('thenThrow', { n: 'i64' }, 'view.f64', (b, [n]) => {
  b.op('view.new', [n!], 'view.f64');
  b.throw('Error', ['after ', n!]);
});
m.function('total', { a: 'view.f64', n: 'i64' }, 'f64', (b, [a, n]) => {
  const scratch = filled(b, 'f64', n!);
  const first = b.op('view.load', [scratch, b.const('i64', 0n)], 'f64');
  b.effect('release', [scratch]);
  b.return([b.op('add', [first, b.op('view.load', [a!, b.const('i64', 0n)], 'f64')])]);
});
// Makes `count` arrays, each of which holds its number, and returns the last.
m.function('last', { n: 'i64', count: 'i64' }, 'view.f64', (b, [n, count]) => {
  const [i, array] = [b.local('i', 'i64'), b.local('array', 'view.f64')];
  const loop = b.label('loop');
  b.loop(loop, () => {
    b.if(b.op('ge', [b.get(i), count!]), () => b.break(loop));
    b.effect('release', [b.get(array)]);
    const made = b.op('view.new', [n!], 'view.f64');
    b.set(i, b.op('add', [b.get(i), b.const('i64', 1n)]));
    b.effect('view.store', [made, b.const('i64', 0n), b.op('conv', [b.get(i)], 'f64')]);
    b.set(array, made);
  });
  b.return([b.get(array)]);
});
const addon = await build(m.ir);
const { functions } = addon.load();

const sizes = [0, 1, 5, 300, 100_000];
for (const kind of viewKinds) {
  if (kind === 'dataview') continue;
  const Class = (globalThis as unknown as Record<string, new () => object>)[viewClass[kind]]!;

  test(`${viewClass[kind]}: new arrays of every size`, () => {
    for (const n of sizes) {
      const made = functions[`${kind}.new`]!(BigInt(n)) as Float64Array;
      assert.is(Object.getPrototypeOf(made), Class.prototype);
      assert.is(made.length, n);
      assert.is(made.byteOffset, 0);
      assert.is(made.buffer.byteLength, n * (made.byteLength / (n || 1)));
      const expected = Array<string>(n).fill('0');
      if (n > 0) expected[0] = expected[n - 1] = '7';
      assert.is(made.join(), expected.join());
    }
  });

  test(`${viewClass[kind]}: parts of new arrays keep the whole buffer`, () => {
    for (const n of sizes.filter((size) => size > 0)) {
      const part = functions[`${kind}.part`]!(BigInt(n)) as Float64Array;
      assert.is(Object.getPrototypeOf(part), Class.prototype);
      assert.is(part.length, n - 1);
      assert.is(part.byteOffset, part.BYTES_PER_ELEMENT);
      assert.is(part.buffer.byteLength, n * part.BYTES_PER_ELEMENT);
      assert.is(String(new (part.constructor as typeof Float64Array)(part.buffer)[0]), '7');
    }
  });
}

test('optional results', () => {
  assert.is((functions['maybe']!(3n, 0) as Float64Array).length, 3);
  assert.is(functions['maybe']!(3n, 1), undefined);
  assert.is(functions['maybe']!(3n, 2), null);
});

test('two calls make two objects, whose memory is their own', () => {
  const [a, b] = [functions['f64.new']!(1000n), functions['f64.new']!(1000n)] as Float64Array[];
  a!.fill(1);
  assert.is(b![500], 0);
  assert.is(a!.buffer === b!.buffer, false);
});

test('arrays can be transferred like any other', () => {
  const array = functions['f64.new']!(1000n) as Float64Array<ArrayBuffer>;
  const moved = structuredClone(array, { transfer: [array.buffer] });
  assert.is(array.length, 0);
  assert.is(moved[0], 7);
});

test('the last of many arrays', () => {
  for (const count of [1, 2, 3, 4, 5, 100])
    for (const n of [1, 100_000]) {
      const array = functions['last']!(BigInt(n), BigInt(count)) as Float64Array<ArrayBuffer>;
      assert.is(array.length, n);
      assert.is(array[0], count);
      assert.is(structuredClone(array, { transfer: [array.buffer] })[0], count);
      assert.is(array.length, 0);
    }
});

test('no memory is a RangeError', () => {
  const tooMuch = 'RangeError: Array buffer allocation failed';
  assert.is(
    thrown(() => functions['f64.new']!(2n ** 60n)),
    tooMuch,
  );
  assert.is(
    thrown(() => functions['f64.new']!(-1n)),
    tooMuch,
  );
});

test('an error after an array was made', () => {
  assert.is(
    thrown(() => functions['thenThrow']!(10n)),
    'Error: after 10',
  );
});

/** Runs a script that has the glue as `$` in a process of its own; returns how much its memory grew in MB. */
function growth(script: string): number {
  const code = `
    const { functions: $ } = require(${JSON.stringify(addon.glue)});
    const turn = () => new Promise((resolve) => setImmediate(resolve));
    const rss = () => { gc(); return process.memoryUsage.rss() / 2 ** 20; };
    (async () => {
      const run = async (count) => { ${script} };
      await run(20_000); await turn(); gc(); await turn();
      const before = rss();
      await run(1_000_000); await turn(); gc(); await turn();
      console.log(rss() - before);
    })();`;
  return Number(execFileSync(process.execPath, ['--expose-gc', '-e', code], { encoding: 'utf8' }));
}

test('a million small arrays', () => {
  assert.ok(growth(`for (let i = 0; i < count; i++) $['f64.new'](10n);`) < 100);
});

test('a million parts, optional arrays, scratch arrays, replaced arrays and errors', () => {
  const script = `
    const a = new Float64Array(1);
    for (let i = 0; i < count; i += 4) {
      $['f64.part'](20n);
      $['maybe'](20n, 1);
      $['total'](a, 50n);
      $['last'](100n, 5n);
      if (i % 40 === 0) try { $['thenThrow'](1000n); } catch {}
    }`;
  assert.ok(growth(script) < 100);
});

test('large arrays, in a loop that never lets the event loop turn', () => {
  // 50,000 of 80 KB each: 4 GB in all.
  assert.ok(growth(`for (let i = 0; i < count; i += 20) $['f64.new'](10_000n);`) < 400);
});

test('large arrays, with the event loop turning', () => {
  const script = `for (let i = 0; i < count; i += 20) {
    $['f64.new'](10_000n);
    if (i % 2000 === 0) await turn();
  }`;
  assert.ok(growth(script) < 400);
});

test.run();
