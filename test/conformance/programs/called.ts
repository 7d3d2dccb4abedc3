/**
 * What `calls.ts` calls, in a file of its own so that no call is inlined. `test/optimize/calls.test.ts` reads
 * the marks: a signature above a function is what its parameters and result are compiled to, and a
 * marked check is `elided` or `checked`.
 */
import type { i32 } from 'tsnative';

// Parameters

// (view.f64, i64) -> f64
export function element(a: Float64Array, i: number): number {
  return a[i]!; // elided
}

// (view.f64, i64) -> f64
export function elementBehind(a: Float64Array, i: number): number {
  return a[i]!; // checked
}

// (view.f64, f64) -> f64
export function elementAtHalf(a: Float64Array, i: number): number {
  return a[i]!; // checked
}

// (view.f64, view.f64, i64) -> f64
export function elementOfOther(a: Float64Array, b: Float64Array, i: number): number {
  const first = a[i]!; // elided
  return first + b[i]!; // checked
}

// (view.f64) -> f64
export function lastOfSixteen(a: Float64Array): number {
  return a[15]!; // elided
}

// (view.f64) -> f64
export function lastOfPerhapsSixteen(a: Float64Array): number {
  return a[15]!; // checked
}

// (i32) -> i32
export function below31(n: number): i32 {
  const sum: i32 = n - 1; // elided
  return sum ^ (n & 255);
}

// (i64) -> i32
export function at31(n: number): i32 {
  const same: i32 = n; // checked
  return same ^ (n & 255);
}

// (i64) -> i32
export function below53(n: number): i32 {
  return (n & 65535) ^ (n % 10);
}

// (f64) -> i32
export function at53(n: number): i32 {
  return (n & 65535) ^ (n % 10);
}

// (i64) -> f64
export function around32(n: number): number {
  return (n | 0) + (n >>> 0) / 2 + n;
}

// (f64) -> f64
export function signTold(x: number): number {
  return (x & 1) + 1 / x;
}

// (f64) -> f64
export function signToldLater(x: number): number {
  let y = x;
  for (let i = x & 3; i < 2; i++) y = y * 3;
  return 1 / y;
}

// (view.f64, i32) -> f64
export function signUntold(a: Float64Array, x: number): number {
  return a[x]! + x * 2 + 1; // checked
}

// (view.f64, f64) -> f64
export function perhapsNaN(a: Float64Array, x: number): number {
  return x >= 0 && x < a.length ? a[x]! : -1; // checked
}

// (f64) -> i32
export function perhapsInfinite(n: number): i32 {
  return n | 0;
}

// (f64, bool) -> i32
export function alwaysFive(n: number, exactly: boolean): i32 {
  const five: i32 = n;
  return exactly ? five : -1;
}

// (view.f64, f64) -> f64
export function goodAndBad(a: Float64Array, i: number): number {
  return a[i] ?? -1;
}

// (view.f64, u8, f64) -> f64
export function perhapsAbsent(a: Float64Array, i?: number): number {
  if (i === undefined) return a.length;
  return a[i]!; // checked
}

// (view.f64, i64, i64) -> f64
export function ordered(a: Float64Array, low: number, high: number): number {
  let sum = 0;
  for (let i = low; i <= high; i++) sum += a[i]!; // elided
  return sum;
}

// (view.f64, i64) -> f64
export function passedOn(a: Float64Array, i: number): number {
  return element(a, i) * 2;
}

// Products of two such sizes may be beyond 2^53, so there is a copy for those that are.
// (view.f64, i64, i64) -> f64
export function row(a: Float64Array, width: number, y: number): number {
  let sum = 0;
  for (let x = 0; x < width; x++) sum += a[y * width + x] ?? 1;
  return sum;
}

// (view.f64, f64) -> f64
export function calledInCopies(a: Float64Array, i: number): number {
  return a[i] ?? 1 / i;
}

// Results

