/** Choices between a number and NaN are made behind what makes an integer of them, with the same results. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { chooseLast } from '../../compiler/3-optimize/choose-last.ts';
import { fold } from '../../compiler/3-optimize/fold.ts';
import { neverSet } from '../../compiler/3-optimize/never-set.ts';
import { passContext, type Pass } from '../../compiler/3-optimize/pass.ts';
import { lowerSources, optimized } from '../../compiler/front-end.ts';
import { createInterpreter } from '../../compiler/ir/interpret.ts';
import { parseFunction } from '../../compiler/ir/parse.ts';
import { printFunction } from '../../compiler/ir/print.ts';
import type { IrFunction, IrModule } from '../../compiler/ir/types.ts';
import { verify } from '../../compiler/ir/verify.ts';
import { cloneFunction, walkOps } from '../../compiler/ir/walk.ts';
import { edgeValues } from '../ir/edge-values.ts';
import { makeProject } from '../support/project.ts';

const moduleOf = (fn: IrFunction): IrModule => ({
  records: [],
  functions: [fn],
  globals: [],
  exports: [],
});

function after(fn: IrFunction, ...passes: Pass[]): IrFunction {
  const changed = cloneFunction(fn);
  for (const pass of passes) pass(changed, passContext(moduleOf(changed)));
  assert.equal(verify(changed), []);
  return changed;
}

/** Gives a call's result, or what it throws as text. */
const caller = (fn: IrFunction): ((...args: unknown[]) => unknown) => {
  const machine = createInterpreter(moduleOf(fn));
  return (...args) => {
    try {
      return machine.call(fn.name, args);
    } catch (error) {
      return String(error);
    }
  };
};

const hasChoiceOfDoubles = (fn: IrFunction): boolean => {
  let found = false;
  walkOps(fn.body, ({ op, results: [result] }) => {
    found ||= op === 'select' && result?.type === 'f64';
  });
  return found;
};

/** `look` looks at %9, which `make` makes of %5 and %6: %1 or NaN, and %3 or NaN. */
const looking = (make: string, look: string): IrFunction =>
  parseFunction(`func f(%0.c: bool, %1.x: f64, %2.d: bool, %3.y: f64) -> ${/%10: (\w+) =/.exec(look)?.[1]} {
  %4: f64 = const NaN
  %5: f64 = select %0, %1, %4
  %6: f64 = select %2, %3, %4
  ${make}
  ${look}
  return %10
}
`);

const makes = [
  '%9: f64 = add %5, %6',
  '%9: f64 = sub %1, %6',
  '%9: f64 = mul %5, %3',
  '%9: f64 = div %5, %6',
  '%9: f64 = neg %5',
  '%8: f64 = sub %5, %6\n  %9: f64 = mul %5, %8',
];
const numbers = edgeValues('f64').filter((_, index) => index % 3 === 0);

test('whoever looks at a number or NaN sees the same as before', () => {
  const looks = [
    ...['i32', 'u32', 'u8', 'i16', 'i64', 'u64'].map((type) => `%10: ${type} = toint %9`),
    '%10: u8 = clamp8 %9',
    '%10: i32 = check.range %9 subject="n"',
    '%10: u64 = check.range %9 subject="n"',
    '%7: i64 = const 3n\n  %10: bool = in.bounds %9, %7',
    ...['eq', 'ne', 'lt', 'le', 'gt', 'ge'].flatMap((name) => [
      `%10: bool = ${name} %9, %3`,
      `%10: bool = ${name} %5, %9`,
    ]),
  ];
  for (const make of makes)
    for (const look of looks) {
      const fn = looking(make, look);
      const changed = after(fn, chooseLast, fold);
      assert.not.ok(hasChoiceOfDoubles(changed), `${make}\n${look}`);
      const [before, now] = [caller(fn), caller(changed)];
      for (const c of [true, false])
        for (const d of [true, false])
          for (const x of numbers)
            for (const y of numbers)
              assert.is(
                now(c, x, d, y),
                before(c, x, d, y),
                `${make}\n${look}: ${c} ${x} ${d} ${y}`,
              );
    }
});

test('what is known to be a number is taken as one', () => {
  const fn = looking('%9: f64 = add %5, %3', '%10: i64 = fptoint %9');
  const changed = after(fn, chooseLast, fold);
  assert.not.ok(hasChoiceOfDoubles(changed));
  assert.is(caller(changed)(true, 3, false, -5), -2n);
});

