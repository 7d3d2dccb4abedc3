/** Elements that aren't there, asked by `?.`; and typed arrays that may be absent, where they are known to be there. */
interface Inner {
  q: number[] | null;
}
interface Outer {
  p?: Inner;
}

/** @native */
export function lengthBelow(list: Outer[], i: number): number {
  return list[i]?.p?.q?.length ?? -1;
}

/** @native */
export function asksBelow(list: (Outer | null)[], i: number): string {
  const isNull = list[i]?.p?.q === null;
  return `${isNull} ${list[i]?.p === undefined} ${list[i]?.p?.q?.[1] ?? 'none'} ${list[i]?.p?.q?.length}`;
}

/** @native */
export function textLength(list: (string | undefined)[], i: number): string {
  return `${list[i]?.length} ${list[i]?.toUpperCase() ?? 'none'}`;
}

/** @native */
export function rowLength(rows: number[][], i: number, j: number): string {
  return `${rows[i]?.length} ${rows[i]?.[j] ?? -1}`;
}

/** @native */
export function atomicsWhereThere(a: Int32Array | undefined, b: Uint8Array | null): number {
  const words = a;
  if (words === undefined || b === null) return -1;
  Atomics.store(b, 0, 300);
  return (
    Atomics.add(words, 0, 5) * 1000 + Atomics.exchange(b, 0, 7) + Atomics.sub(words, 0, 2.7) * 10
  );
}

const lists: readonly Outer[][] = [
  [{}],
  [{ p: { q: null } }],
  [{ p: { q: [1, 2] } }],
  [{ p: { q: [] } }, {}],
];

export const cases: readonly (readonly [string, readonly unknown[]])[] = [
  ...lists.flatMap((list) =>
    [0, 1, 2, -1, 0.5, NaN].flatMap((i) => [
      ['lengthBelow', [list, i]] as const,
      ['asksBelow', [list, i]] as const,
    ]),
  ),
  ['asksBelow', [[null], 0]],
  ['asksBelow', [[], 0]],
  ...[0, 1, 2, -1].map((i) => ['textLength', [['ab', undefined], i]] as const),
  ...[0, 1, 2].map((i) => ['rowLength', [[[1], [1, 2]], i, 1]] as const),
  ['atomicsWhereThere', [new Int32Array([9]), new Uint8Array(2)]],
  ['atomicsWhereThere', [undefined, new Uint8Array(2)]],
  ['atomicsWhereThere', [new Int32Array(1), null]],
];
