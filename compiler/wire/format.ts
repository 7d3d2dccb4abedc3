/**
 * What stands where on the wire: the bytes by which JavaScript and native code hand objects to each other. The
 * IR that reads and writes them and the JavaScript that does both agree on this page.
 *
 * The wire is a DataView of *slots* of eight bytes, each a double unless told otherwise. JavaScript fills slots
 * from 2 on with the arguments; native code answers from where they end.
 *
 *     slot 0   before the call 0; 1 once arguments are taken over, so that what changed can be asked for;
 *              after the call the number of slots that the answer ends at, which may be more than there are
 *     slot 1   where the answer starts
 *
 * With typed arrays inside of objects, slot 0 is 0 until the answer is there, also when the call throws; one that doesn't
 * fit is in a DataView that comes back as the last of these, with a copy of the wire before it.
 *
 * **A value**
 * - number, boolean (0, 1): one slot; `i64` and `u64` as integers. One that may be absent: its tag, then the value.
 * - string: a *header*, then its units, padded to a slot. The header is twice the number of units, plus 1 where
 *   they have two bytes; or `absence`.
 * - array: its length, or `absence`, then the elements: numbers in their own width, padded to a slot
 *   (`boolean` has one byte), others as values.
 * - an array of `f64` that is answered: a header like a string's, twice its length, plus 1 where all elements are
 *   integers of 32 bits, which stand there as such.
 * - map, set: how many entries it has, or `absence`, then each one's key and, of a map, its value.
 * - object, tuple: its members in order; before them the tag where it may be absent.
 * - an object of a union: the index of its variant, or `absence`; then what the variant's object is.
 * - typed array, where some are inside of objects: its number among those (`IrExport.views`), or `absence`.
 * - an instance of a class that JavaScript has too: its handle (`instances.ts`), or `absence`.
 * - an object or array that has a number (`plan.ts`): the number, or `absence`. A number that comes up for the
 *   first time is the next of its type, and the object's members follow, unless its type is queued.
 * - before the members of an object that is answered, where properties may have been added to it out of their
 *   order (`hasOrderSlot`): 1 where they have.
 *
 * **What native code may change** is kept for comparison, so its place must be known: an object starts with a
 * *head* of the members that may change (in the order of `written`), and the others follow. In the head, as
 * among the elements of an array that may change, a string is the slot where it stands, an object of a union two
 * slots; strings, and objects that come up for the first time, stand behind the head or behind all elements.
 *
 * **The arguments** are the values in order, but for typed arrays and instances, which are arguments of the call
 * themselves (`travels`); then the queue: a type's index, and an object of it, in the order of their numbers; −1 at its end.
 *
 * **The answer** is the result, where the call returned one that travels; then what changed: a type's
 * index, the object's number, and of an object a mask of its written members (in groups of `maskBits`, each with
 * its number and mask), whether properties are out of their order, and the values of those, of an array its length, where changed elements start, how many they are,
 * and these, of a map or set all of it; −1 at the end; then the queue, as for arguments.
 */
import { entryOf, hasOrderSlot, isCallable, isWrapped, recordOf } from '../ir/records.ts';
import {
  bitWidth,
  isHeap,
  isList,
  isRecord,
  isScalar,
  isView,
  Tag,
  type BoundaryType,
  type IrRecord,
  type IrType,
  type ScalarType,
  isOptional,
} from '../ir/types.ts';
import type { NumberedType, WirePlan } from '../ir/wire-plan.ts';

export const slotBytes = 8;
/** Where the first argument stands. */
export const firstSlot = 2;

/** What stands in the slot of a reference that is absent, and of an optional member that is missing: its tag below 0. */
export const absence = {
  undefined: -Tag.undefined,
  null: -Tag.null,
  missing: -Tag.missing,
} as const;

/** The end of a list of changes or of a queue. */
export const end = -1;

/** How many members one mask tells of. */
export const maskBits = 30;

