/** The emitted JavaScript: that it is what `tsc` writes, and that it calls native functions when there are some. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { ts } from 'ts-morph';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readProject } from '../../compiler/1-read/project.ts';
import type { NativeConstant, Reading } from '../../compiler/1-read/model.ts';
import { emitJavaScript, type OutputFile } from '../../compiler/4-emit/javascript.ts';
import { makeFolder, removeFolders, summary, type Files } from './projects.ts';

const test = suite('JavaScript');
test.after(removeFolders);

type Global = Extract<NativeConstant, { kind: 'global' }>;

interface Emitted {
  readonly folder: string;
  readonly reading: Reading;
  readonly files: ReadonlyMap<string, string>;
}

/** Emits a project as if native code read every constant that its tagged functions name. */
function emit(files: Files, options: object = {}, outDir?: string): Emitted {
  const folder = makeFolder(files, options);
  const reading = readProject({
    project: folder,
    emits: true,
    ...(outDir === undefined ? {} : { outDir: join(folder, outDir) }),
  });
  if (reading.diagnostics.length > 0) throw new Error(summary(reading.diagnostics));
  const globals = new Map<string, Global>();
  for (const fn of reading.functions) {
    fn.node.forEachDescendant((node) => {
      const constant = reading.resolveConstant(node);
      if (constant && 'kind' in constant && constant.kind === 'global') {
        globals.set(constant.id, constant);
      }
    });
  }
  const out = reading.program.getCompilerOptions().outDir ?? folder;
  const gluePath = join(out, 'native/test.cjs');
  const planned = {
    globals: [...globals.values()],
    receivers: new Map<string, never>(),
    methods: () => new Map(),
  };
  const outputs = emitJavaScript(reading, planned, { gluePath });
  writeAll(outputs);
  return {
    folder,
    reading,
    files: new Map(outputs.map(({ path, text }) => [relative(folder, path), text])),
  };
}

function writeAll(outputs: readonly OutputFile[]): void {
  for (const { path, text } of outputs) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
}

/** Glue whose functions tell their arguments: `native f(1,2)`. With `off`, it has none. */
function writeGlue(folder: string, ids: readonly string[], out = 'out'): void {
  const entries = ids.map(
    (id) => `${JSON.stringify(id)}: (...args) => 'native ${id}(' + args.join() + ')'`,
  );
  mkdirSync(join(folder, out, 'native'), { recursive: true });
  writeFileSync(
    join(folder, out, 'native/test.cjs'),
    `const bound = {};
    module.exports = { functions: { ${entries.join(', ')} }, bind: (id, value) => { bound[id] = value; }, bound };`,
  );
}

/** Runs a script in the project's folder and gives its output. */
const run = (folder: string, name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return execFileSync(process.execPath, [join(folder, name)], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  }).trim();
};

/** What `tsc` writes for the same project. */
function plain({ reading, folder }: Emitted): Map<string, string> {
  const files = new Map<string, string>();
  reading.program.emit(undefined, (name, text) => files.set(relative(folder, name), text));
  return files;
}

const kinds = `
export function declared(a: number, b: number = 2): number { return a + b; }
export const arrow = (a: number): number => a * 2;
export const expression = function named(a: number): number { return a <= 1 ? 1 : a * named(a - 1); };
export default function (a: number): number { return -a; }
export function text(): string { return 'untouched'; }
`.replace(/^export (?!function text)/gm, '/** @native */\nexport ');
const kindIds = ['declared', 'arrow', 'expression', 'default'];

const useKinds = `
const show = (m) => [m.declared(1), m.declared(1, 3), m.arrow(4), m.expression(3), m.default(5), m.text()].join(' ');
const shape = (m) => [m.declared.length, m.declared.name, m.arrow.name, m.expression.name, m.default.name].join(' ');`;

