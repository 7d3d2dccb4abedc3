/** What an expression is lowered to. */
import { elementOf, recordName } from '../ir/records.ts';
import {
  isFloat,
  isInteger,
  isList,
  isRecord,
  isScalar,
  isView,
  viewClass,
  viewKind,
  type IrType,
  type ScalarType,
  type Value,
} from '../ir/types.ts';

/**
 * A value that is there. Its machine type tells its JavaScript type: `i64` and
 * `u64` are bigints, `bool` is a boolean, `str` a string, `view.*`, `rec.*` and `list.*` objects, and
 * every other type is a number, the one it holds.
 */
export interface ValueOperand {
  readonly kind: 'value';
  readonly value: Value;
}

/** `T | undefined | null`: a `Tag` beside a value that counts only where the tag says so. */
export interface OptionalOperand {
  readonly kind: 'optional';
  readonly tag: Value;
  readonly value: Value;
  /** What it may be besides its value, where that is only one of the two. */
  readonly only?: 'undefined' | 'null';
}

/** A bigint literal, which takes the type of what it meets. */
export interface BigintOperand {
  readonly kind: 'bigint';
  readonly value: bigint;
}

/** `undefined` (also what a void call gives) or `null`. */
export interface AbsentOperand {
  readonly kind: 'absent';
  readonly absent: 'undefined' | 'null';
}

export type Operand = ValueOperand | OptionalOperand | BigintOperand | AbsentOperand;

export type JsType =
  'number' | 'bigint' | 'boolean' | 'string' | 'view' | 'object' | 'array' | 'error';

/** The JavaScript type that a machine type stands for. */
export function jsType(type: IrType): JsType {
  if (type === 'bool') return 'boolean';
  if (type === 'i64' || type === 'u64') return 'bigint';
  if (type === 'str') return 'string';
  if (type === 'error') return 'error';
  if (isRecord(type)) return 'object';
  if (isList(type)) return 'array';
  return isView(type) ? 'view' : 'number';
}

export const valueOperand = (value: Value): ValueOperand => ({ kind: 'value', value });

/** The JavaScript type of what an operand holds where it is there. */
export function jsTypeOf(operand: Operand): JsType | 'absent' {
  switch (operand.kind) {
    case 'absent':
      return 'absent';
    case 'bigint':
      return 'bigint';
    case 'optional':
    case 'value':
      return jsType(operand.value.type);
  }
}

/** How messages name an operand's type. */
export function describe(operand: Operand): string {
  switch (operand.kind) {
    case 'absent':
      return operand.absent;
    case 'bigint':
      return 'bigint';
    case 'optional':
      return `${typeName(operand.value.type)} | undefined`;
    case 'value':
      return typeName(operand.value.type);
  }
}

/** How messages name a machine type. */
export function typeName(type: IrType): string {
  if (isView(type)) return viewClass[viewKind(type)];
  if (isRecord(type)) return recordName(type);
  if (!isList(type)) return jsType(type);
  const element = elementOf(type);
  const absent = element.null ? ' | null' : element.undefined ? ' | undefined' : '';
  const name =
    isScalar(element.type) && element.type !== 'f64'
      ? hintName(element.type)
      : typeName(element.type);
  return absent ? `(${name}${absent})[]` : `${name}[]`;
}

/** The hint for a machine type. */
const hintName = (type: ScalarType): string => (type === 'bool' ? 'boolean' : type);

/** Whether every number of type `from` is one of type `to`. */
export function widens(from: IrType, to: IrType): boolean {
  if (from === to) return true;
  if (isFloat(to)) {
    if (from === 'f32') return true;
    const exactBits = to === 'f32' ? 24 : 53;
    return isInteger(from) && Number(from.slice(1)) <= exactBits;
  }
  if (!isInteger(from) || !isInteger(to)) return false;
  const fromWidth = Number(from.slice(1));
  const toWidth = Number(to.slice(1));
  if (from.startsWith('i')) return to.startsWith('i') && fromWidth <= toWidth;
  return to.startsWith('u') ? fromWidth <= toWidth : fromWidth < toWidth;
}
