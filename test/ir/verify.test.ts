/** The verifier finds each kind of broken IR, and says where. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parseModule } from '../../compiler/ir/parse.ts';
import type { Node, Operation } from '../../compiler/ir/types.ts';
import { verify, verifyModule } from '../../compiler/ir/verify.ts';

const around = `file 0 "x.ts"

global g: i32 G

table t: u16 [1]

func callee(%0.a: f64, %1.b: view.u8) -> u8, f64 {
  %2: u8 = const 0
  return %2, %0
}
`;

const fnWith = (body: string, results = ''): string => `${around}
func f(%0.x: f64, %1.n: i32, %2.a: view.f64, %3.d: view.dataview, %4.i: i64, %5.c: bool)${results} {
  local l: f64
${body}
}
`;

/** Bodies of functions, and what is said about each. */
const wrong: readonly (readonly [what: string, body: string, problem: RegExp])[] = [
  ['a value defined twice', '%6: f64 = neg %0\n%6: f64 = neg %0', /%6 is defined twice/],
  [
    'a value used outside of its region',
    'if %5 {\n%6: f64 = neg %0\n}\nlocal.set l, %6',
    /%6 is not visible here/,
  ],
  [
    'a value of one branch used in the other',
    'if %5 {\n%6: f64 = neg %0\n} else {\nlocal.set l, %6\n}',
    /%6 is not visible here/,
  ],
  ['too few operands', '%6: f64 = add %0', /has 1 operands, not 2/],
  ['operands of different types', '%6: f64 = add %0, %1', /operand 1 is i32, not f64/],
  ['an operand out of its class', '%6: i32 = floor %1', /T is i32, not of class float/],
  ['a fixed operand type', '%6: f64 = view.load %2, %1', /operand 1 is i32, not i64/],
  ['a wrong result type', '%6: i32 = add %0, %0', /the result is i32, not f64/],
  ['no result', 'add %0, %0', /has 0 results, not 1/],
  ['a result too many', '%6: f64 = local.set l, %0', /has 1 results, not 0/],
  ['a missing attribute', '%6: i32 = check.range %0', /attribute subject is missing/],
  ['no constant', '%6: i32 = const ?', /attribute value is missing/],
  ['a number for i64', '%6: i64 = const 1', /a constant of i64 is a bigint/],
  ['a bigint for i32', '%6: i32 = const 1n', /a constant of i32 is a number/],
  ['a number for bool', '%6: bool = const 1', /a constant of bool is a boolean/],
  ['a constant out of range', '%6: u8 = const 256', /u8 cannot hold 256/],
  ['negative zero for an integer', '%6: i32 = const -0', /i32 cannot hold/],
  ['a fraction for an integer', '%6: i32 = const 0.5', /i32 cannot hold 0.5/],
  ['excess precision', '%6: f32 = const 0.1', /f32 cannot hold 0.1/],
  ['an unknown local', '%6: f64 = local.get m', /there is no local m/],
  ['a local of another type', '%6: i32 = local.get l', /local l is f64, not i32/],
  ['setting a local of another type', 'local.set l, %1', /local l is f64, not i32/],
  ['an unknown global', '%6: f64 = global.get h', /there is no global h/],
  ['a global of another type', '%6: f64 = global.get g', /the result is f64, not i32/],
  ['an unknown table', '%6: u16 = table.load s, %4', /there is no table s/],
  ['a table of another type', '%6: i16 = table.load t, %4', /the result is i16, not u16/],
  ['an unknown function', 'call h', /there is no function h/],
  [
    'wrong arguments',
    '%6: u8, %7: f64 = call callee, %0, %2',
    /passes \(f64, view.f64\), the function has \(f64, view.u8\)/,
  ],
  ['wrong results of a call', '%6: view.u8 = view.new %4\ncall callee, %0, %6', /results are \(\)/],
  ['float to integer', '%6: i32 = conv %0', /f64 to i32 needs toint/],
  ['conversion to bool', '%6: bool = conv %0', /the result is bool, not numeric/],
  ['bits of another width', '%6: u32 = bits %0', /f64 and u32 differ in width/],
  ['a float from toint', '%6: f32 = toint %0', /the result is f32, not integer/],
  ['an element of another type', '%6: f32 = view.load %2, %4', /the result is f32, not f64/],
  ['storing another type', 'view.store %2, %4, %1', /operand 2 is i32, not f64/],
  ['atomic floats', '%6: f64 = atomic.load %2, %4', /atomic.load of view.f64/],
  ['elements of a DataView', '%6: u8 = view.load %3, %4', /T is view.dataview, not of class array/],
  ['a DataView of bools', '%6: bool = data.load %3, %4 littleEndian=true', /is bool, not numeric/],
  [
    'moving elements of different sizes',
    '%6: view.u8 = view.new %4\nview.move %2, %4, %6, %4, %4',
    /elements of view.f64 and view.u8 differ in size/,
  ],
  ['a scalar from view.new', '%6: f64 = view.new %4', /the result is f64, not view/],
  ['a condition that is no bool', 'if %0 {\n}', /the condition is f64, not bool/],
  ['a break without a target', 'block a {\n}\nbreak a', /label a is not around it/],
  ['a label inside its own', 'loop a {\nblock a {\n}\n}', /label a is inside another/],
  ['too few results', 'return', /returns \(\), not \(i32\)/],
  ['another result type', 'return %0', /returns \(f64\), not \(i32\)/],
  ['a thrown view', 'throw Error %2', /%2 is view.f64, not a scalar/],
  ['too many thrown values', 'throw Error %0, %0, %0, %0, %0', /more than 4 values/],
];

