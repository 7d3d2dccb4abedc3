/** The names of the functions that a class gets which JavaScript has too. No function of the source's has a space in its name. */
import { recordName } from './records.ts';
import type { RecordType } from './types.ts';

/** Makes an instance. */
export const makerName = (record: RecordType): string => `new ${recordName(record)}`;

/** Reads a field. */
export const getterName = (record: RecordType, field: string): string =>
  `get ${recordName(record)}.${field}`;

/** Sets a field. */
export const setterName = (record: RecordType, field: string): string =>
  `set ${recordName(record)}.${field}`;
