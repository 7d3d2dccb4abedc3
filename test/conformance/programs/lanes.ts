/** Loops whose rounds are computed several at a time: with loops inside that data ends, for any number of rounds. */
import type { f32, i32, u32 } from 'tsnative';

/** How many rounds z ← z² + c stays near. */
function escapeRounds(cx: number, cy: number, limit: i32): number {
  let x = 0;
  let y = 0;
  for (let n = 0; n < limit; n++) {
    const xx = x * x;
    const yy = y * y;
    if (xx + yy > 4) return n;
    y = 2 * x * y + cy;
    x = xx - yy + cx;
  }
  return limit;
}

/** @native */
export function escapesInLanes(
  out: Uint16Array,
  width: i32,
  height: i32,
  scale: number,
  limit: i32,
): void {
  for (let row = 0; row < height; row++)
    // lanes
    for (let column = 0; column < width; column++)
      out[row * width + column] = escapeRounds((column - width / 2) * scale, row * scale, limit);
}

/** Each reads its own element, which it writes then. */
/** @native */
export function rootsInLanes(a: Float64Array, most: i32): void {
  // lanes
  for (let i = 0; i < a.length; i++) {
    const x = a[i]!;
    let root = x > 1 ? x : 1;
    let n: i32 = 0;
    while (n < most) {
      const next = (root + x / root) * 0.5;
      if (next === root) break;
      root = next;
      n++;
    }
    a[i] = root + n * 1000;
  }
}

/** Of other arrays, which may share memory with the one that is written. */
/** @native */
export function powersInLanes(out: Float64Array, a: Float64Array, b: Float64Array): void {
  // lanes
  for (let i = 0; i < out.length; i++) {
    const base = a[i]!;
    const least = b[i]!;
    let product = 1;
    let count: i32 = 0;
    while (product < least && count < 200) {
      product *= base;
      count++;
    }
    out[i] = product - count;
  }
}

/** What follows the loop inside is done in order. */
/** @native */
export function sumOfLanes(n: i32, step: number, most: number): number {
  let sum = 0.1;
  // lanes
  for (let i = 0; i < n; i++) {
    let x = i * step;
    let k: i32 = 0;
    while (x < most && k < 1000) {
      x = x * 1.5 + 0.01;
      k++;
    }
    sum = sum * 0.999 + x / (k + 1);
  }
  return sum;
}

/** Branches, and rounds inside that go on at once. */
/** @native */
export function branchesInLanes(out: Float64Array, seed: number): void {
  // lanes
  for (let i = 0; i < out.length; i++) {
    let x = seed + i / 16;
    let total = 0;
    let isOdd = false;
    let last: i32 = -1;
    for (let k: i32 = 0; k < 60; k++) {
      isOdd = !isOdd;
      x = x * 3.7 * (1 - x);
      if (x < 0.2) {
        x += 0.3;
        continue;
      }
      if (isOdd) {
        total += x;
        last = k;
      } else if (x > 0.9) total -= 2 * x;
      else {
        total -= x / 3;
        if (total > 3 || total < -20) break;
      }
      x = x > 1 || x !== x ? 0.37 : x;
    }
    out[i] = isOdd ? total + last : -total - last / 2;
  }
}

/** Loops inside of loops. */
/** @native */
export function gridsInLanes(out: Float64Array, scale: number): void {
  // lanes
  for (let i = 0; i < out.length; i++) {
    let all = 0;
    const most = i % 7;
    for (let j: i32 = 0; j < 50; j++) {
      let x = i * scale + j;
      let rounds: i32 = 0;
      while (x > 1.5) {
        x = Math.sqrt(x) * 1.01;
        rounds++;
        if (rounds > most) break;
      }
      all += x * rounds;
      if (all > 60 + i) break;
    }
    out[i] = all;
  }
}

/** Two loops one after the other, and what is read of a round's variables behind the loop. */
/** @native */
export function twiceInLanes(a: Float64Array, out: Float64Array): number {
  let x = -1;
  let n: i32 = -1;
  // order
  for (let i = 0; i < a.length; i++) {
    x = a[i]!;
    n = 0;
    while (x > 1) {
      x *= 0.5;
      n++;
      if (n === 2000) break;
    }
    while (x < 0.25 && n < 2100) {
      x = x * 2 + 0.001;
      n++;
    }
    out[i] = x;
  }
  return x * 10_000 + n;
}

