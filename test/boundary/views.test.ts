/** Typed arrays, Buffers and DataViews as arguments: the same memory, or a TypeError. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { viewKinds } from '../../compiler/4-emit/layout.ts';
import {
  elementType,
  viewClass,
  type ElementKind,
  type ViewKind,
  type ViewType,
} from '../../compiler/ir/types.ts';
import { build, ModuleBuilder, thrown } from './addon.ts';

const m = new ModuleBuilder();
for (const kind of viewKinds) {
  const type: ViewType = `view.${kind}`;
  m.function(`${kind}.same`, { a: type }, type, (b, [a]) => b.return([a!]));
  m.function(`${kind}.length`, { a: type }, 'i64', (b, [a]) =>
    b.return([b.op('view.length', [a!])]),
  );
  m.function(`${kind}.offset`, { a: type }, 'i64', (b, [a]) =>
    b.return([b.op('view.byteOffset', [a!])]),
  );
  m.function(`${kind}.optional`, { a: `${type}?` }, `${type}?`, (b, values) => b.return(values));
  m.function(`${kind}.nullable`, { a: `${type}|null` }, `${type}|null`, (b, v) => b.return(v));
  m.function(`${kind}.identical`, { a: type, b: type }, 'bool', (b, [x, y]) =>
    b.return([b.op('eq', [x!, y!])]),
  );
  m.function(`${kind}.sameBuffer`, { a: type, b: 'view.u8' }, 'bool', (b, [x, y]) =>
    b.return([b.op('view.sameBuffer', [x!, y!])]),
  );
  if (kind === 'dataview') continue;
  // Copies the element at index 0 to index 1.
  m.function(`${kind}.copy`, { a: type }, undefined, (b, [a]) => {
    const zero = b.const('i64', 0n);
    const element = b.op('view.load', [a!, zero], elementType(kind));
    b.effect('view.store', [a!, b.const('i64', 1n), element]);
    b.return([]);
  });
  m.function(`${kind}.rest`, { a: type }, type, (b, [a]) => {
    const one = b.const('i64', 1n);
    b.return([b.op('view.sub', [a!, one, b.op('sub', [b.op('view.length', [a!]), one])])]);
  });
}
m.function('dataview.byte', { a: 'view.dataview' }, 'u8', (b, [a]) =>
  b.return([b.op('data.load', [a!, b.const('i64', 0n)], 'u8', { littleEndian: true })]),
);
// The first view's last element, after 1 was stored to the second's first.
m.function('overlap', { a: 'view.f64', b: 'view.f64' }, 'f64', (b, [x, y]) => {
  const zero = b.const('i64', 0n);
  b.effect('view.store', [y!, zero, b.const('f64', 1)]);
  const last = b.op('sub', [b.op('view.length', [x!]), b.const('i64', 1n)]);
  b.return([b.op('view.load', [x!, last], 'f64')]);
});
m.function('second', { a: 'view.f64?', b: 'view.f64' }, 'bool', (b, [, x, y]) =>
  b.return([b.op('eq', [x!, y!])]),
);
const addon = await build(m.ir);
const { functions } = addon.load();
const call = (name: string, ...args: unknown[]): unknown => functions[name]!(...args);

type AnyView = ArrayBufferView & { readonly length: number; [index: number]: number | bigint };
type ViewConstructor = new (buffer: ArrayBufferLike, offset?: number, length?: number) => AnyView;
const globals = globalThis as unknown as Record<string, ViewConstructor>;

const create = (
  kind: ViewKind,
  buffer: ArrayBufferLike,
  offset?: number,
  length?: number,
): AnyView => {
  if (kind !== 'buffer') return new globals[viewClass[kind]]!(buffer, offset, length);
  const made: unknown = Buffer.from(buffer as ArrayBuffer, offset, length);
  return made as AnyView;
};
const structured = globalThis.structuredClone;
const detach = (buffer: ArrayBuffer): void => {
  structured(buffer, { transfer: [buffer] });
};

type Resizable = ArrayBuffer & { resize(bytes: number): void };
const resizable = (bytes: number, maxByteLength: number): Resizable =>
  new (ArrayBuffer as unknown as new (bytes: number, options: object) => Resizable)(bytes, {
    maxByteLength,
  });

for (const kind of viewKinds) {
  const Class = viewClass[kind];
  const size =
    kind === 'dataview'
      ? 1
      : create(kind, new ArrayBuffer(64)).byteLength / create(kind, new ArrayBuffer(64)).length;
  const lengthOf = (view: AnyView): number => (kind === 'dataview' ? view.byteLength : view.length);

  test(`${Class}: the same object comes back, its length and offset are seen`, () => {
    const view = create(kind, new ArrayBuffer(64), 16, 3);
    assert.is(call(`${kind}.same`, view), view);
    assert.is(call(`${kind}.length`, view), 3n);
    assert.is(call(`${kind}.offset`, view), 16n);
    const small = create(kind, new ArrayBuffer(8));
    assert.is(call(`${kind}.same`, small), small);
  });

  test(`${Class}: other classes are refused`, () => {
    for (const other of viewKinds) {
      const view = create(other, new ArrayBuffer(16));
      if (other === kind || (kind === 'u8' && other === 'buffer')) continue;
      assert.is(
        thrown(() => call(`${kind}.length`, view)),
        `TypeError: ${kind}.length: parameter 'a' expected ${Class}, got ${viewClass[other]}`,
      );
    }
  });

  test(`${Class}: what is no view is refused`, () => {
    const fake = Object.create(globals[Class]!.prototype as object);
    for (const value of [undefined, null, 1, 'x', [1], {}, new ArrayBuffer(8), fake]) {
      const name =
        value === fake
          ? Class
          : value === null || value === undefined
            ? String(value)
            : typeof value === 'object'
              ? value.constructor.name
              : typeof value;
      assert.is(
        thrown(() => call(`${kind}.length`, value)),
        `TypeError: ${kind}.length: parameter 'a' expected ${Class}, got ${name}`,
      );
    }
    assert.match(
      thrown(() => call(`${kind}.length`)),
      'got undefined',
    );
  });

  test(`${Class}: optional and nullable`, () => {
    const view = create(kind, new ArrayBuffer(16));
    assert.is(call(`${kind}.optional`, view), view);
    assert.is(call(`${kind}.optional`), undefined);
    assert.is(call(`${kind}.nullable`, view), view);
    assert.is(call(`${kind}.nullable`, null), null);
    assert.match(
      thrown(() => call(`${kind}.optional`, null)),
      `${Class} or undefined, got null`,
    );
    assert.match(
      thrown(() => call(`${kind}.nullable`)),
      `${Class} or null, got undefined`,
    );
  });

  test(`${Class}: empty views`, () => {
    for (const buffer of [new ArrayBuffer(0), new ArrayBuffer(16)]) {
      const view = create(kind, buffer, buffer.byteLength, 0);
      assert.is(call(`${kind}.length`, view), 0n);
      assert.is(call(`${kind}.offset`, view), BigInt(view.byteOffset));
      assert.is(call(`${kind}.same`, view), view);
    }
  });

  test(`${Class}: detached views are refused`, () => {
    const buffer = new ArrayBuffer(16);
    const view = create(kind, buffer);
    detach(buffer);
    assert.is(
      thrown(() => call(`${kind}.same`, view)),
      `TypeError: ${kind}.same: parameter 'a' expected ${Class}, got one whose buffer is detached`,
    );
    const empty = create(kind, new ArrayBuffer(0));
    detach(empty.buffer as ArrayBuffer);
    assert.match(
      thrown(() => call(`${kind}.same`, empty)),
      'is detached',
    );
  });

  test(`${Class}: views of a resizable buffer`, () => {
    const buffer = resizable(32, 64);
    const fixed = create(kind, buffer, 16, 16 / size);
    const tracking = create(kind, buffer, 8);
    assert.is(call(`${kind}.length`, fixed), BigInt(16 / size));
    assert.is(call(`${kind}.length`, tracking), BigInt(lengthOf(tracking)));
    buffer.resize(64);
    assert.is(call(`${kind}.length`, tracking), BigInt(lengthOf(tracking)));
    assert.is(call(`${kind}.offset`, tracking), 8n);
    buffer.resize(16);
    const out = `TypeError: ${kind}.length: parameter 'a' expected ${Class}, got one that is outside its shrunk buffer`;
    assert.is(
      thrown(() => call(`${kind}.length`, fixed)),
      out,
    );
    if (kind !== 'buffer') assert.is(call(`${kind}.length`, tracking), BigInt(8 / size));
    buffer.resize(8);
    if (kind !== 'buffer') assert.is(call(`${kind}.length`, tracking), 0n);
    buffer.resize(0);
    assert.is(
      thrown(() => call(`${kind}.length`, tracking)),
      out,
    );
    buffer.resize(32);
    assert.is(call(`${kind}.length`, fixed), BigInt(16 / size));
  });

  test(`${Class}: one object is one view, two objects are two`, () => {
    const buffer = new ArrayBuffer(32);
    const [a, b] = [create(kind, buffer), create(kind, buffer)];
    assert.is(call(`${kind}.identical`, a, a), true);
    assert.is(call(`${kind}.identical`, a, b), false);
    assert.is(call(`${kind}.identical`, a, create(kind, new ArrayBuffer(32))), false);
    const empty = create(kind, new ArrayBuffer(0));
    assert.is(call(`${kind}.identical`, empty, empty), true);
    assert.is(call(`${kind}.identical`, empty, create(kind, new ArrayBuffer(0))), false);
  });

  test(`${Class}: buffers are compared by identity`, () => {
    for (const buffer of [new ArrayBuffer(32), new SharedArrayBuffer(32)]) {
      const view = create(kind, buffer, 0, 1);
      assert.is(call(`${kind}.sameBuffer`, view, new Uint8Array(buffer, 24)), true);
      assert.is(call(`${kind}.sameBuffer`, view, new Uint8Array(32)), false);
    }
    const empty = create(kind, new ArrayBuffer(0));
    assert.is(call(`${kind}.sameBuffer`, empty, new Uint8Array(empty.buffer)), true);
    assert.is(call(`${kind}.sameBuffer`, empty, new Uint8Array(0)), false);
  });

  if (kind === 'dataview') continue;
  const element = (n: number): number | bigint =>
    kind === 'i64' || kind === 'u64' ? BigInt(n) : n;

  test(`${Class}: memory is shared, at any offset, also of SharedArrayBuffers`, () => {
    for (const buffer of [new ArrayBuffer(64), new SharedArrayBuffer(64), resizable(64, 128)]) {
      for (const offset of [0, size, 3 * size]) {
        const view = create(kind, buffer, offset, 4);
        view[0] = element(77);
        view[1] = element(0);
        call(`${kind}.copy`, view);
        assert.is(view[1], element(77));
      }
    }
  });

  test(`${Class}: a part is a view of the same buffer`, () => {
    for (const buffer of [new ArrayBuffer(64), new SharedArrayBuffer(64)]) {
      const view = create(kind, buffer, size, 4);
      const rest = call(`${kind}.rest`, view) as AnyView;
      assert.is(rest.constructor, view.constructor);
      assert.is(Object.getPrototypeOf(rest), Object.getPrototypeOf(view));
      assert.is(rest.buffer, buffer);
      assert.is(rest.byteOffset, 2 * size);
      assert.is(rest.length, 3);
    }
  });
}

test('a Buffer of the pool', () => {
  const pooled = Buffer.from('hello');
  assert.ok(pooled.buffer.byteLength > 5);
  assert.is(call('buffer.length', pooled), 5n);
  assert.is(call('buffer.offset', pooled), BigInt(pooled.byteOffset));
  assert.is((call('buffer.rest', pooled) as Buffer).toString(), 'ello');
});

test('a Buffer is a Uint8Array, except where their methods differ', () => {
  const buffer = Buffer.from([1, 2]);
  assert.is(call('u8.same', buffer), buffer);
  assert.is(call('u8.length', buffer), 2n);
  assert.is(
    thrown(() => call('u8.rest', buffer)),
    "TypeError: u8.rest: parameter 'a' expected Uint8Array itself, got its subclass Buffer, whose methods may differ",
  );
});

test('subclasses are taken where methods are not used', () => {
  class Own extends Float64Array {}
  const own = new Own(3);
  assert.is(call('f64.same', own), own);
  assert.match(
    thrown(() => call('f64.rest', own)),
    'got its subclass Own',
  );
  class OwnBuffer extends Uint8Array {}
  assert.match(
    thrown(() => call('buffer.same', new OwnBuffer(1))),
    'expected Buffer, got OwnBuffer',
  );
});

test('a DataView reads bytes', () => {
  assert.is(call('dataview.byte', new DataView(Uint8Array.of(1, 200).buffer, 1)), 200);
});

test('views may overlap', () => {
  const memory = new Float64Array(4);
  assert.is(call('overlap', memory.subarray(0, 3), memory.subarray(2)), 1);
  assert.is(call('overlap', memory.subarray(0, 1), memory.subarray(0, 1)), 1);
});

test('an absent view is identical to none', () => {
  assert.is(call('second', undefined, new Float64Array(1)), false);
});

test('a view whose kind cannot be held by any hint is refused by name', () => {
  const kinds: readonly ElementKind[] = ['f64', 'u8'];
  const Float16 = (globalThis as { Float16Array?: new (n: number) => object }).Float16Array;
  if (!Float16) return;
  for (const kind of kinds)
    assert.match(
      thrown(() => call(`${kind}.length`, new Float16(1))),
      'got Float16Array',
    );
});

test.run();