/** The width of a list's elements that are numbers or booleans, in bytes. */
export const elementBytes = (type: ScalarType): number =>
  type === 'bool' ? 1 : bitWidth(type) / 8;

/** Whether a call hands anything over by the wire. */
export const needsWire = ({
  records,
  params,
  result,
}: Pick<WirePlan, 'records' | 'params' | 'result'>): boolean =>
  [...params, ...(result ? [result] : [])].some(
    ({ type }) => isHeap(type) && !isWrapped({ records }, type) && !isCallable({ records }, type),
  );

/** Whether a parameter or result goes by the wire: functions and handles of instances never do, typed arrays if others are inside of objects, numbers if others do. */
export const travels = (plan: WirePlan, { type }: BoundaryType): boolean =>
  (plan.views || !isView(type)) &&
  !isWrapped(plan, type) &&
  !isCallable(plan, type) &&
  needsWire(plan);

/** The plan's entry for a type whose objects have numbers. */
export function numberedType(
  plan: WirePlan,
  type: IrType,
): { readonly index: number; readonly type: NumberedType } | undefined {
  const index = plan.numbered.findIndex((numbered) => numbered.type === type);
  const found = plan.numbered[index];
  return found && { index, type: found };
}

/** How a value stands in its place. */
export type Form =
  'scalar' | 'string' | 'view' | 'instance' | 'numbered' | 'list' | 'table' | 'record' | 'union';

export function formOf(plan: WirePlan, { type }: BoundaryType): Form {
  if (isScalar(type)) return 'scalar';
  if (type === 'str') return 'string';
  if (isView(type)) return 'view';
  if (isWrapped(plan, type)) return 'instance';
  if (numberedType(plan, type)) return 'numbered';
  if (isList(type)) return 'list';
  if (isRecord(type)) {
    const record = recordOf(plan, type);
    if (entryOf(record)) return 'table';
    return record.variants ? 'union' : 'record';
  }
  throw new Error(`a ${type} can't be on the wire`);
}

/** The slots of a member in a head, or of an element that may change. */
export function headSlots(plan: WirePlan, member: BoundaryType): number {
  const form = formOf(plan, member);
  return (form === 'scalar' && isOptional(member)) || form === 'union' ? 2 : 1;
}

/** The slots that a value takes, where that is the same for all. */
export function fixedSlots(plan: WirePlan, value: BoundaryType): number | undefined {
  switch (formOf(plan, value)) {
    case 'scalar':
    case 'instance':
      return headSlots(plan, value);
    case 'record': {
      if (isOptional(value)) return undefined;
      const record = recordOf(plan, value.type);
      let sum = hasOrderSlot(record) ? 1 : 0;
      for (const member of record.members) {
        const slots = fixedSlots(plan, member);
        if (slots === undefined) return undefined;
        sum += slots;
      }
      return sum;
    }
    case 'string':
    case 'view':
    case 'numbered':
    case 'list':
    case 'table':
    case 'union':
      return undefined;
  }
}

/**
 * Whether a call must keep its objects in a session; see `session.ts`. With typed arrays inside of objects it doesn't
 * live on behind the call, in which all of the answer is given, since these don't.
 */
export const needsSession = (plan: WirePlan): boolean =>
  plan.numbered.length > 0 ||
  (!plan.views &&
    plan.result !== undefined &&
    travels(plan, plan.result) &&
    fixedSlots(plan, plan.result) === undefined);

/** Whether changes of an object tell whether properties were added to it out of their order. */
export const tellsOrder = (record: IrRecord, written: readonly string[]): boolean =>
  hasOrderSlot(record) &&
  record.members.some(({ name, optional }) => optional && written.includes(name));

/** The variants of a union as values that are there; the index of one is what it has on the wire. */
export const variantsOf = (plan: WirePlan, type: IrType): readonly BoundaryType[] =>
  (recordOf(plan, type).variants ?? []).map((name) => ({
    type: `rec.${name}`,
    undefined: false,
    null: false,
  }));
