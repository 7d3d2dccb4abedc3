/** Sorting: which order comes out, which elements are compared in which order, and what the array has meanwhile. */
import type { i32, i64 } from 'tsnative';

interface Item {
  readonly key: number;
  readonly name: string;
}

/** A number from 0 to below `below` that seems to be random. */
function random(state: number[], below: number): number {
  state[0] = (Math.imul(state[0]!, 1103515245) + 12345) >>> 0;
  return (state[0]! >>> 8) % below;
}

function numbersOf(count: number, below: number, shape: number): number[] {
  const state = [count * 7 + below];
  const list: number[] = [];
  for (let i = 0; i < count; i++) {
    const x = random(state, below);
    // Rising, falling, a saw, rising but for the end, blocks; otherwise anything.
    if (shape === 1) list.push(i);
    else if (shape === 2) list.push(count - i);
    else if (shape === 3) list.push(i % 37);
    else if (shape === 4) list.push(i < count - 5 ? i : x);
    else if (shape === 5) list.push(((i / 100) | 0) * (i % 2 === 0 ? 1 : -1) + i);
    else if (shape === 6) list.push(i % 200 < 100 ? i : count - i);
    else list.push(x);
  }
  return list;
}

/** @native */
export function numbers(list: number[]): number[] {
  list.sort((a, b) => a - b);
  return list;
}

/** @native */
export function downwards(list: number[]): number[] {
  return [...list.toSorted((a, b) => b - a), ...list];
}

/** @native */
export function asText(list: number[]): number[] {
  list.sort();
  const again = list.toSorted(undefined);
  return [...list, ...again];
}

/** @native */
export function texts(list: string[]): string[] {
  const sorted = list.toSorted();
  const longest = list.toSorted((a, b) => b.length - a.length);
  list.sort((a, b) => (a < b ? 1 : a > b ? -1 : 0));
  return [...sorted, '|', ...longest, '|', ...list];
}

/** Each comparison that is asked for, and the order that comes out. */
function traced(list: number[], compare: (a: number, b: number) => number): number[] {
  const seen: number[] = [];
  list.sort((a, b) => {
    seen.push(a, b);
    return compare(a, b);
  });
  return [...list, -99, ...seen];
}

/** @native */
export function comparisons(count: number, below: number, shape: number): number[] {
  return traced(numbersOf(count, below, shape), (a, b) => a - b);
}

/** @native */
export function contradictions(count: number, which: number): number[] {
  const list = numbersOf(count, 1000, 0);
  let calls = 0;
  if (which === 0) return traced(list, () => -1);
  if (which === 1) return traced(list, () => 1);
  if (which === 2) return traced(list, () => NaN);
  if (which === 3) return traced(list, (a, b) => (++calls % 3) - 1 + (a - b) * 0);
  if (which === 4) return traced(list, (a, b) => (a > b ? 1 : -1));
  return traced(list, (a, b) => ((a * 7 + b * 13) % 11) - 5);
}

/** @native */
export function hashOfMany(count: number, below: number, shape: number): number {
  const list = numbersOf(count, below, shape);
  let calls = 0;
  list.sort((a, b) => {
    calls++;
    return a - b;
  });
  let h = calls;
  for (const x of list) h = (h * 31 + x) % 1000000007;
  return h;
}

/** @native */
export function items(list: Item[]): string[] {
  const byKey = list.toSorted((a, b) => a.key - b.key);
  list.sort(({ name: a }, { name: b }) => (a < b ? -1 : a > b ? 1 : 0));
  return [...byKey.map((x) => x.name), '|', ...list.map((x) => x.name)];
}

/**
 * Equal elements keep their order.
 *
 * @native
 */
