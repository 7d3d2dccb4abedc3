/**
 * Finds and writes what native code has changed in the objects that came in: they are compared with
 * what stands on the wire of them.
 */
import { elementOf, entryOf, recordOf } from '../ir/records.ts';
import {
  isFloat,
  isList,
  isScalar,
  Tag,
  type BoundaryType,
  type IrType,
  type ListType,
  type RecordMember,
  type ScalarType,
  type Value,
  isOptional,
} from '../ir/types.ts';
import { once, type Coder } from './coder.ts';
import { headOf, loadScalar } from './decode.ts';
import {
  absenceOf,
  isPresent,
  markedNumber,
  ofVariant,
  orderOf,
  put,
  putInt,
  scalarSlots,
  storedAt,
  viewNumber,
  writeBody,
  writeElements,
  writeValue,
  type Given,
} from './encode.ts';
import { elementBytes, end, formOf, headSlots, maskBits, slotBytes, tellsOrder } from './format.ts';
import type { NumberedType } from '../ir/wire-plan.ts';

/** @param counts how many objects of each type came in */
export function writeChanges(c: Coder, counts: ReadonlyMap<number, Value>, at: string): void {
  const { b, code } = c;
  const written = code.plan.numbered.flatMap((type, index) =>
    type.written.length > 0 ? [{ type, index }] : [],
  );
  if (written.length === 0) return;
  for (const { type, index } of written) {
    const count = counts.get(index);
    if (!count) continue;
    const name = changeWriter(c, type, index);
    c.times(count, (number) => {
      const objects = c.held(`objects.${index}`, `list.${type.type}`);
      const object = b.op('list.load', [objects, number], type.type);
      const head = b.op('list.load', [c.held(`heads.${index}`, 'list.i64'), number], 'i64');
      const [behind] = c.call(name, [b.get(at), object, number, head], ['i64']);
      if (behind) b.set(at, behind);
    });
  }
  putInt(c, at, c.int(end));
}

/** The function that writes what is changed in one object. */
function changeWriter({ code }: Coder, numbered: NumberedType, index: number): string {
  const { type } = numbered;
  const params: [string, IrType][] = [
    ['at', 'i64'],
    ['object', type],
    ['number', 'i64'],
    ['head', 'i64'],
  ];
  return once(code, `changes.${type}`, params, ['i64'], (c, [start, object, number, head]) => {
    if (!start || !object || !number || !head) return;
    const at = c.local('at', start);
    const place: Place = { index, object, number, head, at };
    if (isList(type)) listChanges(c, type, place);
    else if (entryOf(recordOf(code.plan, type))) {
      // JavaScript compares the entries with those of its own.
      put(c, at, [c.number(c.int(index)), c.number(number)]);
      writeBody(c, object, at);
    } else recordChanges(c, numbered, place);
    c.b.return([c.b.get(at)]);
  });
}

interface Place {
  readonly index: number;
  readonly object: Value;
  readonly number: Value;
  /** The offset of what came in. */
  readonly head: Value;
  readonly at: string;
}

function recordChanges(c: Coder, { type, written }: NumberedType, place: Place): void {
  const { b } = c;
  const record = recordOf(c.code.plan, type);
  const { places } = headOf(c.code.plan, record, written);
  const members = written.flatMap((name) =>
    record.members.filter((member) => member.name === name),
  );
  for (let first = 0; first < members.length; first += maskBits) {
    const group = members.slice(first, first + maskBits);
    const mask = c.local('mask', c.int(0));
    group.forEach((member, bit) => {
      const given = storedAt(c, place.object, member, { member: member.name });
      const was = c.add(place.head, (places.get(member.name) ?? 0) * slotBytes);
      const set = (): void => b.set(mask, c.binary('or', b.get(mask), 2 ** bit));
      ifChanged(c, member, given, was, set);
    });
    b.if(c.binary('ne', b.get(mask), 0), () => {
      const groups = members.length > maskBits ? [c.int(first / maskBits)] : [];
      const numbers = [c.int(place.index), place.number, ...groups, b.get(mask)];
      put(
        c,
        place.at,
        numbers.map((number) => c.number(number)),
      );
      if (tellsOrder(record, written)) put(c, place.at, [orderOf(c, place.object)]);
      group.forEach((member, bit) => {
        const isChanged = c.binary('ne', c.binary('and', b.get(mask), 2 ** bit), 0);
        b.if(isChanged, () => writeMember(c, place, member));
      });
    });
  }
}

