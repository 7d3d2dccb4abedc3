import type { f64, i16, i32, i64, i8, u16, u32, u64, u8 } from 'tsnative';
import { SCALE, TABLE, big, half } from './constants.js';
import * as shared from './constants.js';

/** @native */
export function mixed(a: number, b: number): number {
  return ((a + b) * (a - b)) / (b % a) - -a;
}

/** @native */
export function remainder(a: number, b: number): number {
  return a % b;
}

/** @native */
export function remainderByConstant(a: number, which: number): number {
  switch (which) {
    case 0:
      return a % 1;
    case 1:
      return a % 2;
    case 2:
      return a % -8;
    case 3:
      return a % 4503599627370496;
    case 4:
      return a % 9007199254740992;
    case 5:
      return a % 0.5;
    case 6:
      return Math.fround(Math.fround(a) % 4);
    case 7:
      return Math.fround(Math.fround(a) % 16777216);
    default:
      return a % 7;
  }
}

/** @native */
export function comparedRemainders(a: number): number {
  const rest = a % 2;
  return (rest === 0 ? 1 : 0) + (rest < 0 ? 2 : 0) + (a % 16 >= -0 ? 4 : 0) + (a % 1 !== 0 ? 8 : 0);
}

/** @native */
export function bits(a: number, b: number): number {
  return ((a & b) ^ (a | ~b)) + (a << b) + (a >> b) + (a >>> b);
}

/** @native */
export function divisions(a: i32, b: i32): number {
  return ((a / b) | 0) + Math.trunc(a / b) * 3 + (a % b);
}

/** @native */
export function products(a: i32, b: i32): number {
  return a * b;
}

/** @native */
export function negativeZero(a: i32): number {
  return 1 / (a * 0) + 1 / -a;
}

/** @native */
export function overflow32(a: i32, b: i32): i32 {
  const c: i32 = a + b;
  return c;
}

/** @native */
export function wrap32(a: i32, b: i32): i32 {
  return (a + b) | 0;
}

/** @native */
export function growing(a: i32): number {
  let n = a;
  for (let k = 0; k < 40; k++) n = n * 2 + 1;
  return n;
}

/** @native */
export function narrow(a: i8, b: u8, c: i16, d: u16, e: u32): f64 {
  return a * b + c * d - e;
}

/** @native */
export function counters(limit: number): number {
  let count = 0;
  for (let i: u8 = 250; count < limit; i++) count++;
  return count;
}

/** @native */
export function compare(a: number, b: number): number {
  return (
    (a < b ? 1 : 0) +
    (a <= b ? 2 : 0) +
    (a > b ? 4 : 0) +
    (a >= b ? 8 : 0) +
    (a === b ? 16 : 0) +
    (a !== b ? 32 : 0) +
    (a == b ? 64 : 0)
  );
}

/** @native */
export function exactMath(x: number, y: number): Float64Array {
  return new Float64Array([
    Math.abs(x),
    Math.ceil(x),
    Math.floor(x),
    Math.fround(x),
    Math.max(x, y),
    Math.min(x, y),
    Math.round(x),
    Math.sign(x),
    Math.sqrt(x),
    Math.trunc(x),
    Math.imul(x, y),
    Math.clz32(x),
    Math.max(),
    Math.min(x),
    Math.max(x, y, 0),
    Math.hypot(),
    Math.hypot(x),
  ]);
}

/** @native */
export function predicates(x: number): number {
  return (
    (Number.isInteger(x) ? 1 : 0) +
    (Number.isSafeInteger(x) ? 2 : 0) +
    (Number.isFinite(x) ? 4 : 0) +
    (Number.isNaN(x) ? 8 : 0) +
    (isNaN(x) ? 16 : 0) +
    (isFinite(x) ? 32 : 0) +
    (x ? 64 : 0) +
    (!x ? 128 : 0)
  );
}

/** @native */
export function constants(x: number): number {
  return x * SCALE + half + Number.EPSILON + Math.PI + (Number.MAX_SAFE_INTEGER - Number.MIN_VALUE);
}

/** @native */
export function table(i: number): number {
  TABLE[1]! += i;
  return TABLE[i]!;
}

/** @native */
export function namespaced(x: number): number {
  return x * shared.half + shared.SCALE + shared.TABLE[2]! + shared.TABLE.length;
}

/** @native */
export function wideArithmetic(a: i64, b: i64): i64 {
  return (a + b) * 3n - a / b + (a % b);
}

/** @native */
export function wideModular(a: i64, b: u64): u64 {
  return BigInt.asUintN(64, (a * 6364136223846793005n + BigInt.asIntN(64, b)) << 3n) ^ b;
}

/** @native */
export function widths(a: i64): i64 {
  return BigInt.asIntN(8, a) + BigInt.asIntN(33, a * 5n) - BigInt.asIntN(1, a);
}

/** @native */
export function unsignedWidths(a: u64): u64 {
  return BigInt.asUintN(8, a) + BigInt.asUintN(33, a);
}

/** @native */
export function shifts(a: i64, n: i64): i64 {
  return (a >> n) ^ (a & 255n) ^ ~a;
}

/** @native */
export function shiftLeft(a: i64, n: i64): i64 {
  return a << n;
}

/** @native */
export function shiftModular(a: u64, n: u64): u64 {
  return BigInt.asUintN(64, a << n) | (a >> n);
}

/** @native */
export function powers(a: i64, n: i64): i64 {
  return a ** n;
}

