/** Loops whose checks are tested before them: indices that just fit and just don't, sizes that are no integers, views that overlap. */
import type { i32, u8 } from 'tsnative';

/** @native */
export function multiply(
  n: number,
  m: number,
  c: Float64Array,
  a: Float64Array,
  b: Float64Array,
): void {
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) {
      c[i * n + j] = 0;
      for (let k = 0; k < m; k++) c[i * n + j]! += a[i * m + k]! * b[k * n + j]!;
    }
}

/** @native */
export function multiplyHinted(n: i32, c: Float64Array, a: Float64Array, b: Float64Array): void {
  for (let i: i32 = 0; i < n; i++)
    for (let k: i32 = 0; k < n; k++)
      for (let j: i32 = 0; j < n; j++) c[i * n + j]! += a[i * n + k]! * b[k * n + j]!;
}

/** @native */
export function triangle(n: number, a: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) sum += a[i * n + j]!;
    for (let j = i + 1; j < n; j++) a[i * n + j]! -= a[j * n + i]!;
    for (let j = n - 1; j > i; j--) sum -= a[j * n + i]! * 0.5;
  }
  return sum;
}

/** @native */
export function cube(n: i32, a: Float64Array, b: Float64Array): void {
  for (let i = 1; i < n - 1; i++)
    for (let j = 1; j < n - 1; j++)
      for (let k = 1; k < n - 1; k++)
        b[(i * n + j) * n + k] =
          a[((i + 1) * n + j) * n + k]! -
          2 * a[(i * n + j) * n + k]! +
          a[((i - 1) * n + j) * n + k]! +
          a[(i * n + j - 1) * n + k]! +
          a[(i * n + j) * n + k + 1]!;
}

/** @native */
export function countedPixels(
  width: number,
  height: number,
  from: Uint8Array,
  to: Uint8Array,
): number {
  let p = 0;
  let q = 0;
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      to[q++] = (from[p]! + 2 * from[p + 1]! + from[p + 2]!) >> 2;
      p += 3;
    }
  return p * 1000 + q;
}

/** @native */
export function countedRows(width: number, height: number, a: Int32Array): number {
  let row = 0;
  let sum = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) sum += a[row + x]!;
    row += width;
  }
  return sum;
}

/** @native */
export function countedDown(a: Float64Array, n: number, step: number): number {
  let sum = 0;
  let last = n;
  for (let i = n - 1; i >= 0; i -= 2) {
    sum += a[i]! * 2;
    last -= 1;
    sum += a[last]!;
  }
  for (let i = 0; i < n; i += step) sum += a[i]!;
  return sum;
}

/** @native */
export function restartedSometimes(
  width: number,
  height: number,
  every: number,
  a: Float64Array,
): number {
  let p = 0;
  for (let y = 0; y < height; y++) {
    // Where it isn't set back it goes on counting from the row before.
    if (every > 0 && y % every === 0) p = 0;
    for (let x = 0; x < width; x++) {
      a[p]! += y + 1;
      p += 1;
    }
  }
  return p;
}

/** @native */
export function countedBeforeTheRead(a: Float64Array, n: i32, from: i32, at: i32): number {
  let p: i32 = from;
  let sum = 0;
  for (let i: i32 = 0; i < n; i++) {
    if (i === at) p = 0;
    p++;
    if (i === at + 1) p = 2;
    sum += a[p]!;
  }
  return sum;
}

/** @native */
export function countedFromBefore(a: Float64Array, n: i32, at: i32): number {
  let p: i32 = 0;
  let sum = 0;
  for (let i: i32 = 0; i < n; i++) {
    const before: i32 = p;
    p = 0;
    p = before + 1;
    if (i === at) p = 2;
    sum += a[p]!;
  }
  return sum;
}

/** @native */
export function someCounted(a: Float64Array, out: Float64Array, limit: number): number {
  let kept = 0;
  for (let i = 0; i < a.length; i++) {
    if (a[i]! < limit) continue;
    out[kept++] = a[i]!;
    if (kept === 5) out[kept] = -1;
  }
  return kept;
}

/** @native */
export function afterTheSet(a: Float64Array, n: number): number {
  let sum = 0;
  let i = 0;
  while (i < n) {
    i++;
    sum += a[i]!;
  }
  return sum;
}

