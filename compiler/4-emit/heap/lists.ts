/** The long ways of lists: making, growing, cutting them. */
import type { IrType, ListType } from '../../ir/types.ts';
import { callHelper, clearBytes, isNull, outOfLine, type Helper } from '../helpers.ts';
import { header, list } from '../layout.ts';
import { memoryBytes } from '../types.ts';
import type { LlvmFunction } from '../writer.ts';
import { allocate, allocateAny, free, grow } from './blocks.ts';
import { forEachItem, release, type Counting } from './references.ts';

/** As many elements as JavaScript's arrays can have (ECMA-262 10.4.2: lengths are below 2^32). */
const maxLength = 2 ** 32 - 1;

/** Writes the making of a list with room for `capacity` elements (i64, ≥ 0); null where there is no memory. */
export const newList = (
  f: LlvmFunction,
  heap: string,
  { index, element }: { readonly index: number; readonly element: IrType },
  capacity: string,
): string => callHelper(f, make, [heap, String(index), capacity, String(memoryBytes(element))]);

/** Writes the making of room for one more element in a list that is full; gives an i1, false where there is no memory. */
export const growList = (f: LlvmFunction, heap: string, pointer: string, element: IrType): string =>
  callHelper(f, growOne, [heap, pointer, String(memoryBytes(element))]);

/** Writes the appending of `count` elements (i64, ≥ 0) of zeros; gives an i1, false where there is no memory. */
export const extendList = (
  f: LlvmFunction,
  heap: string,
  pointer: string,
  count: string,
  element: IrType,
): string => callHelper(f, extend, [heap, pointer, count, String(memoryBytes(element))]);

/** Writes the dropping of references in a list from an index on (i64, at most the length). */
export const truncateItems = (
  f: LlvmFunction,
  counting: Counting,
  type: ListType,
  element: IrType,
  pointer: string,
  to: string,
): string => callHelper(f, truncate(counting, type, element), [counting.heap, pointer, to]);

const make: Helper = {
  name: 'ts.list.new',
  result: 'ptr',
  params: { heap: 'ptr', shape: 'i64', capacity: 'i64', size: 'i64' },
  attributes: outOfLine,
  write(f) {
    f.condBr(f.emit(`icmp ugt i64 %capacity, ${maxLength}`), 'failed', 'possible');
    f.block('possible');
    const block = allocate(f, '%heap', header.size + list.size);
    f.condBr(isNull(f, block), 'failed', 'got');
    f.block('got');
    const made = f.offset(block, header.size);
    f.store('i64', '1', f.offset(made, header.references));
    f.store('i64', '%shape', f.offset(made, header.shape));
    f.store('ptr', 'null', f.offset(made, list.data));
    f.store('i64', '0', f.offset(made, list.length));
    f.store('i64', '%capacity', f.offset(made, list.capacity));
    f.condBr(f.emit('icmp eq i64 %capacity, 0'), 'done', 'some');
    f.block('some');
    const data = allocateAny(f, '%heap', f.emit('mul i64 %capacity, %size'));
    f.store('ptr', data, f.offset(made, list.data));
    f.condBr(isNull(f, data), 'noElements', 'done');
    f.block('done');
    f.ret('ptr', made);
    f.block('noElements');
    free(f, '%heap', block, header.size + list.size);
    f.block('failed');
    f.ret('ptr', 'null');
  },
};

/** Makes room for at least so many elements. */
const reserve: Helper = {
  name: 'ts.list.reserve',
  result: 'i1',
  params: { heap: 'ptr', list: 'ptr', wanted: 'i64', size: 'i64' },
  attributes: outOfLine,
  write(f) {
    f.condBr(f.emit(`icmp ugt i64 %wanted, ${maxLength}`), 'failed', 'possible');
    f.block('possible');
    const [dataAt, capacityAt] = [f.offset('%list', list.data), f.offset('%list', list.capacity)];
    const capacity = f.load('i64', capacityAt);
    // Doubled, so that appending takes constant time on average.
    const doubled = most(f, f.emit(`shl i64 ${capacity}, 1`), '4');
    const more = most(f, doubled, '%wanted');
    const [from, to] = [capacity, more].map((count) => f.emit(`mul i64 ${count}, %size`));
    const data = grow(f, '%heap', f.load('ptr', dataAt), from ?? '', to ?? '');
    f.condBr(isNull(f, data), 'failed', 'got');
    f.block('got');
    f.store('ptr', data, dataAt);
    f.store('i64', more, capacityAt);
    f.ret('i1', 'true');
    f.block('failed');
    f.ret('i1', 'false');
  },
};

function most(f: LlvmFunction, a: string, b: string): string {
  const isMore = f.emit(`icmp ugt i64 ${a}, ${b}`);
  return f.emit(`select i1 ${isMore}, i64 ${a}, i64 ${b}`);
}

const growOne: Helper = {
  name: 'ts.list.grow',
  result: 'i1',
  params: { heap: 'ptr', list: 'ptr', size: 'i64' },
  attributes: outOfLine,
  write(f) {
    const length = f.load('i64', f.offset('%list', list.length));
    f.ret(
      'i1',
      callHelper(f, reserve, ['%heap', '%list', f.emit(`add i64 ${length}, 1`), '%size']),
    );
  },
};

const extend: Helper = {
  name: 'ts.list.extend',
  result: 'i1',
  params: { heap: 'ptr', list: 'ptr', count: 'i64', size: 'i64' },
  attributes: outOfLine,
  write(f) {
    f.condBr(f.emit(`icmp ugt i64 %count, ${maxLength}`), 'failed', 'possible');
    f.block('possible');
    const lengthAt = f.offset('%list', list.length);
    const length = f.load('i64', lengthAt);
    const longer = f.emit(`add i64 ${length}, %count`);
    const capacity = f.load('i64', f.offset('%list', list.capacity));
    f.condBr(f.emit(`icmp ugt i64 ${longer}, ${capacity}`), 'full', 'fits');
    f.block('full');
    f.condBr(callHelper(f, reserve, ['%heap', '%list', longer, '%size']), 'fits', 'failed');
    f.block('fits');
    const data = f.load('ptr', f.offset('%list', list.data));
    clearBytes(
      f,
      f.gep('i8', data, f.emit(`mul i64 ${length}, %size`)),
      f.emit('mul i64 %count, %size'),
    );
    f.store('i64', longer, lengthAt);
    f.ret('i1', 'true');
    f.block('failed');
    f.ret('i1', 'false');
  },
};

const truncate = ({ shapes }: Counting, type: ListType, element: IrType): Helper => ({
  name: `ts.truncate.${type}`,
  result: 'void',
  params: { heap: 'ptr', list: 'ptr', to: 'i64' },
  attributes: outOfLine,
  write(f) {
    const lengthAt = f.offset('%list', list.length);
    const length = f.load('i64', lengthAt);
    f.store('i64', '%to', lengthAt);
    const data = f.load('ptr', f.offset('%list', list.data));
    forEachItem(f, data, '%to', length, (item) =>
      release(f, { shapes, heap: '%heap' }, element, item),
    );
    f.ret();
  },
});