/** @native */
export function extremesInLanes(a: Float64Array, out: Float64Array, rounds: i32): void {
  // lanes
  for (let i = 0; i < a.length; i++) {
    let low = a[i]!;
    let high = -low;
    for (let k = 0; k < rounds; k++) {
      const next = Math.abs(low) * 0.75 - 1;
      low = Math.min(low, next);
      high = Math.max(high, -next, 0);
      low = low < -1e300 ? Math.floor(high) : Math.ceil(next * 2) / 2;
      high = Math.trunc(high * 3) / 2 - Math.sqrt(high);
    }
    out[i] = low * 3 + high;
  }
}

/** @native */
export function singlesInLanes(a: Float32Array, out: Float32Array, most: i32): void {
  // lanes
  for (let i = 0; i < a.length; i++) {
    let x: f32 = a[i]!;
    let k: i32 = 0;
    while (x > 1 && k < most) {
      x = Math.fround(x * Math.fround(0.7));
      x = Math.fround(x - Math.fround(0.01));
      k++;
    }
    out[i] = Math.fround(x + Math.fround(k));
  }
}

/** Integers of 32 bits beside floats. */
/** @native */
export function diceInLanes(out: Float64Array, rounds: i32): void {
  // lanes
  for (let i = 0; i < out.length; i++) {
    let seed: u32 = (i * 2_654_435 + 1) >>> 0;
    let hits: i32 = 0;
    let mean = 0.5;
    for (let k = 0; k < rounds; k++) {
      seed = (seed ^ (seed << 13)) >>> 0;
      seed = (seed ^ (seed >>> 17)) >>> 0;
      seed = (seed ^ (seed << 5)) >>> 0;
      const x = seed / 4294967296;
      mean = mean * 0.9 + x * 0.1;
      if (mean > 0.6) hits++;
      if (hits > 20) break;
    }
    out[i] = hits + mean;
  }
}

/** Counters that don't begin at 0, and end before what they begin with. */
/** @native */
export function rangesInLanes(out: Float64Array, from: i32, to: i32): number {
  let sum = 0;
  // lanes
  for (let i = from; i < to; i++) {
    let x = i / 3;
    while (x * x > 2) x = x * 0.5 - 0.125;
    sum += x;
    out[i - from] = x;
  }
  return sum;
}

/** A round that leaves the loop: those behind it must not be begun, as they have no end. */
/** @native */
export function firstOfLanes(n: number, step: number): number {
  // order
  for (let i = 0; i < n; i++) {
    let x = 10 - i * step;
    while (x !== 0 && x > 0) {
      x = x * 0.5 - 0.25;
      if (x === -0.25) return i;
    }
    if (x < -0.2) return i + 0.5;
  }
  return -1;
}

/** What a round computes depends on the one before: in order. */
/** @native */
export function carriedPastLanes(out: Float64Array, start: number): number {
  let x = start;
  // order
  for (let i = 0; i < out.length; i++) {
    let k: i32 = 0;
    while (x > 1 && k < 100) {
      x *= 0.6;
      k++;
    }
    out[i] = x;
    x = x * 50 + k;
  }
  return x;
}

/** Each writes what the next reads. */
/** @native */
export function chainedPastLanes(a: Float64Array): void {
  // order
  for (let i = 1; i < a.length; i++) {
    let x = a[i - 1]!;
    let k: i32 = 0;
    while (x > 1 && k < 100) {
      x *= 0.6;
      k++;
    }
    a[i] = x * 50 + k;
  }
}

/** Counters that begin apart, as some rounds jump over what sets them. */
/** @native */
export function startsOfLanes(out: Float64Array, a: Float64Array, most: i32): void {
  // lanes
  for (let i = 0; i < out.length; i++) {
    const v = a[i]!;
    let k: i32 = 7;
    first: {
      if (v > 10) {
        if (v > 12) break first;
      }
      k = 1;
    }
    let x = v;
    for (; k < most; k++) {
      x = x * 1.05 + 1;
      if (x > 1000) break;
    }
    out[i] = x * 1000 + k;
  }
}

/** Remainders are calls. */
/** @native */
export function remaindersInLanes(out: Float64Array, divisor: number): void {
  // lanes
  for (let i = 0; i < out.length; i++) {
    let x = (i * 1.25 - 3) % divisor;
    let k: i32 = 0;
    while (x < 50 && k < 60) {
      x = x * 1.25 + 1;
      k++;
    }
    out[i] = x - k;
  }
}

/** Squares that are rounded to zero. */
/** @native */
export function hasNoSquare(x: number): number {
  if (x * x <= 0) return x > 0 ? 1 : x < 0 ? -1 : 0;
  return 2;
}