export function stable(count: number, kinds: number): number {
  const state = [count];
  const list: Item[] = [];
  for (let i = 0; i < count; i++) list.push({ key: random(state, kinds), name: `${i}` });
  const sorted = list.toSorted((a, b) => a.key - b.key);
  let h = 0;
  for (const { name, key } of sorted) h = (h * 31 + Number(name) + key) % 1000000007;
  for (let i = 1; i < sorted.length; i++)
    if (
      sorted[i - 1]!.key === sorted[i]!.key &&
      Number(sorted[i - 1]!.name) > Number(sorted[i]!.name)
    )
      h = -1;
  return h;
}

/** @native */
export function missing(list: (string | undefined)[], which: number): string[] {
  let calls = 0;
  const sorted =
    which === 0
      ? list.toSorted()
      : list.toSorted((a, b) => {
          calls++;
          return (a ?? '').length - (b ?? '').length;
        });
  list.sort();
  return [...sorted.map((x) => x ?? 'none'), `${calls}`, ...list.map((x) => x ?? 'none')];
}

/** @native */
export function nulls(list: (string | null)[]): string[] {
  list.sort();
  const sorted = list.toSorted((a, b) => (a === null ? 1 : b === null ? -1 : a < b ? 1 : -1));
  return [...list.map((x) => x ?? 'null!'), '|', ...sorted.map((x) => x ?? 'null!')];
}

/**
 * The comparison throws: the array is as it was.
 *
 * @native
 */
export function throwing(list: number[], at: number): number[] {
  const seen: number[] = [];
  let calls = 0;
  try {
    list.sort((a, b) => {
      seen.push(a, b);
      if (++calls === at) throw new RangeError('enough');
      return b - a;
    });
  } catch (e) {
    if (e instanceof RangeError && e.message === 'enough') seen.push(-1);
  }
  return [...list, -2, ...seen];
}

/**
 * It throws out of the function.
 *
 * @native
 */
export function thrown(list: Item[], at: number): void {
  let calls = 0;
  list.sort((a, b) => {
    if (++calls === at) throw new TypeError(`at ${a.name} and ${b.name}`);
    return a.key - b.key;
  });
}

/**
 * The comparison changes the array, which is written over when it is sorted.
 *
 * @native
 */
export function changing(list: number[], which: number): number[] {
  let calls = 0;
  const compare = (a: number, b: number): number => {
    calls++;
    if (which === 0) list.push(1000 + calls);
    if (which === 1 && calls === 2) list.length = 1;
    if (which === 2) list[0] = -calls;
    if (which === 3 && calls === 1) list.reverse();
    if (which === 4 && list.length > 0) list.pop();
    if (which === 5 && calls === 3) list.sort((x, y) => y - x);
    return a - b;
  };
  const result = list.sort(compare);
  result.push(7);
  return [...list, calls];
}

/** @native */
export function pairs(list: [number, string][]): string[] {
  list.sort(([a], [b]) => a - b);
  const byText = list.toSorted((a, b) => (a[1] < b[1] ? -1 : 1));
  return [...list.map(([n, s]) => `${n}${s}`), ...byText.map(([n, s]) => `${n}${s}`)];
}

function byAbsolute(a: number, b: number): number {
  return Math.abs(a) - Math.abs(b);
}

/**
 * Functions by name, and functions as values.
 *
 * @native
 */
export function values(list: number[], which: number): number[] {
  const up = (a: number, b: number): number => a - b;
  const orders = [up, byAbsolute, (a: number, b: number): number => (which === 2 ? b - a : 0)];
  const sorted = list.toSorted(orders[which] ?? up);
  list.sort(byAbsolute);
  return [...sorted, ...list, ...list.toSorted(up)];
}

/**
 * A comparison that sorts, and functions that call each other through one.
 *
 * @native
 */
export function nested(lists: number[][]): number[] {
  const sum = (list: number[]): number => {
    let s = 0;
    for (const x of list.toSorted((a, b) => b - a)) s = s * 10 + x;
    return s;
  };
  lists.sort((a, b) => sum(a) - sum(b));
  const depth = (n: number): number =>
    n === 0 ? 0 : [n, n - 1, 0].sort((a, b) => depth(Math.min(a, b, n - 1)) + a - b)[0]! + 1;
  return [...lists.flatMap((x) => x), depth(3)];
}

