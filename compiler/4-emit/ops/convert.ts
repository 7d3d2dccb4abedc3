/** Conversions between scalars. */
import {
  bitWidth,
  integerBounds,
  isFloat,
  isInteger,
  isScalar,
  isSigned,
  type IntegerType,
  type Operation,
  type ScalarType,
} from '../../ir/types.ts';
import type { Emit, FunctionEmission } from '../emission.ts';
import { literal, llvmType } from '../types.ts';
import type { LlvmFunction, LlvmModule, LlvmType } from '../writer.ts';

/** The types an operation converts from and to. */
export function conversionTypes(op: Operation): { from: ScalarType; to: ScalarType } {
  const from = op.args[0]?.type;
  const to = op.results[0]?.type;
  if (from === undefined || to === undefined || !isScalar(from) || !isScalar(to))
    throw new Error(`${op.op} of what is no scalar`);
  return { from, to };
}

/** An integer in another width, modulo 2^width; of `vector` it is as the types are to be written. */
export function resize(
  f: LlvmFunction,
  from: IntegerType,
  to: IntegerType,
  value: string,
  vector = (type: LlvmType): LlvmType => type,
): string {
  const change = bitWidth(to) - bitWidth(from);
  if (change === 0) return value;
  const name = change < 0 ? 'trunc' : isSigned(from) ? 'sext' : 'zext';
  return f.emit(`${name} ${vector(llvmType(from))} ${value} to ${vector(llvmType(to))}`);
}

/** A float as a double. */
export const widen = (f: LlvmFunction, from: ScalarType, value: string): string =>
  from === 'f32' ? f.emit(`fpext float ${value} to double`) : value;

/**
 * A double as an i64 that is anything where the double is out of i64's range
 * or NaN; `freeze` makes it one anything, which may be computed with.
 */
export const truncateUnchecked = (f: LlvmFunction, double: string): string =>
  f.emit(`freeze i64 ${f.emit(`fptosi double ${double} to i64`)}`);

/**
 * Whether an i64 out of `truncateUnchecked` is the very number it was made of. Holds for NaN
 * never, and wrongly only near 2^63, so the i64 must be checked to be less than that.
 */
export const sameNumber = (f: LlvmFunction, integer: string, double: string): string =>
  f.emit(`fcmp oeq double ${f.emit(`sitofp i64 ${integer} to double`)}, ${double}`);

const convert: Emit = (e, op) => {
  const { from, to } = conversionTypes(op);
  const a = e.operand(op.args[0]);
  const [source, target] = [e.type(from), e.type(to)];
  if (from === to) return a;
  if (to !== 'bool') {
    if (isFloat(from)) {
      if (isFloat(to))
        return e.f.emit(`${to === 'f64' ? 'fpext' : 'fptrunc'} ${source} ${a} to ${target}`);
    } else if (isFloat(to)) {
      const name = isInteger(from) && isSigned(from) ? 'sitofp' : 'uitofp';
      // The operation's fold rounds wide integers to double first, then to single.
      return to === 'f32' && bitWidth(from) === 64
        ? e.f.emit(
            `fptrunc ${e.vector('double')} ${e.f.emit(`${name} ${source} ${a} to ${e.vector('double')}`)} to ${target}`,
          )
        : e.f.emit(`${name} ${source} ${a} to ${target}`);
    } else
      return from === 'bool'
        ? e.f.emit(`zext ${source} ${a} to ${target}`)
        : resize(e.f, from, to, a, (type) => e.vector(type));
  }
  throw new Error(`conv from ${from} to ${to}`);
};

/** Below 2^63 in magnitude the machine's conversion is exact; the rest is rare and out of line. */
const toInteger: Emit = (e, op) => {
  const { f } = e;
  const { from, to } = conversionTypes(op);
  if (!isInteger(to)) throw new Error(`toint to ${to}`);
  const double = widen(f, from, e.operand(op.args[0]));
  f.module.declare('llvm.fabs.f64', { result: 'double', params: ['double'] });
  const [near, far, done] = [f.fresh('near'), f.fresh('far'), f.fresh('converted')];
  const size = f.call('double', 'llvm.fabs.f64', [['double', double]]);
  f.condBr(f.emit(`fcmp olt double ${size}, ${literal('f64', 2 ** 63)}`), near, far, e.expected);
  f.block(near);
  const truncated = f.emit(`fptosi double ${double} to i64`);
  f.br(done);
  f.block(far);
  const wrapped = f.call('i64', farToInteger(f.module), [['double', double]]);
  f.br(done);
  f.block(done);
  const wide = f.emit(`phi i64 [ ${truncated}, %${near} ], [ ${wrapped}, %${far} ]`);
  return resize(f, 'i64', to, wide);
};