const sizes = [0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 100];
const strange = [NaN, Infinity, -Infinity, 0, -0, 1e308, -1e308, 5e-324, 2, 1, 0.5, -3, 1e-300, 77];
const ramp = (n: number): Float64Array => Float64Array.from({ length: n }, (_, i) => i * 1.25 - 3);
const views = (offset: number): [Float64Array, Float64Array, Float64Array] => {
  const { buffer } = ramp(60).map((x) => Math.abs(x) / 20 + 1.01);
  return [
    new Float64Array(buffer, 8 * offset, 20),
    new Float64Array(buffer, 160, 20),
    ramp(20).map((x) => x * 1e6),
  ];
};

export const cases: readonly (readonly [string, readonly unknown[]])[] = [
  ...sizes.map(
    (n) =>
      ['escapesInLanes', [new Uint16Array(3 * n), n, 3, 0.05, 90] as readonly unknown[]] as const,
  ),
  ...[0, 1, -1, 70_000].map(
    (limit) => ['escapesInLanes', [new Uint16Array(30), 10, 3, 0.01, limit]] as const,
  ),
  ...[NaN, Infinity, 1e300].map(
    (scale) => ['escapesInLanes', [new Uint16Array(30), 10, 3, scale, 50]] as const,
  ),
  ['escapesInLanes', [new Uint16Array(29), 10, 3, 0.05, 50]],
  ...sizes.map((n) => ['rootsInLanes', [ramp(n), 60]] as const),
  ['rootsInLanes', [Float64Array.from(strange), 2000]],
  ['rootsInLanes', [Float64Array.from(strange), 0]],
  ...[0, 1, 19, 20, 21, 39, 40].map((offset) => ['powersInLanes', views(offset)] as const),
  ['powersInLanes', [ramp(14), Float64Array.from(strange), Float64Array.from(strange).reverse()]],
  ['powersInLanes', [ramp(15), Float64Array.from(strange), ramp(15)]],
  ...sizes.map((n) => ['sumOfLanes', [n, 0.7, 50]] as const),
  ['sumOfLanes', [40, NaN, 50]],
  ['sumOfLanes', [40, -1, 50]],
  ['sumOfLanes', [-5, 1, 50]],
  ...sizes.map((n) => ['branchesInLanes', [new Float64Array(n), 0.11]] as const),
  ...[NaN, -3, 1e200].map((seed) => ['branchesInLanes', [new Float64Array(19), seed]] as const),
  ...sizes.map((n) => ['gridsInLanes', [new Float64Array(n), 1.7]] as const),
  ['gridsInLanes', [new Float64Array(21), NaN]],
  ['gridsInLanes', [new Float64Array(21), 1e307]],
  ...sizes.map((n) => ['twiceInLanes', [ramp(n), new Float64Array(n)]] as const),
  ['twiceInLanes', [Float64Array.from(strange), new Float64Array(14)]],
  ['twiceInLanes', [Float64Array.from(strange), new Float64Array(13)]],
  ...sizes.map((n) => ['extremesInLanes', [ramp(n), new Float64Array(n), 70]] as const),
  ...[0, 1, 40].map(
    (rounds) =>
      ['extremesInLanes', [Float64Array.from(strange), new Float64Array(14), rounds]] as const,
  ),
  ...sizes.map(
    (n) => ['singlesInLanes', [Float32Array.from(ramp(n)), new Float32Array(n), 50]] as const,
  ),
  ['singlesInLanes', [Float32Array.from(strange), new Float32Array(14), 300]],
  ...sizes.map((n) => ['diceInLanes', [new Float64Array(n), 100]] as const),
  ...[
    [0, 40],
    [-20, 20],
    [5, 5],
    [9, -9],
    [2 ** 31 - 6, 2 ** 31 - 1],
    [-(2 ** 31), -(2 ** 31) + 11],
  ].map(([from, to]) => ['rangesInLanes', [new Float64Array(41), from, to]] as const),
  ...sizes.map((most) => ['startsOfLanes', [new Float64Array(19), ramp(19), most]] as const),
  ...[3.7, 0, NaN, 1e-3].map(
    (divisor) => ['remaindersInLanes', [new Float64Array(19), divisor]] as const,
  ),
  ...[1e-300, -1e-300, 5e-324, 0, -0, NaN, 1].map((x) => ['hasNoSquare', [x]] as const),
  ...[0, 1, 5, 50].map((n) => ['firstOfLanes', [n, 0.7]] as const),
  ['firstOfLanes', [9, NaN]],
  ...sizes.map((n) => ['carriedPastLanes', [new Float64Array(n), 7.5]] as const),
  ...sizes.map((n) => ['chainedPastLanes', [ramp(n)]] as const),
];

export const checked = [
  'escapesInLanes',
  'powersInLanes',
  'twiceInLanes',
  'extremesInLanes',
  'singlesInLanes',
];
