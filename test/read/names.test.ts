/** What callees, constants and annotated variables stand for. */
import { Node, SyntaxKind } from 'ts-morph';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Diagnostic } from '../../compiler/diagnostics/types.ts';
import type { NativeFunction, Reading } from '../../compiler/1-read/model.ts';
import { readFiles, readSource, removeFolders, type Files } from './projects.ts';

const test = suite('names');
test.after(removeFolders);

function only(reading: Reading): NativeFunction {
  const [fn] = reading.functions;
  if (!fn) throw new Error('no native function');
  return fn;
}

const problem = ({ code, message }: Diagnostic): string => `${code} ${message}`;

/** Every call of the first native function with what its callee is. */
function callees(reading: Reading): string[] {
  const fn = only(reading);
  return fn.node.getDescendantsOfKind(SyntaxKind.CallExpression).map((call) => {
    const callee = call.getExpression();
    const resolved = reading.resolveCallee(callee);
    const shown =
      resolved === undefined ? 'none' : 'code' in resolved ? problem(resolved) : resolved.id;
    return `${callee.getText()}: ${shown}`;
  });
}

/** Every expression statement of the first native function with what the name in it is. */
function constants(reading: Reading): string[] {
  const fn = only(reading);
  return fn.node.getDescendantsOfKind(SyntaxKind.ExpressionStatement).map((statement) => {
    const name = statement.getExpression();
    const resolved = reading.resolveConstant(name);
    const text = name.getText();
    if (resolved === undefined) return `${text}: none`;
    if ('code' in resolved) return `${text}: ${problem(resolved)}`;
    return resolved.kind === 'literal'
      ? `${text}: ${resolved.type} ${Object.is(resolved.value, -0) ? '-0' : String(resolved.value)}`
      : resolved.kind === 'text'
        ? `${text}: text ${resolved.text}`
        : `${text}: global ${resolved.id} ${resolved.type}`;
  });
}

const helpers: Files = {
  'src/helpers.ts': `
export function helper(x: number): number { return x; }
export const arrow = (x: number): number => x;
export default function (x: number): number { return x; }
export { helper as renamed };`,
  'src/again.ts': `export { helper as reExported, default as other } from './helpers.js'; export * from './helpers.js';`,
};

test('callees through imports, aliases and re-exports are one function each', () => {
  const reading = readSource(
    `
import { helper as h, renamed } from './helpers.js';
import { reExported, other, arrow } from './again.js';
import anonymous from './helpers.js';
import * as all from './helpers.js';
const constant = h;
/** @native */
export function f(x: number): number {
  const local = h;
  h(x); renamed(x); reExported(x); other(x); arrow(x); anonymous(x); all.helper(x); constant(x);
  local(x); (h)(x); h!(x); f(x); later(x);
  return x;
}
function later(x: number): number { return x; }`,
    helpers,
  );
  assert.equal(callees(reading), [
    'h: helper',
    'renamed: helper',
    'reExported: helper',
    'other: default',
    'arrow: arrow',
    'anonymous: default',
    'all.helper: helper',
    'constant: helper',
    'local: helper',
    '(h): helper',
    'h!: helper',
    'f: f',
    'later: later',
  ]);
  const fn = only(reading);
  const [first, second] = fn.node.getDescendantsOfKind(SyntaxKind.CallExpression);
  const resolve = (node: Node | undefined): unknown =>
    node && Node.isCallExpression(node) && reading.resolveCallee(node.getExpression());
  assert.is(resolve(first), resolve(second));
});

test('a function without a tag gets the default options, one with a tag keeps its own', () => {
  const reading = readSource(`
/** @native bounds: js */
export function f(): void { plain(); tagged(); }
function plain(): void {}
/** @native fastmath */
export function tagged(): void {}`);
  const fn = only(reading);
  const [plain, tagged] = fn.node
    .getDescendantsOfKind(SyntaxKind.CallExpression)
    .map((call) => reading.resolveCallee(call.getExpression()));
  assert.ok(plain && 'id' in plain && tagged && 'id' in tagged);
  assert.equal(plain.options, { fastmath: false, bounds: 'throw', overflow: 'throw' });
  assert.is(plain.tagged, false);
  assert.is(tagged, reading.functions[1]);
  assert.is(tagged.options.fastmath, true);
});

test('what is no function of the user’s', () => {
  const reading = readSource(`
/** @native */
export function f(a: Float64Array): void { Math.sin(1); a.fill(0); parseInt('1'); Number(1); new Map().get(1); }`);
  assert.equal(callees(reading), [
    'Math.sin: none',
    'a.fill: none',
    'parseInt: none',
    'Number: none',
    'new Map().get: none',
  ]);
});

