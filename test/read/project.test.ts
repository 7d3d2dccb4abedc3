/** Opening projects: tsconfig files good and bad, and what was read. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readProject } from '../../compiler/1-read/project.ts';
import { codesOf, compilerOptions, makeFolder, readFiles, removeFolders } from './projects.ts';

const test = suite('projects');
test.after(removeFolders);

const source = { 'src/main.ts': '/** @native */ export function f(): void {}' };

test('a tsconfig by its path or its folder', () => {
  const folder = makeFolder(source);
  for (const project of [folder, join(folder, 'tsconfig.json')]) {
    const reading = readProject({ project });
    assert.equal(reading.diagnostics, []);
    assert.is(reading.configPath, join(folder, 'tsconfig.json'));
    assert.is(reading.functions.length, 1);
  }
});

test('no tsconfig', () => {
  const folder = makeFolder(source);
  rmSync(join(folder, 'tsconfig.json'));
  const reading = readProject({ project: folder });
  assert.equal(codesOf(reading), ['TSN6001']);
  assert.equal(reading.functions, []);
});

test('a tsconfig with mistakes is refused in TypeScript’s words, at its place', () => {
  const unknown = readFiles(source, { strictt: true });
  assert.equal(codesOf(unknown), ['TS5025']);
  const broken = readFiles({ ...source, 'tsconfig.json': '{ "compilerOptions": { "strict": }' });
  assert.ok(codesOf(broken).includes('TS1109'), codesOf(broken).join());
  assert.is(broken.diagnostics[0]?.place?.line, 1);
  const empty = readFiles({ ...source, 'tsconfig.json': '{ "include": ["nowhere"] }' });
  assert.equal(codesOf(empty), ['TS18003']);
  const extended = readFiles({ ...source, 'tsconfig.json': '{ "extends": "./missing.json" }' });
  assert.ok(codesOf(extended).includes('TS5083'), codesOf(extended).join());
});

test('inputs are all that was read; folders are where a new file would count', () => {
  const folder = makeFolder({
    'src/main.ts': `import type { i32 } from 'tsnative'; import './inner/other.js'; export type T = i32;`,
    'src/inner/other.ts': 'export {};',
    'base.json': JSON.stringify({ compilerOptions }),
    'tsconfig.json': '{ "extends": "./base.json", "include": ["src"] }',
  });
  const reading = readProject({ project: folder });
  assert.equal(reading.diagnostics, []);
  assert.equal(
    reading.inputs
      .filter((file) => file.startsWith(folder))
      .map((file) => file.slice(folder.length)),
    [
      '/base.json',
      '/node_modules/tsnative/dist/runtime/index.d.ts',
      '/node_modules/tsnative/package.json',
      '/package.json',
      '/src/inner/other.ts',
      '/src/main.ts',
      '/tsconfig.json',
    ],
  );
  assert.equal(reading.folders, [{ path: `${folder}/src`, recursive: true }]);
});

test('TypeScript’s own errors, in its words and with what they relate to', () => {
  const reading = readFiles({
    'src/main.ts': `import './nowhere.js';
interface A { x: number }
const a: A = {};
export { a };`,
  });
  assert.equal(
    codesOf(reading),
    ['TS2882', 'TS2741'].filter((code) => codesOf(reading).includes(code)),
  );
  const missing = reading.diagnostics.find(({ code }) => code === 'TS2741');
  assert.is(missing?.message, "Property 'x' is missing in type '{}' but required in type 'A'.");
  assert.is(missing?.place?.line, 3);
  assert.is(missing?.place?.column, 7);
  assert.is(missing?.related?.[0]?.place.line, 2);
});

test('options that keep JavaScript from being written are refused when it will be', () => {
  const folder = makeFolder(source, { noEmit: true });
  assert.equal(codesOf(readProject({ project: folder })), []);
  const reading = readProject({ project: folder, emits: true });
  assert.equal(codesOf(reading), ['TSN1501']);
});

test('ECMAScript modules and CommonJS are told apart as Node does', () => {
  const reading = readFiles({
    'src/main.cts': `import fs = require('node:fs'); /** @native */ export function f(): void {}; void fs;`,
    'src/node.d.ts': `declare module 'node:fs' { const fs: { x: 1 }; export = fs; }`,
    'src/main.mts': `import x = require('./main.cjs'); await x;`,
  });
  assert.equal(codesOf(reading), []);
});

test.run();
