/** Which checks range analysis proves, and which are tested before their loops: each marked line is `elided`, `hoisted` or `checked`. */
import type { f64, i32, u32, u8 } from 'tsnative';

/** @native */
export function upToTheLength(a: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) {
    sum += a[i]!; // elided
  }
  for (let i = 0; i < a.length; i++) {
    sum += a[i + 1]!; // hoisted
  }
  for (let i = 0; i < a.length - 1; i++) {
    sum += a[i + 1]!; // elided
  }
  for (let i = 1; i <= a.length; i++) {
    sum += a[i - 1]!; // elided
  }
  for (let i = 0.5; i < a.length; i++) {
    sum += a[i]!; // checked
  }
  return sum;
}

/** @native */
export function beyondTheLength(a: Float64Array, which: i32): number {
  let sum = 0;
  // Each of these throws in the end, so that nothing behind it is reached.
  if (which === 0) {
    for (let i = 0; i <= a.length; i++) {
      sum += a[i]!; // checked
    }
  }
  if (which === 1) {
    for (let i = a.length; i >= 0; i--) {
      sum += a[i]!; // hoisted
    }
  }
  for (let i = -1; i < a.length; i++) {
    sum += a[i]!; // checked
  }
  return sum;
}

/** @native */
export function downwards(a: Float64Array): number {
  let sum = 0;
  for (let i = a.length - 1; i >= 0; i--) {
    sum += a[i]!; // elided
  }
  for (let i = a.length; i-- > 0;) {
    sum += a[i]!; // elided
  }
  for (let i = 0; i < a.length; i++) {
    sum += a[a.length - 1 - i]!; // elided
  }
  for (let i = 0; i < a.length; i++) {
    sum += a[a.length - i]!; // hoisted
  }
  let low = 0;
  let high = a.length - 1;
  while (low < high) {
    sum += a[low]! * a[high]!; // elided
    low++;
    high--;
  }
  return sum;
}

/** @native */
export function otherArray(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) {
    sum += b[i]!; // hoisted
  }
  if (a.length <= b.length) {
    for (let i = 0; i < a.length; i++) {
      sum += b[i]!; // elided
    }
  }
  const n = Math.min(a.length, b.length);
  for (let i = 0; i < n; i++) {
    sum += a[i]! * b[i]!; // elided
  }
  const c = new Float64Array(a.length);
  for (let i = 0; i < a.length; i++) {
    c[i] = a[i]!; // elided
  }
  let d = a;
  for (let i = 0; i < d.length; i++) {
    sum += d[i]!; // elided
    d = b;
    sum += d[i]!; // checked
  }
  return sum;
}

/** @native */
export function guards(a: Float64Array, i: number, j: i32): number {
  if (i >= 0 && i < a.length) {
    return a[i]!; // checked
  }
  if (j >= 0 && j < a.length) {
    return a[j]!; // elided
  }
  if (j < 0 || j >= a.length) return 0;
  return a[j]!; // elided
}

/** @native */
export function afterACheck(a: Float64Array, i: number): number {
  const first = a[i]!; // checked
  return first + a[i]!; // elided
}

/** @native */
export function constants(a: Float64Array): number {
  const sum = a[3]!; // checked
  const before = a[2]!; // elided
  return sum + before + a[4]!; // checked
}

/** @native */
export function ring(a: Float64Array, n: i32, x: number): number {
  let sum = 0;
  if (a.length > 0) {
    for (let i = 0; i < n; i++) {
      sum += a[i % a.length]!; // elided
    }
  }
  for (let i = 0; i < n; i++) {
    sum += a[i % a.length]!; // checked
  }
  const table = new Float64Array(256);
  sum += table[x & 255]!; // elided
  sum += table[(x >>> 3) & 255]!; // elided
  sum += table[x >>> 24]!; // elided
  sum += table[x % 256]!; // checked
  sum += table[x & 256]!; // checked
  return sum;
}

/** @native */
export function integerVariables(n: i32, x: number): f64 {
  let sum = 0;
  for (let i: i32 = 0; i < n; i++) sum += i; // elided
  for (let i: i32 = 0; i <= n; i++) sum += i; // hoisted
  const low: u8 = x & 255; // elided
  const word: u32 = x >>> 0;
  const next: u32 = word + 1; // checked
  const half: i32 = word / 2; // checked
  const halved: u32 = Math.floor(word / 2); // elided
  const signed: i32 = word; // checked
  const negated: i32 = -n; // checked
  const shifted: i32 = n >> 1;
  return sum + low + next + half + halved + signed + negated + shifted;
}

