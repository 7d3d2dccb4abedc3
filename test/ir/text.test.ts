/** IR as text and back. */
import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { IrBuilder } from '../../compiler/ir/build.ts';
import { createInterpreter } from '../../compiler/ir/interpret.ts';
import { parseFunction, parseModule } from '../../compiler/ir/parse.ts';
import { printFunction, printModule } from '../../compiler/ir/print.ts';
import { IrSyntaxError } from '../../compiler/ir/scan.ts';
import { splitFunctions } from '../../compiler/ir/split.ts';
import { verifyModule } from '../../compiler/ir/verify.ts';
import { edgeValues, scalarTypes } from './edge-values.ts';
import { randomModule } from './random-ir.ts';

const example = `file 0 "src/dot.ts"

export dot = "src/dot.ts#dot"(a: view.f64, n: f64 | undefined) -> f64 | null

func "src/dot.ts#dot"(%0.a: view.f64, n = %1: i64) -> f64 fastmath bounds=js @0:3:17+3 {
  local sum: f64
  loop for.0 @0:5:3+40 {
    %2: f64 = const -0
    %3: bool = in.bounds %2, %1 @0:5:20+8
    if %3 {
      local.set sum, %2
    } else {
      break for.0
    }
    %4: i64 = check.bounds %2, %1 subject="a" write=true @0:5:50+4
  }
  throw RangeError "not ", %1, " reached"
}
`;

test('text that was read is written as it was', () => {
  for (const text of [example, heap]) assert.is(printModule(parseModule(text)), text);
});

const heap = `record Point "Point" object(readonly x: f64, "tag of"?: str | undefined | null)
record Pair "[Point, Point]" tuple spread("0": rec.Point, "1": rec.Point)
record Shape "Point | Pair" union = Pair, Point

func f(%0.s: rec.Shape) -> rec.Point {
  local points: list.null.rec.Point
  %1: bool = rec.is Point, %0.s
  if %1 {
    %2: rec.Point = rec.as %0.s
    %3: f64 = rec.get x, %2
    %4: str = str.const "one\\ntwo"
    rec.set "tag of", %2, %4
    return %2
  }
}
`;

test("the README's example is IR", () => {
  const readme = readFileSync(new URL('../../compiler/ir/README.md', import.meta.url), 'utf8');
  const text = /```\n(file 0[^]*?)```/.exec(readme)?.[1] ?? '';
  const module = parseModule(text);
  assert.equal(verifyModule(module), []);
  assert.is(printModule(module), text);
  assert.is(createInterpreter(module).call('sum', [Float64Array.of(1, 2, 3.5)]), 6.5);
});

test('random modules come back the same, and keep the rules', () => {
  for (let seed = 0; seed < 400; seed++) {
    const module = randomModule(seed);
    assert.equal(verifyModule(module), [], `seed ${seed}`);
    const text = printModule(module);
    const parsed = parseModule(text);
    assert.equal(parsed, module, `seed ${seed}`);
    assert.is(printModule(parsed), text, `seed ${seed}`);
  }
});

test('single functions are found in a module by name and come back the same', () => {
  for (let seed = 0; seed < 50; seed++) {
    const module = randomModule(seed);
    const found = splitFunctions(printModule(module));
    assert.equal(
      [...found.keys()],
      module.functions.map(({ name }) => name),
    );
    for (const fn of module.functions) {
      assert.equal(parseFunction(found.get(fn.name) ?? ''), fn);
      assert.equal(parseFunction(printFunction(fn)), fn);
    }
  }
});

test('functions with names that need quotes are found', () => {
  const names = ['a"b', 'src/x.ts#f(', '\nfunc g() {'];
  const functions = names.map((name) => new IrBuilder(name).fn);
  const text = printModule({ records: [], functions, globals: [], exports: [] });
  assert.equal([...splitFunctions(text).keys()], names);
});

test('constants keep every bit', () => {
  const b = new IrBuilder('constants');
  const written = scalarTypes.flatMap((type) =>
    edgeValues(type).map((value) => (b.const(type, value), value)),
  );
  const read = parseFunction(printFunction(b.fn)).body.map((node) =>
    node.kind === 'op' ? node.attributes.value : undefined,
  );
  assert.is(read.length, written.length);
  written.forEach((value, index) => assert.ok(Object.is(read[index], value), String(value)));
});

const wrong: readonly (readonly [text: string, line: number, message: RegExp])[] = [
  ['func f() {\n  %0: f64 = plus\n}\n', 2, /plus is no operation/],
  ['func f() {\n  %0: f63 = const 1\n}\n', 2, /f63 is no type/],
  ['func f() {\n\n  return %7\n}\n', 3, /%7 is not defined before this use/],
  ['func f() {\n  return\n', 3, /expected '}'/],
  ['func f() {\n  break\n}\n', 2, /expected a label/],
  ['func f() {\n  check.stack @3:1:1+1\n}\n', 2, /no such file/],
  ['func f() {\n  check.stack check.stack\n}\n', 2, /expected value or local/],
  ['file 1 "a"\n', 1, /files must count up from 0/],
  ['funk f() {\n}\n', 1, /expected 'record', 'global', 'table', 'export' or 'func'/],
];

for (const [text, line, message] of wrong)
  test(`wrong text is told with its line: ${message.source}`, () => {
    try {
      parseModule(text);
    } catch (error) {
      assert.instance(error, IrSyntaxError);
      assert.is((error as IrSyntaxError).line, line);
      assert.match((error as IrSyntaxError).message, message);
      return;
    }
    assert.unreachable('it was read');
  });

test.run();
