/**
 * Which arithmetic is done on integers: on a line marked `integer` no operation on doubles is left, on one
 * marked `double` some are. Every function must give what it gives as JavaScript.
 */
import type { f64, i32, u32, u8 } from 'tsnative';

/** @native */
export function sums(n: i32, m: i32): i32 {
  return (n + m - 3) | 0; // integer
}

/** @native */
export function products(n: i32, m: i32): i32 {
  const small = (n & 65535) * (m & 65535); // integer
  return small | 0;
}

/** @native */
export function largeProduct(n: i32, m: i32): i32 {
  return (n * m) | 0; // double
}

/** @native */
export function productAtTheEdge(n: i32, m: u32): i32 {
  const below = ((n & 2097151) * m) | 0; // integer
  const beyond = ((n & 4194303) * m) | 0; // double
  return below ^ beyond;
}

/** @native */
export function quotients(n: i32, m: i32): i32 {
  const half = (n / 2) | 0; // integer
  const third = Math.trunc(n / 3) | 0; // integer
  const unsigned = ((n >>> 0) / 10) >>> 0; // integer
  const byNegative = (n / -7) | 0; // integer
  const byAny = (n / m) | 0; // double
  const byPositive = (n / ((m & 255) + 1)) | 0; // double
  const short = ((n >> 1) / ((m & 255) + 1)) | 0; // integer
  return half ^ third ^ unsigned ^ byNegative ^ byAny ^ byPositive ^ short;
}

/** @native */
export function floors(n: i32, u: u32): f64 {
  const natural = Math.floor(u / 10) & 255; // integer
  const signed = Math.floor(n / 10) & 255; // integer
  return natural * 1000 + signed;
}

/** @native */
export function remainders(n: i32, m: i32, u: u32): i32 {
  const natural = (u % 10) | 0; // integer
  const signed = (n % 10) | 0; // integer
  const byAny = (n % m) | 0; // double
  const byPositive = (n % ((m & 255) + 1)) | 0; // integer
  const least = (n % -1) | 0; // integer
  return natural ^ signed ^ byAny ^ byPositive ^ least;
}

const isNegative = (x: number): number => (1 / x < 0 ? 1 : 0);

/** @native */
export function signOfZero(n: i32, u: u32): f64 {
  const told = n % 10; // double
  const product = (n & 7) * -1; // double
  const negated = -(u & 7); // double
  const rounded = Math.trunc(n / 100); // double
  const limited = Math.min(0, -(n & 1)); // double
  const untold = (n & 7) * -1 === 0 ? 1 : 2; // integer
  return (
    untold +
    isNegative(told) * 10 +
    isNegative(product) * 100 +
    isNegative(negated) * 1000 +
    isNegative(rounded) * 10000 +
    isNegative(limited) * 100000
  );
}

/** @native */
export function zeroThroughVariables(n: i32, again: boolean): f64 {
  let zero = 0;
  if (n < 0) zero = (n & 3) * -1; // double
  if (again) zero = zero + 0;
  let index = 0;
  if (n < 0) index = (n & 3) * -1; // integer
  const table = new Float64Array(4);
  table[0] = 7;
  return isNegative(zero) * 10 + table[-index & 3]!;
}

/** @native */
export function extremes(n: i32, m: i32): i32 {
  const low = Math.min(n, m) | 0;
  const high = Math.max(n, m) | 0;
  const size = Math.abs(n) | 0; // integer
  const clamped = Math.max(0, Math.min(255, n)) | 0; // integer
  return low ^ high ^ size ^ clamped;
}

/** @native */
export function chosen(n: i32, m: i32): i32 {
  const which = n < m ? n + 1 : m - 1; // integer
  return which | 0;
}

/** @native */
export function counts(n: i32): f64 {
  let sum = 0;
  let count = 0;
  let i = 0;
  while (i < n && i < 100) {
    count += 2; // double
    sum += i;
    i += 1; // integer
  }
  return sum + count;
}

/** @native */
export function beyond53(x: number): f64 {
  let i = 9007199254740990;
  let rounds = 0;
  while (i < 9007199254740996 && rounds < 20) {
    i += 1;
    rounds += 1;
  }
  return i + rounds + (x > i ? 1 : 0);
}

/** @native */
export function untilANumber(n: number): f64 {
  let last = -1;
  const seen = new Uint8Array(64);
  let k = 0;
  while (k < n) {
    if (k >= 64) break;
    seen[k] = 1;
    last = k;
    k += 1; // integer
  }
  for (let i = 10; i >= n; i--) {
    if (i < 0) break;
    seen[i] = 2;
    last += i;
  }
  for (let i = 0; i <= n; i += 3) {
    if (i >= 64) break;
    last += seen[i]!;
  }
  for (let i = 63; i > n; i -= 3) {
    if (i < 0) break;
    last += seen[i]! * i;
  }
  return last;
}

/** @native */
export function wraps(u: u32, n: i32): f64 {
  const more = (u + 1) >>> 0; // integer
  const less = (u - 1) >>> 0; // integer
  const twice = (u * 2) | 0; // integer
  const negated = -n | 0; // integer
  const shifted = (u << 1) >>> 0;
  const product = Math.imul(n, u);
  return more + less + twice + negated + shifted + product;
}

/** @native */
export function fractions(x: number, n: i32): i32 {
  const half = n + 0.5;
  const truncated = half | 0;
  const floored = Math.floor(x) | 0;
  const rounded = Math.round(n / 4) | 0;
  return truncated ^ floored ^ rounded;
}