/** @native */
export function acrossTheEdges(n: u32, m: i32): f64 {
  const atMost31: i32 = Math.min(n, 2147483647); // elided
  const atMost31And1: i32 = Math.min(n, 2147483648); // checked
  const product: u32 = (n & 65535) * 65537; // elided
  const tooLarge: u32 = (n & 65535) * 65538; // checked
  const least: i32 = Math.max(m - 1, -2147483648); // elided
  const least1: i32 = Math.max(m - 1, -2147483649); // checked
  return atMost31 + atMost31And1 + product + tooLarge + least + least1;
}

/** @native */
export function notANumber(x: number): f64 {
  if (!(x >= 0)) return 0;
  if (!(x <= 100)) return 0;
  const whole: i32 = Math.trunc(x); // elided
  const rounded: i32 = Math.floor(x * 0.5); // elided
  const inverse: i32 = Math.floor(1 / x); // checked
  return whole + rounded + inverse;
}

/** @native */
export function perhapsNotANumber(x: number): f64 {
  if (x < 0) return 0;
  if (x > 100) return 0;
  const whole: i32 = Math.trunc(x); // checked
  return whole;
}

/** @native */
export function nested(a: Float64Array, width: i32, height: i32): f64 {
  let sum = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      sum += a[y * width + x]!; // hoisted
    }
  }
  for (let i = 0; i < a.length; i += 4) {
    sum += a[i]!; // elided
    for (let k = 0; k < 4 && i + k < a.length; k++) {
      sum += a[i + k]!; // elided
    }
  }
  return sum;
}

/** @native */
export function changedInTheLoop(a: Float64Array, skip: boolean): f64 {
  let sum = 0;
  for (let i = 0; i < a.length; i++) {
    if (skip) i++;
    sum += a[i]!; // checked
  }
  for (let i = 0; i < a.length; i++) {
    sum += a[i]!; // elided
    if (skip) i += 2;
  }
  for (let i = 0; i < a.length; i++) {
    sum += a[i]!; // hoisted
    if (skip) i = -5;
  }
  return sum;
}

/** @native */
export function lengthThatChanges(n: i32): f64 {
  let sum = 0;
  let j = 0;
  for (let i = 0; i < n; i++) {
    const c = new Float64Array(((n - i) & 15) + 1);
    sum += c[j]!; // checked
    j = c.length - 1;
    sum += c[j]!; // elided
  }
  return sum;
}

/** @native */
export function breaksAndContinues(a: Float64Array, n: i32): f64 {
  let sum = 0;
  let at = 0;
  outer: for (;;) {
    for (let i = 0; ; i++) {
      if (i === n) continue outer;
      if (at >= a.length) break outer;
      sum += a[at]!; // elided
      if (sum > 100) at += 2;
      if (sum > 1000) break;
      at++;
    }
    sum += a[at]!; // checked
  }
  return sum;
}

/** @native */
export function mixedUp(a: Float64Array, i: i32, flag: boolean): f64 {
  let limit = a.length;
  if (flag) limit = limit + 1;
  let sum = 0;
  for (let k = 0; k < limit; k++) {
    sum += a[k]!; // hoisted
  }
  if (i >= 0 && (flag || i < a.length)) {
    sum += a[i]!; // checked
  }
  if (i < 0 || (!flag && i >= a.length)) return sum;
  if (flag) return sum;
  return sum + a[i]!; // checked
}

/** @native */
export function matrices(n: number, c: Float64Array, a: Float64Array, b: Float64Array): void {
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      for (let k = n - 1; k >= 0; k--) {
        c[i * n + j]! += a[i * n + k]! * b[(k + 1) * n - j - 1]!; // hoisted
      }
    }
}

/** @native */
export function pixels(width: i32, height: i32, from: Uint8Array, to: Uint8Array): void {
  let p = 0;
  let q = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      to[q++] = from[p]! + from[p + 2]!; // hoisted
      p += 3;
    }
  }
}

/** @native */
export function rows(width: number, count: number, a: Int32Array): void {
  // Nothing bounds it where the inner loop does not run.
  let row = 0;
  for (let y = 0; y < count; y++) {
    for (let x = 0; x < width; x++) a[row + x] = x; // checked
    row += width;
  }
}

/** @native */
export function gathered(a: Float64Array, index: Int32Array, n: number): f64 {
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const at = index[i]!; // hoisted
    sum += a[at]!; // checked
  }
  return sum;
}

/** @native */
export function searched(a: Float64Array, x: f64): number {
  let low = 0;
  let high = a.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const found = a[middle]!; // checked
    if (found < x) low = middle + 1;
    else high = middle;
  }
  return low;
}