/**
 * Defines, once, the function (double) -> i64 that gives a double modulo 2^64,
 * for |x| ≥ 2^63; NaN and infinities give 0. Such a double is its 53-bit significand shifted left
 * by exponent − 1075 ≥ 11.
 */
function farToInteger(module: LlvmModule): string {
  const name = 'ts.toint.far';
  if (module.defines(name)) return name;
  const f = module.define(
    name,
    'i64',
    [{ name: 'x', type: 'double' }],
    'internal',
    'nounwind noinline cold',
  );
  const bits = f.emit('bitcast double %x to i64');
  const exponent = f.emit(`and i64 ${f.emit(`lshr i64 ${bits}, 52`)}, 2047`);
  const shift = f.emit(`sub i64 ${exponent}, 1075`);
  f.condBr(f.emit(`icmp ult i64 ${shift}, 64`), 'some', 'none');
  f.block('some');
  const fraction = f.emit(`and i64 ${bits}, ${2n ** 52n - 1n}`);
  const significand = f.emit(`or i64 ${fraction}, ${2n ** 52n}`);
  const size = f.emit(`shl i64 ${significand}, ${shift}`);
  const negated = f.emit(`sub i64 0, ${size}`);
  const negative = f.emit(`icmp slt i64 ${bits}, 0`);
  f.ret('i64', f.emit(`select i1 ${negative}, i64 ${negated}, i64 ${size}`));
  // A shift past the width leaves nothing; NaN and infinities have the largest exponent.
  f.block('none');
  f.ret('i64', '0');
  return name;
}

/** Requires that the result type holds the number. */
const exactInteger: Emit = (e, op) => {
  const { from, to } = conversionTypes(op);
  if (!isInteger(to)) throw new Error(`fptoint to ${to}`);
  return truncateTo(e.f, from, to, e.operand(op.args[0]));
};

export const truncateTo = (
  f: LlvmFunction,
  from: ScalarType,
  to: IntegerType,
  value: string,
): string =>
  f.emit(`${isSigned(to) ? 'fptosi' : 'fptoui'} ${llvmType(from)} ${value} to ${llvmType(to)}`);

/** Clamps first, so that rounding (to even, as the default mode does) stays within. */
const clamp: Emit = (e, op) => {
  const { f } = e;
  const { from } = conversionTypes(op);
  const type = llvmType(from);
  const a = e.operand(op.args[0]);
  const choose = (predicate: string, x: string, limit: number): string => {
    const bound = literal(from, limit);
    const test = f.emit(`fcmp ${predicate} ${type} ${x}, ${bound}`);
    return f.emit(`select i1 ${test}, ${type} ${x}, ${type} ${bound}`);
  };
  // NaN is not greater than 0, so it becomes 0.
  const clamped = choose('olt', choose('ogt', a, 0), 255);
  const callee = `llvm.rint.${from}`;
  f.module.declare(callee, { result: type, params: [type] });
  const rounded = f.call(type, callee, [[type, clamped]]);
  return f.emit(`trunc i32 ${f.emit(`fptosi ${type} ${rounded} to i32`)} to i8`);
};

/** The index as an i64 and whether it is within 0 ≤ index < length; the i64 is anything where it isn't. */
export function indexWithin(e: FunctionEmission, op: Operation): { index: string; within: string } {
  const { f } = e;
  const [index, length] = op.args;
  const type = index?.type;
  if (type === undefined || !isScalar(type) || type === 'bool')
    throw new Error(`${op.op} of ${type}`);
  const below = (wide: string): string => {
    const limit = e.operand(length);
    // As unsigned, a negative index is larger than any length.
    if (e.isLength(length)) return f.emit(`icmp ult i64 ${wide}, ${limit}`);
    const natural = f.emit(`icmp sge i64 ${wide}, 0`);
    return f.emit(`and i1 ${natural}, ${f.emit(`icmp slt i64 ${wide}, ${limit}`)}`);
  };
  if (isInteger(type)) {
    const wide = resize(f, type, 'i64', e.operand(index));
    return { index: wide, within: below(wide) };
  }
  const double = widen(f, type, e.operand(index));
  const wide = truncateUnchecked(f, double);
  return {
    index: wide,
    within: f.emit(`and i1 ${sameNumber(f, wide, double)}, ${below(wide)}`),
  };
}

/** Whether the type holds every integer of another. */
export function holds(to: IntegerType, from: IntegerType): boolean {
  const [a, b] = [integerBounds(to), integerBounds(from)];
  return a.min <= b.min && a.max >= b.max;
}

export const convertOps = {
  conv: convert,
  toint: toInteger,
  fptoint: exactInteger,
  clamp8: clamp,
  'in.bounds': (e, op) => indexWithin(e, op).within,
} as const satisfies Record<string, Emit>;
