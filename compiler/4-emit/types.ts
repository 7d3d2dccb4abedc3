/** How values of the IR's types look in LLVM, and in the 64-bit slots through which code and wrappers pass them in memory. */
import {
  bitWidth,
  isFloat,
  isInteger,
  isSigned,
  isReference,
  isScalar,
  type Constant,
  type IrType,
  type ScalarType,
} from '../ir/types.ts';
import { doubleLiteral, type LlvmFunction, type LlvmType } from './writer.ts';

/** The LLVM type of a value: integers without sign, `i1` for bool, `ptr` for references. */
export function llvmType(type: IrType): LlvmType {
  if (isReference(type)) return 'ptr';
  if (type === 'bool') return 'i1';
  if (type === 'f64') return 'double';
  if (type === 'f32') return 'float';
  return `i${type.slice(1)}`;
}

/** The LLVM type of a value in the memory of records and lists, where a bool is a byte. */
export const memoryType = (type: IrType): LlvmType => (type === 'bool' ? 'i8' : llvmType(type));

/** The bytes of a value in the memory of records and lists; its alignment as well. */
export const memoryBytes = (type: IrType): number =>
  isScalar(type) ? Math.max(8, bitWidth(type)) / 8 : 8;

/** A value as memory has it. */
export const toMemory = (f: LlvmFunction, type: IrType, value: string): string =>
  type === 'bool' ? f.emit(`zext i1 ${value} to i8`) : value;

/** The inverse of `toMemory`. */
export const fromMemory = (f: LlvmFunction, type: IrType, value: string): string =>
  type === 'bool' ? f.emit(`trunc i8 ${value} to i1`) : value;

/**
 * A constant as an LLVM operand: floats as the bits of a double, which LLVM requires for
 * `float` too, integers as the signed number with their bits.
 */
export function literal(type: ScalarType, value: Constant): string {
  if (type === 'bool') return value ? 'true' : 'false';
  if (isFloat(type)) return doubleLiteral(Number(value));
  return String(BigInt.asIntN(bitWidth(type), BigInt(value)));
}

/** What a local of this type starts with. */
export function zero(type: IrType): string {
  return isReference(type) ? 'null' : literal(type, type === 'bool' ? false : 0);
}

/**
 * A value as the i64 of a slot: the bits of a double for both floats, integers
 * extended by their sign, 0 or 1 for bool. Views have no slot form; their pointer is stored.
 */
export function toSlot(f: LlvmFunction, type: ScalarType, value: string): string {
  switch (type) {
    case 'f64':
      return f.emit(`bitcast double ${value} to i64`);
    case 'f32':
      return f.emit(`bitcast double ${f.emit(`fpext float ${value} to double`)} to i64`);
    case 'i64':
    case 'u64':
      return value;
    default: {
      const extend = isInteger(type) && isSigned(type) ? 'sext' : 'zext';
      return f.emit(`${extend} ${llvmType(type)} ${value} to i64`);
    }
  }
}

/** The inverse of `toSlot`. */
export function fromSlot(f: LlvmFunction, type: ScalarType, slot: string): string {
  switch (type) {
    case 'f64':
      return f.emit(`bitcast i64 ${slot} to double`);
    case 'f32':
      return f.emit(`fptrunc double ${f.emit(`bitcast i64 ${slot} to double`)} to float`);
    case 'i64':
    case 'u64':
      return slot;
    default:
      return f.emit(`trunc i64 ${slot} to ${llvmType(type)}`);
  }
}
