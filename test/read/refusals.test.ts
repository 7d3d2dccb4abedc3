/** Each refusal at its place: the source's comments tell which codes their line gets. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { allHints, readFiles, removeFolders } from './projects.ts';

const test = suite('refusals');
test.after(removeFolders);

/** Reads a file and compares the codes of each line with those in its `//!` comment. */
function check(name: string, source: string, options: object = {}): void {
  test(name, () => {
    const reading = readFiles({ 'src/main.ts': `${source.trim()}\n${allHints}` }, options);
    compare(source.trim(), reading.diagnostics);
  });
}

function compare(source: string, diagnostics: ReturnType<typeof readFiles>['diagnostics']): void {
  const lines = source.split('\n');
  assert.is(diagnostics.filter(({ place }) => !place || place.line > lines.length).length, 0);
  const actual = lines.map((line, index) => {
    const text = line.replace(/\s*\/\/!.*/, '');
    const found = diagnostics.filter(({ place }) => place?.line === index + 1);
    const codes = found.map(({ code }) => code);
    for (const { why, rewrite, code } of found) {
      if (code.startsWith('TSN')) assert.ok(why && rewrite, `${code} has a why and a rewrite`);
    }
    return codes.length > 0 ? `${text} //! ${codes.join(' ')}` : text;
  });
  assert.is(actual.join('\n'), source);
}

check(
  'kinds of functions',
  `
/** @native */
export const later = async function (x: number): Promise<number> { return x; }; //! TSN1101
/** @native */
export function* many(n: number): Generator<number> { yield n; } //! TSN1102
/** @native */
export function same<T>(x: T): T { return x; } //! TSN1104
/** @native */
export declare function elsewhere(x: number): number; //! TSN1109
`,
);

check(
  'parameters',
  `
/** @native */
export function rest(...[x, y]: [number, number]): void {} //! TSN1105
/** @native */
export function object({ x }: { x: number }, y: number = x): void {} //! TSN1106
/** @native */
export function list([x]: [number], { y = x }: { y?: number }): void {} //! TSN1106
/** @native */
export function self(this: Float64Array, x: number): void {} //! TSN1107
/** @native */
export function guessed(x = 1n): void {} //! TSN1108
/** @native */
export const arrow = (x = new ArrayBuffer(1)): void => {}; //! TSN1108
/** @native */
export function untyped(x): void {} //! TS7006
`,
);

check(
  'types',
  `
/** @native */
export function f(
  a: any, //! TSN1201
  b: unknown, //! TSN1201
  c: string,
  d: 'up' | 'down',
  e: bigint, //! TSN1203
  f: number[],
  g: readonly [number, number],
  h: { x: number },
  i: Point,
  j: Map<number, number>,
  k: ReadonlySet<number>,
  l: (x: number) => number,
  m: ArrayBuffer, //! TSN1208
  n: Color,
  o: number | Float64Array, //! TSN1211
  p: i32 | f64, //! TSN1211
  q: undefined, //! TSN1212
  r: null, //! TSN1212
  s: symbol, //! TSN1213
  t: Date, //! TSN1205
  u: Alias,
  v: bigint | undefined, //! TSN1203
  w: ArrayLike<number>, //! TSN1204
  x: (number | undefined)[], //! TSN1214
  y: [number, number?], //! TSN1215
  z: { [name: string]: number }, //! TSN1226
): void {}
interface Point { x: number }
enum Color { Red }
type Alias = string;
`,
);

check(
  'results',
  `
/** @native */
export function inferred(x: i64) { return x; } //! TSN1112
/** @native */
export const big = (x: number) => BigInt(x); //! TSN1112
/** @native */
export function list(x: number): ArrayLike<number> { return [x]; } //! TSN1204
/** @native */
export function nothing(): null { return null; } //! TSN1212
/** @native */
export function either(x: boolean) { return x ? 1 : new Float64Array(1); } //! TSN1211
`,
);

check(
  'a missing return that TypeScript does not look for',
  `
/** @native */
export function sign(x: number): number { //! TSN1111
  if (x > 0) return 1;
}
/** @native */
export function unending(): number {
  for (;;) {}
}
`,
  { strict: false },
);

