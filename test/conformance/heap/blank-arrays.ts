/** `[...Array(n).keys()]`, `Array.from(Array(n), …)` and their like; entries of maps taken apart in the heads of loops. */

/** @native */
export function counted(n: number): number[][] {
  let sum = 0;
  for (const i of Array(n).keys()) sum += i;
  return [
    [...Array(n).keys()],
    Array.from(Array(n).keys()),
    Array.from(new Array<number>(n).keys(), (x) => x * x),
    [sum],
  ];
}

/** @native */
export function mapped(n: number): number[][] {
  return [
    [...Array(n)].map((_, i) => i * 2),
    [...new Array<number>(n)].map((x, i) => (x === undefined ? i : -1)),
    Array(n)
      .fill(undefined)
      .map((_, i) => i + 1),
    new Array(n).fill(null).map((x) => (x === null ? 7 : 8)),
    Array.from(Array(n)).map(() => 3),
    Array.from({ length: n }).map((_, i) => -i),
    Array.from(Array(n), (x, i) => (x === undefined ? i : NaN)),
  ];
}

/** @native */
export function table(rows: number, columns: number): number[][] {
  const cells = Array.from(Array(rows), () => Array<number>(columns).fill(0));
  const other = new Array(rows).fill(null).map(() => new Array<number>(columns).fill(1));
  cells.forEach((row, i) => row.forEach((_, j) => (row[j] = i * columns + j)));
  return [...cells, ...other];
}

/** @native */
export function order(n: number, log: string[]): number[] {
  const length = (): number => {
    log.push('length');
    return n;
  };
  const out = [...Array(length())].map((_, i) => {
    log.push(`call ${i}`);
    return i;
  });
  return out;
}

/** @native */
export function entries(
  sizes: Map<string, { x: number; y?: number }>,
  pairs: Map<number, [number, string]>,
  lists: Map<string, number[]>,
): [number, string] {
  let sum = 0;
  let text = '';
  for (const [, { x, y = 5 }] of sizes) sum += x * y;
  for (const [key] of sizes) text += key;
  for (const [k, [n, t]] of pairs) text += `${k}${n}${t}`;
  for (let [key, [first = 9, ...more]] of lists.entries()) {
    key += '!';
    first += more.length;
    text += key;
    sum += first;
  }
  for (const [i, [a = -1]] of [...lists.values()].entries()) sum += i * a;
  return [sum, text];
}

export const cases: [string, unknown[]][] = [
  ...[0, 1, 5, -0, -1, 1.5, NaN, 2 ** 32].flatMap((n): [string, unknown[]][] => [
    ['counted', [n]],
    ['order', [n, []]],
  ]),
  ...[0, 1, 5, -0].map((n): [string, unknown[]] => ['mapped', [n]]),
  ['mapped', [-1]],
  ['mapped', [0.5]],
  ['table', [2, 3]],
  ['table', [0, 3]],
  ['table', [1, 0]],
  ['table', [1, -1]],
  [
    'entries',
    [
      new Map([
        ['a', { x: 1 }],
        ['b', { x: 2, y: 3 }],
      ]),
      new Map([[1, [2, 'x']]]),
      new Map([
        ['p', [1, 2, 3]],
        ['q', []],
      ]),
    ],
  ],
  ['entries', [new Map(), new Map(), new Map()]],
];
