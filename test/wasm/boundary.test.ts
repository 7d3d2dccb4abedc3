/** What crosses between JavaScript and WebAssembly: the same as natively and as plain JavaScript, in one Node each. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { buildProject, makeProject, repository } from '../support/project.ts';

const functions = `
import { parallel } from 'tsnative';
import type { f32, f64, i32, i64, u8, u64 } from 'tsnative';

/** @native */
export function move(to: Float64Array, from: Float64Array): void {
  for (let i = 0; i < from.length; i++) to[i] = from[i]! + 1;
}

/** @native */
export function fillUntil(a: Int32Array, n: i32): void {
  for (let i = 0; i < n; i++) a[i] = i + 1;
}

/** @native */
export function sums(a: Float64Array): Float64Array {
  const out = new Float64Array(a.length);
  let sum = 0;
  for (let i = 0; i < a.length; i++) out[i] = sum += a[i]!;
  return out;
}

/** @native */
export function inner(a: Uint8Array, from: i32, to: i32): Uint8Array {
  const part = a.subarray(from, to);
  for (let i = 0; i < part.length; i++) part[i] = 255 - part[i]!;
  return part;
}

/** @native */
export const same = (a: Uint8Array, b: Uint8Array): boolean => a === b;

/** @native */
export function scalars(a: f64, b: f32, c: u8, d: i64, e: u64, f: boolean): string {
  return [String(a), String(b), String(c), String(d), String(e), String(f)].join();
}

/** @native */
export const wide = (a: i64, b: i64): i64 => BigInt.asIntN(64, a * b);

/** @native */
export function each(a: Float64Array, visit: (x: f64) => f64): f64 {
  let sum = 0;
  for (let i = 0; i < a.length; i++) {
    a[i] = a[i]! * 2;
    sum += visit(a[i]!);
  }
  return sum + a[0]!;
}

/** @native */
export function words(text: string): { word: string; count: i32 }[] {
  const found = new Map<string, number>();
  for (const word of text.split(' ')) found.set(word, (found.get(word) ?? 0) + 1);
  const list: { word: string; count: i32 }[] = [];
  for (const [word, count] of found) list.push({ word, count: count | 0 });
  return list;
}

interface Image {
  name: string;
  pixels: Uint8Array;
}

/** @native */
export function invert(image: Image): Image {
  for (let i = 0; i < image.pixels.length; i++) image.pixels[i] = 255 - image.pixels[i]!;
  image.name += '!';
  return { name: image.name, pixels: image.pixels.slice(1) };
}

/** @native */
export function depth(n: i32): i32 {
  return n > 0 ? depth(n - 1) + 1 : 0;
}

/** @native */
export function roots(a: Float64Array): f64 {
  parallel.for(a.length, (i) => {
    a[i] = Math.sqrt(i);
  });
  return parallel.sum(a.length, (i) => a[i]!);
}

/** @native */
export async function later(a: Float64Array): Promise<f64> {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]!;
  return sum;
}

/** @native */
export function told(view: DataView, visit: (x: f64) => f64): f64 {
  view.setFloat64(24, visit(view.getFloat64(16)));
  return view.getFloat64(24);
}

/** @native */
export async function sumsLater(lists: { values: Float64Array }[]): Promise<{ sums: f64[] }> {
  return { sums: lists.map(({ values }) => values.length) };
}

export const table = Float64Array.of(1, 2, 3);

/** @native */
export function fromTable(i: i32): f64 {
  table[i] = table[i]! * 10;
  return table[0]! + table[1]! + table[2]!;
}

/** @native */
export class Counter {
  count = 0;
  add(n: f64): f64 {
    this.count += n;
    return this.count;
  }
}
`;

const main = `
import * as m from './functions.js';
import { info } from 'tsnative';

const out: unknown[] = [];
const plain = (value: unknown): unknown =>
  ArrayBuffer.isView(value) ? [value.constructor.name, value.byteOffset, ...(value as Uint8Array)]
  : typeof value === 'bigint' ? String(value) : value;
const say = (...values: unknown[]): void => void out.push(values.map(plain));
const run = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return String(error);
  }
};

// Views of one buffer see each other, also where they overlap and begin elsewhere.
const buffer = new ArrayBuffer(80);
const all = new Float64Array(buffer).map((_, i) => i);
new Float64Array(buffer).set(all);
m.move(new Float64Array(buffer, 16, 8), new Float64Array(buffer, 8, 8));
say(new Float64Array(buffer));
m.move(new Float64Array(buffer, 0, 4), new Float64Array(buffer, 48, 4));
say(new Float64Array(buffer));

// What was written before an error stays written.
const few = new Int32Array(3);
say(run(() => m.fillUntil(few, 5)), few);
say(m.sums(Float64Array.of(1, 2, 0.5)), m.sums(new Float64Array()));

