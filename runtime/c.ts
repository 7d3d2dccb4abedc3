/**
 * What declarations of C's functions are written with: types of what C passes, and what native code does with C's
 * memory. Addresses are bigints. Only native code can use them: as plain JavaScript these functions throw.
 */
import type { i32, u64 } from './numbers.ts';

declare const handle: unique symbol;

/**
 * What a C library gives and takes back without telling what is in it, such as a `sqlite3 *`. Handles of
 * different names don't stand for each other. It is never NULL: where C may give or take that, the type is
 * `Handle<'name'> | null`.
 */
export type Handle<Name extends string> = u64 & { readonly [handle]: Name };

/** An address of C's; `0n` is NULL. */
export type Pointer = u64;

/** A number that C has as a `long double`: the nearest one goes there, and comes back. */
export type long_double = number;

/** A place that C sets, as `int *` is: what it held before, and what C has put there. */
export interface Out<T> {
  value: T;
}

/**
 * A structure that C takes or gives itself, and not a pointer to it: `struct point` in C, where a parameter that is
 * the interface alone is `struct point *`. C gets a copy, and gives a new object.
 */
export type ByValue<Struct> = Struct;

/**
 * What a structure of C has inside of itself: `Sized<Int32Array, 3>` is `int32_t x[3]`, and `Sized<string, 32>` is
 * `char x[32]`, a text in UTF-8 with its 0. One with another length is a RangeError where it goes to C.
 */
export type Sized<Kept extends View | LargeView | string, _Length extends number> = Kept;

type View = Int8Array | Uint8Array | Uint8ClampedArray | Int16Array | Uint16Array | Int32Array;
type LargeView = Uint32Array | Float32Array | Float64Array | BigInt64Array | BigUint64Array;

/** What the last call of a function with the option `errno` has left there; 0 before the first. Native code alone has it. */
export function errno(): i32 {
  return nativeOnly('errno');
}

/**
 * Where the first element of an array is. It stays there while the call from JavaScript lasts in which it is asked
 * for, as long as something refers to the array. Native code alone has it.
 */
export function addressOf(array: View | LargeView | DataView): Pointer {
  return nativeOnly('addressOf', array);
}

/**
 * The text in UTF-8 that begins at an address and ends before a 0; what is no UTF-8 becomes U+FFFD. Nothing can
 * tell whether there is one. Native code alone has it.
 * @throws TypeError for NULL
 */
export function textAt(address: Pointer): string {
  return nativeOnly('textAt', address);
}

/** Reads and writes C's memory at an address and so many bytes behind it, unaligned. Nothing can tell whether it is there. */
export const memory = {
  getInt8: (address: Pointer, offset = 0): number => nativeOnly('memory', address, offset),
  getUint8: (address: Pointer, offset = 0): number => nativeOnly('memory', address, offset),
  getInt16: (address: Pointer, offset = 0): number => nativeOnly('memory', address, offset),
  getUint16: (address: Pointer, offset = 0): number => nativeOnly('memory', address, offset),
  getInt32: (address: Pointer, offset = 0): number => nativeOnly('memory', address, offset),
  getUint32: (address: Pointer, offset = 0): number => nativeOnly('memory', address, offset),
  getFloat32: (address: Pointer, offset = 0): number => nativeOnly('memory', address, offset),
  getFloat64: (address: Pointer, offset = 0): number => nativeOnly('memory', address, offset),
  getBigInt64: (address: Pointer, offset = 0): bigint => nativeOnly('memory', address, offset),
  getBigUint64: (address: Pointer, offset = 0): bigint => nativeOnly('memory', address, offset),
  setInt8: (address: Pointer, offset: number, value: number): void =>
    nativeOnly('memory', address, offset, value),
  setUint8: (address: Pointer, offset: number, value: number): void =>
    nativeOnly('memory', address, offset, value),
  setInt16: (address: Pointer, offset: number, value: number): void =>
    nativeOnly('memory', address, offset, value),
  setUint16: (address: Pointer, offset: number, value: number): void =>
    nativeOnly('memory', address, offset, value),
  setInt32: (address: Pointer, offset: number, value: number): void =>
    nativeOnly('memory', address, offset, value),
  setUint32: (address: Pointer, offset: number, value: number): void =>
    nativeOnly('memory', address, offset, value),
  setFloat32: (address: Pointer, offset: number, value: number): void =>
    nativeOnly('memory', address, offset, value),
  setFloat64: (address: Pointer, offset: number, value: number): void =>
    nativeOnly('memory', address, offset, value),
  setBigInt64: (address: Pointer, offset: number, value: bigint): void =>
    nativeOnly('memory', address, offset, value),
  setBigUint64: (address: Pointer, offset: number, value: bigint): void =>
    nativeOnly('memory', address, offset, value),
} as const;

function nativeOnly(name: string, ..._: readonly unknown[]): never {
  throw new Error(
    `${name} of tsnative is about memory that JavaScript doesn't have: call it in a function with /** @native */, and see tsnative.info() for why that runs as JavaScript`,
  );
}