const formats: readonly (readonly [name: string, files: Files, options: object, esm: boolean])[] = [
  ['NodeNext, ESM', { 'src/main.ts': kinds }, {}, true],
  ['NodeNext, CommonJS', { 'src/main.ts': kinds, 'package.json': '{ "name": "test" }' }, {}, false],
  [
    'CommonJS',
    { 'src/main.ts': kinds, 'package.json': '{ "name": "test" }' },
    { module: 'CommonJS', moduleResolution: 'bundler', esModuleInterop: true },
    false,
  ],
  ['ESNext', { 'src/main.ts': kinds }, { module: 'ESNext', moduleResolution: 'bundler' }, true],
  [
    'ESNext with verbatimModuleSyntax and isolatedModules',
    { 'src/main.ts': kinds },
    {
      module: 'ESNext',
      moduleResolution: 'bundler',
      verbatimModuleSyntax: true,
      isolatedModules: true,
    },
    true,
  ],
];
for (const [name, files, options, esm] of formats) {
  test(`every kind of function: ${name}`, () => {
    const emitted = emit(files, options);
    const { folder } = emitted;
    const use = esm
      ? `import * as m from './out/main.js'; ${useKinds} console.log(show(m)); console.log(shape(m));`
      : `const m = require('./out/main.js'); ${useKinds} console.log(show(m)); console.log(shape(m));`;
    writeGlue(folder, []);
    const [off, shapeOff] = run(folder, 'use.js', use).split('\n');
    assert.is(off, '3 4 8 6 -5 untouched');
    // `default_1` is what `tsc` calls a nameless function of a CommonJS module.
    assert.is(shapeOff, `1 declared arrow named ${esm ? 'default' : 'default_1'}`);
    writeGlue(folder, kindIds);
    const [on, shapeOn] = run(folder, 'use.js', use).split('\n');
    assert.is(
      on,
      'native declared(1,2) native declared(1,3) native arrow(4) native expression(3) native default(5) untouched',
    );
    assert.is(shapeOn, shapeOff);
  });
}

test('parameters with patterns are handed on whole, and taken apart behind the guard', () => {
  const main = `
/** @native */
export function sum({ x, y = 2 }: { x: number; y?: number }, [z]: [number] = [5], w: number = 1): number {
  var x = x + 1;
  return x + y * 10 + z * 100 + w * 1000;
}
/** @native */
export const first = ({ x }: { x: number }): number => x;
`;
  const { folder } = emit({ 'src/main.ts': main });
  const use = `import * as m from './out/main.js';
    console.log(m.sum({ x: 1 }), m.sum({ x: 1, y: 3 }, [7], 4), m.first({ x: 5 }), m.sum.length, m.first.length);`;
  writeGlue(folder, []);
  assert.is(run(folder, 'use.js', use), '1522 4732 5 1 1');
  writeGlue(folder, ['sum', 'first']);
  assert.is(
    run(folder, 'use.js', use),
    'native sum([object Object],5,1) native sum([object Object],7,4) native first([object Object]) 1 1',
  );
});

test('the text of an ECMAScript module', () => {
  const { files } = emit({
    'src/main.ts': `#!/usr/bin/env node
/* The license. */

import { readFileSync } from 'node:fs';
/** Adds. */
/**
 * @native
 */
export function add(a: number, b: number): number {
  // a comment
  return a + b;
}
/** @native */
export const half = (a: number): number =>
  // why
  a / 2;
export type Unused = typeof readFileSync;
`,
    'src/node.d.ts': `declare module 'node:fs' { export function readFileSync(): void; }`,
  });
  assert.is(
    files.get('out/main.js'),
    `#!/usr/bin/env node
/* The license. */
import $native from "./native/test.cjs";
var $native_add = $native.functions.add;
var $native_half = $native.functions.half;
/** Adds. */
/**
 * @native
 */
export function add(a, b) {
    if ($native_add !== void 0) return $native_add(a, b);
    // a comment
    return a + b;
}
/** @native */
export const half = (a) => {
    if ($native_half !== void 0) return $native_half(a);
    // why
    return a / 2;
};
`,
  );
});

test('the text of a CommonJS module', () => {
  const { files } = emit({
    'src/main.cts': `'use strict';
import other = require('./other.cjs');
/** @native */
export function f(a: number): number { return g(a) + other.limit; }
export function g(a: number): number { return a; }
`,
    'src/other.cts': `export const limit = 3;`,
  });
  assert.is(
    files.get('out/main.cjs'),
    `'use strict';
Object.defineProperty(exports, "__esModule", { value: true });
exports.f = f;
exports.g = g;
var $native = require("./native/test.cjs");
const other = require("./other.cjs");
var $native_f = $native.functions.f;
/** @native */
function f(a) { if ($native_f !== void 0) return $native_f(a); return g(a) + other.limit; }
function g(a) { return a; }
`,
  );
});

