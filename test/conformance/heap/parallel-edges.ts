/** What goes wrong most easily in parallel loops: errors in nested ones, no iterations, signs of zero, views over each other. */
import { parallel } from 'tsnative';
import type { f32, i32, i64, u32, u64, u8 } from 'tsnative';

/**
 * The error of the lowest iteration of the lowest outer one. Those in front of it have run; those behind it have run as
 * they would without it, or not at all.
 */
/** @native */
export function nestedErrors(out: Float64Array, rows: i32, width: i32, from: number): void {
  try {
    parallel.for(rows, (y) => {
      parallel.for(width, (x) => {
        const at = y * width + x;
        if (at >= from && at % 7 === 3) throw new RangeError(`row ${y}, column ${x}`);
        out[y * width + x] = rootsFrom(at);
      });
    });
  } catch (error) {
    let first = from;
    while (first % 7 !== 3) first++;
    for (let at = first; at < out.length; at++) takeBack(out, at, at % 7 === 3 ? 0 : rootsFrom(at));
    throw error;
  }
}

function rootsFrom(at: number): number {
  let sum = 0;
  for (let k = 0; k < 40; k++) sum += Math.sqrt(at + k);
  return sum;
}

/** Sets an element that may have been written behind an error to 0; it has nothing else than 0 and what is written. */
function takeBack(a: Float64Array, at: number, written: number): void {
  if (a[at] !== 0 && a[at] !== written) throw new Error(`element ${at} is ${a[at]!}`);
  a[at] = 0;
}

/** Each row goes on behind its own error. */
/** @native */
export function caughtBetween(told: Float64Array, rows: i32, width: i32): void {
  for (let y = 0; y < rows; y++)
    try {
      told[y] = parallel.sum(width, (x) => {
        if (x > 3 * y) throw new TypeError(`${x} is above ${y}`);
        return Math.sqrt(x);
      });
    } catch {
      told[y] = -y - 1;
    }
}

/** @native */
export function noIterations(counts: Float64Array): number {
  return parallel.sum(counts.length, (i) => {
    const some = parallel.sum(counts[i]!, (k) => 1 + k);
    const more = parallel.reduce(
      counts[i]! - 2,
      -0,
      (k) => -k,
      (a, b) => a + b,
    );
    return 1 / more === -Infinity ? some + 0.5 : some + more;
  });
}

/** @native */
export function extremes(a: Float64Array, first: number): Float64Array {
  const n = a.length;
  const least = parallel.reduce(
    n,
    first,
    (i) => a[i]!,
    (x, y) => Math.min(x, y),
  );
  const most = parallel.reduce(
    n,
    first,
    (i) => a[i]!,
    (x, y) => Math.max(x, y),
  );
  const sum = parallel.sum(n, (i) => a[i]!);
  const last = parallel.reduce(
    n,
    first,
    (i) => a[i]!,
    (_, y) => y,
  );
  return Float64Array.of(least, most, sum, last, 1 / sum, 1 / least, 1 / most);
}

/** @native */
export function largeCounts(count: number, from: number): number {
  parallel.for(count, (i) => {
    if (i >= from) throw new RangeError(`number ${i}`);
  });
  return count;
}

/** @native */
export function largeSum(count: number, from: number): number {
  return parallel.sum(count, (i) => {
    if (i >= from) throw new RangeError(`number ${i}`);
    return i;
  });
}

/** @native */
export function hintedCounts(count: number): number {
  let told = 0;
  try {
    parallel.for(count, (i: u8) => {
      if (i === 300) throw new Error('no u8 has it');
    });
  } catch {
    told = 1;
  }
  return told;
}

/** @native */
export function farIndices(out: Uint8Array, n: number, far: number): void {
  parallel.for(n, (i) => {
    out[i] = (far + i) % 251;
  });
}

/** @native */
export function shiftedBytes(out: Int8Array, a: Int8Array): void {
  parallel.for(a.length, (i: i32) => {
    out[i] = a[i]! * 3 + 1;
  });
}

/** @native */
export function shiftedClamped(out: Uint8ClampedArray, a: Uint8ClampedArray): void {
  parallel.for(a.length, (i: i32) => {
    out[i] = a[i]! * 1.5 - 7;
  });
}

/** @native */
export function shiftedShorts(out: Int16Array, a: Uint16Array): void {
  parallel.for(a.length, (i: i32) => {
    out[i] = a[i]! * 3 + 1;
  });
}

/** @native */
export function shiftedWords(out: Uint32Array, a: Int32Array): void {
  parallel.for(a.length, (i: i32) => {
    out[i] = a[i]! * 3 - 1;
  });
}

/** @native */
export function shiftedSingles(out: Float32Array, a: Float32Array): void {
  parallel.for(a.length, (i: i32) => {
    out[i] = a[i]! * 0.1;
  });
}

/** @native */
export function shiftedBigints(out: BigUint64Array, a: BigInt64Array): void {
  parallel.for(a.length, (i: i32) => {
    out[i] = BigInt.asUintN(64, a[i]! * 3n - 1n);
  });
}

