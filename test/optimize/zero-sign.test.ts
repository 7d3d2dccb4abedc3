/** A −0 that can be told stays one, whatever it goes through before it is told. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { narrow } from '../../compiler/3-optimize/narrow.ts';
import { passContext } from '../../compiler/3-optimize/pass.ts';
import { IrBuilder } from '../../compiler/ir/build.ts';
import { createInterpreter } from '../../compiler/ir/interpret.ts';
import type { OpName } from '../../compiler/ir/ops.ts';
import type { IrFunction, Value } from '../../compiler/ir/types.ts';
import { verify } from '../../compiler/ir/verify.ts';
import { cloneFunction, walkOps } from '../../compiler/ir/walk.ts';

/** A function of (n: i32, other: f64) in which `z` is 0, −0 or an integer, and is wanted as an integer. */
function withZero(use: (b: IrBuilder, z: Value, other: Value) => Value): IrFunction {
  const b = new IrBuilder('f');
  const n = b.param('n', 'i32');
  const other = b.param('other', 'f64');
  b.fn.results.push('bool', use(new IrBuilder('type'), other, other).type);
  const masked = b.op('conv', [b.op('and', [n, b.const('i32', 7)])], 'f64');
  const z = b.op('mul', [masked, b.const('f64', -1)]);
  const wanted = b.op('eq', [z, b.const('f64', -5)]);
  b.return([wanted, use(b, z, other)]);
  return b.fn;
}

function narrowed(fn: IrFunction): IrFunction {
  const copy = cloneFunction(fn);
  narrow(copy, passContext({ records: [], functions: [copy], globals: [], exports: [] }));
  assert.equal(verify(copy), []);
  return copy;
}

function same(use: (b: IrBuilder, z: Value, other: Value) => Value): void {
  const fn = withZero(use);
  const machines = [fn, narrowed(fn)].map((each) =>
    createInterpreter({ records: [], functions: [each], globals: [], exports: [] }),
  );
  for (const n of [0, 1, 5, 8])
    for (const other of [0, -0, 1, -1, 3, 0.5, Infinity, -Infinity, NaN]) {
      const [before, after] = machines.map((machine) => machine.call('f', [n, other]) as unknown[]);
      assert.ok(
        before?.every((value, index) => Object.is(value, after?.[index])),
        `${n}, ${other}: ${before?.join()} became ${after?.join()}`,
      );
    }
}

const isComputedInteger = (fn: IrFunction): boolean => {
  let found = false;
  walkOps(narrowed(fn).body, ({ op, args: [a] }) => {
    if (op === 'mul' && a?.type === 'i64') found = true;
  });
  return found;
};

const unary: readonly OpName[] = ['neg', 'abs', 'floor', 'ceil', 'trunc', 'sqrt'];
const binary: readonly OpName[] = ['add', 'sub', 'mul', 'div', 'rem', 'min', 'max', 'copysign'];

for (const op of unary) test(op, () => same((b, z) => b.op(op, [z])));

for (const op of binary)
  test(op, () => {
    same((b, z, other) => b.op(op, [z, other]));
    same((b, z, other) => b.op(op, [other, z]));
    for (const constant of [0, -0, 1, -1, 10]) {
      same((b, z) => b.op(op, [z, b.const('f64', constant)]));
      same((b, z) => b.op(op, [b.const('f64', constant), z]));
    }
  });

test('select, singles and locals', () => {
  same((b, z, other) => b.op('select', [b.op('eq', [other, other]), z, other]));
  same((b, z) => b.op('conv', [z], 'f32'));
  same((b, z) => {
    const local = b.local('x', 'f64');
    b.set(local, z);
    return b.get(local);
  });
});

test('a zero whose sign nobody tells does not keep an integer from being one', () => {
  for (const ignoring of [
    (b: IrBuilder, z: Value): Value => b.op('abs', [z]),
    (b: IrBuilder, z: Value): Value => b.op('toint', [z], 'i32'),
    (b: IrBuilder, z: Value): Value => b.op('lt', [z, b.const('f64', 0)]),
    (b: IrBuilder, z: Value): Value => b.op('add', [z, b.const('f64', 0)]),
    (b: IrBuilder, z: Value): Value => b.op('rem', [b.const('f64', 7), z]),
  ]) {
    const fn = withZero(ignoring);
    assert.ok(isComputedInteger(fn));
    same(ignoring);
  }
  assert.not.ok(isComputedInteger(withZero((b, z) => b.op('neg', [z]))));
});

test.run();
