/**
 * How C passes and returns structures themselves, which LLVM leaves to whoever writes a call. Of the parts of a structure
 * become operands of LLVM's types that LLVM passes where C's calling convention wants them:
 * - System V x86-64 psABI 3.2.3: each eight bytes in a register of their class, or all on the stack;
 * - Microsoft's x64 convention: 1, 2, 4 and 8 bytes as an integer, others as a pointer to a copy;
 * - AAPCS64 6.4 to 6.9, also as Apple and Microsoft have it: up to four floats or doubles each in a register, else 16 bytes
 *   as integers, else a pointer to a copy;
 * - WebAssembly's BasicCABI: a structure of one number as that number, others as a pointer to a copy.
 */
import { elementCount, type CLayout, type PlacedLeaf } from '../../ir/c-structs.ts';
import { bitWidth } from '../../ir/types.ts';
import { llvmType, memoryType } from '../types.ts';
import type { LlvmType } from '../writer.ts';

/** A part of a structure's memory, as one operand. */
export interface Piece {
  readonly offset: number;
  readonly type: LlvmType;
}

export type Passing =
  | { readonly kind: 'pieces'; readonly pieces: readonly Piece[] }
  /** The address of a copy. `copied`: LLVM makes it, on the stack where C has arguments. */
  | { readonly kind: 'pointer'; readonly copied: boolean };

/** As pieces, of which two are a structure of LLVM's; undefined where C writes it to memory that its caller gives. */
export type Returning = readonly Piece[] | undefined;

type Convention = 'systemV' | 'windows' | 'arm64' | 'wasm';

export function conventionOf(triple: string): Convention {
  if (triple.startsWith('wasm32')) return 'wasm';
  if (/^(aarch64|arm64)/.test(triple)) return 'arm64';
  return triple.includes('windows') ? 'windows' : 'systemV';
}

/** What of a call's registers System V's earlier arguments have left: no structure is split between them and the stack. */
export class Registers {
  private integers = 6;
  private floats = 8;

  /** Counts an operand that is no structure. */
  take(type: LlvmType): void {
    if (isFloat(type)) this.floats--;
    else if (type !== 'x86_fp80') this.integers--;
  }

  /** Whether integers are on the stack from now on. */
  get noIntegers(): boolean {
    return this.integers <= 0;
  }

  /** Takes registers for all of a structure's pieces, or for none. */
  takeAll(pieces: readonly Piece[]): boolean {
    const floats = pieces.filter(({ type }) => isFloat(type)).length;
    const integers = pieces.length - floats;
    if (floats > Math.max(0, this.floats) || integers > Math.max(0, this.integers)) return false;
    this.floats -= floats;
    this.integers -= integers;
    return true;
  }
}

const isFloat = (type: LlvmType): boolean => /double|float/.test(type);

export function passingOf(triple: string, layout: CLayout, registers: Registers): Passing {
  const convention = conventionOf(triple);
  const pieces = piecesOf(convention, layout);
  const copied = convention === 'systemV' || convention === 'wasm';
  if (!pieces) return { kind: 'pointer', copied };
  if (convention !== 'systemV' || registers.takeAll(pieces)) return { kind: 'pieces', pieces };
  // Eight bytes are the same there as an integer that no register is left for.
  return registers.noIntegers && layout.size <= 8
    ? { kind: 'pieces', pieces: [{ offset: 0, type: 'i64' }] }
    : { kind: 'pointer', copied };
}

export const returningOf = (triple: string, layout: CLayout): Returning =>
  piecesOf(conventionOf(triple), layout);

/** The operands that a structure is passed and returned as; undefined for one in memory. */
function piecesOf(convention: Convention, layout: CLayout): readonly Piece[] | undefined {
  const { size } = layout;
  switch (convention) {
    case 'systemV':
      return size > 16 ? undefined : eightBytes(layout);
    case 'windows':
      return [1, 2, 4, 8].includes(size) ? [{ offset: 0, type: `i${8 * size}` }] : undefined;
    case 'arm64': {
      const float = sameFloats(layout);
      if (float) return [{ offset: 0, type: `[${float.count} x ${float.type}]` }];
      if (size > 16) return undefined;
      // An array has its elements in registers that follow each other, or all on the stack.
      return [{ offset: 0, type: size <= 8 ? 'i64' : '[2 x i64]' }];
    }
    case 'wasm': {
      const [only, more] = layout.leaves;
      const type = only && !more && elementCount(only.leaf) === 1 ? scalarOf(only) : undefined;
      return type === undefined ? undefined : [{ offset: 0, type }];
    }
  }
}

/** What is in each eight bytes: floats alone, or something else, too. */
function eightBytes({ size, leaves }: CLayout): readonly Piece[] {
  return Array.from({ length: Math.ceil(size / 8) }, (_, index): Piece => {
    const [start, end] = [8 * index, 8 * index + 8];
    const inside = elementsOf(leaves).filter(({ offset }) => offset >= start && offset < end);
    const [first, second] = inside;
    if (!first || !inside.every(({ type }) => type && isFloat(type)))
      return { offset: start, type: 'i64' };
    if (first.type === 'double') return { offset: start, type: 'double' };
    return { offset: start, type: second ? '<2 x float>' : 'float' };
  });
}

/** Up to four floats, or doubles, and nothing else: AAPCS64's homogeneous aggregate. */
function sameFloats({ leaves }: CLayout): { type: LlvmType; count: number } | undefined {
  const types = elementsOf(leaves).map(({ type }) => type);
  const [type] = types;
  const isOne = type !== undefined && isFloat(type) && types.every((one) => one === type);
  return isOne && types.length <= 4 ? { type, count: types.length } : undefined;
}

/** The numbers in a structure one by one; those that are no floats have no type. */
const elementsOf = (
  leaves: readonly PlacedLeaf[],
): { readonly offset: number; readonly type: LlvmType | undefined }[] =>
  leaves.flatMap(({ leaf, offset }) => {
    const isNumber = leaf.kind === 'value' || leaf.kind === 'array';
    const own = isNumber && (leaf.type === 'f64' || leaf.type === 'f32') ? leaf.type : undefined;
    const type = own && llvmType(own);
    const bytes = isNumber ? Math.max(8, bitWidth(leaf.type)) / 8 : leaf.kind === 'text' ? 1 : 8;
    return Array.from({ length: elementCount(leaf) }, (_, index) => ({
      offset: offset + index * bytes,
      type,
    }));
  });

/** A leaf that is one number. */
function scalarOf({ leaf }: PlacedLeaf): LlvmType {
  switch (leaf.kind) {
    case 'value':
    case 'array':
      return memoryType(leaf.type);
    case 'pointer':
    case 'function':
      return 'ptr';
    case 'text':
      return 'i8';
  }
}
