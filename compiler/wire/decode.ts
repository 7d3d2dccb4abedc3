/** Reads arguments off the wire: IR that makes native objects of them. */
import { elementOf, entryOf, hasOrderSlot, recordOf, storageOf, tagSlot } from '../ir/records.ts';
import {
  isList,
  isRecord,
  isScalar,
  Tag,
  type BoundaryType,
  type IrRecord,
  type IrType,
  type ListType,
  type RecordMember,
  type RecordType,
  type ScalarType,
  type Value,
  isOptional,
} from '../ir/types.ts';
import { once, type Coder, type WireCode } from './coder.ts';
import {
  elementBytes,
  end,
  formOf,
  headSlots,
  numberedType,
  slotBytes,
  variantsOf,
} from './format.ts';
import type { NumberedType, ObjectType, WirePlan } from '../ir/wire-plan.ts';
import { tableFunction } from '../table-template.ts';
import { objectOf } from './instances.ts';
import { elements } from './writes.ts';

/** A value with, where it may be absent, its tag. */
export interface Read {
  readonly tag: Value | undefined;
  readonly value: Value;
}

/** Reads the value at the offset that the local `at` holds, and moves that behind it. */
export function readValue(c: Coder, place: BoundaryType, at: string): Read {
  switch (formOf(c.code.plan, place)) {
    case 'scalar':
      return readScalar(c, place, take(c, at, headSlots(c.code.plan, place)));
    case 'string': {
      const header = c.loadInt(take(c, at, 1));
      return readPresent(c, place, header, () => readUnits(c, header, at));
    }
    case 'view':
      return readView(c, place, take(c, at, 1));
    case 'instance':
      return readInstance(c, place, take(c, at, 1));
    case 'numbered': {
      const number = c.loadInt(take(c, at, 1));
      return readPresent(c, place, number, () => readObject(c, place.type, number, at));
    }
    case 'list':
    case 'table': {
      const length = c.loadInt(take(c, at, 1));
      return readPresent(c, place, length, () => {
        const [list, behind] = c.call(
          inlineReader(c.code, place.type),
          [length, c.b.get(at)],
          [place.type, 'i64'],
        );
        return moved(c, at, list, behind);
      });
    }
    case 'record': {
      const read = (): Value => {
        const [object, behind] = c.call(
          inlineReader(c.code, place.type),
          [c.b.get(at)],
          [place.type, 'i64'],
        );
        return moved(c, at, object, behind);
      };
      if (!isOptional(place)) return { tag: undefined, value: read() };
      const tag = c.b.op('fptoint', [c.load('f64', take(c, at, 1))], 'u8');
      return { tag, value: chosen(c, isThere(c, tag), place.type, read) };
    }
    case 'union': {
      const which = c.loadInt(take(c, at, 1));
      return readPresent(c, place, which, () =>
        readVariant(c, place.type, which, (variant) => readValue(c, variant, at).value),
      );
    }
  }
}

/** The typed array whose number is in a slot. */
function readView(c: Coder, place: BoundaryType, slot: Value): Read {
  const number = c.loadInt(slot);
  return readPresent(c, place, number, () => c.b.op('view.given', [number], place.type));
}

/** The instance whose handle is in a slot. */
function readInstance(c: Coder, place: BoundaryType, slot: Value): Read {
  const handle = c.loadInt(slot);
  return readPresent(c, place, handle, () =>
    objectOf(c.b, c.b.op('conv', [handle], 'u32'), place.type as RecordType),
  );
}

/** An object of the variant of that index. */
function readVariant(
  c: Coder,
  type: IrType,
  which: Value,
  read: (variant: BoundaryType) => Value,
): Value {
  const { b } = c;
  const local = c.local('object', b.op('null', [], type));
  variantsOf(c.code.plan, type).forEach((variant, index) => {
    b.if(c.binary('eq', which, index), () => b.set(local, b.op('rec.as', [read(variant)], type)));
  });
  return b.get(local);
}

/** The offset in `at`, which is moved on. */
export function take(c: Coder, at: string, slots: number): Value {
  const here = c.b.get(at);
  c.b.set(at, c.add(here, slots * slotBytes));
  return here;
}

function moved(c: Coder, at: string, value: Value | undefined, behind: Value | undefined): Value {
  if (!value || !behind) throw new Error('a reader gives a value and an offset');
  c.b.set(at, behind);
  return value;
}

