/**
 * Functions as programs write that others are made by, a generated parser or a table: what is done for them, counted in
 * look-ups, grows as they do, and so does what comes out. None of it is measured in time.
 */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { emitAddon } from '../../compiler/4-emit/addon.ts';
import { lowerSources } from '../../compiler/front-end.ts';
import { walkOps } from '../../compiler/ir/walk.ts';
import { makeProject } from '../support/project.ts';

interface Cost {
  /** Look-ups in maps and sets while the IR is optimised. */
  readonly lookups: number;
  /** Operations of the optimised IR. */
  readonly operations: number;
  /** Lines of LLVM assembly. */
  readonly lines: number;
}

const times = (count: number, text: (index: number) => string, between = '\n'): string =>
  Array.from({ length: count }, (_, index) => text(index)).join(between);

const native = (head: string, body: string): string =>
  `/** @native */\nexport function ${head} {\n${body}\n}\n`;

const sources: Readonly<Record<string, (count: number) => string>> = {
  statements: (count) =>
    native(
      'f(x: number, y: number): number',
      `let a = x, b = y;\n${times(count, (n) => (n % 2 ? `a = a * ${n % 17} + b;` : `b = b - a / ${(n % 13) + 2};`))}\nreturn a + b;`,
    ),
  'variables and branches': (count) =>
    native(
      'f(x: number): number',
      `let v = x;\n${times(count, (n) => `const c${n} = v * ${n}; if (c${n} > 100) v -= c${n};`)}\nreturn v;`,
    ),
  'a list of numbers': (count) =>
    native(
      'f(i: number): number',
      `const list = [${times(count, (n) => String((n * 7919) % 1000), ', ')}];\nreturn list[i]!;`,
    ),
  'a chain of else if': (count) =>
    native(
      'f(x: number): number',
      `let r = 0;\n${times(count, (n) => `if (x === ${n * 7}) r = ${n * 3 + 1};`, ' else ')} else r = -1;\nreturn r;`,
    ),
  functions: (count) =>
    times(count / 10, (n) =>
      native(
        `f${n}(x: number): number`,
        `let s = ${n}; for (let i = 0; i < x; i++) s += i * ${(n % 7) + 1}; return s;`,
      ),
    ),
};

/** Compiles a source, as far as LLVM's assembly. */
function costOf(source: string): Cost {
  const project = makeProject({ 'src/a.ts': source });
  try {
    const lowered = lowerSources(project.tsconfig);
    assert.equal(lowered.lowering.diagnostics, []);
    const { result: module, lookups } = counting(() => lowered.optimize(3));
    let operations = 0;
    for (const { body } of module.functions) walkOps(body, () => void operations++);
    const { llvm } = emitAddon(module, {
      ...{ dialect: 'opaque', triple: 'x86_64-unknown-linux-gnu', platform: 'linux', hash: '' },
    });
    return { lookups, operations, lines: llvm.split('\n').length };
  } finally {
    project.remove();
  }
}

/** Runs something, and counts the look-ups in maps and sets meanwhile. */
function counting<T>(run: () => T): { readonly result: T; readonly lookups: number } {
  const [ofMap, ofSet] = [Map.prototype.get, Set.prototype.has];
  let lookups = 0;
  Map.prototype.get = function (key) {
    lookups++;
    return ofMap.call(this, key) as unknown;
  };
  Set.prototype.has = function (value) {
    lookups++;
    return ofSet.call(this, value);
  };
  try {
    return { result: run(), lookups };
  } finally {
    Map.prototype.get = ofMap;
    Set.prototype.has = ofSet;
  }
}

/** Of twice as much: what grows with the square is four times as much. */
const most = 2.4;
const few = 400;

for (const [name, source] of Object.entries(sources))
  test(`${name}: twice as many cost twice as much`, () => {
    const [one, two] = [costOf(source(few)), costOf(source(2 * few))];
    for (const kind of ['lookups', 'operations', 'lines'] as const)
      assert.ok(
        two[kind] <= most * one[kind],
        `${kind}: ${one[kind]} for ${few}, ${two[kind]} for ${2 * few}`,
      );
  });

test('a list of numbers is data: its code is the same whatever its length', () => {
  const list = sources['a list of numbers'];
  if (!list) throw new Error('no such source');
  const [short, long] = [costOf(list(few)), costOf(list(20_000))];
  assert.is(long.operations, short.operations);
  assert.is(long.lines, short.lines);
});

test('5,000 statements compile', () => {
  const { operations } = costOf(sources['statements']?.(5000) ?? '');
  assert.ok(operations >= 5000);
});

test.run();
