/** `Object.is`, which tells zeros apart and finds a NaN to be itself. */
import type { f32, f64, i32 } from 'tsnative';

interface Spot {
  at: f64;
}

/** @native */
export function sameNumbers(a: f64, b: f64): boolean {
  return Object.is(a, b);
}

/** @native */
export function sameAsLiterals(x: f64): boolean[] {
  return [
    Object.is(x, 0),
    Object.is(x, -0),
    Object.is(-0, x * 0),
    Object.is(NaN, x),
    Object.is(x, x),
  ];
}

/** @native */
export function sameSingles(a: f32, i: i32): boolean {
  return Object.is(a, i) || Object.is(i, 3);
}

/** @native */
export function sameOptional(a: f64 | undefined, b: f64 | null): boolean[] {
  return [Object.is(a, b), Object.is(a, undefined), Object.is(null, b), Object.is(a, a)];
}

/** @native */
export function sameElements(values: Float64Array, wanted: f64): i32 {
  let found: i32 = 0;
  for (let i = 0; i < values.length; i++) if (Object.is(values[i], wanted)) found++;
  return found;
}

/** @native */
export function sameTexts(a: string, b: string): boolean[] {
  return [Object.is(a, b), Object.is(a + b, b + a), Object.is(a === b, b === '')];
}

/** @native */
export function sameObjects(spots: Spot[]): boolean[] {
  const [first, second] = spots;
  const copy = first && { ...first };
  return [Object.is(first, second), Object.is(first, spots[0]), Object.is(copy, first)];
}

const numbers: readonly f64[] = [
  0,
  -0,
  1,
  -1,
  0.5,
  5e-324,
  NaN,
  Infinity,
  -Infinity,
  2 ** 31,
  2 ** 53,
];
const shared: Spot = { at: 1 };

export const cases: readonly (readonly [string, readonly unknown[]])[] = [
  ...numbers.flatMap((a) => numbers.map((b) => ['sameNumbers', [a, b]] as const)),
  ...numbers.map((x) => ['sameAsLiterals', [x]] as const),
  ...[0, 3, -0].flatMap((a) => [0, 3].map((i) => ['sameSingles', [a, i]] as const)),
  ...[undefined, ...numbers].flatMap((a) =>
    [null, 0, -0, NaN].map((b) => ['sameOptional', [a, b]] as const),
  ),
  ...numbers.map((x) => ['sameElements', [new Float64Array([...numbers, NaN, -0]), x]] as const),
  ['sameElements', [new Float64Array(0), NaN]],
  ['sameTexts', ['a', 'a']],
  ['sameTexts', ['', '']],
  ['sameTexts', ['aé', 'a\u20ac']],
  ['sameObjects', [[shared, shared]]],
  ['sameObjects', [[{ at: 1 }, { at: 1 }]]],
];
