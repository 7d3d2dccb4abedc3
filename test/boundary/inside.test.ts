/** Typed arrays inside of objects, and those that callbacks get: which are refused, what callbacks may do to them, and that nothing is left behind. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { buildProject, makeProject } from '../support/project.ts';

const source = `
interface Image { width: number; data: Uint8Array; mask?: Uint8Array | null }
/** @native */
export function sum(image: Image): number {
  let total = 0;
  for (const value of image.data) total += value;
  return total;
}
/** @native */
export function clear(images: Image[]): void {
  for (const image of images) image.data.fill(0);
}
/** @native */
export function wrap(data: Uint8Array): Image { return { width: data.length, data }; }
/** @native */
export function all(list: Uint8Array[]): number { return list.length; }
/** @native */
export function each(image: Image, use: (index: number) => void): number {
  for (let i = 0; i < image.data.length; i++) use(i);
  return image.data.length;
}
/** @native */
export function many(n: number): Uint8Array[] {
  const list: Uint8Array[] = [];
  for (let i = 0; i < n; i++) list.push(new Uint8Array(8));
  return list;
}
/** @native */
export function put(image: Image, fails: boolean): void {
  image.data = new Uint8Array(100_000);
  if (fails) throw new Error('put');
}
/** @native */
export function passed(n: number, use: (part: Uint8Array, index: number) => void): number {
  const made = new Uint8Array(n);
  let sum = 0;
  for (let i = 0; i < n; i++) {
    use(made.subarray(i), i);
    sum += made[i]!;
  }
  return sum;
}
/** @native */
export function bytes(holder: { view: DataView }): number { return holder.view.byteLength; }
/** @native */
export function nodeBuffer(holder: { bytes: Buffer }): Buffer[] {
  return [holder.bytes, holder.bytes.subarray(1)];
}
`;

interface Image {
  width: number;
  data: Uint8Array;
  mask?: Uint8Array | null;
}
interface Functions {
  sum(image: unknown): number;
  clear(images: unknown): void;
  wrap(data: Uint8Array): Image;
  all(list: unknown): number;
  each(image: Image, use: (index: number) => void): number;
  many(n: number): Uint8Array[];
  put(image: Image, fails: boolean): void;
  passed(n: number, use: (part: Uint8Array, index: number) => void): number;
  bytes(holder: { view: DataView }): number;
  nodeBuffer(holder: { bytes: Buffer }): Buffer[];
}

const project = makeProject({
  'src/program.ts': source,
  'src/node.d.ts': 'interface Buffer extends Uint8Array { subarray(from?: number): Buffer }',
});
const test = suite('typed arrays inside of objects');
let native: Functions;
let live: () => number;
test.before(async () => {
  const { diagnostics } = await buildProject(project);
  assert.equal(diagnostics, []);
  process.env['TSNATIVE'] = 'require';
  native = (await import(pathToFileURL(join(project.folder, 'out/program.js')).href)) as Functions;
  const glue = join(project.folder, 'out/native/test-project.cjs');
  live = (createRequire(import.meta.url)(glue) as { live(): number }).live;
});
test.after(() => project.remove());

const image = (): Image => ({ width: 1, data: Uint8Array.of(1, 2, 3) });

function messageOf(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    return String(error);
  }
  return 'nothing was thrown';
}

test('what is none is refused with its path, before anything happens', () => {
  const wrong = (data: unknown, mask?: unknown): string =>
    messageOf(() => native.sum({ width: 1, data, mask }));
  const title = "TypeError: sum: parameter 'image.data' expected Uint8Array, got";
  assert.is(wrong([1, 2]), `${title} Array`);
  assert.is(wrong(undefined), `${title} undefined`);
  assert.is(wrong(null), `${title} null`);
  assert.is(wrong('abc'), `${title} string`);
  assert.is(wrong(new Uint8ClampedArray(1)), `${title} Uint8ClampedArray`);
  assert.is(wrong(new DataView(new ArrayBuffer(1))), `${title} DataView`);
  assert.is(wrong(Object.create(Uint8Array.prototype)), `${title} Uint8Array`);
  assert.is(wrong(new Proxy(new Uint8Array(1), {})), `${title} Uint8Array`);
  assert.is(
    wrong(new Uint8Array(1), 5),
    "TypeError: sum: parameter 'image.mask' expected Uint8Array or undefined or null, got number",
  );
  assert.is(
    messageOf(() => native.all([new Uint8Array(1), new Int8Array(1)])),
    "TypeError: all: parameter 'list[1]' expected Uint8Array, got Int8Array",
  );
  const first = image();
  assert.match(
    messageOf(() => native.clear([first, { width: 1, data: 1 }])),
    "parameter 'images[1].data' expected Uint8Array, got number",
  );
  assert.equal([...first.data], [1, 2, 3]);
});

test('one whose buffer is gone', () => {
  const gone = image();
  structuredClone(gone.data.buffer, { transfer: [gone.data.buffer as ArrayBuffer] });
  assert.is(
    messageOf(() => native.sum(gone)),
    "TypeError: sum: parameter 'image.data' expected Uint8Array, got one whose buffer is detached",
  );
  const view = new DataView(new ArrayBuffer(8));
  structuredClone(view.buffer, { transfer: [view.buffer] });
  assert.match(
    messageOf(() => native.bytes({ view })),
    /'holder\.view' expected DataView, got one/,
  );
  assert.is(native.bytes({ view: new DataView(new ArrayBuffer(0)) }), 0);
  assert.is(native.sum({ width: 0, data: new Uint8Array(0), mask: null }), 0);
});

test('subclasses, Buffers, other realms', () => {
  class Own extends Uint8Array {}
  assert.is(native.sum({ width: 1, data: Own.of(1, 2) }), 3);
  assert.is(native.sum({ width: 1, data: Buffer.from([4, 5]) }), 9);
  const why = /expected Uint8Array itself, got its subclass (Own|Buffer), whose methods may differ/;
  assert.match(
    messageOf(() => native.clear([{ width: 1, data: new Own(2) }])),
    why,
  );
  assert.match(
    messageOf(() => native.clear([{ width: 1, data: Buffer.alloc(2) }])),
    why,
  );
  const buffer = Buffer.from([1, 2, 3]);
  const [same, rest] = native.nodeBuffer({ bytes: buffer });
  assert.is(same, buffer);
  assert.ok(Buffer.isBuffer(rest));
  assert.is(rest?.buffer, buffer.buffer);
  assert.equal([...(rest ?? [])], [2, 3]);
  assert.match(
    messageOf(() => native.nodeBuffer({ bytes: new Uint8Array(1) as Buffer })),
    "parameter 'holder.bytes' expected Buffer, got Uint8Array",
  );
});

test('the very array comes back', () => {
  const data = new Uint8Array(2);
  assert.is(native.wrap(data).data, data);
});

test('a callback may write into it, and may not take it away', () => {
  const one = image();
  assert.is(
    native.each(one, (index) => (one.data[index] = 0)),
    3,
  );
  assert.match(
    messageOf(() => native.each(one, () => (one.data = new Uint8Array(3)))),
    /a callback has changed an argument/,
  );
  const two = image();
  assert.match(
    messageOf(() =>
      native.each(two, () =>
        structuredClone(two.data.buffer, { transfer: [two.data.buffer as ArrayBuffer] }),
      ),
    ),
    /^TypeError: .*(detached|moved|resized|memory)/,
  );
  // A call inside a call, with arrays of its own.
  const three = image();
  const sums: number[] = [];
  native.each(three, () => sums.push(native.sum({ width: 1, data: Uint8Array.of(9) })));
  assert.equal(sums, [9, 9, 9]);
});

test('arrays that native code makes are those of the callback, which may not take their memory away', () => {
  const parts: Uint8Array[] = [];
  const sum = native.passed(5, (part, index) => {
    part[0] = index;
    parts.push(part);
  });
  assert.is(sum, 10);
  // They live on behind the call.
  assert.equal(
    parts.map(([first]) => first),
    [0, 1, 2, 3, 4],
  );
  assert.ok(parts.every(({ buffer }) => buffer === parts[0]?.buffer));
  let first: Uint8Array | undefined;
  assert.match(
    messageOf(() =>
      native.passed(5, (part, index) => {
        first ??= part;
        // That of the first call, which native code has forgotten meanwhile.
        if (index === 2) structuredClone(first.buffer, { transfer: [first.buffer as ArrayBuffer] });
      }),
    ),
    /^TypeError: .*(detached|moved|resized|memory)/,
  );
});

test('setters are not called late', () => {
  const calls: unknown[] = [];
  const own = {
    width: 1,
    get data() {
      return new Uint8Array(1);
    },
    set data(value) {
      calls.push(value);
    },
  };
  const message =
    /^TypeError: native code can't change 'data' of an object that has a setter for it/;
  assert.match(
    messageOf(() => native.put(own, false)),
    message,
  );
  const inherited = Object.create(own, { width: { value: 1 } }) as Image;
  assert.match(
    messageOf(() => native.put(inherited, false)),
    message,
  );
  assert.equal(calls, []);
  assert.is(native.sum(own), 0);
});

test('nothing stays in native memory, also after errors', () => {
  const before = live();
  for (let round = 0; round < 200; round++) {
    native.many(round);
    const one = image();
    messageOf(() => native.put(one, round % 2 === 0));
    assert.is(one.data.length, 100_000);
    messageOf(() => native.sum({ width: 1, data: round }));
    messageOf(() =>
      native.each(image(), () => {
        throw new Error('out');
      }),
    );
  }
  assert.is(live(), before);
});

test.run();
