/** The memory of structures that a call copies: written for C, and read when it has returned. */
import { elementCount, layoutOf, type CLayout, type CStruct } from '../../ir/c-structs.ts';
import { bitWidth, type Operation, type Value } from '../../ir/types.ts';
import type { FunctionEmission } from '../emission.ts';
import { clearBytes, copyBytes } from '../helpers.ts';
import { fromMemory, memoryType, toMemory } from '../types.ts';
import { fromPointer, toPointer } from './c-types.ts';
import { isTracked, noteHandle } from './handles.ts';
import { textFromRoom, textIntoRoom } from './text.ts';

/** As the module's target lays it out. */
export const layoutFor = (e: FunctionEmission, struct: CStruct): CLayout =>
  layoutOf(struct, e.module.llvm.isWebAssembly ? 4 : 8);

/** A structure's memory, all 0 and whole words, so that these can be read at its end. */
export function newImage(e: FunctionEmission, { size }: CLayout): string {
  const image = e.f.alloca(wordsOf(size), 'struct');
  clearBytes(e.f, image, String(8 * Math.ceil(size / 8)));
  return image;
}

/** The LLVM type of as many words as have room for so many bytes. */
export const wordsOf = (size: number): string => `[${Math.ceil(size / 8)} x i64]`;

/**
 * Writes the leaves that are no functions into a structure's memory.
 * @param values of all leaves in their order
 * @param what what messages call a leaf, and what is written before an error
 */
export function fillImage(
  e: FunctionEmission,
  op: Operation,
  image: string,
  { leaves }: CLayout,
  values: readonly Value[],
  what: { nameOf(path: readonly string[]): string; readonly undo: () => void },
): void {
  const { f } = e;
  leaves.forEach(({ leaf, offset, path }, index) => {
    const value = values[index];
    const at = f.offset(image, offset);
    switch (leaf.kind) {
      case 'value':
        return f.store(memoryType(leaf.type), toMemory(f, leaf.type, e.operand(value)), at);
      case 'pointer':
        return f.store('ptr', toPointer(f, e.operand(value)), at);
      case 'array':
        return copyBytes(f, at, e.viewField(value, 'data'), bytesOf(leaf));
      case 'text': {
        const room = { at, bytes: leaf.count };
        return textIntoRoom(e, op, e.operand(value), room, what.nameOf(path), what.undo);
      }
      case 'function':
        return undefined;
    }
  });
}

const bytesOf = (leaf: { readonly type: Parameters<typeof bitWidth>[0]; readonly count: number }) =>
  String((bitWidth(leaf.type) / 8) * leaf.count);

/** Writes the elements of arrays in a structure's memory into typed arrays. @param arrays by the index of the leaf */
export function fillArrays(
  e: FunctionEmission,
  image: string,
  { leaves }: CLayout,
  arrays: ReadonlyMap<number, Value>,
): void {
  leaves.forEach(({ leaf, offset }, index) => {
    const array = arrays.get(index);
    if (!array || leaf.kind !== 'array') return;
    copyBytes(e.f, e.viewField(array, 'data'), e.f.offset(image, offset), bytesOf(leaf));
  });
}

/**
 * The operands of the leaves that C gives back as values.
 * @param made the texts that there are so far, which are freed where there is no memory for the next
 */
export function leavesFrom(
  e: FunctionEmission,
  op: Operation,
  image: string,
  { leaves }: CLayout,
  made: string[],
): string[] {
  const { f } = e;
  return leaves.flatMap(({ leaf, offset }) => {
    const at = f.offset(image, offset);
    switch (leaf.kind) {
      case 'value':
        return [fromMemory(f, leaf.type, f.load(memoryType(leaf.type), at))];
      case 'pointer': {
        const address = fromPointer(f, f.load('ptr', at));
        const { handle } = leaf;
        if (handle !== undefined && isTracked(e.module.ir, handle)) noteHandle(f, address);
        return [address];
      }
      case 'text': {
        const text = textFromRoom(e, op, { at, bytes: elementCount(leaf) }, [...made]);
        made.push(text);
        return [text];
      }
      case 'array':
      case 'function':
        return [];
    }
  });
}
