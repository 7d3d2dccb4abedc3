/** What signatures, hints and JSDoc types become. */
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { HintType, NativeFunction, Reading } from '../../compiler/1-read/model.ts';
import { codesOf, makeFolder, readFiles, readSource, removeFolders } from './projects.ts';
import { readProject } from '../../compiler/1-read/project.ts';

const test = suite('signatures');
test.after(removeFolders);

/** `i32?` may be undefined, `i32!` null. */
const show = (hint: HintType): string =>
  `${hint.type ?? 'void'}${hint.undefined ? '?' : ''}${hint.null ? '!' : ''}`;

const signature = (fn: NativeFunction): string =>
  `${fn.name}(${fn.params.map((param) => show(param.hint)).join(', ')}) ${show(fn.result)}`;

const signatures = (reading: Reading): string[] => reading.functions.map(signature);

test('the types of LANGUAGE', () => {
  const reading = readSource(`
/** @native */
export function scalars(a: number, b: f64, c: f32, d: boolean, e: bool, f: i64, g: u64): void {}
/** @native */
export function integers(a: i8, b: u8, c: i16, d: u16, e: i32, f: u32): i32 { return e; }
/** @native */
export function views(
  a: Int8Array, b: Uint8Array, c: Uint8ClampedArray, d: Int16Array, e: Uint16Array, f: Int32Array,
  g: Uint32Array, h: Float32Array, i: Float64Array, j: BigInt64Array, k: BigUint64Array, l: DataView,
): Float64Array { return i; }
/** @native */
export function literals(a: 0 | 1, b: true, c: -1, d: true | false): boolean { return b; }`);
  assert.equal(signatures(reading), [
    'scalars(f64, f64, f32, bool, bool, i64, u64) void',
    'integers(i8, u8, i16, u16, i32, u32) i32',
    'views(view.i8, view.u8, view.u8c, view.i16, view.u16, view.i32, view.u32, view.f32, view.f64, view.i64, view.u64, view.dataview) view.f64',
    'literals(f64, bool, f64, bool) bool',
  ]);
});

test('undefined, null and defaults', () => {
  const reading = readSource(`
/** @native */
export function f(
  a: i32 | undefined, b: Float64Array | null, c: i64 | null | undefined, d: i32 = 1, e: (number | null) = 1, f?: i32,
): i32 | undefined { return f; }
/** @native */
export function nothing(): undefined {}
/** @native */
export function never(): never { throw new Error('always'); }
/** @native */
export function sometimes(x: number): number | void { if (x) return x; }`);
  assert.equal(signatures(reading), [
    'f(i32?, view.f64!, i64?!, i32?, f64?!, i32?) i32?',
    'nothing() void',
    'never() void',
    'sometimes(f64) f64?',
  ]);
  assert.is(reading.functions[0]?.params[3]?.initializer?.getText(), '1');
});

test('aliases keep their hints, through files and other names', () => {
  const reading = readSource(
    `
import type { Index as Position } from './types.ts';
import type * as types from './types.ts';
type Local = (Position);
/** @native */
export function f(a: Position, b: Local, c: types.Index, d: types.Maybe, e: Float64Array<ArrayBuffer>): Local { return a; }
/** @native */
export function g(a: import('tsnative').u8, b: types.Bytes, c: types.Renamed): void {}`,
    {
      'src/types.ts': `
import type { i32, u8 } from 'tsnative';
export type { u16 as Renamed } from 'tsnative';
export type Index = i32;
export type Maybe = Index | undefined;
export type Bytes = Uint8Array;`,
      'tsconfig.json': JSON.stringify({
        compilerOptions: {
          target: 'ES2022',
          lib: ['ES2023'],
          types: [],
          module: 'NodeNext',
          strict: true,
          rewriteRelativeImportExtensions: true,
        },
        include: ['src'],
      }),
    },
  );
  assert.equal(signatures(reading), [
    'f(i32, i32, i32, i32?, view.f64) i32',
    'g(u8, view.u8, u16) void',
  ]);
});