const isThere = (c: Coder, tag: Value): Value => c.binary('eq', tag, Tag.value);

/** What `read` gives where a condition holds, else null. */
function chosen(c: Coder, condition: Value, type: IrType, read: () => Value): Value {
  const { b } = c;
  const local = c.local('read', b.op('null', [], type));
  b.if(condition, () => b.set(local, read()));
  return b.get(local);
}

/** What may be absent, which its first slot tells. */
function readPresent(c: Coder, place: BoundaryType, slot: Value, read: () => Value): Read {
  if (!isOptional(place)) return { tag: undefined, value: read() };
  const { b } = c;
  const isPresent = c.binary('ge', slot, 0);
  const absent = b.op('conv', [b.op('neg', [slot])], 'u8');
  const tag = b.op('select', [isPresent, b.const('u8', Tag.value), absent]);
  return { tag, value: chosen(c, isPresent, place.type, read) };
}

export function readScalar(c: Coder, place: BoundaryType, at: Value): Read {
  const type = place.type as ScalarType;
  if (!isOptional(place)) return { tag: undefined, value: loadScalar(c, type, at) };
  const tag = c.b.op('fptoint', [c.load('f64', at)], 'u8');
  return { tag, value: loadScalar(c, type, c.add(at, slotBytes)) };
}

/** A scalar in a slot of its own. */
export function loadScalar(c: Coder, type: ScalarType, at: Value): Value {
  if (type === 'i64' || type === 'u64') return c.load(type, at);
  const number = c.load('f64', at);
  if (type === 'f64') return number;
  if (type === 'bool') return c.binary('ne', number, 0);
  return c.b.op(type === 'f32' ? 'conv' : 'fptoint', [number], type);
}

/** A string's units behind its header. */
function readUnits(c: Coder, header: Value, at: string): Value {
  const { b } = c;
  const count = c.binary('shr', header, 1);
  const isWide = c.binary('ne', c.binary('and', header, 1), 0);
  const here = b.get(at);
  const text = b.op('data.text', [c.wire, here, count, isWide]);
  const bytes = b.op('select', [isWide, c.add(count, count), count]);
  b.set(at, c.add(here, c.padded(bytes)));
  return text;
}

/** The object of a number; what it is made of follows at `at` if this is the first time. */
function readObject(c: Coder, type: IrType, number: Value, at: string): Value {
  const [object, behind] = c.call(objectReader(c.code, type), [number, c.b.get(at)], [type, 'i64']);
  return moved(c, at, object, behind);
}

function objectReader(code: WireCode, type: IrType): string {
  const { index, type: numbered } = numberedOf(code, type);
  return once(
    code,
    `in.${type}`,
    [
      ['number', 'i64'],
      ['at', 'i64'],
    ],
    [type, 'i64'],
    (c, [number, start]) => {
      const { b } = c;
      if (!number || !start) return;
      const objects = c.held(`objects.${index}`, `list.${type}`);
      const isKnown = c.binary('lt', number, b.op('list.length', [objects]));
      b.if(isKnown, () => {
        b.return([b.op('list.load', [objects, number], type), start]);
      });
      const at = c.local('at', start);
      const object = numbered.isQueued ? emptyObject(c, numbered.type) : readBody(c, numbered, at);
      b.effect('list.push', [objects, object]);
      b.return([object, b.get(at)]);
    },
  );
}

function numberedOf(code: WireCode, type: IrType): NonNullable<ReturnType<typeof numberedType>> {
  const found = numberedType(code.plan, type);
  if (!found) throw new Error(`a ${type} has no number`);
  return found;
}

function emptyObject(c: Coder, type: ObjectType): Value {
  if (isList(type)) return c.b.op('list.new', [c.int(0)], type);
  const record = recordOf(c.code.plan, type);
  if (!entryOf(record)) return c.b.op('rec.new', [], type);
  const slots = record.members.map(({ type: slot }) =>
    isList(slot) ? c.b.op('list.new', [c.int(0)], slot) : c.b.const('f64', 0),
  );
  return c.b.op('rec.new', slots, type);
}

