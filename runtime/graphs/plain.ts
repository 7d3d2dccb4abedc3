/**
 * What may go from task to task: what a copy by `structuredClone` is like in all respects. So a result is the same
 * whether the next task runs in the same thread or elsewhere.
 */
import { types } from 'node:util';

/** Deeper ones are taken for endless. */
const deepest = 500;

/**
 * Goes over a value and all that it holds.
 * @param what names the value in errors
 * @param isLazy whether an object or function in it stands for something else
 * @returns whether there is anything lazy in it
 * @throws TypeError for functions, symbols, instances of classes, and what contains itself
 */
export function inspect(
  value: unknown,
  what: string,
  isLazy: (part: object) => boolean,
  depth = 0,
): boolean {
  if (typeof value === 'symbol') throw new TypeError(`${what} is a symbol, ${onlyPlain}`);
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return false;
  if (isLazy(value)) return true;
  if (typeof value === 'function') throw new TypeError(`${what} is a function, ${onlyPlain}`);
  if (depth > deepest)
    throw new TypeError(`${what} contains itself, or parts more than ${deepest} deep`);
  const inside = (part: unknown): boolean => inspect(part, what, isLazy, depth + 1);
  // Not `some`, which would stop at the first.
  let found = false;
  if (Array.isArray(value)) for (const part of value) found = inside(part) || found;
  else if (value instanceof Map) for (const pair of value) found = inside(pair) || found;
  else if (value instanceof Set) for (const part of value) found = inside(part) || found;
  else if (isBytes(value)) return false;
  else if (isPlainObject(value))
    for (const key in value) found = inside((value as Record<string, unknown>)[key]) || found;
  else throw new TypeError(`${what} is ${nameOf(value)}, ${onlyPlain}`);
  return found;
}

const onlyPlain =
  'and only plain data goes from task to task: numbers, strings, arrays, plain objects, Map, Set, Date, typed arrays';

function isPlainObject(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** A Buffer is none, as its copy is a Uint8Array. */
const isBytes = (value: object): boolean =>
  (ArrayBuffer.isView(value) && !Buffer.isBuffer(value)) ||
  types.isAnyArrayBuffer(value) ||
  types.isDate(value);

function nameOf(value: object): string {
  const { constructor } = value as { readonly constructor?: unknown };
  const name = typeof constructor === 'function' ? constructor.name : '';
  return name === '' ? 'an object with a prototype of its own' : `an instance of ${name}`;
}
