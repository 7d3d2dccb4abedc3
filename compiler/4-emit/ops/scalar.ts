/** Arithmetic, bits, comparisons and rounding of scalars. */
import {
  bitWidth,
  isFloat,
  isInteger,
  isScalar,
  isSigned,
  type Constant,
  type FloatType,
  type IrType,
} from '../../ir/types.ts';
import type { Emit, FunctionEmission } from '../emission.ts';
import { scalarName } from '../lanes/vectors.ts';
import { llvmType } from '../types.ts';

/**
 * What `fastmath` allows: another order of operations, reciprocals, fused
 * multiply-add. NaN, infinities and zeros keep their meaning.
 */
const fastFlags = (e: FunctionEmission): string =>
  e.fn.options.fastmath ? ' reassoc arcp contract' : '';

/** Signed arithmetic that doesn't wrap: LLVM then knows more of loops' counters and of sums that are extended. */
const exactFlag = (
  e: FunctionEmission,
  { attributes }: Parameters<Emit>[1],
  flag = 'nsw',
): string =>
  // Lanes that wait for others compute anything.
  attributes.exact && !e.lanes ? ` ${flag}` : '';

/** The type that `T` stands for: the first operand's. */
const typeOf = (op: Parameters<Emit>[1]): IrType => {
  const type = op.args[0]?.type;
  if (type === undefined) throw new Error(`${op.op} without operands`);
  return type;
};

/**
 * An instruction with one name for floats and one for integers.
 * @param flag what LLVM calls it where the result is the exact number
 */
const binary =
  (float: string, integer: (signed: boolean) => string, flag?: 'exact'): Emit =>
  (e, op) => {
    const type = typeOf(op);
    const [a, b] = op.args.map((arg) => e.operand(arg));
    const name = isFloat(type)
      ? float + fastFlags(e)
      : integer(isInteger(type) && isSigned(type)) + exactFlag(e, op, flag);
    return e.f.emit(`${name} ${e.type(type)} ${a}, ${b}`);
  };

const bitwise = (name: string): Emit => binary(name, () => name);

/** The count is taken modulo the width, beyond which LLVM's shifts are undefined. */
const shift =
  (name: (signed: boolean) => string): Emit =>
  (e, op) => {
    const type = typeOf(op);
    if (!isInteger(type)) throw new Error(`${op.op} of ${type}`);
    const [a, b] = op.args.map((arg) => e.operand(arg));
    const width = e.literal(type, bitWidth(type) - 1);
    const count = e.f.emit(`and ${e.type(type)} ${b}, ${width}`);
    return e.f.emit(`${name(isSigned(type))} ${e.type(type)} ${a}, ${count}`);
  };

/** A comparison: the predicate for floats, and for integers the one without its sign letter. */
const compare =
  (float: string, integer: string): Emit =>
  (e, op) => {
    const type = typeOf(op);
    const [a, b] = op.args.map((arg) => e.operand(arg));
    return e.f.emit(comparison(e, type, float, integer, a ?? '', b ?? ''));
  };

function comparison(
  e: FunctionEmission,
  type: IrType,
  float: string,
  integer: string,
  a: string,
  b: string,
): string {
  if (isFloat(type)) return `fcmp ${float} ${e.type(type)} ${a}, ${b}`;
  const sign =
    integer === 'eq' || integer === 'ne' ? '' : isInteger(type) && isSigned(type) ? 's' : 'u';
  return `icmp ${sign}${integer} ${e.f.module.spell(e.type(type))} ${a}, ${b}`;
}

/** The upper half of a product in twice the width. */
const highProduct: Emit = (e, op) => {
  const type = typeOf(op);
  if (!isInteger(type)) throw new Error(`${op.op} of ${type}`);
  const [narrow, wide] = [llvmType(type), `i${2 * bitWidth(type)}`];
  const [extend, shiftRight] = isSigned(type) ? ['sext', 'ashr'] : ['zext', 'lshr'];
  const [a, b] = op.args.map((arg) => e.f.emit(`${extend} ${narrow} ${e.operand(arg)} to ${wide}`));
  const product = e.f.emit(`mul ${wide} ${a}, ${b}`);
  const upper = e.f.emit(`${shiftRight} ${wide} ${product}, ${bitWidth(type)}`);
  return e.f.emit(`trunc ${wide} ${upper} to ${narrow}`);
};

/** Calls the intrinsic of that name for the operands' type; `more` are operands after them. */
const intrinsic =
  (name: string, more: readonly (readonly [string, string])[] = []): Emit =>
  (e, op) => {
    const scalar = llvmType(typeOf(op));
    const type = e.vector(scalar);
    const suffix = e.lanes?.vectors.name(scalar) ?? scalarName(scalar);
    const args = [...op.args.map((arg) => [type, e.operand(arg)] as const), ...more];
    const callee = `llvm.${name}.${suffix}`;
    e.f.module.declare(callee, { result: type, params: args.map(([param]) => param) });
    return e.f.call(type, callee, args);
  };

const select = (e: FunctionEmission, type: IrType, test: string, a: string, b: string): string => {
  const spelled = e.f.module.spell(e.type(type));
  return e.f.emit(`select ${e.vector('i1')} ${test}, ${spelled} ${a}, ${spelled} ${b}`);
};

/** Whether an operand of `min` or `max` is a constant for which `limited` is right. */
const isLimit = (kind: 'min' | 'max', constant: Constant | undefined): constant is number =>
  typeof constant === 'number' &&
  !Number.isNaN(constant) &&
  !(kind === 'min' && Object.is(constant, -0));

