/** Programs that once were compiled wrongly or refused; most were found by the fuzzer. */
import type { f32, i32 } from 'tsnative';

/** @native */
export function keptByOr(a: Float64Array, i: number, j: number): number {
  // What `||` keeps is no longer absent.
  const x = a[i] || j;
  if (x > 100) throw new RangeError(`${x} is too large`);
  return x;
}

/** @native */
export function testedBehindAssertion(a: Float64Array, i: number): number {
  const x = (a[i] as number | undefined) ?? -1;
  return (a[i] as number | undefined) === undefined ? x : x * 2;
}

/** @native */
export function branchOnly(a: Float64Array): number {
  const n = a.length;
  let i = 3;
  if (n >= 10) {
    // k ≤ n says nothing of i on the way around.
    const k = Math.min(n, 20);
    i = k - 7;
  }
  return a[i] ?? -1;
}

/** @native */
export function roundedProduct(a: Uint8Array, x: i32, y: i32): number {
  // Odd products beyond 2^53 are rounded before the rest is taken away.
  if (x < 0 || x > 134217728 || y < 0 || y > 83886080) return -1;
  return a[x * y - 9007199254740991] ?? -2;
}

/** @native */
export function withoutEnd(a: Float64Array, start?: number, end?: number): Float64Array {
  const copy = a.slice(start, end);
  copy.fill(7, 1, end);
  return copy.copyWithin(0, 2, end).subarray(start, end);
}

/** @native */
export function varInLoopHead(): number {
  var i: number | undefined = 5;
  let sum = 0;
  // It keeps its value.
  for (var i: number | undefined; (i ?? 99) < 8; i = (i ?? 0) + 1) sum += i ?? 0;
  return sum;
}

function leftFromALoop(): number {
  let left = 9;
  while (left-- > 0) {
    if (left < 100) return 1;
  }
  return 0;
}

/** @native */
export function calledInCarefulCode(p: number, a: Int32Array, b: Int32Array): Int32Array {
  if (0 >= leftFromALoop()) {
    let left: i32 = 2;
    while (--left > 0) {
      if (Math.clz32(p) !== 1) return a;
    }
  }
  return b;
}

/** @native */
export function singleThatCannotBe(x: f32): number {
  let y: f32 = x;
  switch (x as number) {
    case Math.E:
      y = x;
  }
  return y;
}

const elements = new Float64Array([0, 5, 1000, NaN]);
const bytes = Uint8Array.from({ length: 40 }, (_, index) => index);

export const cases: readonly (readonly [string, readonly unknown[]])[] = [
  ...[0, 1, 2, 3, 4, -1, 0.5].flatMap((i) => [
    ['keptByOr', [elements, i, 7]] as const,
    ['testedBehindAssertion', [elements, i]] as const,
  ]),
  ...[0, 3, 4, 9, 10, 12].map((n) => ['branchOnly', [new Float64Array(n)]] as const),
  ['roundedProduct', [bytes, 119097765, 75628617]],
  ['roundedProduct', [bytes, 126047695, 71458659]],
  ...[[], [1], [undefined, 3], [1, undefined], [-3, 3]].map(
    (ends) => ['withoutEnd', [elements, ...ends]] as const,
  ),
  ['varInLoopHead', []],
  ...[5e-324, 3, NaN].map(
    (p) => ['calledInCarefulCode', [p, new Int32Array(1), new Int32Array(2)]] as const,
  ),
  ['singleThatCannotBe', [2.5]],
];