test('callees that can’t become native', () => {
  const reading = readSource(
    `
import { elsewhere } from 'package';
/** @native */
export function f(g: () => void): void {
  function inner(): void {}
  const local = (): void => {};
  inner(); local(); later(); text('x'); elsewhere(1); changing(); generic(1); ambient();
}
async function later(): Promise<void> {}
function text(x: any): void {}
let changing = (): void => {};
export const change = (): void => void (changing = (): void => {});
function generic<T>(x: T): void {}
declare function ambient(): void;`.replace('g: () => void', ''),
    {
      'node_modules/package/package.json': '{ "name": "package", "types": "index.d.ts" }',
      'node_modules/package/index.d.ts': 'export declare function elsewhere(x: number): number;',
    },
  );
  const needed = "can't be called from native code:";
  assert.equal(callees(reading), [
    `inner: TSN1301 \`inner\` ${needed} \`inner\` is a function inside another function.`,
    `local: TSN1301 \`local\` ${needed} \`local\` is a function inside another function.`,
    `later: TSN1301 \`later\` ${needed} Native code can't call the async function \`later\`.`,
    `text: TSN1301 \`text\` ${needed} \`any\` is not a type that native code can have.`,
    `elsewhere: TSN1302 \`elsewhere\` ${needed} only the types of \`elsewhere\` are known.`,
    `changing: TSN1301 \`changing\` ${needed} \`changing\` is a function in a variable that can change.`,
    `generic: TSN1301 \`generic\` ${needed} Nothing tells the type arguments of \`generic\` here.`,
    `ambient: TSN1302 \`ambient\` ${needed} only the types of \`ambient\` are known.`,
  ]);
  const fn = only(reading);
  const call = fn.node.getDescendantsOfKind(SyntaxKind.CallExpression)[2];
  const refusal = call && reading.resolveCallee(call.getExpression());
  assert.ok(refusal && 'code' in refusal);
  assert.is(refusal.place?.line, 7);
  assert.is(refusal.related?.[0]?.place.line, 9);
  assert.ok(refusal.rewrite);
});

test('constants that are known when compiling', () => {
  const reading = readSource(
    `
import { size as imported, mask } from './constants.js';
import * as all from './constants.js';
const a = 10, b = -0.5, yes = true, hex: u8 = 0xf_f;
const sum = a * 2 + imported / 4, power = 2 ** 10, root = 2 ** 0.5, bits = 1 << 4 | 3;
const big: i64 = -5n, top: u64 = (1n << 64n) - 1n, zero = -0, int: i32 = -0;
const tau = 2 * Math.PI, max = Number.MAX_SAFE_INTEGER, none = NaN, minus = -Infinity;
const single: f32 = Math.fround(0.1), asserted = (5 as number)!, not = !yes;
let never = 3;
/** @native */
export function f(): void {
  a; b; yes; hex; sum; power; root; bits; big; top; zero; int; tau; max; none; minus; single;
  asserted; not; never; imported; mask; all.size;
}`,
    { 'src/constants.ts': `export const size = 8; const m: number = 255; export { m as mask };` },
  );
  assert.equal(constants(reading), [
    'a: f64 10',
    'b: f64 -0.5',
    'yes: bool true',
    'hex: u8 255',
    'sum: f64 22',
    'power: f64 1024',
    'root: global root f64',
    'bits: f64 19',
    'big: i64 -5',
    'top: u64 18446744073709551615',
    'zero: f64 -0',
    'int: i32 0',
    'tau: f64 6.283185307179586',
    'max: f64 9007199254740991',
    'none: f64 NaN',
    'minus: f64 -Infinity',
    `single: f32 ${Math.fround(0.1)}`,
    'asserted: f64 5',
    'not: bool false',
    'never: f64 3',
    'imported: f64 8',
    'mask: f64 255',
    'all.size: f64 8',
  ]);
});

test('constants that JavaScript hands over', () => {
  const reading = readSource(
    `
import { table as theirs } from './tables.js';
const table = new Float64Array(4);
const start = Date.now(), hinted: i32 = Math.max(1, 2), id: u64 = BigInt(1), flag = start > 0;
const bytes: Uint8Array = new Uint8Array(1);
/** @native */
export function f(): void { table; theirs; start; hinted; id; flag; bytes; table; }`,
    { 'src/tables.ts': `export const table = new Int32Array(1);` },
  );
  assert.equal(constants(reading), [
    'table: global table view.f64',
    'theirs: global table.2 view.i32',
    'start: global start f64',
    'hinted: global hinted i32',
    'id: global id u64',
    'flag: global flag bool',
    'bytes: global bytes view.u8',
    'table: global table view.f64',
  ]);
});