/** Bytes of one view are elements of another. */
/** @native */
export function bytesOfDoubles(out: Float64Array, a: Uint8Array): void {
  parallel.for(out.length, (i: i32) => {
    out[i] = a[i]! + 0.5;
  });
}

/** @native */
export function mappedKinds(a: Float64Array): Float64Array {
  const [b, c] = [new Int16Array(a.length), new Float32Array(a.length)];
  parallel.for(a.length, (i) => {
    b[i] = a[i]!;
    c[i] = a[i]!;
  });
  const [d, e] = [parallel.map(b, (x, i) => x * i * 1000), parallel.map(c, (x: f32) => x)];
  return parallel.map(a, (_, i) => d[i]! * 2 + e[i]!);
}

/** Both fail: the first one's error. Functions behind the first that fails may have run or not. */
/** @native */
export function invokedErrors(a: Float64Array, one: number, other: number): void {
  const [left, right] = [a.subarray(0, a.length >> 1), a.subarray(a.length >> 1)];
  try {
    parallel.invoke(
      () => fill(left, one),
      () => fill(right, other),
      () => {
        throw new Error('the last one');
      },
    );
  } catch (error) {
    if (one < left.length - 1)
      for (let i = 0; i < right.length; i++) takeBack(right, i, i <= other ? i : 0);
    throw error;
  }
}

function fill(a: Float64Array, limit: number): void {
  parallel.for(a.length, (i) => {
    if (i > limit) throw new RangeError(`${i} of ${a.length} is above ${limit}`);
    a[i] = i;
  });
}

/** Values fail in one piece, combinations in another one, and those of pieces last. */
/** @native */
export function failingReduction(n: number, value: number, most: number): number {
  return parallel.reduce(
    n,
    0,
    (i) => {
      if (i === value) throw new TypeError(`value ${i}`);
      return i;
    },
    (a, b) => {
      if (a + b > most) throw new RangeError(`${a} and ${b}`);
      return a + b;
    },
  );
}

/** The first iteration takes nearly all of the time. */
/** @native */
export function unequal(out: Float64Array, rounds: number): void {
  parallel.for(out.length, (i) => {
    let x = 0.25 + i / out.length / 2;
    const own = i === 0 ? rounds : 3;
    for (let k = 0; k < own; k++) x = 3.7 * x * (1 - x);
    out[i] = x;
  });
}

/** @native */
export function tooDeep(n: i32, from: number): number {
  return parallel.sum(n, (i) => parallel.sum(3, (k) => (i >= from ? down(i + k) : i)));
}

function down(n: number): number {
  return 1 + down(n + 1) * 0.5;
}

/** @native */
export function wrappedCounts(
  bytes: Uint8Array,
  words: Int32Array,
  bits: Uint16Array,
  n: number,
): void {
  parallel.for(n, (i: u32) => {
    Atomics.add(bytes, i % bytes.length, i);
    parallel.for(3, (k: u32) => {
      Atomics.sub(words, k, 0x7fffffff);
      Atomics.xor(bits, k, i);
    });
  });
}

/** @native */
export function wideCounts(a: BigInt64Array, n: i32): void {
  parallel.for(n, (i: i32) => {
    Atomics.add(a, i % 2, 0x7fffffffffffffffn);
  });
}

/** @native */
export function sortedSigns(a: Float64Array): Float64Array {
  const own = parallel.sort(a.slice());
  const down = parallel.sort(a.slice(), (x, y) => y - x);
  const scanned = parallel.scan(own, (x, y) => (1 / y === -Infinity ? y : x + y));
  return parallel.map(own, (x, i) => (1 / x === -Infinity ? 7 : x) + down[i]! + scanned[i]!);
}

/** @native */
export function wholeOfParts(n: i32, width: i32): number {
  const all = new Int32Array(n * width);
  parallel.for(n, (i) => {
    const part = all.subarray(i * width, (i + 1) * width);
    parallel.for(width, (k) => {
      part[k] = i * 31 + k;
    });
  });
  return parallel.reduce(
    all.length,
    7,
    (i) => all[i]!,
    (a, b) => (Math.imul(a, 31) + b) | 0,
  );
}

/** @native */
export function bigCounts(n: i64, k: u64): i64 {
  const out = new BigInt64Array(16);
  parallel.for(16, (i: i32) => {
    out[i] = BigInt.asIntN(64, n * BigInt(i)) ^ BigInt.asIntN(64, k);
  });
  let all: i64 = 0n;
  for (const one of out) all = BigInt.asIntN(64, all * 31n + one);
  return all;
}

const ramp = (n: number): Float64Array => Float64Array.from({ length: n }, (_, i) => i);

/** Two views of one array that begin `by` bytes apart. */
function over<A, B>(
  first: new (buffer: ArrayBuffer, at: number, length: number) => A,
  second: new (buffer: ArrayBuffer, at: number, length: number) => B,
  length: number,
  by: number,
  behind: boolean,
): readonly [A, B] {
  const { buffer } = Uint8Array.from({ length: 8 * length + 64 }, (_, i) => i * 37 + 11);
  const [one, other] = behind ? [8 + by, 8] : [8, 8 + by];
  return [new first(buffer, one, length), new second(buffer, other, length)];
}

