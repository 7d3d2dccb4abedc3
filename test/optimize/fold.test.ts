/** Folding and its companions give what the operations themselves give, and leave nothing unused. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { fold } from '../../compiler/3-optimize/fold.ts';
import { passContext, type Pass } from '../../compiler/3-optimize/pass.ts';
import { share } from '../../compiler/3-optimize/share.ts';
import { singleSet } from '../../compiler/3-optimize/single-set.ts';
import { singles } from '../../compiler/3-optimize/singles.ts';
import { IrBuilder } from '../../compiler/ir/build.ts';
import { createInterpreter } from '../../compiler/ir/interpret.ts';
import type { OpName } from '../../compiler/ir/ops.ts';
import { parseFunction } from '../../compiler/ir/parse.ts';
import { printFunction } from '../../compiler/ir/print.ts';
import type { Constant, IrFunction, ScalarType, Value } from '../../compiler/ir/types.ts';
import { verify } from '../../compiler/ir/verify.ts';
import { cloneFunction, walkOps } from '../../compiler/ir/walk.ts';
import { edgeValues } from '../ir/edge-values.ts';
import { random } from './random.ts';

function after(fn: IrFunction, ...passes: Pass[]): IrFunction {
  const changed = cloneFunction(fn);
  const context = passContext({ records: [], functions: [changed], globals: [], exports: [] });
  for (const pass of passes) pass(changed, context);
  assert.equal(verify(changed), []);
  return changed;
}

const caller = (fn: IrFunction): ((...args: unknown[]) => unknown) => {
  const machine = createInterpreter({ records: [], functions: [fn], globals: [], exports: [] });
  return (...args) => machine.call(fn.name, args);
};

const opsOf = (fn: IrFunction): OpName[] => {
  const names: OpName[] = [];
  walkOps(fn.body, ({ op }) => names.push(op));
  return names;
};

/** A function of one parameter and what it returns. */
function unary(
  type: ScalarType,
  result: ScalarType,
  make: (b: IrBuilder, x: Value) => Value,
): IrFunction {
  const b = new IrBuilder('f');
  const x = b.param('x', type);
  b.fn.results.push(result);
  b.return([make(b, x)]);
  return b.fn;
}

const operators: readonly OpName[] = [
  'add',
  'sub',
  'mul',
  'div',
  'and',
  'or',
  'xor',
  'shl',
  'shr',
  'min',
  'max',
];
const isBits = (op: OpName): boolean => ['and', 'or', 'xor', 'shl', 'shr'].includes(op);

test('no identity changes a bit, whatever the operand', () => {
  for (const type of ['i32', 'u32', 'i64', 'u8', 'f32', 'f64'] as const)
    for (const op of operators) {
      if (isBits(op) && type.startsWith('f')) continue;
      const neutral = edgeValues(type).filter(
        (value) => Math.abs(Number(value)) <= 1 || Number(value) > 200,
      );
      for (const constant of neutral)
        for (const first of [false, true]) {
          if (op === 'div' && (first || Number(constant) <= 0)) continue;
          const fn = unary(type, type, (b, x) => {
            const value = b.const(type, constant);
            return b.op(op, first ? [value, x] : [x, value]);
          });
          const folded = after(fn, fold);
          if (opsOf(folded).includes(op)) continue;
          const [before, now] = [caller(fn), caller(folded)];
          for (const x of edgeValues(type))
            assert.ok(
              Object.is(before(x), now(x)),
              `${type} ${String(constant)} ${op} ${String(x)}, ${first}`,
            );
        }
    }
});

test('identities that hold are used', () => {
  const disappears = (type: ScalarType, op: OpName, constant: Constant): void => {
    const fn = after(
      unary(type, type, (b, x) => b.op(op, [x, b.const(type, constant)])),
      fold,
    );
    assert.equal(opsOf(fn), [], `${op} ${type} ${String(constant)}`);
  };
  disappears('f64', 'mul', 1);
  disappears('f64', 'sub', 0);
  disappears('f64', 'add', -0);
  disappears('i32', 'add', 0);
  disappears('i32', 'or', 0);
  disappears('u32', 'and', 2 ** 32 - 1);
  disappears('i64', 'shl', 0n);
});

test('x + 0 and x − −0 stay: they make 0 of −0', () => {
  for (const [op, constant] of [
    ['add', 0],
    ['sub', -0],
  ] as const) {
    const fn = after(
      unary('f64', 'f64', (b, x) => b.op(op, [x, b.const('f64', constant)])),
      fold,
    );
    assert.ok(opsOf(fn).includes(op));
  }
});

