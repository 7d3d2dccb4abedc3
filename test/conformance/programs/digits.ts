/** Digits, bases, halves and dates: divisions and remainders of integers, with what is none at the edges. */
import type { f32, i32 } from 'tsnative';

/** @native */
export function digitSumTo(n: number): number {
  let sum = 0;
  for (let i = -20; i < n; i++) {
    let x = i;
    while (x > 0) {
      sum += x % 10;
      x = (x - (x % 10)) / 10;
    }
  }
  return sum;
}

/** @native */
export function digitsBackwards(x: number): number {
  let rest = x;
  let reversed = 0;
  for (let k = 0; k < 40 && rest !== 0; k++) {
    const digit = rest % 10;
    reversed = reversed * 10 + digit;
    rest = (rest - digit) / 10;
  }
  return reversed;
}

/** @native */
export function backwardsInteger(x: i32): number {
  let rest: number = x;
  let reversed = 0;
  while (rest !== 0) {
    const digit = rest % 10;
    reversed = reversed * 10 + digit;
    rest = (rest - digit) / 10;
  }
  return 1 / reversed;
}

/** @native */
export function halvings(x: number): number {
  let rest = x;
  let count = 0;
  while (rest % 2 === 0 && count < 2000) {
    rest = rest / 2;
    count++;
  }
  return rest * 4096 + count;
}

/** @native */
export function halvingsOfInteger(x: i32): number {
  let rest: number = x;
  let count = 0;
  while ((rest & 1) === 0 && count < 40) {
    rest /= 2;
    count++;
  }
  return 1 / rest + count * 16;
}

/** @native */
export function dividedWhere(x: i32, y: number): number {
  let all = 0;
  if (x % 12 === 0) all += 1 / (x / 12) + 1 / (x / -12) + x / 8;
  if (y % 12 === 0) all += 1 / (y / 12) + 1 / (y / -12) + y / 8;
  if (x % -5 === 0) all += 1 / (x / 5);
  if ((x & 7) === 0) all += x / 8 + x / 4 + 1 / (x / 8);
  if ((y & 7) === 0) all += y / 8 + y / 4;
  return all;
}

/** @native */
export function withoutRest(x: i32, y: number, which: i32): number {
  switch (which) {
    case 0:
      return (x - (x % 10)) / 10;
    case 1:
      return (x - (x % -10)) / 10;
    case 2:
      return (x - (x % 10)) / -10;
    case 3:
      return (x - (x % 10)) / 5;
    case 4:
      return (y - (y % 10)) / 10;
    case 5:
      return (y - (y % 7)) / 7;
    case 6:
      return (y - (x % 7)) / 7;
    case 7:
      return (y - (y % -7)) / 7;
    default:
      return (x - (x % 2147483648)) / 2147483648;
  }
}

/** @native */
export function roundedQuotients(x: i32, which: i32): number {
  switch (which) {
    case 0:
      return Math.floor(x / 10);
    case 1:
      return Math.floor(x / 10) & 255;
    case 2:
      return Math.floor(x / 7) | 0;
    case 3:
      return 1 / Math.floor(x / 2147483647);
    case 4:
      return Math.floor((x + 719468) / 146097);
    case 5:
      return Math.floor((x * 3) / 3) % 11;
    case 6:
      return Math.floor(x / -10);
    case 7:
      return Math.trunc(x / 10) % 7;
    default:
      return 1 / Math.floor((x * 4194304) / 9007199254740991);
  }
}

/** @native */
export function commonDivisors(n: number): number {
  let sum = 0;
  for (let a = 1; a <= n && a < 60; a++)
    for (let b = 1; b <= n && b < 60; b++) {
      let x = a;
      let y = b;
      while (y !== 0) {
        const t = y;
        y = x % y;
        x = t;
      }
      sum += x;
    }
  return sum;
}

/** @native */
export function primesBelow(n: number): number {
  let count = 0;
  for (let i = 2; i < n && i < 3000; i++) {
    let isPrime = true;
    for (let d = 2; d <= Math.sqrt(i); d++) {
      if (i % d === 0) {
        isPrime = false;
        break;
      }
    }
    if (isPrime) count++;
  }
  return count;
}

/** @native */
export function digitSumsOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) {
    let x = value;
    let rounds = 0;
    while (x > 0 && rounds++ < 400) {
      sum += x % 10;
      x = Math.floor(x / 10);
    }
  }
  return sum;
}

/** @native */
export function divisorsOf(values: Float64Array): number {
  let all = 0;
  for (let i = 1; i < values.length; i++) {
    let a = values[i - 1]!;
    let b = values[i]!;
    let rounds = 0;
    while (b && rounds < 3000) {
      const rest = a % b;
      a = b;
      b = rest;
      rounds++;
    }
    all += 1 / a + rounds;
  }
  return all;
}

/** @native */
export function collatzOf(values: Float64Array, most: number): number {
  let all = 0;
  for (const value of values) {
    let x = value;
    let steps = 0;
    while (x !== 1 && steps < most) {
      x = x % 2 === 0 ? x / 2 : 3 * x + 1;
      steps++;
    }
    all = all * 3 + x + steps;
    if (1 / x === -Infinity) all -= 0.25;
  }
  return all;
}

