import type { f64, i32 } from 'tsnative';

/** @native */
export function switchFall(x: number): number {
  let result = 0;
  switch (x) {
    case 1:
      result += 1;
    case 2:
      result += 10;
      break;
    default:
      result += 100;
    case 3:
      result += 1000;
  }
  return result;
}

/** @native */
export function switchOrder(x: number): number {
  let seen = 0;
  const note = x * 2;
  switch (note) {
    case ((seen += 1), 4):
      return seen;
    case ((seen += 10), 6):
      return seen;
  }
  return -seen;
}

/** @native */
export function labels(n: number): number {
  let count = 0;
  outer: for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      if (j === i) continue outer;
      if (i * j > 20) break outer;
      count += i + j;
    }
  }
  block: {
    if (count > 50) break block;
    count = -count;
  }
  return count;
}

/** @native */
export function doWhile(n: number): number {
  let i = 0;
  let product = 1;
  do {
    i++;
    if (i % 2 === 0) continue;
    product *= i;
  } while (i < n);
  return product;
}

/** @native */
export function shortCircuits(a: number, b: number): number {
  let calls = 0;
  const first = (calls++, a) && ((calls += 10), b);
  const second = ((calls += 100), a) || ((calls += 1000), b);
  const third = !a ? 1 : !b ? 2 : 3;
  if ((a > 0 && b > 0) || (a < 0 && !(b > 0))) calls += 10000;
  return first * 3 + second * 7 + third * 11 + calls;
}

/** @native */
export function increments(x: number): number {
  let a = x;
  const b = a++ + ++a;
  const c = a-- - --a;
  let d = a;
  d += d++ * 2;
  d -= --d;
  return a * 1000000 + b * 1000 + c * 10 + d;
}

/** @native */
export function varHoisting(n: number): number {
  var total = 0;
  for (var i = 0; i < n; i++) {
    var twice = i * 2;
    total += twice;
  }
  return total + i + (n > 0 ? twice! : 0);
}

/** @native */
export function scopes(n: number): number {
  let x = 1;
  {
    let x = 2;
    x += n;
    if (x > 5) {
      const x = 100;
      return x;
    }
  }
  for (let x = 0; x < 3; x++) n += x;
  return x + n;
}

/** @native */
export function optional(a: number, b?: number, c: number = a + 1): number {
  if (b === undefined) return c;
  return a + b * 10 + c * 100;
}

/** @native */
export function maybe(x: number): number | undefined {
  if (x > 0) return x;
  return undefined;
}

/** @native */
export function coalesce(x: number): number {
  return (maybe(x) ?? -1) + (maybe(-x) ?? -100);
}

/** @native */
export function fibonacci(n: i32): f64 {
  return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2);
}

/** @native */
export function endless(n: number): number {
  return endless(n + 1) + 1;
}

/** @native */
export function thrower(x: number): number {
  if (x < 0) throw new RangeError(`negative ${x} and ${x * 2}`);
  if (x > 100) throw new TypeError('too large');
  if (x !== x) throw Error('not a number: ' + x);
  return Math.sqrt(x);
}

/** @native */
export const arrow = (x: number, y: number): number => (x < y ? x : y) * 2;

/** @native */
export function commas(x: number): number {
  let y = 0;
  for (let i = 0, j = 10; i < j; i++, j--) y += ((x += i), x * j);
  return y;
}

/** @native */
export function assignments(x: number): number {
  let a = 1;
  let b = 2;
  let c = 3;
  a = b = c = x;
  a += b *= c -= 1;
  a **= 2;
  b %= 7;
  c <<= 3;
  let d = c;
  d ||= 5;
  let e: number | undefined;
  e ??= d + 1;
  e &&= e * 2;
  return a + b * 3 + c * 5 + d * 7 + e * 11;
}

const numbers = [0, -0, 1, 2, 3, 4, 5, 7.5, -1, -3, NaN, Infinity];

export const cases: readonly (readonly [string, readonly unknown[]])[] = [
  ...[
    'switchFall',
    'switchOrder',
    'increments',
    'coalesce',
    'maybe',
    'thrower',
    'assignments',
  ].flatMap((name) => numbers.map((x) => [name, [x]] as const)),
  ...[0, 1, 2, 3, 5, 9].flatMap((n) =>
    ['labels', 'doWhile', 'varHoisting', 'scopes', 'commas', 'fibonacci'].map(
      (name) => [name, [n]] as const,
    ),
  ),
  ...numbers.flatMap((a) =>
    numbers.flatMap((b) => [
      ['shortCircuits', [a, b]] as const,
      ['arrow', [a, b]] as const,
      ['optional', [a, b]] as const,
    ]),
  ),
  ['optional', [1]],
  ['optional', [1, undefined, 5]],
  ['endless', [0]],
  ['thrower', [101]],
];
