/** The interpreter on whole functions: control flow, calls, views, errors, limits, and the boundary to JavaScript. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { InterpreterFault, isNativeError, StepLimit } from '../../compiler/ir/errors.ts';
import { createInterpreter, type InterpreterOptions } from '../../compiler/ir/interpret.ts';
import { parseModule } from '../../compiler/ir/parse.ts';
import { viewClass, type ViewKind } from '../../compiler/ir/types.ts';
import { verifyModule } from '../../compiler/ir/verify.ts';

/** Runs a function of a module that is given as text. */
function run(text: string, name: string, args: unknown[], options?: InterpreterOptions): unknown {
  const module = parseModule(text);
  assert.equal(verifyModule(module), []);
  return createInterpreter(module, options).call(name, args);
}

/** Runs the body of a function that has one of each parameter. */
const runBody = (params: string, results: string, body: string, args: unknown[]): unknown =>
  run(
    `file 0 "x.ts"\n\nfunc f(${params})${results && ` -> ${results}`} {\n${body}\n}\n`,
    'f',
    args,
  );

function thrown(run: () => unknown): Error {
  try {
    run();
  } catch (error) {
    assert.instance(error, Error);
    return error as Error;
  }
  return assert.unreachable('nothing was thrown') as never;
}

function nativeErrorOf(run: () => unknown): string {
  const error = thrown(run);
  assert.ok(isNativeError(error), String(error.stack));
  return `${error.constructor.name}: ${error.message}`;
}

const sumOfOdd = `
func sum(%0.n: i32) -> i32 {
  local i: i32
  local sum: i32
  loop outer {
    %1: i32 = local.get i
    %2: bool = ge %1, %0
    if %2 {
      break outer
    }
    block next {
      %3: i32 = const 1
      %4: i32 = and %1, %3
      %5: bool = ne %4, %3
      if %5 {
        break next
      }
      %6: i32 = local.get sum
      %7: i32 = add %6, %1
      local.set sum, %7
    }
    %8: i32 = const 1
    %9: i32 = add %1, %8
    local.set i, %9
  }
  %10: i32 = local.get sum
  return %10
}
`;

test('loops, blocks, branches and locals', () => {
  assert.is(run(sumOfOdd, 'sum', [10]), 25);
  assert.is(run(sumOfOdd, 'sum', [0]), 0);
});

test('a break leaves the outer of two loops', () => {
  const body = `local n: f64
  loop a {
    loop b {
      if %0 {
        break a
      }
      %1: f64 = const 5
      local.set n, %1
      break b
    }
    break a
  }
  %2: f64 = local.get n
  return %2`;
  assert.is(runBody('%0.c: bool', 'f64', body, [false]), 5);
  assert.is(runBody('%0.c: bool', 'f64', body, [true]), 0);
});

test('locals start as zero of their type, anew in each call', () => {
  const text = `
func f() -> f64, i64, bool, view.u8 {
  local a: f64
  local b: i64
  local c: bool
  local d: view.u8
  %0: f64 = local.get a
  %1: i64 = local.get b
  %2: bool = local.get c
  %3: view.u8 = local.get d
  %4: f64 = const 1
  local.set a, %4
  return %0, %1, %2, %3
}
`;
  const interpreter = createInterpreter(parseModule(text));
  for (let n = 0; n < 2; n++) assert.equal(interpreter.call('f', []), [0, 0n, false, null]);
});

const divMod = `
func divmod(%0.a: i32, %1.b: i32) -> i32, i32 {
  %2: i32 = div %0, %1
  %3: i32 = rem %0, %1
  return %2, %3
}

func f(%0.a: i32) -> i32 {
  %1: i32 = const 10
  %2: i32, %3: i32 = call divmod, %0, %1
  nothing.here
}
`;