const both = [true, false];
const lengths = [1, 2, 3000];

export const cases: [string, unknown[]][] = [
  ...[0, 500, 1199, 5000].map((from): [string, unknown[]] => [
    'nestedErrors',
    [new Float64Array(1200), 30, 40, from],
  ]),
  ...[0, 1, 40].map((rows): [string, unknown[]] => ['caughtBetween', [ramp(rows), rows, 60]]),
  ['noIterations', [Float64Array.of(0, -0, -1, NaN, 0.5, 1, 1.5, 2, 3, -Infinity, 100)]],
  ['noIterations', [new Float64Array(0)]],
  ...[
    [],
    [-0],
    [0],
    [NaN],
    [-0, 0],
    [0, -0],
    [-0, -0, -0],
    [Infinity, -Infinity],
    [1, NaN, 2],
  ].flatMap((a) =>
    [-0, 0, NaN].map((first): [string, unknown[]] => ['extremes', [Float64Array.from(a), first]]),
  ),
  ['extremes', [Float64Array.from({ length: 3000 }, (_, i) => (i === 2047 ? 0 : -0)), -0]],
  ['extremes', [new Float64Array(3000).fill(-0), -0]],
  ...['largeCounts', 'largeSum'].flatMap((name) =>
    [
      2 ** 31 - 1,
      2 ** 31,
      2 ** 31 + 1,
      2 ** 32,
      2 ** 32 + 1,
      2 ** 43,
      2 ** 43 + 1,
      2 ** 53,
      Infinity,
    ].map((count): [string, unknown[]] => [name, [count, 3]]),
  ),
  ...[0, 255, 256, 301].map((count): [string, unknown[]] => ['hintedCounts', [count]]),
  ...[2 ** 31 - 2, 2 ** 32 - 2, 2 ** 53 - 5, -1].map((far): [string, unknown[]] => [
    'farIndices',
    [new Uint8Array(9), 9, far],
  ]),
  ...lengths.flatMap((n) =>
    both.flatMap((behind): [string, unknown[]][] => [
      ['shiftedBytes', [...over(Int8Array, Int8Array, n, 1, behind)]],
      ['shiftedClamped', [...over(Uint8ClampedArray, Uint8ClampedArray, n, 1, behind)]],
      ['shiftedShorts', [...over(Int16Array, Uint16Array, n, 2, behind)]],
      ['shiftedWords', [...over(Uint32Array, Int32Array, n, 4, behind)]],
      ['shiftedSingles', [...over(Float32Array, Float32Array, n, 4, behind)]],
      ['shiftedBigints', [...over(BigUint64Array, BigInt64Array, n, 8, behind)]],
      ['bytesOfDoubles', [...over(Float64Array, Uint8Array, n, 8, behind)]],
      ['bytesOfDoubles', [...over(Float64Array, Uint8Array, n, 0, behind)]],
    ]),
  ),
  ...[0, 1, 2, 3000].map((n): [string, unknown[]] => [
    'mappedKinds',
    [ramp(n).map((i) => i * 1e3 - 5e4)],
  ]),
  ...[
    [5, 5],
    [5, 1e9],
    [1e9, 5],
    [1e9, 1e9],
  ].map((limits): [string, unknown[]] => ['invokedErrors', [new Float64Array(501), ...limits]]),
  ...[
    [0, 0, 0],
    [1, 0, 0],
    [5000, 2500, Infinity],
    [5000, 2500, 5000],
    [5000, 0, 0],
    [5000, -1, 3e6],
    [5000, -1, 1.2e7],
    [5000, -1, Infinity],
  ].map((given): [string, unknown[]] => ['failingReduction', given]),
  ...[1, 2, 100].map((n): [string, unknown[]] => ['unequal', [new Float64Array(n), 30_000]]),
  ...[0, 500, 2000].map((from): [string, unknown[]] => ['tooDeep', [1000, from]]),
  ...[0, 1, 777].map((n): [string, unknown[]] => [
    'wrappedCounts',
    [new Uint8Array(5), new Int32Array(4), new Uint16Array(3), n],
  ]),
  ...[0, 1, 1001].map((n): [string, unknown[]] => ['wideCounts', [new BigInt64Array(2), n]]),
  ...[[], [-0], [0, -0], [NaN, -0, 0, -NaN, 1, -Infinity, Infinity, -1]].map(
    (a): [string, unknown[]] => ['sortedSigns', [Float64Array.from(a)]],
  ),
  [
    'sortedSigns',
    [
      Float64Array.from({ length: 5000 }, (_, i) =>
        i % 5 === 0 ? -0 : i % 7 === 0 ? NaN : (i * 7919) % 1009,
      ),
    ],
  ],
  ...[
    [0, 0],
    [0, 5],
    [5, 0],
    [1, 1],
    [100, 33],
  ].map((given): [string, unknown[]] => ['wholeOfParts', given]),
  ['bigCounts', [2n ** 62n, 2n ** 64n - 1n]],
];

export const checked = ['shiftedBytes', 'hintedCounts', 'caughtBetween'];