for (const [what, body, problem] of wrong)
  test(what, () => {
    const problems = verifyModule(parseModule(fnWith(body, ' -> i32')));
    assert.is(problems.length, 1, problems.join('\n'));
    assert.match(problems[0] ?? '', problem);
  });

test('good IR has no problems', () => {
  const body = `%6: f64 = neg %0
  if %5 {
    local.set l, %6
  }
  %7: view.u8 = view.new %4
  %8: u8, %9: f64 = call callee, %6, %7
  return %1`;
  assert.equal(verifyModule(parseModule(fnWith(body, ' -> i32'))), []);
});

test('a problem tells function, place and node', () => {
  const module = parseModule(fnWith('%6: f64 = add %0, %1 @0:12:7+5'));
  assert.equal(verifyModule(module), [
    'f at x.ts:12:7: operand 1 is i32, not f64: %6: f64 = add %0.x, %1.n',
  ]);
});

test('a function alone is checked without what it names', () => {
  const { functions } = parseModule(fnWith('%6: f64 = global.get h\ncall h, %6\nreturn'));
  const [, f] = functions;
  assert.ok(f);
  assert.equal(verify(f), []);
});

test('uses of a value must have its type, and ids stay below nextValue', () => {
  const { functions } = parseModule(fnWith('%6: f64 = neg %0\nlocal.set l, %6'));
  const [, f] = functions;
  const [neg, set]: (Node | undefined)[] = f?.body ?? [];
  assert.ok(f && neg && set);
  (set as Operation).args = [{ id: 6, type: 'i32' }];
  f.nextValue = 6;
  assert.equal(verify(f), [
    'f: %6 is not below nextValue: %6: f64 = neg %0.x',
    'f: %6 is f64, used as i32: local.set l, %6',
    'f: local l is f64, not i32: local.set l, %6',
  ]);
});

test('names come once in a module, and exports fit', () => {
  const module = parseModule(`${around}
global g: i32 G

table t: u8 [2]

export one = callee(a: f64, b: view.u8) -> f64 | null
export two = callee(a: f64) -> f64 | null
export three = missing()

func callee() {
  local a: f64
  local a: i32
}
`);
  module.functions.reverse();
  assert.equal(verifyModule(module), [
    'function callee is there twice',
    'global g is there twice',
    'table t is there twice',
    'export two does not fit the signature of callee',
    'export three calls missing, which is not there',
    'callee: local a is there twice',
  ]);
});

test.run();
