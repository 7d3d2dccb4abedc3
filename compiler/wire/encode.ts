/** Writes native objects to the wire. What doesn't fit is only counted: the offsets go on. */
import {
  elementOf,
  entryOf,
  hasOrderSlot,
  isWrapped,
  listOf,
  orderSlot,
  recordOf,
  storageOf,
  tagSlot,
} from '../ir/records.ts';
import {
  isList,
  isScalar,
  Tag,
  type BoundaryType,
  type IrRecord,
  type IrType,
  type ListType,
  type RecordMember,
  type ScalarType,
  type Value,
  isOptional,
} from '../ir/types.ts';
import { once, type Coder, type WireCode } from './coder.ts';
import { take } from './decode.ts';
import {
  absence,
  elementBytes,
  end,
  formOf,
  numberedType,
  slotBytes,
  variantsOf,
} from './format.ts';
import { handleOf } from './instances.ts';

/** A value, with its tag where it may be absent and isn't a null reference then. */
export interface Given {
  readonly tag?: Value | undefined;
  readonly value: Value;
}

/** Writes slots, if they fit. */
export function put(c: Coder, at: string, slots: readonly Value[]): void {
  if (slots.length === 0) return;
  const here = take(c, at, slots.length);
  ifFits(c, c.add(here, slots.length * slotBytes), () => {
    slots.forEach((value, index) => c.store(c.add(here, index * slotBytes), value));
  });
}

export function ifFits(c: Coder, behind: Value, write: () => void): void {
  const { b } = c;
  b.if(b.op('le', [behind, b.op('view.length', [c.wire])]), write);
}

export const putInt = (c: Coder, at: string, value: Value): void => put(c, at, [c.number(value)]);

/** The slots of a scalar. */
export function scalarSlots(c: Coder, place: BoundaryType, { tag, value }: Given): Value[] {
  const { type } = value;
  const isWide = type === 'i64' || type === 'u64' || type === 'f64';
  const slot = isWide ? value : c.b.op('conv', [value], 'f64');
  if (!isOptional(place)) return [slot];
  if (!tag) throw new Error('a scalar that may be absent has a tag');
  return [c.b.op('conv', [tag], 'f64'), slot];
}

/** Writes a value at the offset that the local `at` holds, and moves that behind it. */
export function writeValue(c: Coder, place: BoundaryType, given: Given, at: string): void {
  const { value } = given;
  const form = formOf(c.code.plan, place);
  if (form === 'scalar') {
    put(c, at, scalarSlots(c, place, given));
    return;
  }
  if (form === 'view') {
    putInt(c, at, viewNumber(c, place, given));
    return;
  }
  const [writer, type] = [writerOf(c.code, place.type), place.type];
  const write = (): void => {
    const [behind] = c.call(writer, [c.b.get(at), value], ['i64']);
    if (behind) c.b.set(at, behind);
  };
  if (!isOptional(place)) write();
  else if (form === 'record' && !numberedType(c.code.plan, type)) {
    put(c, at, [c.b.op('conv', [tagOf(c, place, given)], 'f64')]);
    c.b.if(isPresent(c, given), write);
  } else c.b.if(isPresent(c, given), write, () => putInt(c, at, absenceOf(c, place, given)));
}

export const isPresent = (c: Coder, { tag, value }: Given): Value =>
  tag ? c.binary('eq', tag, Tag.value) : c.b.op('not', [c.b.op('is.null', [value])]);

/** The tag of a value; a reference without one is null where it is absent. */
function tagOf(c: Coder, place: BoundaryType, { tag, value }: Given): Value {
  if (tag) return tag;
  const { b } = c;
  const absent = b.const('u8', place.undefined ? Tag.undefined : Tag.null);
  return b.op('select', [b.op('is.null', [value]), absent, b.const('u8', Tag.value)]);
}

/** The slot for a value that is absent. */
export function absenceOf(c: Coder, place: BoundaryType, { tag }: Given): Value {
  if (!tag) return c.int(place.undefined ? absence.undefined : absence.null);
  return c.b.op('neg', [c.b.op('conv', [tag], 'i64')]);
}

