/** Programs that once were compiled wrongly or refused; most were found by the fuzzer. */

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

const elements = new Float64Array([0, 5, 1000, NaN]);

export const cases: readonly (readonly [string, readonly unknown[]])[] = [0, 1, 2, 3, 4, -1, 0.5].flatMap(
  (i) => [
    ['keptByOr', [elements, i, 7]] as const,
    ['testedBehindAssertion', [elements, i]] as const,
  ],
);
