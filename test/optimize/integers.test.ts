/** Doubles become integers where that can't be told: `sources/integers.ts` says where, and V8 what must come out. */
import { readFileSync } from 'node:fs';
import { ts } from 'ts-morph';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { lowerSources, optimized } from '../../compiler/front-end.ts';
import { isNativeError } from '../../compiler/ir/errors.ts';
import { createInterpreter } from '../../compiler/ir/interpret.ts';
import { fitsInteger } from '../../compiler/ir/scalars.ts';
import { isInteger, type IrExport, type IrModule, type Node } from '../../compiler/ir/types.ts';
import { verify } from '../../compiler/ir/verify.ts';
import { regionsOf } from '../../compiler/ir/walk.ts';
import { makeProject } from '../support/project.ts';

const source = readFileSync(new URL('sources/integers.ts', import.meta.url), 'utf8');

const edges = [
  0,
  -0,
  1,
  -1,
  2,
  3,
  7,
  10,
  63,
  64,
  100,
  255,
  256,
  65535,
  0.5,
  -0.5,
  9.99,
  2 ** 31 - 1,
  2 ** 31,
  -(2 ** 31),
  1 - 2 ** 31,
  2 ** 32 - 1,
  2 ** 32,
  2 ** 53,
  -(2 ** 53),
  Infinity,
  -Infinity,
  NaN,
];

/** Every list of arguments that an export takes without conversion. */
function argumentLists({ params }: IrExport): unknown[][] {
  return params.reduce<unknown[][]>(
    (lists, { type }) => {
      // Integer variables have no −0.
      const values = edges.filter(
        (value) => isInteger(type) && fitsInteger(type, value) && !Object.is(value, -0),
      );
      const allowed = type === 'bool' ? [false, true] : type === 'f64' ? edges : values;
      return lists.flatMap((list) => allowed.map((value) => [...list, value]));
    },
    [[]],
  );
}

function compile(level: 0 | 2): IrModule {
  const project = makeProject({ 'src/integers.ts': source });
  try {
    const lowered = lowerSources(project.tsconfig);
    assert.equal(lowered.diagnostics, []);
    return optimized(lowered, level, {
      verify: (fn, module) => assert.equal(verify(fn, module), []),
    });
  } finally {
    project.remove();
  }
}

const module = compile(2);

/** The functions as JavaScript. */
function plain(): Record<string, (...args: unknown[]) => unknown> {
  const options = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 };
  const exports = {};
  new Function('exports', ts.transpile(source, options))(exports);
  return exports;
}

/** Arithmetic that tells integers from doubles; comparing, choosing and converting are left out. */
const arithmetic = new Set([
  'add',
  'sub',
  'mul',
  'div',
  'rem',
  'neg',
  'abs',
  'min',
  'max',
  'floor',
  'trunc',
]);

/** The lines with arithmetic on doubles. */
function doubleLines({ functions }: IrModule): Set<number> {
  const lines = new Set<number>();
  const walk = (nodes: readonly Node[]): void => {
    for (const node of nodes) {
      // Copies for parameters that are no integers compute as the source says.
      if (node.kind === 'loop' && node.rare) continue;
      for (const region of regionsOf(node)) walk(region);
      if (node.kind !== 'op' || !node.span) continue;
      const isDouble = arithmetic.has(node.op) && node.args[0]?.type === 'f64';
      if (isDouble || node.attributes.callee === 'std.rem') lines.add(node.span.line);
    }
  };
  for (const fn of functions) walk(fn.body);
  return lines;
}

test('each marked line is computed as it says', () => {
  const [before, now] = [doubleLines(compile(0)), doubleLines(module)];
  const wrong: string[] = [];
  source.split('\n').forEach((text, index) => {
    const mark = /\/\/ (integer|double)$/.exec(text)?.[1];
    if (mark === undefined) return;
    if (!before.has(index + 1)) wrong.push(`${index + 1} has no arithmetic: ${text}`);
    if (mark !== (now.has(index + 1) ? 'double' : 'integer')) wrong.push(`${index + 1}: ${text}`);
  });
  assert.equal(wrong, []);
});

const machine = createInterpreter(module, { maxSteps: 100_000 });
const javaScript = plain();
for (const item of module.exports)
  test(`${item.name} gives what V8 gives`, () => {
    for (const args of argumentLists(item)) {
      const expected = javaScript[item.name]?.(...args);
      let actual: unknown;
      try {
        actual = machine.callExport(item, args);
      } catch (error) {
        if (!isNativeError(error)) throw error;
        actual = String(error);
      }
      if (!Object.is(actual, expected))
        assert.unreachable(`${item.name}(${args.join(', ')}): ${actual}, not ${expected}`);
    }
  });

test.run();