function writeMember(c: Coder, place: Place, member: RecordMember): void {
  const given = storedAt(c, place.object, member, { member: member.name });
  if (isScalar(member.type)) put(c, place.at, scalarSlots(c, member, given));
  else writeValue(c, member, given, place.at);
}

/** Runs `then` where a value isn't what the slots at `was` say. */
function ifChanged(
  c: Coder,
  place: BoundaryType,
  given: Given,
  was: Value,
  then: () => void,
): void {
  const { b } = c;
  switch (formOf(c.code.plan, place)) {
    case 'scalar': {
      const type = place.type as ScalarType;
      if (!isOptional(place)) {
        b.if(differs(c, given.value, loadScalar(c, type, was)), then);
        return;
      }
      const tag = given.tag ?? b.const('u8', Tag.value);
      const old = b.op('fptoint', [c.load('f64', was)], 'u8');
      const isThere = c.binary('eq', tag, Tag.value);
      const other = differs(c, given.value, loadScalar(c, type, c.add(was, slotBytes)));
      b.if(b.op('or', [b.op('ne', [tag, old]), b.op('and', [isThere, other])]), then);
      return;
    }
    // The mark of an instance is its handle, as that of an object is its number.
    case 'instance':
    case 'numbered':
      b.if(b.op('ne', [markedNumber(c, place, given), c.loadInt(was)]), then);
      return;
    case 'view':
      b.if(b.op('ne', [viewNumber(c, place, given), c.loadInt(was)]), then);
      return;
    case 'union': {
      const same = (): void => {
        ofVariant(c, given.value, (variant, object, index) => {
          const number = markedNumber(c, variant, { value: object });
          const isOther = b.op('or', [
            c.binary('ne', c.loadInt(was), index),
            b.op('ne', [number, c.loadInt(c.add(was, slotBytes))]),
          ]);
          b.if(isOther, then);
        });
      };
      if (!isOptional(place)) return same();
      const absent = absenceOf(c, place, given);
      b.if(isPresent(c, given), same, () => b.if(b.op('ne', [absent, c.loadInt(was)]), then));
      return;
    }
    case 'string':
      ifOtherText(c, place, given, c.loadInt(was), then);
      return;
    case 'list':
    case 'table':
    case 'record':
      throw new Error('what may be changed has a number');
  }
}

/** Of floats the bits count: −0 is not 0, and a NaN stays one. */
function differs(c: Coder, a: Value, b: Value): Value {
  const bits = a.type === 'f64' ? 'i64' : 'i32';
  const raw = (value: Value): Value =>
    isFloat(value.type) ? c.b.op('bits', [value], bits) : value;
  return c.b.op('ne', [raw(a), raw(b)]);
}

/** @param where the slot at which the old string stands, or what says that there was none */
function ifOtherText(
  c: Coder,
  place: BoundaryType,
  given: Given,
  where: Value,
  then: () => void,
): void {
  const { b } = c;
  const same = sameText(c);
  const compare = (): void => {
    b.if(
      c.binary('lt', where, 0),
      () => then(),
      () => {
        const [equal] = c.call(same, [given.value, c.binary('mul', where, slotBytes)], ['bool']);
        if (equal) b.if(equal, () => {}, then);
      },
    );
  };
  if (!isOptional(place)) return compare();
  const code = absenceOf(c, place, given);
  b.if(isPresent(c, given), compare, () => b.if(b.op('ne', [code, where]), then));
}

