/** Growing arrays of pointers that the heap keeps for itself: its suspects, and what a collection has to visit. */
import { callC, isNull } from '../helpers.ts';
import type { LlvmFunction } from '../writer.ts';

/** Where a list is in memory, as offsets in bytes from one pointer. */
export interface PointerList {
  readonly items: number;
  /** How many pointers are in it, an i64. */
  readonly count: number;
  /** How many fit, an i64. */
  readonly room: number;
}

/**
 * Appends a pointer. The blocks are called `full`, `failed`, `got` and `fits`, and code goes on in the last one.
 * @param onFailure ends the block for when there is no memory, where the list is as it was
 * @param more what a full list grows by, beside being doubled; it may be 0 where a list never has room for none
 */
export function appendPointer(
  f: LlvmFunction,
  base: string,
  { items, count: countOffset, room: roomOffset }: PointerList,
  more: number,
  pointer: string,
  onFailure: () => void,
): void {
  const itemsAt = f.offset(base, items);
  const countAt = f.offset(base, countOffset);
  const roomAt = f.offset(base, roomOffset);
  const count = f.load('i64', countAt);
  const room = f.load('i64', roomAt);
  f.condBr(f.emit(`icmp eq i64 ${count}, ${room}`), 'full', 'fits');
  f.block('full');
  const larger = f.emit(`add i64 ${f.emit(`shl i64 ${room}, 1`)}, ${more}`);
  const grown = callC(f, 'ptr', 'realloc', [
    ['ptr', f.load('ptr', itemsAt)],
    ['i64', f.emit(`shl i64 ${larger}, 3`)],
  ]);
  f.condBr(isNull(f, grown), 'failed', 'got');
  f.block('failed');
  onFailure();
  f.block('got');
  f.store('ptr', grown, itemsAt);
  f.store('i64', larger, roomAt);
  f.br('fits');
  f.block('fits');
  f.store('ptr', pointer, f.gep('ptr', f.load('ptr', itemsAt), count));
  f.store('i64', f.emit(`add i64 ${count}, 1`), countAt);
}