/** `min` or `max` with a constant: one x86 instruction, as only the other operand can be NaN, and a choice of zeros is decided. */
function limited(
  e: FunctionEmission,
  kind: 'min' | 'max',
  type: FloatType,
  value: string,
  limit: number,
): string {
  const bound = e.literal(type, limit);
  const unordered = kind === 'min' ? 'ule' : 'uge';
  const test = e.f.emit(`fcmp ${unordered} ${e.type(type)} ${value}, ${bound}`);
  const chosen = select(e, type, test, value, bound);
  // −0 is no less than the limit 0, but gives 0, as does −0 + 0.
  return kind === 'max' && Object.is(limit, 0)
    ? e.f.emit(`fadd ${e.type(type)} ${chosen}, ${bound}`)
    : chosen;
}

/**
 * The smaller or larger operand. For floats, choosing both ways round gives two values that differ
 * only for a NaN (one of them is NaN) or zeros of two signs; their bits are put together.
 * Vectorises; each choice is one x86 instruction.
 */
const extreme =
  (kind: 'min' | 'max'): Emit =>
  (e, op) => {
    const type = typeOf(op);
    const [a = '', b = ''] = op.args.map((arg) => e.operand(arg));
    const [ordered, sort] = kind === 'min' ? ['olt', 'lt'] : ['ogt', 'gt'];
    const choose = (x: string, y: string): string =>
      select(e, type, e.f.emit(comparison(e, type, ordered, sort, x, y)), x, y);
    if (!isFloat(type)) return choose(a, b);
    const [left, right] = op.args.map((arg) => e.constantOf(arg));
    if (isLimit(kind, right)) return limited(e, kind, type, a, right);
    if (isLimit(kind, left)) return limited(e, kind, type, b, left);

    const float = e.type(type);
    const bits = e.vector(`i${bitWidth(type)}`);
    const toBits = (x: string): string => e.f.emit(`bitcast ${float} ${x} to ${bits}`);
    const fromBits = (x: string): string => e.f.emit(`bitcast ${bits} ${x} to ${float}`);
    const first = toBits(choose(a, b));
    const second = toBits(choose(b, a));
    // `or` keeps the NaN, and −0 of two zeros.
    if (kind === 'min') return fromBits(e.f.emit(`or ${bits} ${first}, ${second}`));
    // `and` keeps 0 of two zeros, but may lose the NaN.
    const both = fromBits(e.f.emit(`and ${bits} ${first}, ${second}`));
    const unordered = e.f.emit(`fcmp uno ${float} ${a}, ${b}`);
    return select(e, type, unordered, e.literal(type, NaN), both);
  };

export const scalarOps = {
  const: (e, op) => {
    const [result] = op.results;
    const { value } = op.attributes;
    if (result === undefined || !isScalar(result.type) || value === undefined)
      throw new Error('const without a scalar value');
    e.defineConstant(result, result.type, value);
  },

  add: binary('fadd', () => 'add'),
  sub: binary('fsub', () => 'sub'),
  mul: binary('fmul', () => 'mul'),
  'mul.high': highProduct,
  div: binary('fdiv', (signed) => (signed ? 'sdiv' : 'udiv'), 'exact'),
  rem: binary('frem', (signed) => (signed ? 'srem' : 'urem')),
  neg: (e, op) => {
    const type = typeOf(op);
    const a = e.operand(op.args[0]);
    if (!isScalar(type)) throw new Error(`neg of ${type}`);
    return isFloat(type)
      ? e.f.emit(`fneg${fastFlags(e)} ${e.type(type)} ${a}`)
      : e.f.emit(`sub${exactFlag(e, op)} ${e.type(type)} ${e.literal(type, 0)}, ${a}`);
  },

  and: bitwise('and'),
  or: bitwise('or'),
  xor: bitwise('xor'),
  not: (e, op) => {
    const type = typeOf(op);
    if (!isScalar(type)) throw new Error(`not of ${type}`);
    const ones = e.literal(type, type === 'bool' ? true : -1);
    return e.f.emit(`xor ${e.type(type)} ${e.operand(op.args[0])}, ${ones}`);
  },
  shl: shift(() => 'shl'),
  shr: shift((signed) => (signed ? 'ashr' : 'lshr')),
  clz: intrinsic('ctlz', [['i1', 'false']]),
  bswap: (e, op) =>
    llvmType(typeOf(op)) === 'i8' ? e.operand(op.args[0]) : intrinsic('bswap')(e, op),
  bits: (e, op) => {
    const from = llvmType(typeOf(op));
    const to = op.results[0] && llvmType(op.results[0].type);
    const a = e.operand(op.args[0]);
    return from === to ? a : e.f.emit(`bitcast ${from} ${a} to ${to}`);
  },

  eq: compare('oeq', 'eq'),
  ne: compare('une', 'ne'),
  lt: compare('olt', 'lt'),
  le: compare('ole', 'le'),
  gt: compare('ogt', 'gt'),
  ge: compare('oge', 'ge'),
  select: (e, op) => {
    const [test = '', a = '', b = ''] = op.args.map((arg) => e.operand(arg));
    const type = op.args[1]?.type;
    if (type === undefined) throw new Error('select without operands');
    return select(e, type, test, a, b);
  },

  abs: intrinsic('fabs'),
  copysign: intrinsic('copysign'),
  floor: intrinsic('floor'),
  ceil: intrinsic('ceil'),
  trunc: intrinsic('trunc'),
  sqrt: intrinsic('sqrt'),
  min: extreme('min'),
  max: extreme('max'),
} as const satisfies Record<string, Emit>;