test('module-level names that native code can’t read', () => {
  const reading = readSource(
    `
import { version, table } from 'package';
let count = 0; count++;
let late: number; late = 1;
let swapped = 1; [swapped] = [2];
var looped = 0; for (looped of [1]) {}
const { x } = { x: 1 };
const big = 1n, text = 'text', list = [1], maybe: number | undefined = Number('1');
const small: u8 = 256, half: i32 = 0.5, single: f32 = 0.1;
enum Color { Red }
declare const ambient: number;
/** @native */
export function f(local: number): void {
  count; late; swapped; looped; x; big; list; maybe; small; half; single; Color; ambient;
  version; table; local; f; Math;
}`,
    {
      'node_modules/package/package.json': '{ "name": "package", "types": "index.d.ts" }',
      'node_modules/package/index.d.ts':
        'export declare const version: number; export declare const table: Float64Array;',
    },
  );
  const codes = constants(reading).map((line) => line.split(' ', 2).join(' '));
  assert.equal(codes, [
    'count: TSN1401',
    'late: TSN1401',
    'swapped: TSN1401',
    'looped: TSN1401',
    'x: TSN1405',
    'big: TSN1407',
    'list: TSN1412',
    'maybe: TSN1408',
    'small: TSN1406',
    'half: TSN1406',
    'single: TSN1406',
    'Color: TSN1404',
    'ambient: TSN1403',
    'version: TSN1402',
    'table: TSN1402',
    'local: none',
    'f: none',
    'Math: none',
  ]);
  const fn = only(reading);
  const [count] = fn.node.getDescendantsOfKind(SyntaxKind.ExpressionStatement);
  const refusal = count && reading.resolveConstant(count.getExpression());
  assert.ok(refusal && 'code' in refusal);
  assert.is(refusal.place?.line, 14);
  assert.is(refusal.related?.[0]?.place.line, 3);
  assert.is(refusal.rewrite, 'Pass it as an argument: count: number');
});

test('the hints of variables and parameters', () => {
  const reading = readSource(`
type Index = i32;
/** @native */
export function f(x: u8, y?: i64): void {
  const a: Index = 1;
  let b = 1, c: Float64Array | undefined, d: string;
  for (let i: u32 = 0; i < 1; i++) {}
}`);
  const fn = only(reading);
  const shown = [
    ...(Node.isFunctionDeclaration(fn.node) ? fn.node.getParameters() : []),
    ...fn.node.getDescendantsOfKind(SyntaxKind.VariableDeclaration),
  ].map((declaration) => {
    const hint = reading.hintOf(declaration);
    const text = !hint ? 'none' : 'code' in hint ? hint.code : `${hint.type} ${hint.undefined}`;
    return `${declaration.getName()}: ${text}`;
  });
  assert.equal(shown, [
    'x: u8 false',
    'y: i64 false',
    'a: i32 false',
    'b: none',
    'c: view.f64 true',
    'd: str false',
    'i: u32 false',
  ]);
});

test('the hints of JavaScript variables', () => {
  const reading = readFiles(
    {
      'src/main.js': `
/** @native */
export function f() {
  /** @type {import('tsnative').i32} */
  let a = 1;
  let b = 2;
}`,
    },
    { allowJs: true },
  );
  const hints = only(reading)
    .node.getDescendantsOfKind(SyntaxKind.VariableDeclaration)
    .map((declaration) => reading.hintOf(declaration));
  assert.equal(hints, [{ type: 'i32', undefined: false, null: false }, undefined]);
});

test('CommonJS: callees and constants through require', () => {
  const reading = readFiles(
    {
      'package.json': '{ "name": "test" }',
      'src/main.js': `
const { helper, size: count } = require('./helpers');
const helpers = require('./helpers');
/** @native */
function f() { helper(); helpers.helper(); helpers.direct(); helpers.only(); module.exports.own(); count; helpers.size; }
module.exports.own = () => {};
module.exports.f = f;`,
      'src/helpers.js': `
function helper() {}
const size = 4;
function direct() {}
exports.direct = direct;
exports.only = function () {};
module.exports.helper = helper;
exports.size = size;`,
    },
    { allowJs: true, checkJs: true },
  );
  assert.equal(reading.diagnostics, []);
  assert.equal(callees(reading), [
    'helper: helper',
    'helpers.helper: helper',
    'helpers.direct: direct',
    'helpers.only: only',
    'module.exports.own: own',
  ]);
  assert.equal(constants(reading).slice(-2), ['count: f64 4', 'helpers.size: f64 4']);
});

test.run();