/** What a member or element holds. */
export function storedAt(
  c: Coder,
  object: Value,
  place: BoundaryType,
  slot: { readonly member: string } | { readonly index: Value },
): Given {
  const { b } = c;
  if ('index' in slot) return { value: b.op('list.load', [object, slot.index], place.type) };
  const value = b.op('rec.get', [object], place.type, { slot: slot.member });
  if (storageOf(place) !== 'tagged') return { value };
  return { tag: b.op('rec.get', [object], 'u8', { slot: tagSlot(slot.member) }), value };
}

/** The function that writes what is no scalar and there; it takes an offset and the value, and gives the offset behind. */
function writerOf(code: WireCode, type: IrType): string {
  const parameters = [
    ['at', 'i64'],
    ['value', type],
  ] as const;
  return once(code, `out.${type}`, parameters, ['i64'], (c, [start, value]) => {
    if (!start || !value) return;
    const at = c.local('at', start);
    const numbered = numberedType(code.plan, type);
    if (type === 'str') writeText(c, value, at);
    else if (isWrapped(code.plan, type))
      putInt(c, at, c.b.op('conv', [handleOf(c.b, value)], 'i64'));
    else if (numbered) writeReference(c, numbered.index, value, at);
    else if (formOf(code.plan, { type, undefined: false, null: false }) === 'union')
      ofVariant(c, value, (variant, object, which) => {
        putInt(c, at, c.int(which));
        writeValue(c, variant, { value: object }, at);
      });
    else writeBody(c, value, at);
    c.b.return([c.b.get(at)]);
  });
}

/** Runs `use` for the variant that an object of a union is. */
export function ofVariant(
  c: Coder,
  value: Value,
  use: (variant: BoundaryType, object: Value, index: number) => void,
): void {
  const { b } = c;
  variantsOf(c.code.plan, value.type).forEach((variant, index) => {
    const record = recordOf(c.code.plan, variant.type).name;
    b.if(b.op('rec.is', [value], undefined, { record }), () =>
      use(variant, b.op('rec.as', [value], variant.type), index),
    );
  });
}

/** The number of an object, and what it holds where it has none yet; see `format.ts`. */
function writeReference(c: Coder, index: number, value: Value, at: string): void {
  const { b } = c;
  const mark = b.op('mark.get', [value]);
  const isKnown = c.binary('ne', mark, 0);
  b.if(
    isKnown,
    () => putInt(c, at, numberOfMark(c, mark)),
    () => {
      const objects = c.held(`objects.${index}`, `list.${value.type}`);
      const number = b.op('list.length', [objects]);
      putInt(c, at, number);
      b.effect('list.push', [objects, value]);
      markWith(c, value, number);
      if (!c.code.plan.numbered[index]?.isQueued) writeBody(c, value, at);
    },
  );
}

const numberOfMark = (c: Coder, mark: Value): Value =>
  c.binary('sub', c.b.op('conv', [mark], 'i64'), 1);

/** Marks an object with its number. */
export function markWith(c: Coder, object: Value, number: Value): void {
  c.b.effect('mark.set', [object, c.b.op('conv', [c.add(number, 1)], 'u32')]);
}

/** The number of a marked object, or the slot for one that is absent; −4 for one that has no number yet. */
export function markedNumber(c: Coder, place: BoundaryType, given: Given): Value {
  const { b } = c;
  const number = (): Value => {
    const mark = b.op('mark.get', [given.value]);
    return b.op('select', [c.binary('ne', mark, 0), numberOfMark(c, mark), c.int(-4)]);
  };
  if (!isOptional(place)) return number();
  const local = c.local('number', absenceOf(c, place, given));
  b.if(isPresent(c, given), () => b.set(local, number()));
  return b.get(local);
}

/** The number of a typed array, or the slot for one that is absent. */
export function viewNumber(c: Coder, place: BoundaryType, given: Given): Value {
  const { b } = c;
  if (!isOptional(place)) return b.op('view.number', [given.value]);
  const local = c.local('number', absenceOf(c, place, given));
  b.if(isPresent(c, given), () => b.set(local, b.op('view.number', [given.value])));
  return b.get(local);
}