test('other choices stay, and so do those that nobody makes integers of', () => {
  const other = looking('%9: f64 = add %5, %6', '%10: i32 = toint %9');
  walkOps(other.body, (op) => {
    if (op.op === 'const') op.attributes = { value: 0 };
  });
  assert.is(printFunction(after(other, chooseLast)), printFunction(other));
  const kept = looking('%9: f64 = add %5, %6', '%10: f64 = add %9, %9');
  assert.is(printFunction(after(kept, chooseLast)), printFunction(kept));
});

/** Whether the comparison at the end of a function with a tag of such sets is decided. */
function decides(sets: string, comparison: string): boolean {
  const fn = parseFunction(`func f(%0.c: bool, %1.given: u8) -> bool {
  local tag: u8
  local other: u8
  %2: u8 = const 0
  %3: u8 = const 1
  %4: u8 = const 2
  ${sets}
  %5: u8 = local.get tag
  %6: bool = ${comparison}
  return %6
}
`);
  const changed = after(fn, neverSet);
  const [before, now] = [caller(fn), caller(changed)];
  for (const c of [true, false])
    for (const given of [0, 1, 2]) assert.is(now(c, given), before(c, given));
  let decided = true;
  walkOps(changed.body, ({ op }) => {
    if (op === 'eq' || op === 'ne') decided = false;
  });
  return decided;
}

test('what a local is never set to, it is not', () => {
  const either = 'if %0 {\n  local.set tag, %3\n}';
  const lines = (...texts: string[]): string => texts.join('\n');
  assert.ok(decides(lines(either), 'eq %5, %4'));
  assert.ok(decides(lines(either), 'ne %4, %5'));
  // It begins as 0.
  assert.not.ok(decides(lines(either), 'eq %5, %2'));
  assert.not.ok(decides(lines(either), 'eq %5, %3'));
  assert.not.ok(decides(lines(either, 'local.set tag, %4'), 'eq %5, %4'));
  assert.not.ok(decides('local.set tag, %1', 'eq %5, %4'));
  // By way of another local, and of a choice.
  const through = '%7: u8 = local.get other\n  local.set tag, %7';
  assert.ok(decides(lines(through, 'local.set other, %3'), 'eq %5, %4'));
  assert.not.ok(decides(lines(through, 'local.set other, %4'), 'eq %5, %4'));
  assert.not.ok(decides(lines(through, 'local.set other, %1'), 'eq %5, %4'));
  assert.ok(decides('%7: u8 = select %0, %2, %3\n  local.set tag, %7', 'eq %5, %4'));
  assert.not.ok(decides('%7: u8 = select %0, %4, %3\n  local.set tag, %7', 'eq %5, %4'));
});

test('bits of elements that may be missing are computed without doubles', () => {
  const source = `/** @native bounds: js */
export function bits(d: Uint8Array, at: number): number {
  const o = at >>> 3;
  return (d[o] | (d[o + 1] << 8) | ((d[o + 2] - d[o]) << 16)) >> (at & 7);
}
/** @native bounds: js */
export function count(data: Uint8Array, counts: Uint16Array): void {
  for (let i = 0; i < 100; i++) ++counts[data[i] + 3];
}
`;
  const project = makeProject({ 'src/bits.ts': source });
  try {
    const doubles = (without?: string): boolean => {
      const lowered = lowerSources(project.tsconfig);
      assert.equal(lowered.diagnostics, []);
      return optimized(lowered, 2, { without }).functions.some(hasChoiceOfDoubles);
    };
    assert.not.ok(doubles());
    assert.ok(doubles('choose-last'));
    assert.ok(doubles('never-set'));
  } finally {
    project.remove();
  }
});

test('elements that may be missing are compared behind jumps', () => {
  const source = `/** @native bounds: js */
export function same(d: Uint8Array, i: number, j: number): boolean {
  return d[i] === d[j];
}
`;
  const project = makeProject({ 'src/same.ts': source });
  try {
    const { functions } = optimized(lowerSources(project.tsconfig), 2);
    const joined: string[] = [];
    for (const fn of functions)
      walkOps(fn.body, ({ op }) => {
        if (op === 'and' || op === 'or') joined.push(op);
      });
    assert.equal(joined, []);
  } finally {
    project.remove();
  }
});

test.run();
