/** Records: objects, tuples, instances of classes. */
import {
  isRecord,
  isReference,
  type Operation,
  type RecordType,
  type Value,
} from '../../ir/types.ts';
import type { Emit, FunctionEmission } from '../emission.ts';
import { allocate } from '../heap/blocks.ts';
import type { PlacedSlot } from '../heap/shapes.ts';
import { isNull } from '../helpers.ts';
import { header } from '../layout.ts';
import { fromMemory, memoryBytes, memoryType, toMemory, zero } from '../types.ts';
import { releaseOperand } from './references.ts';

function recordType(value: Value | undefined): RecordType {
  if (value === undefined || !isRecord(value.type)) throw new Error(`${value?.type} is no record`);
  return value.type;
}

/** A pointer to a slot of the object that is the first operand. */
function slotOf(
  e: FunctionEmission,
  op: Operation,
): { slot: PlacedSlot; pointer: string; suffix: string } {
  const [object] = op.args;
  const slot = e.module.shapes.slot(recordType(object), op.attributes.slot);
  const pointer = e.f.offset(e.operand(object), slot.offset);
  return { slot, pointer, suffix: e.access('field', memoryBytes(slot.type)) };
}

const make: Emit = (e, op) => {
  const { f } = e;
  const { slots, bytes, index } = e.module.shapes.record(recordType(op.results[0]));
  const block = allocate(f, e.heap, bytes);
  e.failUnless(f.emit(`xor i1 ${isNull(f, block)}, true`), op, [], () => releaseOperands(e, op));
  const object = f.offset(block, header.size);
  const suffix = e.access('header', 8);
  f.store('i64', '1', f.offset(object, header.references), suffix);
  f.store('i64', String(index), f.offset(object, header.shape), suffix);
  slots.forEach(({ type, offset }, at) => {
    const given = op.args[at];
    const value = given ? toMemory(f, type, e.operand(given)) : type === 'bool' ? '0' : zero(type);
    f.store(
      memoryType(type),
      value,
      f.offset(object, offset),
      e.access('field', memoryBytes(type)),
    );
  });
  return object;
};

/** An operation that fails gives back the references that it would have taken over. */
export function releaseOperands(e: FunctionEmission, op: Operation): void {
  for (const value of op.args)
    if (isReference(value.type)) releaseOperand(e, value.type, e.operand(value));
}

export const recordOps = {
  'rec.new': make,
  'rec.get': (e, op) => {
    const { slot, pointer, suffix } = slotOf(e, op);
    return fromMemory(e.f, slot.type, e.f.load(memoryType(slot.type), pointer, suffix));
  },
  'rec.set': (e, op) => {
    const { slot, pointer, suffix } = slotOf(e, op);
    const type = memoryType(slot.type);
    const value = toMemory(e.f, slot.type, e.operand(op.args[1]));
    const drops = isReference(slot.type) && op.attributes.moves !== true;
    const old = drops ? e.f.load(type, pointer, suffix) : undefined;
    e.f.store(type, value, pointer, suffix);
    if (old !== undefined) releaseOperand(e, slot.type, old);
  },
  'rec.is': (e, op) => {
    const { f } = e;
    const at = f.offset(e.operand(op.args[0]), header.shape);
    const shape = f.load('i32', at, e.access('header', 4));
    const tests = e.module.shapes.ranges(op.attributes.record ?? '').map(({ first, last }) => {
      if (first === last) return f.emit(`icmp eq i32 ${shape}, ${first}`);
      const from = f.emit(`sub i32 ${shape}, ${first}`);
      return f.emit(`icmp ule i32 ${from}, ${last - first}`);
    });
    return tests.reduce((any, test) => f.emit(`or i1 ${any}, ${test}`), 'false');
  },
  'rec.as': (e, op) => e.operand(op.args[0]),
} as const satisfies Record<string, Emit>;