test('functions with no, one and several results call each other', () => {
  const text = divMod.replace('nothing.here', '%4: i32 = sub %2, %3\n  return %4');
  assert.is(run(text, 'f', [57]), -2);
  assert.equal(run(text, 'divmod', [-57, 10]), [-5, -7]);
  assert.is(run('func f() {\n  call f0\n}\n\nfunc f0() {\n}\n', 'f', []), undefined);
});

const down = `
func down(%0.n: f64) -> f64 {
  check.stack
  %1: f64 = const 0
  %2: bool = eq %0, %1
  if %2 {
    return %0
  }
  %3: f64 = const 1
  %4: f64 = sub %0, %3
  %5: f64 = call down, %4
  %6: f64 = add %5, %3
  return %6
}
`;

test('recursion goes as deep as allowed, again and again', () => {
  const interpreter = createInterpreter(parseModule(down), { stackDepth: 100 });
  for (let n = 0; n < 3; n++) {
    assert.is(interpreter.call('down', [99]), 99);
    assert.is(
      nativeErrorOf(() => interpreter.call('down', [100])),
      'RangeError: Maximum call stack size exceeded',
    );
  }
});

test("when V8's own stack ends first it is the same error", () => {
  const options = { stackDepth: 1e9 };
  assert.is(
    nativeErrorOf(() => run(down, 'down', [1e7], options)),
    'RangeError: Maximum call stack size exceeded',
  );
});

test('endless loops and calls end at the step limit', () => {
  const options = { maxSteps: 1000, stackDepth: 1e9 };
  const loop = 'func f() {\n  loop a {\n  }\n}\n';
  assert.instance(
    thrown(() => run(loop, 'f', [], options)),
    StepLimit,
  );
  assert.instance(
    thrown(() => run(down, 'down', [-1], options)),
    StepLimit,
  );
  assert.is(run(sumOfOdd, 'sum', [900], { maxSteps: 1000 }), 202500);
});

const failing: readonly (readonly [body: string, args: unknown[], message: string])[] = [
  [
    `%5: i64 = check.bounds %0, %1 subject="a" @0:3:14+4`,
    [10, 10n, 0],
    "RangeError: index 10 is outside 'a' of length 10 (x.ts:3:14)",
  ],
  [
    `%5: i64 = check.bounds %0, %1 subject="a" write=true @0:3:14+4`,
    [-0.5, 10n, 0],
    "RangeError: write to index -0.5 is outside 'a' of length 10 (x.ts:3:14)",
  ],
  [
    `%5: i32 = check.range %0 subject="n" @0:3:14+4`,
    [2147483648, 0n, 0],
    "RangeError: 2147483648 does not fit i32 'n' (x.ts:3:14)",
  ],
  [
    `%5: u64 = check.range %1 subject="n" @0:3:14+4`,
    [0, -1n, 0],
    "RangeError: -1 does not fit u64 'n' (x.ts:3:14)",
  ],
  [
    `%5: i64 = mul.exact %1, %1 @0:3:14+4`,
    [0, 2n ** 40n, 0],
    'RangeError: 1099511627776 * 1099511627776 does not fit i64 (x.ts:3:14)',
  ],
  [
    `%5: i32 = add.exact %2, %2`,
    [0, 0n, 2 ** 30],
    'RangeError: 1073741824 + 1073741824 does not fit i32',
  ],
  [
    '%5: i64 = const 1152921504606846976n\n  %6: view.f64 = view.new %5',
    [0, 0n, 0],
    'RangeError: Array buffer allocation failed',
  ],
  [
    `%5: bool = eq %2, %2\n  throw TypeError "x is ", %0, " or ", %1, ", ", %5`,
    [-0, -7n, 0],
    'TypeError: x is 0 or -7, true',
  ],
  ['throw Error', [0, 0n, 0], 'Error: '],
];

for (const [body, args, message] of failing)
  test(message, () => {
    assert.is(
      nativeErrorOf(() => runBody('%0.x: f64, %1.n: i64, %2.i: i32', '', body, args)),
      message,
    );
  });