/** @native */
export function others(ints: i32[], big: i64[], flags: boolean[]): string[] {
  ints.sort((a, b) => a - b);
  big.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const asWords = big.toSorted();
  flags.sort();
  const turned = flags.toSorted((a, b) => Number(b) - Number(a));
  return [
    ...ints.map((x) => `${x}`),
    ...big.map((x) => `${x}`),
    ...asWords.map((x) => `${x}`),
    ...flags.map((x) => `${x}`),
    ...turned.map((x) => `${x}`),
  ];
}

/** @native */
export function doubles(array: Float64Array): Float64Array {
  const turned = array.toSorted((a, b) => b - a);
  array.sort();
  for (let i = 0; i < array.length; i++) turned[i] = 1 / turned[i]! + 1 / array[i]!;
  return turned;
}

/** @native */
export function typed(
  bytes: Uint8Array,
  shorts: Int16Array,
  ints: Int32Array,
  singles: Float32Array,
  big: BigInt64Array,
  wide: BigUint64Array,
): string[] {
  const seen: number[] = [];
  shorts.toSorted((a, b) => {
    seen.push(a, b);
    return a - b;
  });
  bytes.sort();
  shorts.sort();
  ints.sort();
  singles.sort();
  big.sort();
  wide.sort((a, b) => (a < b ? 1 : -1));
  return [
    ...Array.from(bytes, (x) => `${x}`),
    ...Array.from(shorts, (x) => `${x}`),
    ...Array.from(ints, (x) => `${x}`),
    ...Array.from(singles, (x) => `${x}`),
    ...Array.from(big, (x) => `${x}`),
    ...Array.from(wide, (x) => `${x}`),
    ...seen.map((x) => `${x}`),
  ];
}

/**
 * More numbers than are sorted by insertion.
 *
 * @native
 */
export function manyTyped(count: number): number {
  const state = [count];
  const doubles = new Float64Array(count);
  const ints = new Int32Array(count);
  const bytes = new Int8Array(count);
  const singles = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    const x = random(state, 16777216);
    doubles[i] = (x - 8388608) * 2 ** (random(state, 600) - 300);
    ints[i] = Math.imul(x, 12345678);
    bytes[i] = x;
    singles[i] = x % 17 === 0 ? NaN : (x - 8388608) / 1000;
  }
  if (count > 3) {
    doubles[1] = NaN;
    doubles[2] = -0;
    doubles[3] = -Infinity;
  }
  doubles.sort();
  ints.sort();
  bytes.sort();
  const turned = ints.toSorted((a, b) => b - a);
  singles.sort();
  let h = 0;
  for (let i = 0; i < count; i++) {
    const parts = [doubles[i]!, ints[i]!, bytes[i]!, singles[i]!, turned[i]!];
    for (const x of parts) h = (h * 31 + (x === x ? x % 1000003 : 0.5)) % 1000000007;
    if (1 / doubles[i]! === -Infinity) h += 1;
  }
  return h;
}

/** @native */
export function copies(list: number[], array: Int16Array, at: number): number[] {
  const spliced = list.toSpliced(at, 2, 91, 92, 93);
  const cut = list.toSpliced(1);
  const all = list.toSpliced(0, 0, ...list);
  return [
    ...list.with(at, 77),
    ...list.toReversed(),
    ...spliced,
    ...cut,
    ...all,
    ...array.with(at, 70000),
    ...array.toReversed(),
    ...list,
  ];
}

const mixed = [3, -0, 0, NaN, -1, Infinity, 2.5, 10, 9, -Infinity, 1e21, 1e-7, 100, -0, 80];
const words = ['b', '', 'aa', 'ä', 'B', 'z\u{1f600}', 'z\uffff', 'a', 'ab', 'aa'];
const some: Item[] = [
  { key: 2, name: 'x' },
  { key: NaN, name: 'y' },
  { key: 1, name: 'z' },
  { key: 2, name: 'a' },
  { key: -1, name: 'z' },
];

