/** Typed arrays of a small constant length: some stay inside a function, some are kept, by whatever way. */
import type { f64, i32 } from 'tsnative';

function fill(array: Float64Array, from: f64): f64 {
  let sum = 0;
  for (let i = 0; i < array.length; i++) {
    sum += array[i]!;
    array[i] = from + i;
  }
  return sum;
}

/** @native */
export function zerosEachTime(rounds: i32): f64 {
  let sum = 0;
  for (let round = 0; round < rounds; round++) sum += once(round);
  return sum;
}

function once(round: f64): f64 {
  const scratch = new Float64Array(16);
  const before = fill(scratch, round);
  return before * 1000 + fill(scratch, 0);
}

/** @native */
export function deep(depth: i32): f64 {
  const own = new Int32Array(8);
  own[depth & 7] = depth;
  const below = depth > 0 ? deep(depth - 1) : 0;
  let sum = below;
  for (let i = 0; i < own.length; i++) sum += own[i]! * (i + 1);
  return sum;
}

function same(array: Uint8Array): Uint8Array {
  return array;
}

class Holder {
  constructor(public bytes: Uint8Array) {}
}

/** @native */
export function keptByOthers(value: i32): f64 {
  const holders: Holder[] = [];
  for (let i = 0; i < 4; i++) {
    const bytes = new Uint8Array(4);
    bytes[i] = value + i;
    holders.push(new Holder(bytes));
  }
  const passed = new Uint8Array(4);
  const again = same(passed);
  again[1] = 7;
  const part = passed.subarray(1, 3);
  part[1] = 9;
  let sum = passed[1]! + 100 * passed[2]!;
  for (const { bytes } of holders) for (let i = 0; i < 4; i++) sum = sum * 3 + bytes[i]!;
  return sum;
}

/** @native */
export function returned(length: i32): Float64Array {
  const made = new Float64Array(4);
  fill(made, length);
  return made;
}

/** @native */
export function swapped(x: f64): f64 {
  let a = new Float64Array(2);
  let b = new Float64Array(2);
  a[0] = x;
  b[0] = -x;
  for (let i = 0; i < 3; i++) {
    const c = a;
    a = b;
    b = c;
  }
  return a[0]! * 10 + b[0]!;
}

/** @native */
export function outside(index: i32): f64 {
  const scratch = new Uint8Array(4);
  scratch[3] = 5;
  return scratch[index]!;
}

/** @native */
export function texts(x: f64): string {
  return `${x} ${x.toFixed(3)} ${x.toString(16)} ${x.toPrecision(5)} ${[x, -x].join()}`;
}

export const checked = ['outside'];

export const cases: readonly (readonly [string, readonly unknown[]])[] = [
  ['zerosEachTime', [0]],
  ['zerosEachTime', [5]],
  ['deep', [0]],
  ['deep', [50]],
  ['keptByOthers', [3]],
  ['keptByOthers', [253]],
  ['returned', [2]],
  ['swapped', [1.5]],
  ['swapped', [-0]],
  ['outside', [3]],
  ['outside', [4]],
  ['outside', [-1]],
  ...[0, -0, NaN, 1 / 3, 1e21, -123456.789, 2 ** 53, 5e-324].map((x) => ['texts', [x]] as const),
];
