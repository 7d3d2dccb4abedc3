/** Structures of C that a call copies: what is in them, and where (ISO C 6.7.2.1, as all of our targets lay it out). */
import { bitWidth, type NumericType, type ScalarType } from './types.ts';

/**
 * A member, or an element of an array of such:
 * - `value`: a number or boolean of a machine type;
 * - `pointer`: an address, which is a u64 to native code; of a handle with what it is one of;
 * - `function`: the address of a function of the module's;
 * - `array`: so many numbers, which native code has as a typed array;
 * - `text`: so many bytes, of which those before the first 0 are a text in UTF-8.
 */
export type CPart =
  | { readonly kind: 'value'; readonly type: ScalarType }
  | { readonly kind: 'pointer'; readonly handle?: string }
  | { readonly kind: 'function' }
  | { readonly kind: 'array'; readonly type: NumericType; readonly count: number }
  | { readonly kind: 'text'; readonly count: number }
  | CStruct;

export interface CStruct {
  readonly kind: 'struct';
  /** In C's order, by the names of the slots that native code has them in. */
  readonly members: readonly { readonly name: string; readonly part: CPart }[];
}

/** What is in a structure and no structure itself. */
export type CLeaf = Exclude<CPart, CStruct>;

/** What a call may have of a structure that it copies, on its stack. */
export const mostLeaves = 256;
export const mostBytes = 16_384;

/** A leaf in its place. */
export interface PlacedLeaf {
  readonly leaf: CLeaf;
  /** In bytes from the structure's start. */
  readonly offset: number;
  /** The names of the members that lead to it. */
  readonly path: readonly string[];
}

export interface CLayout {
  /** C's `sizeof`, in bytes. */
  readonly size: number;
  /** C's `_Alignof`, in bytes. */
  readonly align: number;
  /** In the order in which calls have them as operands. */
  readonly leaves: readonly PlacedLeaf[];
}

/** @param pointerBytes what an address takes: 4 for WebAssembly, else 8 */
export function layoutOf(struct: CStruct, pointerBytes = 8): CLayout {
  const leaves: PlacedLeaf[] = [];
  let end = 0;
  let align = 1;
  const place = (own: number, bytes: number): number => {
    align = Math.max(align, own);
    const offset = Math.ceil(end / own) * own;
    end = offset + bytes;
    return offset;
  };
  for (const { name, part } of struct.members) {
    if (part.kind === 'struct') {
      const inner = layoutOf(part, pointerBytes);
      const start = place(inner.align, inner.size);
      for (const { leaf, offset, path } of inner.leaves)
        leaves.push({ leaf, offset: start + offset, path: [name, ...path] });
    } else {
      const { element, bytes } = room(part, pointerBytes);
      leaves.push({ leaf: part, offset: place(element, bytes), path: [name] });
    }
  }
  return { size: Math.ceil(end / align) * align, align, leaves };
}

/** What a leaf takes, and its alignment. */
function room(leaf: CLeaf, pointerBytes: number): { element: number; bytes: number } {
  switch (leaf.kind) {
    case 'value':
      return { element: bytesOf(leaf.type), bytes: bytesOf(leaf.type) };
    case 'pointer':
    case 'function':
      return { element: pointerBytes, bytes: pointerBytes };
    case 'array':
      return { element: bytesOf(leaf.type), bytes: bytesOf(leaf.type) * leaf.count };
    case 'text':
      return { element: 1, bytes: leaf.count };
  }
}

const bytesOf = (type: ScalarType): number => Math.max(8, bitWidth(type)) / 8;

/** Whether native code can have the structure itself in its memory, so that nothing is copied: all of it are numbers. */
export const isFlat = ({ members }: CStruct): boolean =>
  members.every(({ part: { kind } }) => kind === 'value' || kind === 'pointer');

/** Whether there are addresses in a flat structure, whose size some targets have other than 8 bytes. */
export const hasAddresses = ({ members }: CStruct): boolean =>
  members.some(({ part: { kind } }) => kind === 'pointer');

/** Whether C gives a leaf back as a value: an array is set in its place, and functions stay. */
export const isGivenBack = ({ kind }: CLeaf): boolean =>
  kind === 'value' || kind === 'pointer' || kind === 'text';

/** Whether a typed array stands for a leaf, into which what C gives is copied. */
export const isArrayLeaf = (leaf: CLeaf): leaf is Extract<CLeaf, { kind: 'array' }> =>
  leaf.kind === 'array';

/** How many numbers, addresses or bytes a leaf is. */
export const elementCount = (leaf: CLeaf): number =>
  leaf.kind === 'array' || leaf.kind === 'text' ? leaf.count : 1;