/** @native */
export function lastRound(a: Float64Array, n: number): number {
  // The counter of one loop is the start of the other; a value of the round before is an index.
  let sum = 0;
  let before = 0;
  for (let i = 0; i < n; i++) {
    sum += a[before]!;
    const next = i * 2;
    if (next < a.length) sum += a[next]! + a[before]!;
    before = next;
  }
  return sum;
}

/** @native */
export function until(a: Uint8Array, stop: u8, n: number): number {
  let i = 0;
  while (i < n && a[i] !== stop) i++;
  let j = n - 1;
  do {
    j -= 1;
  } while (j > 0 && a[j] === stop);
  return i * 100 + j;
}

/** @native */
export function through(a: Float64Array, index: Int32Array, n: number): number {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += a[index[i]!]! * i;
  return sum;
}

/** @native */
export function histogram(bytes: Uint8Array, counts: Uint32Array): void {
  for (let i = 0; i < bytes.length; i++) counts[bytes[i]!]! += 1;
}

/** @native */
export function narrowStore(n: number, x: number, a: Int32Array): i32 {
  let last: i32 = 0;
  for (let i = 0; i < n; i++) {
    const at: i32 = i * x;
    last = at;
    a[at & 7] = at;
  }
  return last;
}

/** @native */
export function shifted(to: Float64Array, from: Float64Array, n: number): void {
  // Where both are parts of one buffer, each round may read what the one before has written.
  for (let r = 0; r < 2; r++) for (let i = 0; i < n; i++) to[i] = from[i]! * 2 + to[0]!;
}

/** @native */
export function throughFunctions(a: Float64Array, width: number, x: number, y: number): number {
  let sum = 0;
  for (let dy = -1; dy <= 1; dy++)
    for (let dx = -1; dx <= 1; dx++) sum += at(a, width, x + dx, y + dy);
  return sum;
}

function at(a: Float64Array, width: number, x: number, y: number): number {
  return x < 0 || x >= width ? 0 : a[y * width + x]!;
}

/** @native bounds: js */
export function asInJavaScript(a: Float64Array, n: number): number {
  let sum = 0;
  for (let i = -1; i <= n; i++) sum += (a[i] ?? 100) + (a[i * 2] ?? 1000);
  return sum;
}

const ramp = (n: number): Float64Array => Float64Array.from({ length: n }, (_, i) => i * 0.5 - 3);
const bytes = (n: number): Uint8Array => Uint8Array.from({ length: n }, (_, i) => (i * 7) & 255);
const ints = (n: number): Int32Array => Int32Array.from({ length: n }, (_, i) => i * 3 - 7);
const whole = ramp(24);

// JavaScript doesn't stop at an array's end, so none is large.
const sizes = [4, 3, 1, 0, -0, -1, -7, 2.5, 0.5, NaN, -Infinity, -(2 ** 31), -(2 ** 32) - 4, 20];
const few = [0, 1, 2, 3, 5];

