/** C's types in LLVM, as clang passes them. */
import { bitWidth, isInteger, isSigned, type IrType } from '../../ir/types.ts';
import { llvmType } from '../types.ts';
import type { LlvmFunction, LlvmType } from '../writer.ts';
import { conventionOf } from './by-value.ts';

/** How C passes a value. */
export interface CType {
  readonly type: LlvmType;
  /** Behind the type: how narrow integers fill a register. */
  readonly attribute: string;
}

/** An address. */
export const cPointer: CType = { type: 'ptr', attribute: '' };

/** A number or boolean of a machine type. */
export function cValue(triple: string, type: IrType): CType {
  const extension = extensionOf(triple, type);
  return { type: llvmType(type), attribute: extension === undefined ? '' : ` ${extension}` };
}

/**
 * How C fills a register with what is narrower than `int`: callers do with arguments, and functions with results.
 * Undefined where nobody does, and who reads it may rely on nothing: in AAPCS64 6.8.2, but on Apple's platforms, and of
 * Microsoft's x64 convention in all but booleans.
 */
export function extensionOf(triple: string, type: IrType): 'signext' | 'zeroext' | undefined {
  if (type !== 'bool' && !(isInteger(type) && bitWidth(type) < 32)) return undefined;
  const convention = conventionOf(triple);
  if (convention === 'arm64' && !triple.includes('apple')) return undefined;
  if (type === 'bool') return 'zeroext';
  if (convention === 'windows') return undefined;
  return isSigned(type) ? 'signext' : 'zeroext';
}

/** What a platform has as `long double`; undefined where LLVM would call a library for it, which nobody links. */
export function longDouble(triple: string): LlvmType | undefined {
  if (/windows|aarch64-apple|arm64-apple/.test(triple)) return 'double';
  return triple.startsWith('x86_64') ? 'x86_fp80' : undefined;
}

/** A double as the platform's `long double`. */
export const toLong = (f: LlvmFunction, type: LlvmType, value: string): string =>
  type === 'double' ? value : f.emit(`fpext double ${value} to ${type}`);

/** The nearest double. */
export const fromLong = (f: LlvmFunction, type: LlvmType, value: string): string =>
  type === 'double' ? value : f.emit(`fptrunc ${type} ${value} to double`);

/** ISO C 6.5.2.2: what stands for `...` is an `int` at least, and a `double`. */
export function promoted(
  f: LlvmFunction,
  type: IrType,
  value: string,
): { readonly c: CType; readonly value: string } {
  if (type === 'f32')
    return {
      c: { type: 'double', attribute: '' },
      value: f.emit(`fpext float ${value} to double`),
    };
  const width = type === 'bool' || isInteger(type) ? bitWidth(type) : 64;
  if (width >= 32) return { c: cValue(f.module.triple, type), value };
  const extend = isInteger(type) && isSigned(type) ? 'sext' : 'zext';
  return {
    c: { type: 'i32', attribute: '' },
    value: f.emit(`${extend} ${llvmType(type)} ${value} to i32`),
  };
}

export const toPointer = (f: LlvmFunction, address: string): string =>
  f.emit(`inttoptr i64 ${address} to ${f.module.spell('ptr')}`);

export const fromPointer = (f: LlvmFunction, pointer: string): string =>
  f.emit(`ptrtoint ${f.module.spell('ptr')} ${pointer} to i64`);