test('conversions there and back are one or none', () => {
  for (const from of ['i8', 'u16', 'i32', 'u32', 'i64', 'u64', 'bool', 'f32'] as const)
    for (const through of ['f64', 'f32', 'i64', 'u32'] as const)
      for (const to of ['u8', 'i32', 'u32', 'i64', 'f64', 'f32'] as const) {
        if (from.startsWith('f') && !through.startsWith('f')) continue;
        const fn = unary(from, to, (b, x) => {
          const isBack = through.startsWith('f') && !to.startsWith('f');
          return b.op(isBack ? 'toint' : 'conv', [b.op('conv', [x], through)], to);
        });
        const folded = after(fn, fold);
        const [before, now] = [caller(fn), caller(folded)];
        for (const x of edgeValues(from))
          assert.ok(Object.is(before(x), now(x)), `${String(x)}: ${from} ${through} ${to}`);
        if (from === 'i32' && through === 'f64' && to === 'i32') assert.equal(opsOf(folded), []);
      }
});

test('arithmetic of singles rounded to single is arithmetic on singles', () => {
  const next = random(7);
  const bits = new DataView(new ArrayBuffer(4));
  const anySingle = (): number => {
    bits.setUint32(0, next(2 ** 32));
    return bits.getFloat32(0);
  };
  const edges = edgeValues('f32') as readonly number[];
  for (const op of ['add', 'sub', 'mul', 'div', 'min', 'max', 'copysign'] as const) {
    const b = new IrBuilder('f');
    const wide = [b.param('x', 'f32'), b.param('y', 'f32')].map((value) =>
      b.op('conv', [value], 'f64'),
    );
    b.fn.results.push('f32');
    b.return([b.op('conv', [b.op(op, wide)], 'f32')]);
    const narrow = after(b.fn, singles, fold);
    assert.equal(opsOf(narrow), [op]);
    const [before, now] = [caller(b.fn), caller(narrow)];
    const compare = (x: number, y: number): void =>
      assert.ok(Object.is(before(x, y), now(x, y)), `${x} ${op} ${y}`);
    for (const x of edges) for (const y of edges) compare(x, y);
    for (let n = 0; n < 5000; n++) compare(anySingle(), anySingle());
  }
});

test('what is never run goes, and what only it used', () => {
  const fn = after(
    parseFunction(`func f(%0.x: f64) -> f64 {
  local unread: f64
  local n: f64
  %1: bool = const true
  if %1 {
    local.set n, %0
  } else {
    return %0
  }
  %2: f64 = local.get n
  %3: f64 = mul %2, %2
  local.set unread, %3
  block out {
    %4: f64 = sqrt %2
    break out
    local.set n, %4
  }
  loop l {
    return %2
    break l
  }
  return %3
}`),
    fold,
  );
  assert.is(
    printFunction(fn),
    `func f(%0.x: f64) -> f64 next=5 {
  local n: f64
  local.set n, %0.x
  %2: f64 = local.get n
  block out {
    break out
  }
  loop l {
    return %2
  }
}
`,
  );
});

test('a check that fails stays', () => {
  const fn = parseFunction(`func f() -> u8 {
  %0: f64 = const 256
  %1: u8 = check.range %0 subject="x"
  return %1
}`);
  assert.equal(opsOf(after(fn, fold)), ['const', 'check.range']);
});

test('a local that is set once before it is read is a value', () => {
  const once = `func f(%0.x: f64) -> f64 {
  local a: f64
  local.set a, %0
  %1: f64 = local.get a
  return %1
}`;
  assert.equal(opsOf(after(parseFunction(once), singleSet)), []);
  // Read before it is set in the loop's first round.
  const later = `func f(%0.x: f64) -> f64 {
  local a: f64
  loop l {
    %1: f64 = local.get a
    local.set a, %0
    %2: bool = eq %1, %0
    if %2 {
      break l
    }
  }
  %3: f64 = local.get a
  return %3
}`;
  assert.ok(opsOf(after(parseFunction(later), singleSet)).includes('local.get'));
});

test('what is computed again is computed once, while the local keeps its value', () => {
  const fn = parseFunction(`func f(%0.x: f64, %1.c: bool) -> f64 {
  local a: f64
  local.set a, %0
  %2: f64 = local.get a
  %3: f64 = mul %2, %2
  if %1 {
    %4: f64 = local.get a
    %5: f64 = mul %4, %4
    local.set a, %5
  }
  %6: f64 = local.get a
  %7: f64 = mul %6, %6
  %8: f64 = add %7, %3
  return %8
}`);
  const shared = after(fn, share);
  assert.is(opsOf(shared).filter((op) => op === 'mul').length, 2);
  for (const c of [true, false]) assert.is(caller(shared)(3, c), caller(fn)(3, c));
});

test.run();
