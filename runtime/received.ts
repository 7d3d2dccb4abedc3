/** Errors for values that a parameter of a native function, or a constant it reads, can't take. */
import type { FunctionInfo, ReceiverInfo } from './manifest.ts';

/**
 * How messages start that are about an argument or what is in it.
 * @param path a parameter's name and the way from there
 */
export function titleOf({ name, setsField }: FunctionInfo, path: string): string {
  if (path === 'this') return `${name}: 'this'`;
  // The function of a field is called by it.
  const [, inside] = setsField ? (/^[\p{ID_Continue}$]+(.*)$/su.exec(path) ?? []) : [];
  return inside === undefined ? `${name}: parameter '${path}'` : `${name}${inside}`;
}

/**
 * The error for a value whose type or range is wrong.
 * @param title how the message starts, such as `dot: parameter 'a'`
 */
export function receptionError(title: string, receiver: ReceiverInfo, value: unknown): Error {
  const { type } = receiver;
  const isBigint = type === 'i64' || type === 'u64';
  const isNumber = !isView(receiver) && type !== 'bool' && type !== 'str' && type !== 'js';
  if (isNumber && typeof value === (isBigint ? 'bigint' : 'number'))
    return new RangeError(`${title} expected ${type} (${rangeOf(type)}), got ${value}`);
  return new TypeError(`${title} expected ${expectation(receiver)}, got ${describe(value)}`);
}

/**
 * What is wrong with a view of the right kind: its buffer was detached or has shrunk, or it is of
 * a subclass where that matters; undefined if nothing is.
 */
export function viewProblem(
  title: string,
  receiver: ReceiverInfo,
  view: ArrayBufferView,
): Error | undefined {
  const needsClass = receiver.exact === true || receiver.class === 'Buffer';
  if (needsClass && !isOfClass(view, receiver.class)) {
    const expected = expectation(receiver);
    const got = describe(view);
    return new TypeError(
      receiver.class === 'Buffer'
        ? `${title} expected ${expected}, got ${got}`
        : `${title} expected ${expected} itself, got its subclass ${got}, whose methods may differ`,
    );
  }
  if (isInBounds(view, receiver.class === 'DataView')) return undefined;
  const buffer = view.buffer as ArrayBuffer & { resizable?: boolean; detached?: boolean };
  const detached = buffer.detached ?? buffer.resizable !== true;
  return new TypeError(
    detached
      ? `${title} expected ${expectation(receiver)}, got one whose buffer is detached`
      : `${title} expected ${expectation(receiver)}, got one that is outside its shrunk buffer`,
  );
}

const isView = (receiver: ReceiverInfo): boolean => receiver.class !== undefined;

function expectation(receiver: ReceiverInfo): string {
  const { type } = receiver;
  const own =
    receiver.class ??
    { f64: 'number', bool: 'boolean', str: 'string', js: 'function' }[type] ??
    type;
  const absent = [receiver.undefined && 'undefined', receiver.null && 'null'];
  return [own, ...absent.filter((name) => typeof name === 'string')].join(' or ');
}

function rangeOf(type: string): string {
  if (type === 'f32') return 'a single-precision number';
  const width = Number(type.slice(1));
  const [min, max] = type.startsWith('i')
    ? [-(2n ** BigInt(width - 1)), 2n ** BigInt(width - 1) - 1n]
    : [0n, 2n ** BigInt(width) - 1n];
  return `an integer from ${min} to ${max}`;
}

/** A value for people, by its class or type. Runs as little of the value's own code as possible. */
export function describe(value: unknown): string {
  if (value === null) return 'null';
  if (typeof value !== 'object') return typeof value;
  try {
    const name: unknown = Object.getPrototypeOf(value)?.constructor?.name;
    if (typeof name === 'string' && name !== '') return name;
  } catch {
    // A proxy or a getter threw.
  }
  return 'object';
}

/** Whether a typed array is directly of a class, be it this realm's or another's. */
function isOfClass(view: ArrayBufferView, name: string | undefined): boolean {
  const prototype: object | null = Object.getPrototypeOf(view);
  if (name === 'Buffer') return prototype === Buffer.prototype;
  // Only the classes of the language have this property on their prototypes themselves.
  return prototype !== null && Object.hasOwn(prototype, 'BYTES_PER_ELEMENT');
}

/** ECMA-262 10.4.5.14 IsTypedArrayOutOfBounds, and 25.3.1.3 IsViewOutOfBounds for a DataView, told by what throws. */
export function isInBounds(view: ArrayBufferView, isDataView: boolean): boolean {
  try {
    if (isDataView) return view.byteLength >= 0;
    Uint8Array.prototype.at.call(view as Uint8Array, 0);
    return true;
  } catch {
    return false;
  }
}