test('files without native functions and all declarations are exactly what tsc writes', () => {
  const emitted = emit(
    {
      'src/main.ts': `import { K } from './deep/k.js'; /** @native */ export function f(x: number): number { return x + K; }`,
      'src/deep/k.ts': 'export const K = 1;',
      'src/data.mts': 'export const x: number = 1;',
    },
    { declaration: true, declarationMap: true, sourceMap: true, declarationDir: 'types' },
  );
  const expected = plain(emitted);
  assert.equal([...emitted.files.keys()].sort(), [...expected.keys()].sort());
  for (const [name, text] of expected) {
    if (!/main\.js/.test(name)) assert.is(emitted.files.get(name), text, name);
  }
  assert.ok(
    emitted.files.has('types/main.d.ts.map') || emitted.files.has('types/src/main.d.ts.map'),
  );
});

test('the glue is found from every folder, and --out-dir replaces outDir', () => {
  const files = {
    'src/a/b/main.ts': `/** @native */ export function f(): void {}`,
    'src/top.ts': `/** @native */ export function g(): void {}`,
  };
  const { files: written } = emit(files, {}, 'elsewhere');
  assert.match(written.get('elsewhere/a/b/main.js') ?? '', 'from "../../native/test.cjs";');
  assert.match(written.get('elsewhere/top.js') ?? '', 'from "./native/test.cjs";');
  const beside = emit(files, { outDir: undefined });
  assert.match(beside.files.get('src/a/b/main.js') ?? '', 'from "../../../native/test.cjs";');
});

test('constants are handed over after their declaration, under fresh names', () => {
  for (const esm of [true, false]) {
    const { folder, files } = emit({
      'package.json': JSON.stringify({ name: 'test', type: esm ? 'module' : 'commonjs' }),
      'src/main.ts': `
import { shared } from './shared.js';
export const $native = 'mine', $native_f = 1;
export const table = new Float64Array([1, 2]), limit = Number('3');
const hidden = new Int8Array(1);
/** @native */
export function f(): number { return table[0]! + limit + hidden[0]! + shared[0]!; }
`,
      'src/shared.ts': 'export const shared = new Uint8Array([7]);',
    });
    writeGlue(folder, []);
    const load = esm
      ? `import * as m from './out/main.js'; import glue from './out/native/test.cjs';`
      : `const m = require('./out/main.js'), glue = require('./out/native/test.cjs');`;
    const output = run(
      folder,
      'use.js',
      `${load} const { bound } = glue; console.log(m.f(), m.$native, m.$native_f, Object.keys(bound).sort().join(), bound.table === m.table, bound.limit);`,
    );
    assert.is(output, '11 mine 1 hidden,limit,shared,table true 3', files.get('out/main.js'));
  }
});

test('before its constants exist, a function throws as JavaScript does', () => {
  const { folder } = emit({
    'src/main.ts': `
const log: string[] = [];
const attempt = (): void => { try { log.push(String(f(1))); } catch (error) { log.push((error as Error).name); } };
attempt();
const factor = 2;
attempt();
const inner = (x: number): number => x;
attempt();
/** @native */
export function f(x: number): number { return helper(x) * factor; }
function helper(x: number): number { return inner(x); }
console.log(log.join());
`,
    'src/globals.d.ts': 'declare const console: { log(text: string): void };',
  });
  writeGlue(folder, []);
  assert.is(run(folder, 'use.js', `import './out/main.js';`), 'ReferenceError,ReferenceError,2');
  writeGlue(folder, ['f']);
  assert.is(
    run(folder, 'use.js', `import './out/main.js';`),
    'ReferenceError,ReferenceError,native f(1)',
  );
});

test('a function that an import cycle calls early runs as JavaScript', () => {
  for (const type of ['module', 'commonjs']) {
    const { folder } = emit({
      'package.json': JSON.stringify({ name: 'test', type }),
      'src/a.ts': `import { early } from './b.js'; /** @native */ export function f(x: number): number { return x; } export const seen = early;`,
      'src/b.ts': `import { f } from './a.js'; export const early: number = f(1);`,
    });
    writeGlue(folder, ['f']);
    const use =
      type === 'module'
        ? `import { f, seen } from './out/a.js'; console.log(seen, f(2));`
        : `const { f, seen } = require('./out/a.js'); console.log(seen, f(2));`;
    assert.is(run(folder, 'use.js', use), '1 native f(2)');
  }
});