/** @native */
export function bytes(a: u8, b: u8): f64 {
  const mean = ((a + b + 1) / 2) >>> 0; // integer
  const mixed = ((a * 77 + b * 150) / 256) | 0; // integer
  return mean * 1000 + mixed;
}

/** @native */
export function plane(y: i32, width: i32, x: i32): f64 {
  const table = new Float64Array(16);
  table[3] = 5;
  const index = y * width + x; // integer
  if (x < 0 || x > 15 || y !== 0) return -1;
  return table[index]!;
}

/** @native */
export function cancelled(y: i32, width: i32, x: i32): f64 {
  const product = y * width; // double
  const table = new Float64Array(16);
  table[0] = 5;
  const difference = product - (y * width - (x & 1)); // double
  return table[difference]!;
}

/** @native */
export function planeAndMore(y: i32, width: i32, far: f64): f64 {
  const table = new Float64Array(4);
  table[0] = 5;
  if (!(far > -9007199254740992 && far < 9007199254740992) || far !== Math.floor(far)) return -1;
  const index = y * width + far; // double
  if (index !== 0) return 0;
  return table[index]!;
}

/** @native */
export function commonDivisor(a: i32, b: i32): f64 {
  let sum = 0;
  for (let i = 1; i < (a & 31); i++)
    for (let j = 1; j < (b & 31); j++) {
      let x = i;
      let y = j;
      while (y !== 0) {
        const rest = x % y; // integer
        x = y;
        y = rest;
      }
      sum += x * i;
    }
  return sum;
}

/** @native */
export function leastDivisor(n: i32): f64 {
  const tested = n & 8191;
  let d = 2;
  while (d * d <= tested) {
    if (tested % d === 0) return d; // integer
    d++; // integer
  }
  return tested;
}

/** @native */
export function divisorOfAny(n: f64): f64 {
  if (!(n <= 8192)) return -1;
  for (let d = 2; d * d <= n; d++) {
    if (n % d === 0) return d; // integer
  }
  return n;
}

/** @native */
export function halves(n: i32, m: i32): f64 {
  let count = 0;
  for (let d = -3.5; d * d <= (n & 63); d += 0.5) {
    count += (m % d) + 1; // double
    if (count > 1000) break;
  }
  return count;
}

/** @native */
export function squareBelow(d: f64, n: i32): f64 {
  if (d * d < n) return d % 3; // double
  return Math.floor(d) === d && d * d === n ? (d % 3) + 10 : -1; // double
}

/** @native */
export function downToZero(n: i32): f64 {
  let sum = 0;
  for (let i = n & 255; i >= 0; i--) sum = (sum + i * 3) & 65535; // integer
  return sum;
}

/** @native */
export function digitSum(n: i32): f64 {
  let x = n & 65535;
  let sum = 0;
  while (x > 0) {
    sum += x % 10;
    x = (x - (x % 10)) / 10; // integer
  }
  return sum;
}

/** @native */
export function lastDigitFirst(n: i32): f64 {
  let x: number = n;
  let reversed = 0;
  while (x !== 0) {
    const digit = x % 10; // integer
    reversed = reversed * 10 + digit;
    x = (x - digit) / 10; // integer
  }
  return reversed;
}

/** @native */
export function withoutTwos(n: i32): f64 {
  let x: number = n;
  if (x === 0) return -1;
  while (x % 2 === 0) x = x / 2; // integer
  return x;
}

/** @native */
export function maskedTwos(n: i32): f64 {
  let x: number = n;
  if (x === 0) return -1;
  while ((x & 3) === 0) x /= 4; // integer
  return x;
}

/** @native */
export function otherDivisor(n: i32): f64 {
  if (n % 6 === 0) return n / 4; // double
  return (n - (n % 6)) / 3; // double
}

/** @native */
export function otherNumber(n: i32, m: i32): f64 {
  if (n % 6 === 0) return m / 6; // double
  return (n - (m % 6)) / 6; // double
}

/** @native */
export function zeroSigns(n: i32): f64 {
  if (n % 7 === 0) return 1 / (n / -7); // double
  return (n - (n % -7)) / 7 + 0.5;
}

/** @native */
export function negativeZeroTold(x: f64): f64 {
  if (x % 2 === 0) return 1 / (x / 2);
  return 1 / ((x - (x % 2)) / 2);
}

/** @native */
export function roundedDown(n: i32): f64 {
  const tens = Math.floor(n / 10) & 7; // integer
  const weeks = Math.floor(n / 7); // integer
  return tens + weeks * 8;
}

/** @native */
export function daysToYears(days: i32): f64 {
  const era = Math.floor((days + 719468) / 146097); // integer
  const day = days + 719468 - era * 146097; // integer
  const year = Math.floor((day - Math.floor(day / 1460)) / 365); // integer
  return era * 400 + year;
}

/** @native */
export function hugeMultiples(x: f64): f64 {
  let y = x;
  for (let i = 0; i < 3; i++) {
    if (y % 7 === 0) y = y / 7;
    else y = (y - (y % 7)) / 7;
  }
  return y;
}

/** @native */
export function digitsBelow(n: f64): f64 {
  let sum = 0;
  for (let i = 0; i < n && i < 300; i++) {
    let x = i;
    while (x > 0) {
      const digit = x % 10; // integer
      sum += digit;
      x = Math.floor(x / 10); // integer
    }
  }
  return sum;
}