/** Objects without numbers, at their place. */
function inlineReader(code: WireCode, type: IrType): string {
  const isTable = isTableType(code.plan, type);
  const params: [string, IrType][] = [
    ...(isList(type) || isTable ? ([['length', 'i64']] as [string, IrType][]) : []),
    ['at', 'i64'],
  ];
  return once(code, `in.${type}`, params, [type, 'i64'], (c, values) => {
    const start = values.at(-1);
    const [length] = values;
    if (!start || !length) return;
    const at = c.local('at', start);
    const object = isList(type)
      ? readElements(c, type, length, undefined, at)
      : isTable
        ? readEntries(c, type, length, undefined, at)
        : readMembers(c, type as RecordType, at);
    c.b.return([object, c.b.get(at)]);
  });
}

/** The body of an object with a number, which is made here. */
function readBody(c: Coder, { type, written }: NumberedType, at: string): Value {
  noteHead(c, type, at);
  if (isList(type)) {
    const length = c.loadInt(take(c, at, 1));
    return readElements(c, type, length, undefined, at, written.includes(elements));
  }
  if (isTableType(c.code.plan, type))
    return readEntries(c, type, c.loadInt(take(c, at, 1)), undefined, at);
  return readMembers(c, type, at, written);
}

const isTableType = (plan: WirePlan, type: IrType): type is RecordType =>
  isRecord(type) && entryOf(recordOf(plan, type)) !== undefined;

/** Reads entries into a map or set. @param into it, else a new one is made */
function readEntries(
  c: Coder,
  type: RecordType,
  count: Value,
  into: Value | undefined,
  at: string,
): Value {
  const table = into ?? emptyObject(c, type);
  const record = recordOf(c.code.plan, type);
  const entry = entryOf(record);
  if (!entry) throw new Error(`${type} is no table`);
  c.times(count, () => {
    const key = readValue(c, entry.key, at).value;
    const value = entry.value ? readValue(c, entry.value, at).value : c.b.const('bool', true);
    c.b.call(tableFunction('set', record.name), [table, key, value], []);
  });
  return table;
}

/** Keeps where the head of an object is that may change. */
function noteHead(c: Coder, type: ObjectType, at: string): void {
  const { index, type: numbered } = numberedOf(c.code, type);
  if (numbered.written.length === 0) return;
  c.b.effect('list.push', [c.held(`heads.${index}`, 'list.i64'), c.b.get(at)]);
}

/** The values of a record's slots. */
function readSlots(
  c: Coder,
  record: IrRecord,
  written: readonly string[],
  at: string,
  use: (member: RecordMember, stored: readonly Value[]) => void,
): void {
  const head = headOf(c.code.plan, record, written);
  const start = take(c, at, head.slots);
  for (const member of record.members) {
    const place = head.places.get(member.name);
    const read =
      place === undefined
        ? readValue(c, member, at)
        : readHead(c, member, c.add(start, place * slotBytes), at);
    use(member, toSlots(read, member));
  }
}

function readMembers(
  c: Coder,
  type: RecordType,
  at: string,
  written: readonly string[] = [],
): Value {
  const values: Value[] = [];
  const record = recordOf(c.code.plan, type);
  readSlots(c, record, written, at, (_, stored) => {
    values.push(...stored);
  });
  if (hasOrderSlot(record)) values.push(c.b.const('bool', false));
  return c.b.op('rec.new', values, type);
}

/** The slots of a head, and where each written member's is in it. */
export function headOf(
  plan: WirePlan,
  record: IrRecord,
  written: readonly string[],
): { readonly slots: number; readonly places: ReadonlyMap<string, number> } {
  const places = new Map<string, number>();
  let slots = 0;
  for (const name of written) {
    const member = record.members.find((candidate) => candidate.name === name);
    if (!member) throw new Error(`${record.name} has no ${name}`);
    places.set(name, slots);
    slots += headSlots(plan, member);
  }
  return { slots, places };
}