/** What an object holds; of a list its length first. */
export function writeBody(c: Coder, object: Value, at: string): void {
  const { type } = object;
  if (type === 'list.f64') return writeNumbers(c, object, at);
  if (isList(type)) {
    const length = c.b.op('list.length', [object]);
    putInt(c, at, length);
    writeElements(c, type, object, c.int(0), length, at);
    return;
  }
  const record = recordOf(c.code.plan, type);
  if (entryOf(record)) return writeEntries(c, object, record, at);
  if (hasOrderSlot(record)) put(c, at, [orderOf(c, object)]);
  writeMembers(c, object, record.members, at);
}

/**
 * Numbers: their header and, where all are integers of 32 bits, these, which are half as long. V8 keeps such arrays
 * in another way than those of doubles, so JavaScript is to get what it would have made itself.
 */
function writeNumbers(c: Coder, list: Value, at: string): void {
  const { b } = c;
  const length = b.op('list.length', [list]);
  const areInts = c.local('areInts', c.binary('gt', length, 0));
  // Without a way out of the loop, so that LLVM makes vectors of it.
  c.times(length, (index) => {
    const value = b.op('list.load', [list, index], 'f64');
    const [least, greatest] = [-(2 ** 31), 2 ** 31 - 1];
    const isAbove = c.binary('ge', value, least);
    const isInside = b.op('and', [isAbove, c.binary('le', value, greatest)]);
    const inside = b.op('select', [isInside, value, b.const('f64', 0)]);
    const whole = b.op('fptoint', [b.op('trunc', [inside])], 'i32');
    const back = b.op('conv', [whole], 'f64');
    // A −0 isn't the same.
    const isInt = b.op('eq', [b.op('bits', [back], 'i64'), b.op('bits', [value], 'i64')]);
    b.set(areInts, b.op('and', [b.get(areInts), isInt]));
  });
  const header = c.add(c.add(length, length), b.op('conv', [b.get(areInts)], 'i64'));
  putInt(c, at, header);
  b.if(
    b.get(areInts),
    () => {
      const here = b.get(at);
      const behind = c.add(here, c.padded(c.binary('mul', length, 4)));
      ifFits(c, behind, () => {
        c.times(length, (index) => {
          const value = b.op('list.load', [list, index], 'f64');
          c.store(c.add(here, c.binary('mul', index, 4)), b.op('fptoint', [value], 'i32'));
        });
      });
      b.set(at, behind);
    },
    () => writeElements(c, 'list.f64', list, c.int(0), length, at),
  );
}

/** A map or set: how many entries it has, and these in their order. */
function writeEntries(c: Coder, table: Value, record: IrRecord, at: string): void {
  const { b } = c;
  const entry = entryOf(record);
  if (!entry) throw new Error(`${record.name} is no table`);
  const list = (slot: string, element: BoundaryType): Value =>
    b.op('rec.get', [table], listOf(element), { slot });
  put(c, at, [b.op('rec.get', [table], 'f64', { slot: 'size' })]);
  const keys = list('keys', entry.key);
  const values = entry.value && list('values', entry.value);
  const links = b.op('rec.get', [table], 'list.i32', { slot: 'links' });
  c.times(b.op('list.length', [keys]), (index) => {
    // What was deleted has left a gap.
    const isThere = c.binary('ne', b.op('list.load', [links, index], 'i32'), -1);
    b.if(isThere, () => {
      writeValue(c, entry.key, storedAt(c, keys, entry.key, { index }), at);
      if (values && entry.value)
        writeValue(c, entry.value, storedAt(c, values, entry.value, { index }), at);
    });
  });
}

/** The slot that tells whether properties were added to an object out of their order. */
export const orderOf = (c: Coder, object: Value): Value =>
  c.b.op('conv', [c.b.op('rec.get', [object], 'bool', { slot: orderSlot })], 'f64');

