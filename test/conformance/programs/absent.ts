/** What may be `undefined` or `null`: parameters, elements outside of their array, variables without a value. */
import type { f64, i32, i64 } from 'tsnative';

/** @native */
export function narrowed(values?: Float64Array): number {
  if (values === undefined) return -1;
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  for (const value of values) sum += value;
  return sum + values.indexOf(2);
}

/** @native */
export function chained(values: Float64Array | null, i: number): number {
  values?.fill(3, 1);
  return (values?.subarray(1)?.length ?? -1) * 100 + (values?.[i] ?? -10);
}

/** @native */
export function member(values: Float64Array | null | undefined): number {
  return values!.length;
}

/** @native */
export function method(values: Float64Array | null | undefined): number {
  return values!.indexOf(1);
}

/** @native */
export function stored(values: Float64Array | undefined, log: Float64Array): void {
  // The value is made before the array is found to be missing.
  values![0] = log[0]++;
}

/** @native */
export function iterated(values: Float64Array | undefined): number {
  let sum = 0;
  for (const value of values!) sum += value;
  return sum;
}

/** @native */
export function chosen(values?: Float64Array): Float64Array {
  let result = values;
  result ??= new Float64Array(2);
  return result;
}

/** @native */
export function unassigned(x: number): number {
  let y!: number;
  if (x > 0) y = x;
  let z: number;
  if (x > 1) z = 5;
  return y + z! * 0 + 1;
}

/** @native */
export function assignedInRounds(n: number): number {
  let sum = 0;
  for (let i = 0; i < n; i++) {
    let x!: number;
    if (i === 1) x = 10;
    sum = sum * 2 + (x > 0 ? x : 1);
  }
  return sum;
}

/** @native */
export function lateCase(n: number): number {
  switch (n) {
    case 0:
      let x = 1;
      return x;
    case 1:
      // @ts-ignore
      x = 5;
      return x;
    default:
      return 0;
  }
}

/** @native */
export function looselyEqual(x: number | null, y?: number): number {
  return (x == y ? 1 : 0) + (x === y ? 10 : 0) + (x == null ? 100 : 0) + (y != null ? 1000 : 0);
}

/** @native */
export function searched(values: Float64Array, x?: number): number {
  const found = values.includes(x!) ? 1 : 0;
  return found + 10 * values.indexOf(x!) + 100 * values.lastIndexOf(x!);
}

/** @native bounds: js */
export function predicatesOfAbsent(values: Float64Array, i: number): number {
  const isIt = Number.isNaN(values[i]) ? 1 : 0;
  return isIt + (isNaN(values[i]!) ? 10 : 0) + (Number.isInteger(values[i]) ? 100 : 0);
}

/** @native */
export function indexed(values: Float64Array, i?: number | null): number {
  return values[i!] ?? -1;
}

/** @native */
export function fixedIndices(values: Float64Array): number {
  return (
    (values[1.5] ?? 1) +
    (values[-1] ?? 2) +
    (values[1e300] ?? 4) +
    (values[NaN] ?? 8) +
    (values[-0] ?? 16)
  );
}

/** @native bounds: js */
export function bigElements(values: BigInt64Array, i: number): i64 {
  const value: i64 | undefined = values[i];
  return value === undefined ? -1n : value + 1n;
}

/** @native */
export function big(x?: i64): i64 {
  if (x === undefined) return 0n;
  return -x * 2n - (x << 1n);
}

/** @native */
export function exhaustive(x: 0 | 1): number {
  switch (x) {
    case 0:
      return 10;
    case 1:
      return 20;
  }
}

/** @native */
export function counted(x?: i32): number {
  x!++;
  return x! * 2;
}

const values = (): Float64Array => new Float64Array([1, 2, NaN]);

/** @native */
export function stays(
  a: f64,
  b: f64 | undefined = undefined,
  c: f64 | null = null,
  d: f64 | null | undefined = a > 0 ? undefined : 1,
): f64 {
  return (b ?? a) + (c === null ? 10 : c) + (d === undefined ? 100 : d === null ? 200 : d);
}

export const cases: readonly (readonly [string, readonly unknown[]])[] = [
  ...[-0, 1.5].flatMap((a) =>
    [undefined, 2].flatMap((b) =>
      [undefined, null, 3].flatMap((c) =>
        [undefined, null, 4].map((d) => ['stays', [a, b, c, d]] as const),
      ),
    ),
  ),
  ...[undefined, values()].flatMap(
    (array) =>
      [
        ['narrowed', [array]],
        ['chosen', [array]],
        ['stored', [array, values()]],
        ['chained', [array ?? null, 1]],
        ['chained', [array ?? null, 7]],
      ] as const,
  ),
  ...[undefined, null, values()].flatMap(
    (array) =>
      [
        ['member', [array]],
        ['method', [array]],
      ] as const,
  ),
  ['iterated', [values()]],
  ...[-1, 0, 1, 2].flatMap(
    (x) =>
      [
        ['unassigned', [x]],
        ['assignedInRounds', [x + 2]],
        ['lateCase', [x]],
      ] as const,
  ),
  ...[null, 1].flatMap((x) => [undefined, 1, 2].map((y) => ['looselyEqual', [x, y]] as const)),
  ...[undefined, NaN, 1, 5].map((x) => ['searched', [values(), x]] as const),
  ...[0, 2, 9, -1, 0.5].flatMap(
    (i) =>
      [
        ['predicatesOfAbsent', [values(), i]],
        ['indexed', [values(), i]],
      ] as const,
  ),
  ['indexed', [values(), undefined]],
  ['indexed', [values(), null]],
  ['fixedIndices', [values()]],
  ['bigElements', [new BigInt64Array([4n]), 0]],
  ['bigElements', [new BigInt64Array([4n]), 1]],
  ['big', []],
  ['big', [3n]],
  ['exhaustive', [1]],
  ['counted', [4]],
];