/** @native */
export function conversions(a: i64, x: number): number {
  const b: i64 = BigInt(x);
  return Number(a) + Number(b) + (a < b ? 0.5 : 0.25) + (a == b ? 1 : 0) + Number(true);
}

/** @native */
export function mixedCompare(a: i64, b: u64): number {
  return (
    (a < b ? 1 : 0) +
    (a <= b ? 2 : 0) +
    (a > b ? 4 : 0) +
    (a >= b ? 8 : 0) +
    (a === b ? 16 : 0) +
    (a !== b ? 32 : 0)
  );
}

/** @native */
export function literalCompare(a: i64, b: u64): Float64Array {
  const assigned: u64 = 9274320361527715835n;
  return Float64Array.of(
    a < 9223372036854775807n ? 1 : 0,
    a < 9223372036854775808n ? 1 : 0,
    9223372036854775808n >= a ? 1 : 0,
    a <= -9223372036854775809n ? 1 : 0,
    a === 18446744073709551616n ? 1 : 0,
    a !== 18446744073709551615n ? 1 : 0,
    b > -1n ? 1 : 0,
    b === -1n ? 1 : 0,
    b !== -9223372036854775808n ? 1 : 0,
    -1n <= b ? 1 : 0,
    b < 18446744073709551615n ? 1 : 0,
    b < 18446744073709551616n ? 1 : 0,
    b >= -18446744073709551616n ? 1 : 0,
    18446744073709551615n === b ? 1 : 0,
    (a as bigint) === (assigned as bigint) ? 1 : 0,
    BigInt.asIntN(64, a) < (9274320361527715835n as bigint) ? 1 : 0,
  );
}

/** @native */
export function unsignedDown(a: u64, b: u64): u64 {
  return a - b;
}

/** @native */
export function bigConstant(a: u64): u64 {
  return a & big;
}

/** @native */
export function literals(x: number): Float64Array {
  return new Float64Array([
    7e-9,
    1e300,
    0x1f,
    0b101,
    0o17,
    1_000_000,
    0.5,
    5,
    0xffffffffffffff,
    1e21,
    -0,
    5e-324,
    2 ** 31,
    x,
  ]);
}

const edges = [
  0,
  -0,
  1,
  -1,
  0.5,
  -0.5,
  2.5,
  -2.5,
  0.49999999999999994,
  2 ** 31 - 1,
  2 ** 31,
  -(2 ** 31),
  2 ** 32 - 1,
  2 ** 32,
  2 ** 32 + 1,
  2 ** 53 - 1,
  2 ** 53,
  2 ** 53 + 2,
  -(2 ** 53),
  1e300,
  5e-324,
  NaN,
  Infinity,
  -Infinity,
];
const ints = [0, 1, -1, 2, -7, 46341, 2 ** 31 - 1, -(2 ** 31)];
const wides = [0n, 1n, -1n, 7n, -3n, 2n ** 31n, 2n ** 53n + 1n, 2n ** 63n - 1n, -(2n ** 63n)];
const unsigned = [0n, 1n, 3n, 63n, 64n, 2n ** 63n, 2n ** 64n - 1n];

export const cases: readonly (readonly [string, readonly unknown[]])[] = [
  ...edges.flatMap((a) =>
    edges.flatMap((b) =>
      ['mixed', 'remainder', 'bits', 'compare', 'exactMath'].map((name) => [name, [a, b]] as const),
    ),
  ),
  ...edges.flatMap((a) => [
    ['predicates', [a]] as const,
    ['comparedRemainders', [a]] as const,
    ...Array.from({ length: 9 }, (_, which) => ['remainderByConstant', [a, which]] as const),
    ['constants', [a]] as const,
    ['namespaced', [a]] as const,
  ]),
  ...[0, 1, 2, 3, -1].map((i) => ['table', [i]] as const),
  ...ints.flatMap((a) => [
    ...ints.flatMap((b) =>
      ['divisions', 'products', 'overflow32', 'wrap32'].map((name) => [name, [a, b]] as const),
    ),
    ['negativeZero', [a]] as const,
    ['growing', [a]] as const,
  ]),
  ['narrow', [-128, 255, -32768, 65535, 4294967295]],
  ['narrow', [127, 0, 32767, 1, 0]],
  ['counters', [3]],
  ['counters', [10]],
  ...wides.flatMap((a) => [
    ...wides.flatMap((b) =>
      // V8 names no operand when an exponent is negative, and says so in other words each year.
      ['wideArithmetic', 'shifts', 'shiftLeft', ...(b < 0n ? [] : ['powers'])].map(
        (name) => [name, [a, b]] as const,
      ),
    ),
    ...unsigned.flatMap((b) =>
      ['wideModular', 'mixedCompare', 'literalCompare'].map((name) => [name, [a, b]] as const),
    ),
    ['widths', [a]] as const,
    ...[0, 5, -1, 1.5, 2 ** 53].map((x) => ['conversions', [a, x]] as const),
  ]),
  ...unsigned.flatMap((a) => [
    ...unsigned.flatMap((b) =>
      ['shiftModular', 'unsignedDown'].map((name) => [name, [a, b]] as const),
    ),
    ['unsignedWidths', [a]] as const,
    ['bigConstant', [a]] as const,
  ]),
  ['literals', [1]],
];

export const checked = [
  'overflow32',
  'table',
  'shifts',
  'counters',
  'wideArithmetic',
  'shiftLeft',
  'powers',
  'unsignedDown',
  'conversions',
];