/** Scalars that stand beside each other are written together. */
function writeMembers(c: Coder, object: Value, members: readonly RecordMember[], at: string): void {
  const pending: Value[] = [];
  const flush = (): void => put(c, at, pending.splice(0));
  for (const member of members) {
    const given = storedAt(c, object, member, { member: member.name });
    if (isScalar(member.type)) {
      pending.push(...scalarSlots(c, member, given));
      continue;
    }
    flush();
    writeValue(c, member, given, at);
  }
  flush();
}

/** Writes `count` elements from `start` on. */
export function writeElements(
  c: Coder,
  type: ListType,
  list: Value,
  start: Value,
  count: Value,
  at: string,
): void {
  const { b } = c;
  const element = elementOf(type);
  if (!isScalar(element.type)) {
    c.times(count, (index) => {
      const given = storedAt(c, list, element, { index: c.add(start, index) });
      writeValue(c, element, given, at);
    });
    return;
  }
  const scalar: ScalarType = element.type;
  const width = elementBytes(scalar);
  const here = b.get(at);
  const behind = c.add(here, c.padded(c.binary('mul', count, width)));
  ifFits(c, behind, () => {
    c.times(count, (index) => {
      const value = b.op('list.load', [list, c.add(start, index)], scalar);
      const to = c.add(here, c.binary('mul', index, width));
      c.store(to, scalar === 'bool' ? b.op('conv', [value], 'u8') : value);
    });
  });
  b.set(at, behind);
}

/** A string: its header and units, of one byte where they all fit. */
function writeText(c: Coder, text: Value, at: string): void {
  const { b } = c;
  const count = b.op('str.length', [text]);
  const wide = c.local('wide', b.const('bool', false));
  const search = b.label('search');
  b.block(search, () => {
    c.times(count, (index) => {
      const isWide = c.binary('gt', b.op('str.unit', [text, index]), 255);
      b.if(isWide, () => {
        b.set(wide, b.const('bool', true));
        b.break(search);
      });
    });
  });
  const isWide = b.get(wide);
  const header = c.add(c.add(count, count), b.op('conv', [isWide], 'i64'));
  putInt(c, at, header);
  const start = b.get(at);
  const bytes = b.op('select', [isWide, c.add(count, count), count]);
  const behind = c.add(start, c.padded(bytes));
  ifFits(c, behind, () => {
    b.if(
      isWide,
      () =>
        c.times(count, (index) =>
          c.store(c.add(start, c.add(index, index)), b.op('str.unit', [text, index])),
        ),
      () =>
        c.times(count, (index) => {
          const unit = b.op('conv', [b.op('str.unit', [text, index])], 'u8');
          c.store(c.add(start, index), unit);
        }),
    );
  });
  b.set(at, behind);
}

/** Writes the queue: what the objects hold that got numbers, from the given ones on. `firsts` are locals. */
export function writeQueue(c: Coder, firsts: ReadonlyMap<number, string>, at: string): void {
  const { b, code } = c;
  const queued = code.plan.numbered.flatMap((type, index) => {
    const next = firsts.get(index);
    return type.goesOut && type.isQueued && next !== undefined ? [{ type, index, next }] : [];
  });
  if (queued.length === 0) return;
  const queue = b.label('queue');
  b.loop(queue, () => {
    // Each object may lead to more of each type.
    const more = c.local('more', b.const('bool', false));
    for (const { type, index, next } of queued) {
      const label = b.label('objects');
      b.loop(label, () => {
        const objects = c.held(`objects.${index}`, `list.${type.type}`);
        const number = b.get(next);
        const isThere = c.binary('lt', number, b.op('list.length', [objects]));
        b.if(
          isThere,
          () => {},
          () => b.break(label),
        );
        b.set(next, c.add(number, 1));
        b.set(more, b.const('bool', true));
        putInt(c, at, c.int(index));
        writeBody(c, b.op('list.load', [objects, number], type.type), at);
      });
    }
    b.if(
      b.get(more),
      () => {},
      () => b.break(queue),
    );
  });
  putInt(c, at, c.int(end));
}
