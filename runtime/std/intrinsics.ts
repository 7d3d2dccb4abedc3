/**
 * What the library's functions can do beyond the language. The compiler maps calls of these to single
 * operations of its IR; the bodies here do the same, so that the library also runs as JavaScript.
 */
import type { f64, i32, i64, u64 } from 'tsnative';

type NumberArray =
  | Int8Array
  | Uint8Array
  | Uint8ClampedArray
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array;
type AnyArray = NumberArray | BigInt64Array | BigUint64Array;

const scratch = new DataView(new ArrayBuffer(8));

/** The upper 32 bits of a double: sign, exponent and the first 20 bits of the fraction. */
export function highWord(x: f64): i32 {
  scratch.setFloat64(0, x);
  return scratch.getInt32(0);
}

/** The lower 32 bits of a double. */
export function lowWord(x: f64): i32 {
  scratch.setFloat64(0, x);
  return scratch.getInt32(4);
}

/** The double of these two words, each taken modulo 2^32. */
export function fromWords(high: f64, low: f64): f64 {
  scratch.setInt32(0, high);
  scratch.setInt32(4, low);
  return scratch.getFloat64(0);
}

/** A double's bits. */
export function bitsOf(x: f64): i64 {
  scratch.setFloat64(0, x);
  return scratch.getBigInt64(0);
}

/** The double with these bits. */
export function fromBits(bits: i64): f64 {
  scratch.setBigInt64(0, bits);
  return scratch.getFloat64(0);
}

/** The same number as a bigint; `x` is an integer that fits. */
export function toI64(x: f64): i64 {
  return BigInt(x);
}

/** The nearest double. */
export function toF64(x: bigint): f64 {
  return Number(x);
}

/** The same number as a bigint; `x` is an integer with 0 ≤ x < 2^64. */
export function toU64(x: f64): u64 {
  return BigInt(x);
}

/** The integer that is congruent to `x` modulo 2^32. */
export function toI32(x: bigint): i32 {
  return Number(BigInt.asIntN(32, x));
}

/** The upper 64 bits of the product. */
export function mulHigh(a: u64, b: u64): u64 {
  return (a * b) >> 64n;
}

/** x·2^by modulo 2^64, for 0 ≤ by < 64. */
export function shiftLeft(x: u64, by: i32): u64 {
  return BigInt.asUintN(64, x << BigInt(by));
}

/** ⌊x / 2^by⌋ for 0 ≤ by < 64. */
export function shiftRight(x: u64, by: i32): u64 {
  return x >> BigInt(by);
}

/** Zero bits above the highest one bit; 64 for 0. */
export function leadingZeros(x: u64): i32 {
  return x === 0n ? 64 : 64 - x.toString(2).length;
}

/** `x` with the sign bit of `y`. */
export function copysign(x: f64, y: f64): f64 {
  return highWord(x) < 0 === highWord(y) < 0 ? x : -x;
}

/**
 * `condition ? a : b` for what is there already. Of `?:` LLVM may make a branch, into which it moves the
 * computation of `a` and `b`; where either is as likely, and in loops to vectorise, both are better.
 */
export function select(condition: boolean, a: f64, b: f64): f64 {
  return condition ? a : b;
}

/** A new array of zeros, of the same class. */
export function newLike<A extends AnyArray>(array: A, length: f64): A {
  if (Buffer.isBuffer(array)) return Buffer.alloc(length) as AnyArray as A;
  return new (array.constructor as new (length: number) => A)(length);
}

/** A view of the same buffer: `length` elements from `begin` on, which are all within the array. */
export function subView<A extends AnyArray>(array: A, begin: f64, length: f64): A {
  return array.subarray(begin, begin + length) as A;
}

/**
 * Copies elements as memmove does. Both arrays have elements of one size, whose bytes are copied, and
 * all of them are within the arrays.
 */
export function moveElements(
  target: AnyArray,
  targetIndex: f64,
  source: AnyArray,
  sourceIndex: f64,
  count: f64,
): void {
  const size = source.BYTES_PER_ELEMENT;
  const bytes = new Uint8Array(source.buffer, source.byteOffset + sourceIndex * size, count * size);
  new Uint8Array(target.buffer, target.byteOffset, target.byteLength).set(
    bytes,
    targetIndex * size,
  );
}

/** Both are views of one buffer. */
export function sameBuffer(a: AnyArray, b: AnyArray): boolean {
  return a.buffer === b.buffer;
}

/** A new plain array that has room for so many elements. */
export function newList<T>(_like: T[], _capacity: f64): T[] {
  return [];
}

/** Sets an element that is there. */
export function setElement<T>(list: T[], index: f64, value: T): void {
  list[index] = value;
}

/** Appends elements that stand for nothing until they are set. */
export function extendList<T>(list: T[], count: f64): void {
  for (let i = 0; i < count; i++) list.push(undefined as T);
}

/** Drops the elements from an index on, which is at most the length. */
export function truncateList<T>(list: T[], length: f64): void {
  list.length = length;
}

/** `a === b` of any two elements. */
export function isSame<T>(a: T, b: T): boolean {
  return a === b;
}

/** The UTF-16 unit at an index that is within a string. */
export function unitAt(text: string, index: f64): i32 {
  return text.charCodeAt(index);
}

/** The string of one unit. */
export function charOf(unit: i32): string {
  return String.fromCharCode(unit);
}

/** The units from `from` to before `to`, which are both within the string and in this order. */
export function partOf(text: string, from: f64, to: f64): string {
  return text.slice(from, to);
}

/** The string of the units from `from` to before `to` of an array. */
export function stringOf(units: Uint8Array | Uint16Array, from: f64, to: f64): string {
  let text = '';
  for (let i = from; i < to; i++) text += String.fromCharCode(units[i]!); // i is within
  return text;
}

/** Copies all units of a string to an array, from an index on; there is room for them. */
export function copyText(text: string, units: Uint16Array, at: f64): void {
  for (let i = 0; i < text.length; i++) units[at + i] = text.charCodeAt(i);
}

/** Makes an element that is there stand for nothing until it is set. */
export function clearElement<T>(list: T[], index: f64): void {
  list[index] = undefined as T;
}

/** A number that an object keeps as long as it lives; of what else there is in a template, its hash. */
export function hashReference<T>(_value: T): i32 {
  return 0;
}

/** Whether the comparison function that a list is sorted by puts an element before another one. */
export function isBefore<T>(order: unknown, a: T, b: T): boolean {
  return (order as (a: T, b: T) => number)(a, b) < 0;
}

/** Whether the comparison function that a list is sorted by puts an element behind another one. */
export function isAfter<T>(order: unknown, a: T, b: T): boolean {
  return (order as (a: T, b: T) => number)(a, b) > 0;
}