const faults: readonly (readonly [what: string, body: string, args: unknown[]])[] = [
  ['division by zero', '%4: i32 = div %0, %0', [0, 0n, new Uint8Array(1), 0]],
  ['fptoint of a fraction', '%4: i32 = fptoint %3', [0, 0n, new Uint8Array(1), 0.5]],
  ['loading outside', '%4: u8 = view.load %2, %1', [0, 1n, new Uint8Array(1), 0]],
  ['loading before the start', '%4: u8 = view.load %2, %1', [0, -1n, new Uint8Array(1), 0]],
  ['storing outside', '%4: u8 = conv %0\nview.store %2, %1, %4', [0, 1n, new Uint8Array(1), 0]],
  ['a part outside', '%4: view.u8 = view.sub %2, %1, %1', [0, 1n, new Uint8Array(1), 0]],
  ['moving outside', 'view.move %2, %1, %2, %1, %1', [0, 1n, new Uint8Array(1), 0]],
  ['a null view', '%4: i64 = view.length %2', [0, 0n, null, 0]],
  ['a negative length', '%4: view.u8 = view.new %1', [0, -1n, null, 0]],
];

for (const [what, body, args] of faults)
  test(`${what} is a fault of the compiler, no error of the language`, () => {
    const params = '%0.i: i32, %1.n: i64, %2.a: view.u8, %3.x: f64';
    assert.instance(
      thrown(() => runBody(params, '', body, args)),
      InterpreterFault,
    );
  });

test('a function that ends without its result, and unknown functions, are faults', () => {
  assert.instance(
    thrown(() => runBody('', 'f64', '', [])),
    InterpreterFault,
  );
  assert.instance(
    thrown(() => run('', 'f', [])),
    InterpreterFault,
  );
});

test('views keep their identity', () => {
  const view = new Float64Array(3);
  const body = `%2: bool = eq %0, %1\n  %3: view.f64 = select %2, %0, %1\n  return %2, %3`;
  const call = (other: unknown): unknown =>
    runBody('%0.a: view.f64, %1.b: view.f64', 'bool, view.f64', body, [view, other]);
  const [equal, chosen] = call(view) as unknown[];
  assert.ok(equal === true && chosen === view);
  const other = view.subarray(0);
  const [same, second] = call(other) as unknown[];
  assert.ok(same === false && second === other);
});

test('new views are objects of their class', () => {
  for (const kind of Object.keys(viewClass) as ViewKind[]) {
    const body = `%1: view.${kind} = view.new %0\n  return %1`;
    const made = runBody('%0.n: i64', `view.${kind}`, body, [5n]) as ArrayBufferView;
    assert.is(made.constructor.name, viewClass[kind], kind);
    assert.is(Reflect.get(made, kind === 'dataview' ? 'byteLength' : 'length'), 5);
    assert.is(made.byteOffset, 0);
  }
});

test('parts of views share the buffer and keep the class', () => {
  const body = `%2: i64 = const 1n
  %3: view.buffer = view.sub %0, %2, %1
  %4: bool = view.sameBuffer %0, %3
  %5: i64 = view.byteOffset %3
  %6: i64 = view.length %3
  return %3, %4, %5, %6`;
  const whole = Buffer.from(new Uint8Array([0, 1, 2, 3, 4, 5]).buffer, 1, 4);
  const [part, same, offset, length] = runBody(
    '%0.b: view.buffer, %1.n: i64',
    'view.buffer, bool, i64, i64',
    body,
    [whole, 2n],
  ) as [Buffer, boolean, bigint, bigint];
  assert.ok(Buffer.isBuffer(part));
  assert.equal([...part], [2, 3]);
  assert.equal([same, offset, length], [true, 2n, 2n]);
});

