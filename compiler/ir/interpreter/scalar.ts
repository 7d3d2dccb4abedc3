/**
 * Scalar operations as JavaScript expressions on numbers (integers up to 32 bits and floats),
 * bigints (64-bit integers) and booleans. What has no short expression runs the table's `fold`;
 * a test holds both equal on edge values.
 */
import { opInfo } from '../ops.ts';
import { isWide } from '../scalars.ts';
import {
  bitWidth,
  isFloat,
  isInteger,
  isScalar,
  isSigned,
  type Constant,
  type IrType,
  type Operation,
  type ScalarType,
} from '../types.ts';

/** What expressions are made from. Operands are names, so that they can come up more than once. */
export interface ScalarOperation {
  readonly op: Operation;
  /** The operands in JavaScript. */
  readonly args: readonly string[];
  /** The type of the first operand that is `T`. */
  readonly type: ScalarType;
  readonly result: ScalarType;
  /** A name for an object of the compiler in the generated code. */
  capture(value: unknown): string;
  /** An expression that ends the call because a precondition is broken. */
  fault(): string;
}

/** The expression of a pure scalar operation. */
export function scalarExpression(scalar: ScalarOperation): string {
  const expression = inline(scalar);
  return expression ?? `rt.orFault(${folded(scalar)}, ${scalar.capture(scalar.op.op)})`;
}

/** An expression that runs the table's rule: `undefined` where that has no result. */
export function folded({ op, args, type, result, capture }: ScalarOperation): string {
  const { fold } = opInfo(op.op);
  if (!fold) throw new Error(`${op.op} has no fold rule`);
  const run = (...values: Constant[]): Constant | undefined => fold(values, type, result);
  return `${capture(run)}(${args.join(', ')})`;
}

/** The operand types of an operation on scalars; undefined for one that has others. */
export function scalarTypes(op: Operation): { type: ScalarType; result: ScalarType } | undefined {
  const { operands } = opInfo(op.op);
  const type = op.args[Math.max(0, operands.indexOf('T'))]?.type;
  const result = op.results[0]?.type;
  return type && result && isScalar(type) && isScalar(result) ? { type, result } : undefined;
}

/** A number (or bigint) expression brought into the range of a type. Narrow integers need ToInt32 to be exact on it. */
export function wrapped(type: ScalarType, value: string): string {
  switch (type) {
    case 'i8':
      return `(${value}) << 24 >> 24`;
    case 'u8':
      return `(${value}) & 255`;
    case 'i16':
      return `(${value}) << 16 >> 16`;
    case 'u16':
      return `(${value}) & 65535`;
    case 'i32':
      return `(${value}) | 0`;
    case 'u32':
      return `(${value}) >>> 0`;
    case 'i64':
      return `BigInt.asIntN(64, ${value})`;
    case 'u64':
      return `BigInt.asUintN(64, ${value})`;
    case 'f32':
      return `Math.fround(${value})`;
    case 'f64':
    case 'bool':
      return value;
  }
}

/** A constant of a type in JavaScript. */
export function literal(type: ScalarType, value: Constant): string {
  if (Object.is(value, -0)) return '-0';
  return isWide(type) ? `${BigInt(value)}n` : String(value);
}

/** What a local of this type starts with. */
export const zero = (type: IrType): string =>
  !isScalar(type) ? 'null' : type === 'bool' ? 'false' : literal(type, 0);

/** A condition that holds where a number or bigint is exactly an integer of a type (−0 counts as 0). */
export function fitsTest(from: ScalarType, type: ScalarType, value: string): string {
  if (isWide(from) && isWide(type)) return `${wrapped(type, value)} === ${value}`;
  if (isWide(from)) return `BigInt(${narrowed(type, value)}) === ${value}`;
  if (!isWide(type)) return `(${wrapped(type, value)}) === ${value}`;
  const [min, limit] = type === 'i64' ? ['-(2 ** 63)', '2 ** 63'] : ['0', '2 ** 64'];
  return `Number.isInteger(${value}) && ${value} >= ${min} && ${value} < ${limit}`;
}

/** The low bits of a bigint as an integer of a narrow type. */
function narrowed(type: ScalarType, value: string): string {
  const kind = isInteger(type) && isSigned(type) ? 'Int' : 'Uint';
  return `Number(BigInt.as${kind}N(${bitWidth(type)}, ${value}))`;
}

/** A condition that holds where `index` is an integer with 0 ≤ index < length, the length being a bigint. */
export function boundsTest(type: ScalarType, index: string, length: string): string {
  const isIndex = isFloat(type) ? `Number.isInteger(${index}) && ` : '';
  return `${isIndex}${index} >= 0${isWide(type) ? 'n' : ''} && ${index} < ${length}`;
}