export const cases: [string, unknown[]][] = [
  ...[[], [1], [2, 1], [1, 2], [1, 1], [3, 1, 2], [NaN, 1, NaN, 0], mixed].flatMap(
    (list): [string, unknown[]][] => [
      ['numbers', [[...list]]],
      ['downwards', [[...list]]],
      ['asText', [[...list]]],
      ['values', [[...list], 0]],
      ['values', [[...list], 1]],
      ['values', [[...list], 2]],
      ['doubles', [Float64Array.from(list)]],
      ...[0, 1, 2, 3, 4, 5].map((which): [string, unknown[]] => ['changing', [[...list], which]]),
      ...[1, 3].map((at): [string, unknown[]] => ['throwing', [[...list], at]]),
    ],
  ),
  ['texts', [words]],
  ['texts', [[]]],
  ['items', [some]],
  ['items', [[]]],
  ['thrown', [some.slice(), 3]],
  ['thrown', [some.slice(), 100]],
  ['missing', [['b', undefined, 'a', undefined, '', 'undefined', 'ccc'], 0]],
  ['missing', [['b', undefined, 'a', undefined, '', 'undefined', 'ccc'], 1]],
  ['missing', [[undefined, undefined], 1]],
  ['nulls', [['z', null, 'a', null, 'o', 'm']]],
  [
    'pairs',
    [
      [
        [3, 'a'],
        [1, 'c'],
        [2, 'b'],
        [1, 'a'],
      ],
    ],
  ],
  ['nested', [[[1, 2], [3], [], [2, 2, 2], [0]]]],
  [
    'others',
    [
      [5, -1, 2147483647, -2147483648],
      [10n, 9n, -1n, 100n],
      [true, false, true, false],
    ],
  ],
  ...[0, 1, 2, 3, 5, 31, 32, 33, 63, 64, 65, 100, 129, 300].flatMap(
    (count): [string, unknown[]][] =>
      [0, 1, 2, 3, 4, 5, 6].map((shape) => ['comparisons', [count, 1000, shape]]),
  ),
  ['comparisons', [200, 3, 0]],
  ['comparisons', [400, 20, 0]],
  ...[2, 7, 40, 64, 100, 333].flatMap((count): [string, unknown[]][] =>
    [0, 1, 2, 3, 4, 5].map((which) => ['contradictions', [count, which]]),
  ),
  ...[0, 1, 2, 3, 4, 5, 6].map((shape): [string, unknown[]] => ['hashOfMany', [10000, 1e6, shape]]),
  ['hashOfMany', [5000, 4, 0]],
  ['stable', [10, 3]],
  ['stable', [1000, 10]],
  ['stable', [3000, 1]],
  [
    'typed',
    [
      Uint8Array.of(3, 255, 0, 7),
      Int16Array.of(3, -1, 32767, -32768, 5, 2, 9),
      Int32Array.of(1, -1, 2147483647, -2147483648),
      Float32Array.of(1.5, NaN, -0, 0, -Infinity, -2),
      BigInt64Array.of(5n, -5n, 2n ** 63n - 1n, -(2n ** 63n)),
      BigUint64Array.of(5n, 2n ** 64n - 1n, 0n),
    ],
  ],
  ...[0, 1, 4, 95, 96, 1000].map((count): [string, unknown[]] => ['manyTyped', [count]]),
  ['copies', [[1, 2, 3, 4], Int16Array.of(1, 2, 3, 4), 1]],
  ['copies', [[1, 2, 3, 4], Int16Array.of(1, 2, 3, 4), -1]],
  ['copies', [[1, 2, 3, 4], Int16Array.of(1, 2, 3, 4), 4]],
  ['copies', [[1, 2, 3, 4], Int16Array.of(1, 2, 3), 3]],
  ['copies', [[1, 2, 3, 4], Int16Array.of(1, 2, 3, 4), NaN]],
];