/** @native */
export function grownTooLarge(start: number, out: Float64Array): number {
  let x = start;
  let last = -1;
  let count = 0;
  outer: for (let k = 0; k < 3; k++) {
    for (;;) {
      if (count >= out.length) break outer;
      const digit = x % 7;
      out[count++] = x;
      if (digit === 5) {
        x = x + 1;
        continue;
      }
      if (digit === 6 && x > 1e9) break;
      if (x > 1e19) return x;
      last = digit;
      x = x * 10 + digit;
    }
    x = Math.floor(x / 1000) + k;
  }
  return x * 16 + last;
}

/** @native */
export function downwards(values: Float64Array): number {
  let all = 0;
  for (const value of values) {
    let x = value;
    while (x > -3) {
      all = all * 2 + (x % 3) + Math.floor(x / 2);
      if (1 / (x % 2) === -Infinity) all += 0.5;
      x = x - 1;
      if (x > 40) x = x % 37;
    }
  }
  return all;
}

/** @native */
export function caughtOnTheWay(values: Float64Array, limit: number): number {
  let x = 1;
  let i = 0;
  try {
    while (i < values.length) {
      x = (x * 31 + values[i]!) % 65537;
      if (x > limit) throw new Error('too large');
      i++;
    }
  } catch {
    return x * 1000 + i;
  }
  return x;
}

/** @native */
export function setOnOneWay(values: Float64Array, by: number): number {
  let kept = -1;
  let all = 0;
  for (const value of values) {
    let x = value;
    let chosen = 7;
    let rounds = 0;
    while (rounds < 20 && x < 4e9) {
      if (x % by === 1) {
        chosen = x;
        kept = x % 11;
      }
      x = x * 3 + (chosen % 5);
      rounds++;
    }
    all += kept + chosen / 3 + x;
  }
  return all + kept;
}

const integers = [
  0,
  1,
  -1,
  7,
  -7,
  9,
  10,
  -10,
  12,
  -12,
  24,
  64,
  -64,
  99,
  100,
  -105,
  1234567890,
  -719468,
  -719469,
  2 ** 31 - 1,
  -(2 ** 31),
  1 - 2 ** 31,
];
const numbers = [
  ...integers,
  -0,
  0.5,
  -12.5,
  2 ** 32,
  2 ** 32 + 3,
  2 ** 53 - 1,
  2 ** 53,
  2 ** 53 + 2,
  2 ** 54 + 4,
  -(2 ** 54) - 4,
  7 * 2 ** 53,
  2 ** 60 * 12,
  1e21,
  1.7976931348623157e308,
  5e-324,
  Infinity,
  -Infinity,
  NaN,
];

/** Beyond 2^24 a difference of floats is rounded, and no multiple of ten then.
 *
 * @native
 */
export function tensOfFloats(x: f32): number {
  if (x >= -(2 ** 30) && x <= 2 ** 30 && x === Math.floor(x)) {
    const rest: f32 = Math.fround(x % 10);
    const tens: f32 = Math.fround(x - rest);
    return tens / 10 + Math.trunc(tens / 10);
  }
  return -1;
}

const floats = [0, -0, 7, -123, 16777216, 33554452, -33554452, 73598136, 851441856, 2 ** 31, 0.5];

const elementLists = [
  [],
  [27],
  [97, 871, 6171, 1, 2, 0],
  [2 ** 31 - 1, 2 ** 31 - 2, 2 ** 30 + 1, 715827882, 715827883],
  [2 ** 31, 2 ** 32 + 1, 2 ** 53 - 1, 2 ** 53 + 2],
  [12, 18, -12, 18, -1, 0, -0, 5],
  [1.5, 12, 0.5, NaN, 3],
  [48, 36, Infinity, 7],
  [35, -7, 2147483647, 46341, 46340],
];

export const cases = [
  ...floats.map((x) => ['tensOfFloats', [x]] as const),
  ...[0, 1, 300, 12.5, -3, NaN].flatMap((n) =>
    ['digitSumTo', 'commonDivisors', 'primesBelow'].map((name) => [name, [n]] as const),
  ),
  ['primesBelow', [Infinity]] as const,
  ...numbers.flatMap((x) => ['digitsBackwards', 'halvings'].map((name) => [name, [x]] as const)),
  ...integers.flatMap((x) => [
    ...['backwardsInteger', 'halvingsOfInteger'].map((name) => [name, [x]] as const),
    ...numbers.map((y) => ['dividedWhere', [x, y]] as const),
    ...[0, 1, 2, 3, 4, 5, 6, 7, 8].flatMap((which) => [
      ['roundedQuotients', [x, which]] as const,
      ...[7, -12, 2 ** 53 + 2, NaN].map((y) => ['withoutRest', [x, y, which]] as const),
    ]),
  ]),
  ...elementLists.flatMap((list) => {
    const values = (): Float64Array => Float64Array.from(list);
    return [
      ...['digitSumsOf', 'divisorsOf', 'downwards'].map((name) => [name, [values()]] as const),
      ...[0, 1, 90, 2.5].map((most) => ['collatzOf', [values(), most]] as const),
      ...[65536, 60000, -1].map((limit) => ['caughtOnTheWay', [values(), limit]] as const),
      ...[2, -2, 0, 2.5, NaN].map((by) => ['setOnOneWay', [values(), by]] as const),
    ];
  }),
  ...numbers.map((x) => ['grownTooLarge', [x, new Float64Array(60)]] as const),
  ...numbers.flatMap((y) => [4, 5, 6, 7].map((which) => ['withoutRest', [35, y, which]] as const)),
];
