/** Members of objects as functions pass them on: behind a tag where they may be absent. */
import type { IrBuilder } from '../ir/build.ts';
import { storageOf, tagSlot } from '../ir/records.ts';
import { isOptional, Tag, type RecordMember, type Value } from '../ir/types.ts';

/** Reads a member of an object that is there. */
export function memberValues(b: IrBuilder, object: Value, member: RecordMember): Value[] {
  const value = b.op('rec.get', [object], member.type, { slot: member.name });
  if (!isOptional(member)) return [value];
  if (storageOf(member) === 'tagged')
    return [b.op('rec.get', [object], 'u8', { slot: tagSlot(member.name) }), value];
  const absent = b.const('u8', member.undefined ? Tag.undefined : Tag.null);
  return [b.op('select', [b.op('is.null', [value]), absent, b.const('u8', Tag.value)]), value];
}

/** Sets a member of an object that is there. @param values as `memberValues` gives them */
export function setMemberValues(
  b: IrBuilder,
  object: Value,
  member: RecordMember,
  values: readonly Value[],
): void {
  const [tag] = values;
  const value = values.at(-1);
  if (tag && storageOf(member) === 'tagged')
    b.effect('rec.set', [object, tag], { slot: tagSlot(member.name) });
  if (value) b.effect('rec.set', [object, value], { slot: member.name });
}
