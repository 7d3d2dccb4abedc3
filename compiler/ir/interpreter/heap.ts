/**
 * Records, lists and strings as JavaScript's own objects, arrays and strings. A record is an object with
 * its slots and, under `kind`, the name of its record.
 */
import { slotsOf } from '../records.ts';
import type { IrRecord } from '../types.ts';
import { zeroValue } from './zero.ts';

/** An object of a record. */
export type HeapRecord = Record<string, unknown>;

/** What is under the name of the record, which no slot can have. */
export const kindKey = ' kind';

/** A new object with these slot values, or with all of them 0, false and null where there are none. */
export function newRecord(record: IrRecord, values: readonly unknown[]): HeapRecord {
  const made: HeapRecord = { [kindKey]: record.name };
  slotsOf(record).forEach(({ name, type }, index) => {
    made[name] = values.length > 0 ? values[index] : zeroValue(type);
  });
  return made;
}

/** Appends elements of zero, false or null. */
export function extendList(list: unknown[], count: bigint, zero: unknown): void {
  for (let n = 0n; n < count; n++) list.push(zero);
}

/** The longest string that V8 makes (2^29 − 24 units); what gets longer is undefined. */
const maxLength = 2 ** 29 - 24;

export const concatenated = (...strings: readonly string[]): string | undefined =>
  strings.reduce((sum, { length }) => sum + length, 0) > maxLength
    ? undefined
    : strings.reduce((joined, more) => joined + more);

/** The elements of a view as UTF-16 units. */
export function stringOf(
  units: Uint8Array | Uint16Array,
  from: bigint,
  to: bigint,
): string | undefined {
  if (to - from > BigInt(maxLength)) return undefined;
  let text = '';
  for (let at = Number(from); at < Number(to); at += 4096)
    text += String.fromCharCode(...units.subarray(at, Math.min(Number(to), at + 4096)));
  return text;
}

/** The string of units in a DataView's bytes. */
export function unitsIn(view: DataView, offset: bigint, count: bigint, wide: boolean): string {
  const size = wide ? 2 : 1;
  let text = '';
  for (let n = 0; n < Number(count); n++) {
    const at = Number(offset) + n * size;
    text += String.fromCharCode(wide ? view.getUint16(at, true) : view.getUint8(at));
  }
  return text;
}

/** Copies units of a string into an array. */
export function copyUnits(
  text: string,
  from: bigint,
  to: bigint,
  units: Uint16Array,
  at: bigint,
): void {
  for (let n = Number(from); n < Number(to); n++)
    units[Number(at) + n - Number(from)] = text.charCodeAt(n);
}

const hashes = new WeakMap<object, number>();
let nextHash = 0;

/** A number that an object keeps. */
export function identityHash(object: object): number {
  const known = hashes.get(object) ?? nextHash++ | 0;
  hashes.set(object, known);
  return known;
}