test('a directive of a function stays first', () => {
  const { files } = emit({
    'src/main.ts': `/** @native */ export function f(x: number): number { 'use strict'; return x; }`,
  });
  assert.match(files.get('out/main.js') ?? '', /\{\s*'use strict';\s*if \(\$native_f !== void 0\)/);
});

test('JavaScript sources, by require', () => {
  const { folder } = emit(
    {
      'package.json': '{ "name": "test" }',
      'src/main.js': `'use strict';
/** @native
 * @param {number} x
 * @returns {number} */
function f(x) { return x; }
module.exports = { f };`,
      'src/other.js': `/** @native
 * @param {number} x */
exports.g = function (x) { return x; };
/** @native
 * @param {number} x */
module.exports.h = (x) => x;
exports.plain = () => 4;`,
    },
    { allowJs: true, checkJs: true },
  );
  writeGlue(folder, ['f', 'g', 'h']);
  assert.is(run(folder, 'use.js', `console.log(require('./out/main.js').f(1));`), 'native f(1)');
  const use = `const m = require('./out/other.js'); console.log(m.g(2), m.h(3), m.plain());`;
  assert.is(run(folder, 'use.js', use), 'native g(2) native h(3) 4');
});

test('source maps lead to the lines and columns of the source', () => {
  for (const options of [{ sourceMap: true }, { inlineSourceMap: true, inlineSources: true }]) {
    const source = `import type { f64 } from 'tsnative';

export const table = new Float64Array(2);
/** @native */
export function f(x: f64): f64 {
  const first = x;
  if (first > table[0]!) throw new RangeError('first');
  return first;
}
/** @native */
export const g = (x: f64): f64 => Math.sqrt(x);
export const last = 1;
`;
    const { files } = emit({ 'src/main.ts': source }, options);
    const js = files.get('out/main.js') ?? '';
    const inline = /base64,(.*)/.exec(js)?.[1];
    const json = inline
      ? Buffer.from(inline, 'base64').toString()
      : (files.get('out/main.js.map') ?? '');
    const map = new SourceMap(JSON.parse(json));
    for (const part of [
      'const table',
      'function f',
      'first = x',
      "new RangeError('first')",
      'return first',
      'Math.sqrt(x)',
      'last = 1',
    ]) {
      const found = map.findEntry(...position(js, part));
      assert.ok('originalLine' in found, part);
      const [line] = position(source, part);
      assert.is(found.originalLine, line, part);
    }
    const [line, column] = position(js, 'first > table');
    const entry = map.findEntry(line, column);
    assert.ok('originalLine' in entry);
    assert.equal([entry.originalLine, entry.originalColumn], position(source, 'first > table'));
  }
});

function position(text: string, part: string): [line: number, column: number] {
  const before = text.slice(0, text.indexOf(part)).split('\n');
  return [before.length - 1, before.at(-1)?.length ?? 0];
}

test('options of the output are honoured', () => {
  const { files } = emit(
    {
      'src/main.ts': `/** Adds. @native is in the text.\n * @native */\nexport function f(): void {}\n`,
    },
    { removeComments: true, newLine: 'crlf', emitBOM: true, target: 'ES2015' },
  );
  const text = files.get('out/main.js') ?? '';
  assert.is(text.charCodeAt(0), 0xfeff);
  assert.ok(text.includes('\r\n') && !text.includes('Adds.'));
  assert.is(text.split('test.cjs').length, 2);
});

test('every emitted file parses', () => {
  const { files } = emit({
    'src/main.ts': `
/** @native */ export const a = (): void => {};
/** @native */ export const b = (x: number): number => /* one */ x /* two */;
/** @native */ export const c = (x: number): number => (
  // three
  x + 1
);
/** @native */ export const d: (x: number) => number = (x) => { return x; };
`,
  });
  const js = files.get('out/main.js') ?? '';
  const { diagnostics } = ts.transpileModule(js, { fileName: 'main.js', reportDiagnostics: true });
  assert.equal(diagnostics, []);
  assert.match(js, /return (\/\* one \*\/ )?x/);
});

test.run();