// A result may be a view of an argument's buffer.
const bytes = Uint8Array.of(1, 2, 3, 4, 5, 6);
const part = m.inner(bytes, 2, 5);
say(part, bytes, part.buffer === bytes.buffer);
const node = Buffer.from('hello');
say(run(() => m.inner(node, 0, 2)), m.same(bytes, bytes), m.same(bytes, bytes.slice()));

say(m.scalars(-0, 0.5, 255, -(2n ** 63n), 2n ** 64n - 1n, true), m.wide(2n ** 62n + 3n, 12345678901n));
say(run(() => m.scalars(1, 0.1, 0, 0n, 0n, false)), run(() => m.scalars(1, 1, 256, 0n, 0n, false)));

// A function of JavaScript sees what native code has written, and the other way round.
const seen: number[] = [];
const data = Float64Array.of(1, 2, 3);
say(m.each(data, (x) => (seen.push(data[0]!, x), (data[2] = 7), (data[0] = 100), x)), data, seen);
say(run(() => m.each(data, () => { throw new RangeError('mine'); })), data);
say(m.each(data, (x) => m.each(data, () => x)), data);
say(run(() => m.each(data, (x) => (structuredClone(data, { transfer: [data.buffer] }), x))), data.length);
say(run(() => m.move(data, Float64Array.of(1))));

say(m.words('a é a \\ud800 € \\ud83d\\ude00 \\ud800'), m.words(''));
const image = { name: 'é', pixels: Uint8Array.of(1, 2, 3) };
const inverted = m.invert(image);
say(image.name, image.pixels, inverted.name, inverted.pixels);

// More memory than there was, and less stack than is asked for; all goes on afterwards.
const large = new Float64Array(3_000_000).fill(0.5);
say(m.sums(large).at(-1));
say(m.depth(2000), run(() => m.depth(10_000_000)), m.depth(3));
const nested = (n: number): number => (n === 0 ? m.depth(500) : m.each(Float64Array.of(1), () => nested(n - 1)));
say(nested(20));

say(m.roots(new Float64Array(100)), m.fromTable(1), (m.table[1] = 5), m.fromTable(1), m.table);
const counter = new m.Counter();
say(counter.add(2), counter.add(0.5), counter.count);
const view = new DataView(new ArrayBuffer(40), 8, 32);
view.setFloat64(16, 2.5);
say(m.told(view, (x) => x * 2), view.getFloat64(16), view.getFloat64(24));
say(m.told(new DataView(new ArrayBuffer(32)), (x) => x + 1));
say(await m.sumsLater([{ values: Float64Array.of(1) }, { values: Float64Array.of(1, 2) }]));
out.push(await m.later(Float64Array.of(1, 2, 3)).then((sum) => ['later', sum]));

const [module] = info().modules;
const scripts = module?.functions.filter(({ native, wasm }) => !native && wasm !== true).map(({ name }) => name);
console.log(JSON.stringify({ out, scripts, runs: module?.wasm ? 'wasm' : module?.native ? 'native' : 'javascript' }));
`;

const project = makeProject(
  { 'src/functions.ts': functions, 'src/main.ts': main },
  {
    compilerOptions: {
      ...{ target: 'ES2022', module: 'NodeNext', moduleResolution: 'NodeNext', strict: true },
      ...{ rootDir: 'src', outDir: 'out', skipLibCheck: true, types: ['node'] },
      typeRoots: [join(repository, 'node_modules/@types')],
    },
    include: ['src'],
  },
);
const test = suite('WebAssembly');

/** What the program prints. */
function run(mode: 'require' | 'wasm' | 'off', script = 'out/main.js') {
  const env = { ...process.env, NODE_OPTIONS: '', TSNATIVE: mode };
  const { stdout, stderr } = spawnSync(process.execPath, [join(project.folder, script)], {
    env,
    encoding: 'utf8',
  });
  if (stderr !== '') throw new Error(stderr);
  return JSON.parse(stdout) as { out: unknown[][]; scripts: string[]; runs: string };
}

test.before(async () => {
  const { diagnostics } = await buildProject(project, {
    targets: [`${process.platform}-${process.arch}`, 'wasm32'],
  });
  assert.equal(diagnostics, []);
});
test.after(() => project.remove());

test('calls, copies and errors are those of native code', () => {
  const [native, wasm] = [run('require'), run('wasm')];
  assert.is(native.runs, 'native');
  assert.is(wasm.runs, 'wasm');
  native.out.forEach((line, index) => assert.equal(wasm.out[index], line));
  assert.is(wasm.out.length, native.out.length);
  assert.equal(native.scripts, []);
  assert.equal(wasm.scripts, ['later', 'sumsLater'], 'async functions stay JavaScript');
});

test.run();
