/** Functions of JavaScript as interpreted code calls them; see `4-emit/boundary/foreign.ts` for those of machine code. */
import { aboutThrown, kindOfProperty, propertyOf } from '../../../runtime/messages.ts';
import { receptionError } from '../../../runtime/received.ts';
import { nativeCheck, Thrown } from '../errors.ts';
import { fitsInteger } from '../scalars.ts';
import { isInteger, Tag, type BoundaryType, type Foreign } from '../types.ts';
import type { Runnable, State } from './state.ts';
import { zeroValue } from './zero.ts';

/** A function of JavaScript that came in, with what messages call it. */
export interface Passed {
  readonly fn: (...args: unknown[]) => unknown;
  /** The function that it was passed to, and the parameter's name. */
  readonly to: string;
  readonly name: string;
}

/** What calls a function of JavaScript, its first argument, with the others. */
export function foreignFunction({ params, result }: Foreign, state: State): Runnable {
  return (passed, ...args) => {
    const { fn, to, name } = passed as Passed;
    const given = params.map((param) => {
      const tag = param.undefined || param.null ? args.shift() : Tag.value;
      const value = args.shift();
      return tag === Tag.value ? value : tag === Tag.null ? null : undefined;
    });
    const { steps, depth, caught } = state;
    let returned: unknown;
    try {
      returned = fn(...given);
    } catch (error) {
      throw new Thrown(error);
    } finally {
      // It may have called exports.
      Object.assign(state, { steps, depth, caught });
      state.lookAfterCall();
    }
    return result && received(result, returned, `${to}: result of '${name}'`);
  };
}

function received(expected: BoundaryType, value: unknown, title: string): unknown {
  const { type } = expected;
  const optional = expected.undefined || expected.null;
  if ((expected.undefined && value === undefined) || (expected.null && value === null))
    return [value === null ? Tag.null : Tag.undefined, zeroValue(type)];
  if (!fits(type, value)) {
    const name = '';
    const { undefined: absent, null: isNull } = expected;
    const receiver = {
      name,
      type,
      ...(absent && { undefined: absent }),
      ...(isNull && { null: isNull }),
    };
    throw nativeCheck(receptionError(title, receiver, value));
  }
  // Integers have no −0.
  const own = typeof value === 'number' && isInteger(type) ? value + 0 : value;
  return optional ? [Tag.value, own] : own;
}

function fits(type: BoundaryType['type'], value: unknown): boolean {
  if (type === 'str') return typeof value === 'string';
  if (type === 'bool') return typeof value === 'boolean';
  if (type === 'f64') return typeof value === 'number';
  if (type === 'f32') return typeof value === 'number' && Object.is(Math.fround(value), value);
  const isWide = type === 'i64' || type === 'u64';
  if (isWide ? typeof value !== 'bigint' : typeof value !== 'number') return false;
  return isInteger(type) && fitsInteger(type, value as number | bigint);
}

/** What an error that was caught tells of itself: one of the language, or what JavaScript has thrown. */
export const aboutCaught = (error: unknown, what: number): string | boolean =>
  aboutThrown(what, error instanceof Thrown ? error.value : error);

const thrownValue = (error: unknown): unknown =>
  error instanceof Thrown ? error.value : undefined;

/** Whether JavaScript has thrown an instance of a class; the interpreter knows classes by their names. */
export function isThrownInstance(error: unknown, name: string): boolean {
  for (let object = thrownValue(error); typeof object === 'object' && object !== null;) {
    object = Object.getPrototypeOf(object) as unknown;
    if ((object as object | null)?.constructor.name === name) return true;
  }
  return false;
}

export const thrownKind = (error: unknown, name: string): number =>
  kindOfProperty(propertyOf(thrownValue(error), name));

export const thrownProperty = (error: unknown, name: string): unknown =>
  propertyOf(thrownValue(error), name);