test('a type that only has the name of a hint is what TypeScript says it is', () => {
  const reading = readFiles({
    'src/main.ts': `type i32 = number; /** @native */ export function f(x: i32): i32 { return x; }`,
  });
  assert.equal(signatures(reading), ['f(f64) f64']);
});

test('hints of the runtime itself, and of an ambient module', () => {
  const runtime = fileURLToPath(new URL('../../runtime/numbers.ts', import.meta.url));
  const own = readFiles(
    {
      'src/main.ts': `import type { u16 } from 'tsnative'; /** @native */ export function f(x: u16): u16 { return x; }`,
    },
    {
      paths: { tsnative: [runtime] },
      rootDir: '/',
      noEmit: true,
      allowImportingTsExtensions: true,
      types: ['node'],
      typeRoots: [fileURLToPath(new URL('../../node_modules/@types', import.meta.url))],
    },
  );
  assert.equal(signatures(own), ['f(u16) u16']);
  const ambient = readFiles({
    'node_modules/tsnative/package.json': '{ "name": "not-installed" }',
    'src/tsnative.d.ts': `declare module 'tsnative' { export type i8 = number; }`,
    'src/main.ts': `import type { i8 } from 'tsnative'; /** @native */ export function f(x: i8): i8 { return x; }`,
  });
  assert.equal(signatures(ambient), ['f(i8) i8']);
});

test('results are inferred where they are not written', () => {
  const reading = readSource(`
/** @native */ export function a(x: i32) { return x; }
/** @native */ export const b = (x: number) => x > 1;
/** @native */ export function c() {}
/** @native */ export const d = (n: number) => new Float32Array(n);
/** @native */ export function e(x: number) { if (x > 0) return x; }
/** @native */ export function f(): number { throw new Error('x'); }`);
  assert.equal(signatures(reading), [
    'a(i32) f64',
    'b(f64) bool',
    'c() void',
    'd(f64) view.f32',
    'e(f64) f64?',
    'f() f64',
  ]);
});

test('Buffer of @types/node', () => {
  const reading = readFiles(
    { 'src/main.ts': `/** @native */ export function f(x: Buffer): Buffer { return x; }` },
    {
      types: ['node'],
      typeRoots: [fileURLToPath(new URL('../../node_modules/@types', import.meta.url))],
    },
  );
  assert.equal(codesOf(reading), []);
  assert.equal(signatures(reading), ['f(view.buffer) view.buffer']);
});

test('the type of the variable that a function is in', () => {
  const reading = readSource(`
type Kernel = (x: i32, y?: Float32Array) => f32;
/** @native */
export const f: Kernel = (x, y) => 1;
/** @native */
export const g: (x: u8) => void = function (x) {};`);
  assert.equal(signatures(reading), ['f(i32, view.f32?) f32', 'g(u8) void']);
});

test('JavaScript with JSDoc types', () => {
  const reading = readFiles(
    {
      'src/main.js': `
/** @typedef {import('tsnative').i32} Index */
/** @import { u8 } from 'tsnative' */

/**
 * Adds.
 * @native bounds: js
 * @param {Float64Array} a
 * @param {Index} i
 * @param {?Int8Array} j
 * @param {u8} [k]
 * @param {number=} l
 * @returns {import('tsnative').i32}
 */
export function f(a, i, j, k, l) { return i; }

/** @type {(x: Index) => boolean} @native */
export const untagged = (x) => true;

/**
 * @native
 * @type {(x: Index) => boolean}
 */
export const g = (x) => true;`,
    },
    { allowJs: true, checkJs: true },
  );
  assert.equal(codesOf(reading), ['TSN1090']);
  assert.equal(signatures(reading), ['f(view.f64, i32, view.i8!, u8?, f64?) i32', 'g(i32) bool']);
  assert.is(reading.functions[0]?.options.bounds, 'js');
});