/** Whether a string is the one at an offset. */
function sameText({ code }: Coder): string {
  const params: [string, IrType][] = [
    ['text', 'str'],
    ['at', 'i64'],
  ];
  return once(code, 'same.str', params, ['bool'], (c, [text, at]) => {
    const { b } = c;
    if (!text || !at) return;
    const header = c.loadInt(at);
    const count = b.op('str.length', [text]);
    const no = (): void => b.return([b.const('bool', false)]);
    b.if(b.op('ne', [count, c.binary('shr', header, 1)]), no);
    const isWide = c.binary('ne', c.binary('and', header, 1), 0);
    const start = c.add(at, slotBytes);
    c.times(count, (index) => {
      const old = c.local('unit', b.const('u16', 0));
      b.if(
        isWide,
        () => b.set(old, c.load('u16', c.add(start, c.add(index, index)))),
        () => b.set(old, b.op('conv', [c.load('u8', c.add(start, index))], 'u16')),
      );
      b.if(b.op('ne', [b.op('str.unit', [text, index]), b.get(old)]), no);
    });
    b.return([b.const('bool', true)]);
  });
}

/** The length, and the elements from the first to the last that is another one. */
function listChanges(c: Coder, type: ListType, place: Place): void {
  const { b } = c;
  const { object, head, at } = place;
  const length = b.op('list.length', [object]);
  const oldLength = c.loadInt(head);
  const elements = c.add(head, slotBytes);
  const common = b.op('min', [length, oldLength]);
  const isOther = changedElement(c, type);
  const changed = (index: Value, then: () => void): void => {
    const [is] = c.call(isOther, [object, index, elements], ['bool']);
    if (is) b.if(is, then);
  };
  const low = c.local('low', common);
  const first = b.label('first');
  b.block(first, () => {
    c.times(common, (index) =>
      changed(index, () => {
        b.set(low, index);
        b.break(first);
      }),
    );
  });
  const isSame = b.op('and', [b.op('eq', [b.get(low), common]), b.op('eq', [length, oldLength])]);
  b.if(isSame, () => b.return([b.get(at)]));
  const high = c.local('high', length);
  b.if(b.op('le', [length, oldLength]), () => {
    const last = b.label('last');
    b.loop(last, () => {
      const before = c.binary('sub', b.get(high), 1);
      b.if(b.op('lt', [before, b.get(low)]), () => b.break(last));
      changed(before, () => b.break(last));
      b.set(high, before);
    });
  });
  const count = b.op('sub', [b.get(high), b.get(low)]);
  const numbers = [c.int(place.index), place.number, length, b.get(low), count];
  put(
    c,
    at,
    numbers.map((number) => c.number(number)),
  );
  writeElements(c, type, object, b.get(low), count, at);
}

/** Whether an element, which both the list and what came in have, is another one. */
function changedElement({ code }: Coder, type: ListType): string {
  const params: [string, IrType][] = [
    ['list', type],
    ['index', 'i64'],
    ['elements', 'i64'],
  ];
  return once(code, `changed.${type}`, params, ['bool'], (c, [list, index, start]) => {
    const { b } = c;
    if (!list || !index || !start) return;
    const element = elementOf(type);
    const given = storedAt(c, list, element, { index });
    const yes = (): void => b.return([b.const('bool', true)]);
    if (isScalar(element.type)) {
      const was = c.add(start, c.binary('mul', index, elementBytes(element.type)));
      const old =
        element.type === 'bool' ? c.binary('ne', c.load('u8', was), 0) : c.load(element.type, was);
      b.if(differs(c, given.value, old), yes);
    } else {
      const stride = headSlots(code.plan, element) * slotBytes;
      ifChanged(c, element, given, c.add(start, c.binary('mul', index, stride)), yes);
    }
    b.return([b.const('bool', false)]);
  });
}