test('elements move over each other, between classes and unaligned', () => {
  const bytes = new Uint8Array([1, 2, 3, 4, 5, 6]);
  const params = '%0.a: view.u8c, %1.b: view.i8, %2.i: i64, %3.j: i64, %4.n: i64';
  const clamped = new Uint8ClampedArray(bytes.buffer, 1);
  const signed = new Int8Array(bytes.buffer);
  runBody(params, '', 'view.move %0, %2, %1, %3, %4', [clamped, signed, 1n, 1n, 4n]);
  assert.equal([...bytes], [1, 2, 2, 3, 4, 5]);
});

test('numbers in DataViews have both byte orders', () => {
  const types = ['i8', 'u8', 'i16', 'u16', 'i32', 'u32', 'i64', 'u64', 'f32', 'f64'] as const;
  for (const type of types)
    for (const little of [true, false]) {
      const bytes = Uint8Array.from({ length: 24 }, (_, index) => 0x91 + 7 * index);
      const view = new DataView(bytes.buffer, 1);
      const body = `%2: ${type} = data.load %0, %1 littleEndian=${little}
  %3: i64 = const 0n
  data.store %0, %3, %2 littleEndian=${!little}
  return %2`;
      const got = runBody('%0.d: view.dataview, %1.at: i64', type, body, [view, 11n]);
      const name = viewClass[type].replace('Array', '') as 'Int16';
      const size = Number(type.slice(1)) / 8;
      assert.is(got, view[`get${name}`](11, little), type);
      assert.equal([...bytes.slice(1, 1 + size)].reverse(), [...bytes.slice(12, 12 + size)], type);
    }
});

test('elements of constant tables', () => {
  const body = '%1: u16 = table.load t, %0\n  return %1';
  const text = `table t: u16 [7, 65535]\n\nfunc f(%0.i: i64) -> u16 {\n  ${body}\n}\n`;
  const interpreter = createInterpreter(parseModule(text));
  assert.is(interpreter.call('f', [1n]), 65535);
  assert.instance(
    thrown(() => interpreter.call('f', [2n])),
    InterpreterFault,
  );
});

test('globals are read when code reads them', () => {
  const text =
    'global g: view.f64 TABLE\n\nfunc f() -> view.f64 {\n  %0: view.f64 = global.get g\n  return %0\n}\n';
  const table = new Float64Array(1);
  const globals: Record<string, unknown> = {};
  const interpreter = createInterpreter(parseModule(text), { globals });
  assert.instance(
    thrown(() => interpreter.call('f', [])),
    InterpreterFault,
  );
  globals['g'] = table;
  assert.is(interpreter.call('f', []), table);
});

test('exports take and give what JavaScript has', () => {
  const text = `
export f = f(x: i32, o: f64 | undefined | null, v: view.u8 | null) -> f64 | undefined | null
export nothing = nothing()

func f(%0.x: i32, %1.t: u8, %2.o: f64, %3.u: u8, %4.v: view.u8) -> u8, f64 {
  %5: f64 = conv %0
  %6: f64 = add %5, %2
  %7: u8 = add %1, %3
  return %7, %6
}

func nothing() {
}
`;
  const module = parseModule(text);
  assert.equal(verifyModule(module), []);
  const interpreter = createInterpreter(module);
  const [f, nothing] = module.exports;
  assert.ok(f && nothing);
  const view = new Uint8Array(1);
  assert.is(interpreter.callExport(f, [3, 0.5, view]), 3.5);
  assert.is(interpreter.callExport(f, [3, undefined, view]), undefined);
  assert.is(
    interpreter.callExport(f, [3]),
    null,
    'the tag of a missing argument is undefined: 1 + 1',
  );
  assert.is(interpreter.callExport(f, [3, null, view]), null);
  assert.ok(Object.is(interpreter.callExport(f, [-0, -0, view]), 0), 'integers have no −0');
  assert.is(interpreter.callExport(nothing, []), undefined);
});

test.run();