check(
  'places of tags',
  `
export const first = 1;
/** @native */
export class Counter { /** @native */ count(): void {} } //! TSN1004
export class Mixed { /** @native */ count(): void {} static { /** @native */ const f = (): void => {}; } } //! TSN1004
export default class { /** @native */ count(): void {} } //! TSN1004
/** @native */ //! TSN1004
export const limit = 1;
/** @native */ //! TSN1004
interface Point { x: number }
// @native //! TSN1003
export function commented(x: number): number { return x; }
/* @native */ //! TSN1003
export function alsoCommented(x: number): number { return x; }
export function outer(): void {
  /** @native */ //! TSN1004
  function inner(): void {}
  /** @native */ //! TSN1004
  const arrow = (): void => {};
}
namespace Inside { /** @native */ export function f(): void {} } //! TSN1004
/** @native */ //! TSN1004
/** Something else. */
export function second(): void {}
/** Says @native in its text, which is no tag. */
export function prose(x: string): string { return x; }
/** @nativeish */
export function other(x: string): string { return x; }
`,
);

check(
  'options',
  `
export const first = 1;
/** @native fastmat */ //! TSN1001
export function a(): void {}
/** @native bounds: trow, overflow */ //! TSN1002 TSN1001
export function b(): void {}
/** @native bounds = js */ //! TSN1002
export function c(): void {}
/** @native fastmath: yes */ //! TSN1001
export function d(): void {}
`,
);

check(
  'classes that extend themselves',
  `
class Tree extends Tree { height = 1; } //! TS2506
class Oak extends Elm { age = 1; } //! TS2506 TS2449
class Elm extends Oak { age = 2; } //! TS2506
/** @native */
export function age(tree: Oak): number { return tree.age; } //! TSN1218
/** @native */
export function height(tree: Tree): number { return tree.height; } //! TSN1218
`,
);

test('misspelled options get the nearest that exist', () => {
  const reading = readFiles({
    'src/main.ts': `
/** @native fastmat */ export function a(): void {}
/** @native bound: js */ export function b(): void {}
/** @native bounds: unchekd */ export function c(): void {}
/** @native overflw: unchecked */ export function d(): void {}`,
  });
  assert.equal(
    reading.diagnostics.map(({ rewrite }) => rewrite),
    [
      '/** @native fastmath */',
      '/** @native bounds: js */',
      '/** @native bounds: unchecked */',
      '/** @native overflow: unchecked */',
    ],
  );
  assert.equal(reading.diagnostics[1]?.place, {
    file: reading.functions[0]?.file.getFilePath(),
    line: 3,
    column: 13,
    endLine: 3,
    endColumn: 22,
  });
});

test('a rewrite for an untyped parameter is what it most likely is', () => {
  const reading = readFiles({
    'src/main.ts': `/** @native */ export function f(a = 1n, b = new ArrayBuffer(2)): void {}`,
  });
  assert.equal(
    reading.diagnostics.map(({ rewrite }) => rewrite),
    ['a: i64 = 1n', 'b: ArrayBuffer = new ArrayBuffer(2)'],
  );
});

test('JavaScript without JSDoc types is not guessed at', () => {
  const source = `
/** @native */
export function f(a, b = 1) { return a + b; } //! TSN1108
/** @native
 * @template T
 * @param {T} x */
export function g(x) { return x; } //! TSN1104
/** @native
 * @param {number} x
 * @returns {number} */
export function h(x) { if (x > 0) return 1; } //! TSN1111`.trim();
  const reading = readFiles({ 'src/main.js': source }, { allowJs: true });
  compare(source, reading.diagnostics);
  assert.is(reading.diagnostics[0]?.rewrite, '@param {number} a');
});

test('all of a build are reported together, TypeScript’s own first and not echoed', () => {
  const reading = readFiles({
    'src/a.ts': `/** @native */ export function a(x: Missing): number { return 'text'; }`,
    'src/b.ts': `/** @native */ export function b(x: bigint): void {}`,
  });
  assert.equal(
    reading.diagnostics.map(({ code }) => code),
    ['TS2304', 'TS2322', 'TSN1203'],
  );
  assert.is(reading.diagnostics[1]?.message, "Type 'string' is not assignable to type 'number'.");
});

test.run();