// (view.f64, f64) -> i64
export function find(a: Float64Array, x: number): number {
  for (let i = 0; i < a.length; i++) if (a[i] === x) return i;
  return -1;
}

// (view.f64, f64) -> i64
export function perhapsLength(a: Float64Array, x: number): number {
  for (let i = 0; i < a.length; i++) if (a[i] === x) return i;
  return a.length;
}

// (f64) -> f64
export function minusZero(x: number): number {
  return x > 0 ? 3 : -0;
}

// (f64) -> i64
export function upTo53(x: number): number {
  return x > 0 ? 9007199254740991 : -9007199254740991;
}

// (f64) -> f64
export function beyond53(x: number): number {
  return x > 0 ? 9007199254740992 : 1;
}

// (f64) -> f64
export function halved(n: number): number {
  return n === 3 ? n / 2 : 1;
}

// (f64) -> f64
export function throwsAlways(n: number): number {
  throw new RangeError(`never ${n}`);
}

// Recursion

// (view.f64, i64, i64)
export function range(a: Float64Array, low: number, high: number): void {
  if (low >= high) return;
  const pivot = a[low]!;
  let i = low;
  for (let j = low + 1; j <= high; j++) {
    const next = a[j]!; // elided
    if (next < pivot) {
      i++;
      a[j] = a[i]!; // elided
      a[i] = next;
    }
  }
  a[low] = a[i]!;
  a[i] = pivot;
  range(a, low, i - 1);
  range(a, i + 1, high);
}

// (i32) -> f64
export function doubledTo100(n: number): number {
  return n > 100 ? n : doubledTo100(n * 2);
}

// (f64, f64) -> f64
export function doubledWithoutEnd(n: number, rounds: number): number {
  return rounds > 0 ? doubledWithoutEnd(n * 2, rounds - 1) : n & 255;
}

// (f64, i32) -> i32
export function climb(n: number, rounds: i32): i32 {
  // It stays at 2^53, where 1 is lost.
  if (rounds <= 0) return n % 1000;
  return climb(n + 1, rounds - 1);
}

// (f64, i32) -> i32
export function sink(n: number, rounds: i32): i32 {
  if (rounds <= 0) return n & 0xffff;
  return sink(n - 2147483647, rounds - 1);
}

// (f64, i32) -> f64
export function alternate(n: number, depth: i32): number {
  // 0 becomes −0 becomes 0.
  if (depth <= 0) return 1 / n;
  return alternate(-n, depth - 1) + (n & 1);
}

// It is never below 0, as it goes no further from there.
// (i32) -> bool
export function isEven(n: number): boolean {
  return n === 0 ? true : isOdd(n - 1);
}

// (i32) -> bool
export function isOdd(n: number): boolean {
  return n === 0 ? false : isEven(n - 1);
}

// (f64, i32) -> f64
export function ping(n: number, rounds: i32): number {
  return rounds > 0 ? pong(n + 1, rounds - 1) : n & 7;
}

// (f64, i32) -> f64
export function pong(n: number, rounds: i32): number {
  return rounds > 0 ? ping(n / 2, rounds - 1) : n & 3;
}

// (i32) -> f64
export function fibonacci(n: number): number {
  return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2);
}

// (view.f64, i64) -> f64
export function shrinking(a: Float64Array, i: number): number {
  if (i < 0) return 0;
  return a[i]! + shrinking(a, i - 1); // elided
}

// It is always called with 6.
// (f64, i32, i32, view.i32) -> f64
export function queens(n: number, row: number, columns: number, taken: Int32Array): number {
  if (row === n) return 1;
  let count = 0;
  for (let c = 0; c < n; c++) {
    if ((columns >> c) & 1) continue;
    let free = true;
    for (let r = 0; r < row; r++) if (Math.abs(taken[r]! - c) === row - r) free = false; // elided
    if (!free) continue;
    taken[row] = c;
    count += queens(n, row + 1, columns | (1 << c), taken);
  }
  return count;
}
