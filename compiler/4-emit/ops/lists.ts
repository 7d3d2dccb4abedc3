/** Lists: growable arrays. */
import { elementOf } from '../../ir/records.ts';
import {
  isList,
  isReference,
  type IrType,
  type ListType,
  type Operation,
  type Value,
} from '../../ir/types.ts';
import type { Emit, FunctionEmission } from '../emission.ts';
import { extendList, growList, newList, truncateItems } from '../heap/lists.ts';
import { isNull } from '../helpers.ts';
import { list } from '../layout.ts';
import { fromMemory, memoryBytes, memoryType, toMemory } from '../types.ts';
import { releaseOperand } from './references.ts';

function listType(value: Value | undefined): ListType {
  if (value === undefined || !isList(value.type)) throw new Error(`${value?.type} is no list`);
  return value.type;
}

const elementType = (value: Value | undefined): IrType => elementOf(listType(value)).type;

/** A pointer to the element of the first operand at an index, and how it is accessed. */
function element(
  e: FunctionEmission,
  op: Operation,
  index: string,
): { type: IrType; memory: string; pointer: string; suffix: string } {
  const type = elementType(op.args[0]);
  const memory = memoryType(type);
  const pointer = e.f.gep(memory, e.viewField(op.args[0], 'data'), index);
  const suffix = e.access(isReference(type) ? 'item' : 'element', memoryBytes(type));
  return { type, memory, pointer, suffix };
}

const setLength = (e: FunctionEmission, pointer: string, length: string): void =>
  e.f.store('i64', length, e.f.offset(pointer, list.length), e.access('view', 8));

export const listOps = {
  'list.new': (e, op) => {
    const shape = e.module.shapes.list(listType(op.results[0]));
    const made = newList(e.f, e.heap, shape, e.operand(op.args[0]));
    e.failUnless(e.f.emit(`xor i1 ${isNull(e.f, made)}, true`), op);
    return made;
  },
  'list.length': (e, op) => e.viewField(op.args[0], 'length'),
  'list.load': (e, op) => {
    const { type, memory, pointer, suffix } = element(e, op, e.operand(op.args[1]));
    return fromMemory(e.f, type, e.f.load(memory, pointer, suffix));
  },
  'list.store': (e, op) => {
    const { type, memory, pointer, suffix } = element(e, op, e.operand(op.args[1]));
    const value = toMemory(e.f, type, e.operand(op.args[2]));
    const old = isReference(type) ? e.f.load(memory, pointer, suffix) : undefined;
    e.f.store(memory, value, pointer, suffix);
    if (old !== undefined) releaseOperand(e, type, old);
  },
  'list.push': (e, op) => {
    const { f } = e;
    const [to, value] = op.args;
    const pointer = e.operand(to);
    const length = e.viewField(to, 'length');
    const capacity = f.load('i64', f.offset(pointer, list.capacity), e.access('view', 8));
    const [full, fits] = [f.fresh('full'), f.fresh('fits')];
    f.condBr(f.emit(`icmp ult i64 ${length}, ${capacity}`), fits, full, e.expected);
    f.block(full);
    const grown = growList(f, e.heap, pointer, elementType(to));
    e.failUnless(grown, op, [], () => {
      if (value && isReference(value.type)) releaseOperand(e, value.type, e.operand(value));
    });
    f.block(fits);
    const { type, memory, pointer: place, suffix } = element(e, op, length);
    f.store(memory, toMemory(f, type, e.operand(value)), place, suffix);
    setLength(e, pointer, f.emit(`add i64 ${length}, 1`));
  },
  'list.extend': (e, op) => {
    const [to, count] = op.args;
    const extended = extendList(e.f, e.heap, e.operand(to), e.operand(count), elementType(to));
    e.failUnless(extended, op);
  },
  'list.truncate': (e, op) => {
    const [whole, to] = op.args;
    const type = elementType(whole);
    const [pointer, length] = [e.operand(whole), e.operand(to)];
    if (!isReference(type)) return setLength(e, pointer, length);
    const counting = { shapes: e.module.shapes, heap: e.heap };
    truncateItems(e.f, counting, listType(whole), type, pointer, length);
  },
  // A list starts as a view does. What its fields are now is loaded here.
  'list.view': (e, op) => {
    const [result] = op.results;
    if (result) e.define(result, e.operand(op.args[0]), true);
  },
} as const satisfies Record<string, Emit>;
