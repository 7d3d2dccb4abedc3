/** What can end an interpreted call: errors of the language, and two that are no part of it. */
import { isCheck } from './sites.ts';
import type { ErrorClass } from './types.ts';
import { errorOfSite, type Site, type SiteValue } from '../../runtime/messages.ts';

const native = new WeakSet<object>();
const checks = new WeakSet<object>();

/** An error of the language, as machine code would throw it. It is made, not thrown. */
export function nativeError(site: Site, values: readonly SiteValue[]): Error {
  const error = errorOfSite(site, values);
  native.add(error);
  if (isCheck(site)) checks.add(error);
  return error;
}

/** Whether an error is one of the language: a program's own, or a failed check. */
export const isNativeError = (error: unknown): error is Error =>
  typeof error === 'object' && error !== null && native.has(error);

/** Whether an error of the language is of a check that JavaScript doesn't have; it can't be caught. */
export const isCheckError = (error: Error): boolean => checks.has(error);

/** Makes an error one of the language, of a check that JavaScript doesn't have. */
export function nativeCheck(error: Error): Error {
  native.add(error);
  checks.add(error);
  return error;
}

/** What a function of JavaScript has thrown, on its way through interpreted code. */
export class Thrown {
  readonly value: unknown;
  constructor(value: unknown) {
    this.value = value;
  }
}

/** A new error of a class, as native code makes one. @param instance the class of errors whose properties the text tells */
export function madeError(errorClass: ErrorClass, text: string, instance?: string): Error {
  return nativeError({ kind: 'made', errorClass, ...(instance !== undefined && { instance }) }, [
    text,
  ]);
}

/** The instances that errors are which native code has made. */
const instances = new WeakMap<object, object>();

/** The error that an instance of a class of errors is. */
export function instanceError(errorClass: ErrorClass, instance: object, message: string): Error {
  const error = madeError(errorClass, message);
  instances.set(error, instance);
  return error;
}

/** The instance that an error is; null where it is none. */
export const instanceOf = (error: object): object | null => instances.get(error) ?? null;

/** The error of the language that JavaScript threw while it ran IR; undefined for what is none. */
export function languageError(error: unknown): Error | undefined {
  if (isNativeError(error)) return error;
  const isOverflow = error instanceof RangeError && error.message.startsWith('Maximum call stack');
  return isOverflow ? nativeError({ kind: 'stack' }, []) : undefined;
}

/** IR that breaks its own rules: a bug of the compiler, never of the program. */
export class InterpreterFault extends Error {
  override readonly name = 'InterpreterFault';
}

/** The program ran longer than the caller allowed. */
export class StepLimit extends Error {
  override readonly name = 'StepLimit';
  constructor(steps: number) {
    super(`more than ${steps} steps`);
  }
}