function inline(scalar: ScalarOperation): string | undefined {
  const { op, type, result } = scalar;
  const [a = '', b = '', c = ''] = scalar.args;
  switch (op.op) {
    case 'add':
      return wrapped(type, `${a} + ${b}`);
    case 'sub':
      return wrapped(type, `${a} - ${b}`);
    case 'mul':
      return wrapped(
        type,
        bitWidth(type) === 32 && isInteger(type) ? `Math.imul(${a}, ${b})` : `${a} * ${b}`,
      );
    case 'div':
      return isInteger(type) ? divided(scalar, '/') : wrapped(type, `${a} / ${b}`);
    case 'rem':
      return isInteger(type) ? divided(scalar, '%') : wrapped(type, `${a} % ${b}`);
    case 'neg':
      return wrapped(type, `-${a}`);
    case 'and':
      return type === 'bool' ? `${a} && ${b}` : wrapped(type, `${a} & ${b}`);
    case 'or':
      return type === 'bool' ? `${a} || ${b}` : wrapped(type, `${a} | ${b}`);
    case 'xor':
      return type === 'bool' ? `${a} !== ${b}` : wrapped(type, `${a} ^ ${b}`);
    case 'not':
      return type === 'bool' ? `!${a}` : wrapped(type, `~${a}`);
    case 'shl':
      return wrapped(type, `${a} << ${count(type, b)}`);
    case 'shr':
      return isWide(type) || (isInteger(type) && isSigned(type))
        ? `${a} >> ${count(type, b)}`
        : `${a} >>> ${count(type, b)}`;
    case 'eq':
      return `${a} === ${b}`;
    case 'ne':
      return `${a} !== ${b}`;
    case 'lt':
      return `${a} < ${b}`;
    case 'le':
      return `${a} <= ${b}`;
    case 'gt':
      return `${a} > ${b}`;
    case 'ge':
      return `${a} >= ${b}`;
    case 'select':
      return `${a} ? ${b} : ${c}`;
    case 'abs':
    case 'floor':
    case 'ceil':
    case 'trunc':
      return `Math.${op.op}(${a})`;
    case 'sqrt':
      return wrapped(type, `Math.sqrt(${a})`);
    case 'min':
      return isWide(type) ? `${a} < ${b} ? ${a} : ${b}` : `Math.min(${a}, ${b})`;
    case 'max':
      return isWide(type) ? `${a} > ${b} ? ${a} : ${b}` : `Math.max(${a}, ${b})`;
    case 'conv':
      return converted(type, result, a);
    case 'toint':
      return isWide(result) ? undefined : wrapped(result, a);
    case 'fptoint':
      return `${fitsTest(type, result, a)} ? ${exactly(type, result, a)} : ${scalar.fault()}`;
    case 'in.bounds':
      return boundsTest(type, a, b);
    default:
      return undefined;
  }
}

/** A number or bigint that fits, as an integer of the type: −0 becomes 0. */
export function exactly(from: ScalarType, type: ScalarType, value: string): string {
  if (isWide(from)) return isWide(type) ? value : narrowed(type, value);
  return isWide(type) ? `BigInt(${value})` : wrapped(type, value);
}

/** A condition that holds where an operation's result is the exact one, as its attribute says. */
export function exactTest({ op, args, type, result }: ScalarOperation): string {
  const [a = '', b = ''] = args;
  switch (op.op) {
    case 'add':
      return fitsTest(type, result, `(${a} + ${b})`);
    case 'sub':
      return fitsTest(type, result, `(${a} - ${b})`);
    case 'mul':
      return fitsTest(type, result, `(${a} * ${b})`);
    case 'neg':
      return fitsTest(type, result, `(-${a})`);
    case 'conv':
      return fitsTest(type, result, a);
    case 'div':
      return isWide(type) ? `${a} % ${b} === 0n` : `${a} % ${b} === 0`;
    default:
      throw new Error(`${op.op} is never exact`);
  }
}

/** Integer division and remainder, whose preconditions are tested. */
function divided(scalar: ScalarOperation, operator: '/' | '%'): string {
  const { type } = scalar;
  const [a = '', b = ''] = scalar.args;
  const n = isWide(type) ? 'n' : '';
  const broken = [`${b} === 0${n}`];
  if (isInteger(type) && isSigned(type))
    broken.push(
      `${b} === -1${n} && ${a} === ${literal(type, -(2n ** BigInt(bitWidth(type) - 1)))}`,
    );
  return `${broken.join(' || ')} ? ${scalar.fault()} : ${wrapped(type, `${a} ${operator} ${b}`)}`;
}

/** A shift's count modulo the width, which is a power of two. */
function count(type: ScalarType, value: string): string {
  return `(${value} & ${bitWidth(type) - 1}${isWide(type) ? 'n' : ''})`;
}

function converted(from: ScalarType, to: ScalarType, value: string): string | undefined {
  if (from === to) return value;
  if (from === 'bool') return `${value} ? ${literal(to, 1)} : ${literal(to, 0)}`;
  if (!isWide(from)) return isWide(to) ? wrapped(to, `BigInt(${value})`) : wrapped(to, value);
  if (to === 'f64') return `Number(${value})`;
  if (isWide(to)) return wrapped(to, value);
  // A wide integer is rounded to single once, which `Number` in between would spoil.
  return isInteger(to) ? narrowed(to, value) : undefined;
}