export const cases: readonly (readonly [string, readonly unknown[]])[] = [
  ...sizes.flatMap((n) =>
    few.map((m) => ['multiply', [n, m, ramp(16), ramp(20), ramp(20)]] as const),
  ),
  ...[15, 16, 17, 0].flatMap((length) => [
    ['multiply', [4, 4, ramp(length), ramp(16), ramp(16)]] as const,
    ['multiply', [4, 4, ramp(16), ramp(length), ramp(16)]] as const,
    ['multiply', [4, 4, ramp(16), ramp(16), ramp(length)]] as const,
    ['multiplyHinted', [4, ramp(length), ramp(16), ramp(16)]] as const,
    ['multiplyHinted', [4, ramp(16), ramp(16), ramp(length)]] as const,
  ]),
  ...[-1, 0, 1, 5, -(2 ** 31)].map(
    (n) => ['multiplyHinted', [n, ramp(16), ramp(16), ramp(16)]] as const,
  ),
  ['multiply', [3, 3, whole, whole, whole]],
  ['multiply', [3, 3, whole.subarray(0, 9), whole.subarray(9, 18), whole.subarray(8, 17)]],
  ['multiply', [3, 3, whole.subarray(8, 17), whole.subarray(0, 9), whole.subarray(9)]],
  ...sizes.map((n) => ['triangle', [n, ramp(16)]] as const),
  ['triangle', [4, ramp(15)]],
  ...[3, 4, 5, 0, -4, 40, -(2 ** 31)].map((n) => ['cube', [n, ramp(64), ramp(64)]] as const),
  ['cube', [4, ramp(58), ramp(64)]],
  ['cube', [4, ramp(57), ramp(64)]],
  ['cube', [4, ramp(64), ramp(42)]],
  ...sizes.map((n) => ['countedPixels', [n, 2, bytes(24), new Uint8Array(8)]] as const),
  ...[23, 24, 25].flatMap((length) => [
    ['countedPixels', [4, 2, bytes(length), new Uint8Array(8)]] as const,
    ['countedPixels', [4, 2, bytes(24), new Uint8Array(length - 17)]] as const,
  ]),
  ['countedPixels', [2, 4, whole.length > 0 ? bytes(24) : bytes(0), new Uint8Array(8)]],
  ...sizes.flatMap((n) => [
    ['countedRows', [n, 3, ints(12)]] as const,
    ['countedRows', [3, n, ints(12)]] as const,
  ]),
  ['countedRows', [4, 3, ints(11)]],
  ...sizes.slice(0, 9).map((n) => ['countedDown', [ramp(5), n, 2]] as const),
  ...[1, 3, 0.5, 2 ** 40].map((step) => ['countedDown', [ramp(5), 5, step]] as const),
  ['countedDown', [ramp(5), 6, 1]],
  ...[0, 1, 2, 3].flatMap((every) =>
    [4, 5, 8, 12].map((length) => ['restartedSometimes', [4, 3, every, ramp(length)]] as const),
  ),
  ...[-5, -1, 0, 3].flatMap((from) =>
    [0, 2, 9].map((at) => ['countedBeforeTheRead', [ramp(8), 5, from, at]] as const),
  ),
  ...[2, 5, 8, 12].flatMap((n) =>
    [0, 3, 99].map((at) => ['countedFromBefore', [ramp(8), n, at]] as const),
  ),
  ...[-9, -1, 0, 9].flatMap((limit) =>
    [0, 4, 5, 6, 10].map(
      (length) => ['someCounted', [ramp(10), new Float64Array(length), limit]] as const,
    ),
  ),
  ...[9, 10, 11, 9.5, -1].map((n) => ['afterTheSet', [ramp(11), n]] as const),
  ...few.concat(9).map((n) => ['lastRound', [ramp(8), n]] as const),
  ...[0, 7, 14, 21, 99].flatMap((stop) => few.map((n) => ['until', [bytes(5), stop, n]] as const)),
  ['until', [bytes(5), 99, 6]],
  ...few.map((n) => ['through', [ramp(6), new Int32Array([5, 0, 6, -1, 2]), n]] as const),
  ['histogram', [bytes(300), new Uint32Array(256)]],
  ['histogram', [bytes(300), new Uint32Array(255)]],
  ...[1, 0.5, 2 ** 29, 2 ** 30, -(2 ** 29), NaN].map(
    (x) => ['narrowStore', [5, x, new Int32Array(8)]] as const,
  ),
  ['shifted', [whole.subarray(1, 9), whole.subarray(0, 8), 8]],
  ['shifted', [whole.subarray(0, 8), whole.subarray(1, 9), 8]],
  ['shifted', [whole.subarray(0, 8), whole.subarray(8, 16), 8]],
  ['shifted', [whole.subarray(0, 8), whole.subarray(8, 15), 8]],
  ['shifted', [whole, whole, 24]],
  ['shifted', [new Float64Array(0), whole, 0]],
  ...[0, 1, 2, 3].flatMap((x) =>
    [0, 1, 2].map((y) => ['throughFunctions', [ramp(12), 4, x, y]] as const),
  ),
  ...sizes.slice(0, 9).map((n) => ['asInJavaScript', [ramp(5), n]] as const),
];

export const checked = [
  'multiply',
  'multiplyHinted',
  'triangle',
  'cube',
  'countedPixels',
  'countedRows',
  'countedDown',
  'restartedSometimes',
  'countedBeforeTheRead',
  'countedFromBefore',
  'someCounted',
  'afterTheSet',
  'lastRound',
  'until',
  'through',
  'histogram',
  'narrowStore',
  'shifted',
  'throughFunctions',
];