/** A value whose slot is in a head, and whose rest, if it has one, at `at`. */
function readHead(c: Coder, place: BoundaryType, slot: Value, at: string): Read {
  switch (formOf(c.code.plan, place)) {
    case 'scalar':
      return readScalar(c, place, slot);
    case 'string': {
      const where = c.loadInt(slot);
      return readPresent(c, place, where, () => {
        const header = c.loadInt(take(c, at, 1));
        return readUnits(c, header, at);
      });
    }
    case 'view':
      return readView(c, place, slot);
    case 'instance':
      return readInstance(c, place, slot);
    case 'numbered': {
      const number = c.loadInt(slot);
      return readPresent(c, place, number, () => readObject(c, place.type, number, at));
    }
    case 'union': {
      const which = c.loadInt(slot);
      return readPresent(c, place, which, () => {
        const number = c.loadInt(c.add(slot, slotBytes));
        return readVariant(c, place.type, which, (variant) =>
          readObject(c, variant.type, number, at),
        );
      });
    }
    case 'list':
    case 'table':
    case 'record':
      throw new Error('what may be changed has a number');
  }
}

/** A value as its record's slots or its list's elements keep it. */
function toSlots({ tag, value }: Read, place: BoundaryType): Value[] {
  if (storageOf(place) !== 'tagged') return [value];
  if (!tag) throw new Error('a value that may be absent has a tag');
  return [tag, value];
}

/**
 * Reads elements into a list.
 * @param into the list, else a new one is made
 * @param isWritten what stands in one slot stands before the rest
 */
function readElements(
  c: Coder,
  type: ListType,
  length: Value,
  into: Value | undefined,
  at: string,
  isWritten = false,
): Value {
  const { b } = c;
  const list = into ?? b.op('list.new', [length], type);
  const element = elementOf(type);
  if (isScalar(element.type)) {
    readNumbers(c, list, element.type, length, at);
    return list;
  }
  const stride = headSlots(c.code.plan, element) * slotBytes;
  const head = b.get(at);
  if (isWritten) b.set(at, c.add(head, c.binary('mul', length, stride)));
  c.times(length, (index) => {
    const { value } = isWritten
      ? readHead(c, element, c.add(head, c.binary('mul', index, stride)), at)
      : readValue(c, element, at);
    b.effect('list.push', [list, value]);
  });
  return list;
}

/** Numbers and booleans in their own width. */
function readNumbers(c: Coder, list: Value, type: ScalarType, length: Value, at: string): void {
  const { b } = c;
  const width = elementBytes(type);
  const start = b.get(at);
  b.effect('list.extend', [list, length]);
  if (type === 'bool')
    c.times(length, (index) => {
      const byte = c.load('u8', c.add(start, index));
      b.effect('list.store', [list, index, c.binary('ne', byte, 0)]);
    });
  else {
    const view = b.op('list.view', [list], `view.${type}`);
    c.times(length, (index) => {
      const from = c.add(start, c.binary('mul', index, width));
      b.effect('view.store', [view, index, c.load(type, from)]);
    });
  }
  b.set(at, c.add(start, c.padded(c.binary('mul', length, width))));
}

/** Writes the reading of the queue: objects that were made empty get what they hold. */
export function readQueue(c: Coder, at: string): void {
  const { b, code } = c;
  const queued = code.plan.numbered.flatMap((type, index) =>
    type.comesIn && type.isQueued ? [{ type, index, next: c.local('next', c.int(0)) }] : [],
  );
  if (queued.length === 0) return;
  const label = b.label('queue');
  b.loop(label, () => {
    const which = c.loadInt(take(c, at, 1));
    b.if(c.binary('eq', which, end), () => b.break(label));
    for (const { type, index, next } of queued)
      b.if(c.binary('eq', which, index), () => {
        const number = b.get(next);
        b.set(next, c.add(number, 1));
        const objects = c.held(`objects.${index}`, `list.${type.type}`);
        fill(c, type, b.op('list.load', [objects, number], type.type), at);
      });
  });
}

function fill(c: Coder, numbered: NumberedType, object: Value, at: string): void {
  const { type, written } = numbered;
  noteHead(c, type, at);
  if (isList(type)) {
    const length = c.loadInt(take(c, at, 1));
    readElements(c, type, length, object, at, written.includes(elements));
    return;
  }
  if (isTableType(c.code.plan, type)) {
    readEntries(c, type, c.loadInt(take(c, at, 1)), object, at);
    return;
  }
  readSlots(c, recordOf(c.code.plan, type), written, at, (member, stored) => {
    const slots =
      storageOf(member) === 'tagged' ? [tagSlot(member.name), member.name] : [member.name];
    slots.forEach((slot, index) => {
      const value = stored[index];
      if (value) c.b.effect('rec.set', [object, value], { slot });
    });
  });
}