test('tags: every kind of function, options, ids', () => {
  const reading = readFiles({
    'src/a.ts': `
import {} from './b.js';
/** @native fastmath, bounds: unchecked, overflow: unchecked */
function hidden(): void {}
/**
 * Text.
 * @param x is documented
 * @native bounds:js
 */
export const arrow = (x: number): number => x;
/** @native */
export const named = function inner(x: number): number { return x; };
/** @native */ const one = (): void => {}, two = (): void => {};
export { hidden as blur, one, two };
/** @native */
export default function (): void {}`,
    'src/b.ts': `
/** @native */
export default (x: number): number => x;
/** @native */
export const arrow = (): void => {};
/** @native */
export function std(): void {}`,
  });
  assert.equal(codesOf(reading), []);
  assert.equal(
    reading.functions.map(({ id, name, options, tagged }) => [id, name, options.bounds, tagged]),
    [
      ['hidden', 'hidden', 'unchecked', true],
      ['arrow', 'arrow', 'js', true],
      ['named', 'named', 'throw', true],
      ['one', 'one', 'throw', true],
      ['two', 'two', 'throw', true],
      ['default', 'default', 'throw', true],
      ['default.2', 'default', 'throw', true],
      ['arrow.2', 'arrow', 'throw', true],
      ['std_', 'std', 'throw', true],
    ],
  );
  assert.equal(reading.functions[0]?.options, {
    fastmath: true,
    bounds: 'unchecked',
    overflow: 'unchecked',
  });
  const [hidden] = reading.functions;
  assert.is(hidden?.span.line, 4);
  assert.is(hidden?.span.column, 10);
  assert.is(hidden?.span.length, 6);
});

test('a tag in the first comment stands for the exported functions of the file', () => {
  const names = (source: string): string[] =>
    readSource('', { 'src/main.ts': source }).functions.map(
      ({ name, options }) => `${name} ${options.bounds}`,
    );
  const body = `
export function a(): void {}
function b(): void {}
function c(): void {}
/** @native bounds: unchecked */
export const d = (): void => {};
export const limit = 1;
export { c as other };`;
  const all = ['a js', 'c js', 'd unchecked'];
  assert.equal(names(`/** @native bounds: js */\nimport {} from 'tsnative';${body}`), all);
  assert.equal(names(`#!/usr/bin/env node\n/** @native bounds: js */\nconst n = 1;${body}`), all);
  assert.equal(names(`/** @native bounds: js */\n\n/** Does a. */${body}`), all);
  // Right above a function it is that function's.
  assert.equal(names(`/** @native bounds: js */${body}`), ['a js', 'd unchecked']);
});

test('a tag for a file without exported functions is a warning', () => {
  const reading = readFiles({ 'src/main.ts': `/** @native */\nimport {} from 'tsnative';` });
  assert.equal(codesOf(reading), ['TSN1006']);
  assert.is(reading.diagnostics[0]?.severity, 'warning');
});

test('CommonJS: JavaScript that exports by assignment', () => {
  const reading = readFiles(
    {
      'package.json': '{ "name": "test" }',
      'src/main.js': `
/** @native */
'use strict';
/** @param {number} x @returns {number} */
function f(x) { return g(x); }
/** @param {number} x @returns {number} */
const g = (x) => x;
module.exports = { f, h: g };`,
    },
    { allowJs: true, checkJs: true },
  );
  assert.equal(codesOf(reading), []);
  assert.equal(signatures(reading), ['f(f64) f64', 'g(f64) f64']);
});

test('a file of an importing one is read though the tsconfig does not name it', () => {
  const folder = makeFolder({
    'src/main.ts': `import './other.js';`,
    'src/other.ts': `/** @native */ export function f(): void {}`,
    'tsconfig.json': JSON.stringify({
      compilerOptions: { lib: ['ES2023'], types: [], module: 'NodeNext', strict: true },
      files: ['src/main.ts'],
    }),
  });
  const reading = readProject({ project: folder });
  assert.equal(signatures(reading), ['f() void']);
  assert.ok(reading.inputs.includes(join(folder, 'src/other.ts')));
});

test.run();
