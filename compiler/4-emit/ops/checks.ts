/** Operations that throw: range, bounds, overflow and stack. */
import { bitWidth, integerBounds, isInteger, isSigned, type IntegerType } from '../../ir/types.ts';
import { walkOps } from '../../ir/walk.ts';
import type { Emit, FunctionEmission } from '../emission.ts';
import { context } from '../layout.ts';
import { literal, llvmType } from '../types.ts';
import {
  conversionTypes,
  holds,
  indexWithin,
  resize,
  sameNumber,
  truncateTo,
  truncateUnchecked,
  widen,
} from './convert.ts';

const checkRange: Emit = (e, op) => {
  const { f } = e;
  const { from, to } = conversionTypes(op);
  if (!isInteger(to) || from === 'bool') throw new Error(`check.range from ${from} to ${to}`);
  const value = e.operand(op.args[0]);
  const unless = (ok: string): void => e.failUnless(ok, op, op.args);
  if (isInteger(from)) {
    if (!holds(to, from)) unless(fits(e, from, to, value));
    return resize(f, from, to, value);
  }
  const double = widen(f, from, value);
  if (bitWidth(to) === 64) {
    unless(fitsWide(e, to, double));
    return truncateTo(f, 'f64', to, double);
  }
  const wide = truncateUnchecked(f, double);
  unless(f.emit(`and i1 ${fits(e, 'i64', to, wide)}, ${sameNumber(f, wide, double)}`));
  return resize(f, 'i64', to, wide);
};

/** Whether an integer is within another type's bounds. */
function fits(e: FunctionEmission, from: IntegerType, to: IntegerType, value: string): string {
  const source = integerBounds(from);
  const target = integerBounds(to);
  const sign = isSigned(from) ? 's' : 'u';
  const test = (relation: string, bound: bigint): string =>
    e.f.emit(`icmp ${sign}${relation} ${llvmType(from)} ${value}, ${literal(from, bound)}`);
  const low = source.min < target.min ? test('ge', target.min) : undefined;
  const high = source.max > target.max ? test('le', target.max) : undefined;
  return low && high ? e.f.emit(`and i1 ${low}, ${high}`) : (low ?? high ?? 'true');
}

/** Whether a double is an integer of a 64-bit type. The upper bound is no double, but the one above it is. */
function fitsWide(e: FunctionEmission, to: IntegerType, double: string): string {
  const { f } = e;
  const { min, max } = integerBounds(to);
  f.module.declare('llvm.trunc.f64', { result: 'double', params: ['double'] });
  const whole = f.call('double', 'llvm.trunc.f64', [['double', double]]);
  const tests = [
    `fcmp oeq double ${whole}, ${double}`,
    `fcmp oge double ${double}, ${literal('f64', Number(min))}`,
    `fcmp olt double ${double}, ${literal('f64', Number(max + 1n))}`,
  ].map((text) => f.emit(text));
  return tests.reduce((all, test) => f.emit(`and i1 ${all}, ${test}`));
}

const checkBounds: Emit = (e, op) => {
  const { index, within } = indexWithin(e, op);
  e.failUnless(within, op, op.args);
  return index;
};

/** The operation by LLVM's intrinsic that also tells of overflow. */
const exact =
  (name: 'add' | 'sub' | 'mul'): Emit =>
  (e, op) => {
    const { f } = e;
    const type = op.args[0]?.type;
    if (type === undefined || !isInteger(type)) throw new Error(`${op.op} of ${type}`);
    const integer = llvmType(type);
    const pair = `{ ${integer}, i1 }`;
    const callee = `llvm.${isSigned(type) ? 's' : 'u'}${name}.with.overflow.${integer}`;
    f.module.declare(callee, { result: pair, params: [integer, integer] });
    const [a = '', b = ''] = op.args.map((arg) => e.operand(arg));
    const both = f.call(pair, callee, [
      [integer, a],
      [integer, b],
    ]);
    const overflowed = f.emit(`extractvalue ${pair} ${both}, 1`);
    e.failUnless(f.emit(`xor i1 ${overflowed}, true`), op, op.args);
    return f.emit(`extractvalue ${pair} ${both}, 0`);
  };

/** What a call of a function may take of an engine's stack: the frame itself, and for each operation a value in it. */
const hiddenFrame = { least: 128, operation: 4, most: 16384 } as const;

/** Writes the taking of as much of the stack as the engine takes of its own, which nobody can look at; gives its address. */
function sizedFrame({ f, fn }: FunctionEmission): string {
  let operations = 0;
  walkOps(fn.body, () => void operations++);
  const { least, operation, most } = hiddenFrame;
  return f.alloca(`[${Math.min(least + operation * operations, most)} x i8]`, 'frame');
}

const checkStack: Emit = (e, op) => {
  const { f } = e;
  const pointer = f.module.spell('ptr');
  const limit = e.loadContext('ptr', context.stackLimit);
  const within = (frame: string): void =>
    e.failUnless(f.emit(`icmp uge ${pointer} ${frame}, ${limit}`), op);
  // Its frames take nothing of the stack that addresses tell of, but for what is taken on purpose.
  if (f.module.isWebAssembly) return within(sizedFrame(e));
  const callee = `llvm.frameaddress.p0${f.module.dialect === 'typed' ? 'i8' : ''}`;
  f.module.declare(callee, { result: 'ptr', params: ['i32'] });
  const frame = f.call('ptr', callee, [['i32', '0']]);
  within(frame);
};

/** Another thread writes there: the load may be neither moved nor left out. */
const checkEnded: Emit = (e, op) => {
  const { f } = e;
  const pointer = e.loadContext('ptr', context.ended);
  const flag = f.emit(
    `load atomic volatile i8, ${f.module.spell('ptr')} ${pointer} monotonic, align 1`,
  );
  e.failUnless(f.emit(`icmp eq i8 ${flag}, 0`), op);
};

export const checkOps = {
  'check.range': checkRange,
  'check.bounds': checkBounds,
  'check.stack': checkStack,
  'check.ended': checkEnded,
  'add.exact': exact('add'),
  'sub.exact': exact('sub'),
  'mul.exact': exact('mul'),
} as const satisfies Record<string, Emit>;
