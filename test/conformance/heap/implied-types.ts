/** Arrays and functions written out beside a value of a hinted type: `list ?? []`, `c ? f : (x) => x`. */
import type { i8, i32, i64, u8 } from 'tsnative';

type Step = (x: i64) => i8;

function steps(n: i32): Step[] {
  const made: Step[] = [];
  for (let i: i32 = 0; i < n; i++) made.push((x) => (Number(x) + i) as i8);
  return made;
}

/** @native */
export function orLists(lists: i32[][], at: i32, bytes: Map<string, u8[]>): number[] {
  const some = lists.at(at) ?? [];
  const other = lists[at] || [1, -2, 3];
  const named = bytes.get('a') ?? [255, 0];
  const given = at > 0 ? [at, at + 1] : (lists.at(at) ?? [at]);
  const chosen = at > 0 ? (lists[0] ?? [5]) : [7];
  some.push(4);
  let sum = 0;
  for (const x of bytes.get('b') ?? []) sum += x;
  const open: i32[] | undefined = at > 1 ? undefined : some;
  return [...some, ...other, ...named, ...given, ...chosen, sum, (open ?? []).length];
}

/** @native */
export function orFunctions(n: i32, at: i32): number[] {
  const list = steps(n);
  const wide: i64 = BigInt.asIntN(64, BigInt(at) * 3n);
  const f = list.at(at) ?? ((x) => (Number(x) * 2) as i8);
  const g = list[at] ?? ((() => 9) as Step);
  const h = at > 0 ? (x: i64) => (Number(x) - 1) as i8 : (list[0] ?? (() => -1));
  const k = ((x) => Number(x & 7n)) as Step;
  return [
    f(wide),
    g(wide),
    h(wide),
    k(wide),
    ((list.at(1) ?? ((() => 0) as Step)) as Step)(wide),
    (list.at(2) || ((x: i64) => Number(x) as i8))(-3n),
  ];
}

export const cases: [string, unknown[]][] = [
  ...[-1, 0, 1, 2, 127].map((at): [string, unknown[]] => [
    'orLists',
    [
      [[10, 20], [], [30]],
      at,
      new Map([
        ['a', [1]],
        ['b', [2, 3]],
      ]),
    ],
  ]),
  ['orLists', [[], 0, new Map()]],
  ['orLists', [[[]], 2 ** 31 - 2, new Map([['b', []]])]],
  // What a result's hint can't hold throws RangeError in native code, so all of these stay below 128.
  ...[0, 1, 2, 3].flatMap((n) =>
    [-2, -1, 0, 1, 2, 20].map((at): [string, unknown[]] => ['orFunctions', [n, at]]),
  ),
];
