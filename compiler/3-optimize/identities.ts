/** Operations that give a value that is there already, and chains of conversions that are one. */
import {
  bitWidth,
  integerBounds,
  isInteger,
  type Constant,
  type IrType,
  type Operation,
  type Value,
} from '../ir/types.ts';

type Definitions = ReadonlyMap<number, Operation>;

/** The value that an operation's result always is. */
export function sameAs(
  op: Operation,
  constants: ReadonlyMap<number, Constant>,
  definitions: Definitions,
): Value | undefined {
  const [a, b, c] = op.args;
  const [result] = op.results;
  if (!a || !result) return undefined;
  const first = constants.get(a.id);
  const second = b && constants.get(b.id);
  const integer = isInteger(a.type);
  /** Whether a constant is this number; +0 and −0 differ in floats. */
  const is = (value: Constant | undefined, number: number): boolean =>
    value !== undefined && (integer ? Number(value) === number : Object.is(value, number));
  const inner = definitions.get(a.id);
  switch (op.op) {
    case 'add':
      // x + 0 is 0 for x = −0, but x + −0 is always x.
      if (is(second, integer ? 0 : -0)) return a;
      return is(first, integer ? 0 : -0) ? b : undefined;
    case 'sub':
      return is(second, 0) ? a : undefined;
    case 'mul':
      if (is(second, 1)) return a;
      return is(first, 1) ? b : undefined;
    case 'div':
      return is(second, 1) ? a : undefined;
    case 'or':
    case 'xor':
      if (integer ? is(second, 0) : second === false) return a;
      return (integer ? is(first, 0) : first === false) ? b : undefined;
    case 'and':
      if (integer ? isAllOnes(second, a.type) : second === true) return a;
      return (integer ? isAllOnes(first, a.type) : first === true) ? b : undefined;
    case 'shl':
    case 'shr':
      return is(second, 0) ? a : undefined;
    case 'neg':
    case 'not':
      return inner?.op === op.op ? inner.args[0] : undefined;
    case 'view.kept': {
      const [kept] = inner?.op === 'view.keep' ? inner.args : [];
      return kept?.type === result.type ? kept : undefined;
    }
    case 'select':
      if (first !== undefined) return first ? b : c;
      return b && b.id === c?.id ? b : undefined;
    case 'conv': {
      if (a.type === result.type) return a;
      const number = sameInteger(inner);
      if (number?.type === result.type) return number;
      const [source] = inner?.op === 'conv' ? inner.args : [];
      return source && source.type === result.type && holds(a.type, source.type)
        ? source
        : undefined;
    }
    case 'check.range':
      return a.type === result.type ? a : undefined;
    case 'toint': {
      const [source] = inner?.op === 'conv' ? inner.args : [];
      return source?.type === result.type && holds(a.type, source.type) ? source : undefined;
    }
    default:
      return undefined;
  }
}

const isAllOnes = (value: Constant | undefined, type: IrType): boolean =>
  value !== undefined &&
  isInteger(type) &&
  BigInt.asUintN(bitWidth(type), BigInt(value)) === BigInt.asUintN(bitWidth(type), -1n);

/** One operation in place of an operation on the result of another. */
export function shortened(op: Operation, definitions: Definitions): Operation | undefined {
  const [a] = op.args;
  const [result] = op.results;
  const inner = a && definitions.get(a.id);
  const [source] = inner?.args ?? [];
  if (!a || !result || !inner || !source) return undefined;
  // The same integer, of whatever type. A float is best made of the shorter one.
  if (op.op === 'conv' && isInteger(result.type) && sameInteger(inner))
    return { ...op, args: [source] };
  // Conversion by way of a type that holds all of the first one's numbers.
  if (inner.op === 'conv' && holds(a.type, source.type)) {
    if (op.op === 'conv') {
      const attributes = isInteger(source.type) ? op.attributes : {};
      return { ...op, args: [source], attributes };
    }
    if (op.op === 'toint' && isInteger(source.type)) return { ...op, op: 'conv', args: [source] };
  }
  // Conversion to an integer truncates anyhow.
  if (op.op === 'toint' && inner.op === 'trunc') return { ...op, args: [source] };
  return undefined;
}

/** The integer that an operation gives as one of another type; a check has passed where its result is used. */
function sameInteger(op: Operation | undefined): Value | undefined {
  const [source] = op?.args ?? [];
  const isSame = op?.op === 'check.range' || (op?.op === 'conv' && op.attributes.exact);
  return isSame && source && isInteger(source.type) ? source : undefined;
}

/** Whether a type holds every number of another. */
function holds(type: IrType, other: IrType): boolean {
  if (type === other) return true;
  if (other === 'bool') return true;
  if (other === 'f32') return type === 'f64';
  if (!isInteger(other)) return false;
  if (type === 'f64') return bitWidth(other) <= 32;
  if (type === 'f32') return bitWidth(other) <= 16;
  if (!isInteger(type)) return false;
  const [outer, inner] = [integerBounds(type), integerBounds(other)];
  return outer.min <= inner.min && outer.max >= inner.max;
}
