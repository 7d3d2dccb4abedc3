/** Loops over floats that a test of these floats ends: what their locals are behind it, whatever was computed by then. */
import type { i32, i64, f32 } from 'tsnative';

/** How often a number can be squared; gives the last number that was small enough too. */
/** @native */
export function squares(x: number, c: number, limit: i32, out: Float64Array): number {
  let n = 0;
  let last = x;
  for (; n < limit; n++) {
    if (last * last > 4) break;
    last = last * last + c;
  }
  out[0] = last;
  out[1] = n;
  return n;
}

/** @native */
export function escape(cx: number, cy: number, limit: i32): number {
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

/** A loop inside a loop, whose locals go on from where they were. */
/** @native */
export function goesOn(step: number, limit: number, out: Float64Array): number {
  let x = 0.5;
  let rounds = 0;
  for (let i = 0; i < 4; i++) {
    while (x < limit * i) {
      rounds++;
      if (x * step > 10) break;
      x += step;
    }
    out[i] = x;
  }
  return rounds;
}

/** The branch that stays in the loop is the other one. */
/** @native */
export function otherBranch(x: number, factor: number): number {
  let n: i32 = 0;
  let y = x;
  for (;;) {
    if (y < 100 && n < 50) {
      y = y * factor + 1;
      n = (n + 1) | 0;
    } else return y * 1000 + n;
  }
}

/** @native */
export function throws(x: number, out: Float64Array): number {
  let y = x;
  for (let n = 0; n < 100; n++) {
    out[0] = y;
    if (y > 50 || y !== y) throw new RangeError(`${y} after ${n}`);
    y = y + y * 0.5;
  }
  return y;
}

/** @native */
export function caughtStop(x: number): number {
  let y = x;
  let n = 0;
  try {
    for (; n < 20; n++) {
      if (y > 50) throw new Error('large');
      y = y * 2 - 1;
    }
  } catch {
    return -y - n;
  }
  return y + n;
}

/** @native */
export function singleStops(x: f32, limit: i32): number {
  let y: f32 = x;
  let n = 0;
  while (n < limit) {
    if (Math.abs(y) > 1e30) break;
    y = Math.fround(y * y);
    n++;
  }
  return y * 100 + n;
}

/** A counter at the end of its range when the test stops it. */
/** @native */
export function stoppedCounters(from: i32, big: i64, x: number): i64 {
  let n = from;
  let m: i64 = big;
  let y = x;
  for (;;) {
    if (y >= 8) break;
    y = y * 2;
    n = (n + 1) | 0;
    m = BigInt.asIntN(64, m + 1n);
  }
  return BigInt.asIntN(64, m ^ BigInt(n));
}

/** Swapped each round, and read after. */
/** @native */
export function swaps(a: number, b: number, out: Float64Array): void {
  let x = a;
  let y = b;
  for (let i = 0; i < 9; i++) {
    const sum = x + y;
    if (!(sum < 30)) {
      out[0] = x;
      break;
    }
    x = y;
    y = sum;
  }
  out[1] = x;
  out[2] = y;
}

/** @native */
export function newton(x: number): number {
  let root = x;
  let before = 0;
  for (let n = 0; n < 60; n++) {
    const next = (root + x / root) * 0.5;
    const far = Math.abs(next - root);
    if (far <= 1e-12 * next) break;
    before = root;
    root = next;
  }
  return root * 3 + before;
}

/** What is stored each round stays before the test. */
/** @native */
export function stores(x: number, out: Float64Array): number {
  let y = x;
  let n = 0;
  while (n < out.length) {
    out[n] = y;
    if (y > 3) return n;
    y = y * 1.5 + 0.25;
    n++;
  }
  return -1;
}

const numbers = [0, -0, 0.5, 1, 1.5, -2, 2, 7, 1e200, -1e-200, NaN, Infinity, -Infinity];

export const cases: readonly (readonly [string, readonly unknown[]])[] = [
  ...numbers.flatMap((x) => [
    ...[-0.25, 0.1, NaN].flatMap((c) =>
      [-1, 0, 1, 30].map((n) => ['squares', [x, c, n, new Float64Array(2)]] as const),
    ),
    ...[0, -0.7, 2].flatMap((y) => [-1, 0, 1, 2, 50].map((n) => ['escape', [x, y, n]] as const)),
    ...[1, 2, -1, 0].map((factor) => ['otherBranch', [x, factor]] as const),
    ['throws', [x, new Float64Array(1)]] as const,
    ['caughtStop', [x]] as const,
    ['singleStops', [Math.fround(x), 8]] as const,
    ['newton', [x]] as const,
    ...[0, 1, 9].map((n) => ['stores', [x, new Float64Array(n)]] as const),
    ...[1, -3, 12].map((y) => ['swaps', [x, y, new Float64Array(3)]] as const),
  ]),
  ...[0.25, 1, 3.5, 30].flatMap((step) =>
    [0, 1, 5, 40].map((limit) => ['goesOn', [step, limit, new Float64Array(4)]] as const),
  ),
  ...[-(2 ** 31), -1, 0, 2 ** 31 - 1].flatMap((from) =>
    [-(2n ** 63n), -1n, 2n ** 63n - 1n].flatMap((big) =>
      [1, 3, 8, Infinity].map((x) => ['stoppedCounters', [from, big, x]] as const),
    ),
  ),
];
