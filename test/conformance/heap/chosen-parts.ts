/** Parts of text and of objects that are there or not: `${x ?? 'none'}`, `...(c && { a })`; and functions given to generic ones. */
interface Options {
  a?: number;
  b: string;
  c?: string | null;
}

/** @native */
export function text(x: number | null, y: string | undefined, n: number): string[] {
  return [
    `${x ?? 'none'} ${y ?? 0}`,
    'v=' + (x ?? '-') + (y || n),
    `${n > 0 ? n : 'neg'}${n > 1 ? 1 : n < 0 ? 'a' : n === 0}`,
    String(n && y),
    (n > 0 ? 1n : 'none') + '!',
  ];
}

/** @native */
export function parts(c: boolean, n: number, s: string | undefined): Options[] {
  let calls = 0;
  const next = (): number => ++calls;
  const first: Options = { b: 'x', ...(c && { c: 'y' }) };
  const second: Options = { ...(n > 0 ? { a: n } : {}), b: `${calls}` };
  const third: Options = { ...(s !== undefined ? { a: 1, b: s } : { b: 'none' }) };
  const fourth: Options = { b: 'z', ...(n && { b: 'n', ...(c && { b: 'both' }) }) };
  const fifth: Options = { ...(c && { a: next() }), ...(n > 0 && { a: next() }), b: `${calls}` };
  const sixth: Options = { ...(c ? second : third), ...first };
  const seventh: Options = { ...(c ? second : undefined), b: 'end', ...(s && { c: s }) };
  return [first, second, third, fourth, fifth, sixth, seventh];
}

/** @native */
export function defaults(given?: Options, more?: { a: number }): Options {
  return { a: 0, b: 'none', ...(given ?? {}), ...(more || {}) };
}

/** @native */
export function keys(c: boolean): string[] {
  const made: Options = { ...(c && { a: 1 }), b: '' };
  const names: string[] = [];
  if (made.a !== undefined) names.push('a');
  return [...names, made.a === undefined ? 'none' : `${made.a}`];
}

function mapped<T, U>(list: readonly T[], f: (x: T, i: number) => U): U[] {
  const out: U[] = [];
  for (let i = 0; i < list.length; i++) out.push(f(list[i]!, i));
  return out;
}

function folded<T, U>(list: T[], start: U, f: (acc: U, x: T) => U): U {
  let acc = start;
  for (const x of list) acc = f(acc, x);
  return acc;
}

function partition<T>(list: T[], test: (x: T) => boolean): [T[], T[]] {
  const yes: T[] = [];
  const no: T[] = [];
  for (const x of list) (test(x) ? yes : no).push(x);
  return [yes, no];
}

function groupBy<T, K>(list: T[], key: (x: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const x of list) {
    const k = key(x);
    const group = groups.get(k);
    if (group) group.push(x);
    else groups.set(k, [x]);
  }
  return groups;
}

function compose<A, B, C>(f: (a: A) => B, g: (b: B) => C): (a: A) => C {
  return (a) => g(f(a));
}

function integrate(f: (x: number) => number, from: number, to: number, steps: number): number {
  const h = (to - from) / steps;
  let sum = 0;
  for (let i = 0; i < steps; i++) sum += f(from + h * i);
  return sum * h;
}

function sortedBy<T>(list: T[], key: (x: T) => number): T[] {
  return list.slice().sort((a, b) => key(a) - key(b));
}

/** @native */
export function generics(list: number[], k: number): string[] {
  const plus = mapped(list, (x) => x + k);
  const texts = mapped(plus, (x, i) => `${i}:${x}`);
  const total = folded(texts, 0, (acc, x) => acc + x.length);
  const [even, odd] = partition(list, (x) => x % 2 === 0);
  const groups = groupBy(list, (x) => `${x % 3}`);
  const f = compose(
    (a: number) => a * k,
    (b: number) => `<${b}>`,
  );
  const byLength = sortedBy(texts, (x) => -x.length);
  return [
    ...texts,
    `${total}`,
    even.join(),
    odd.join(),
    ...mapped([...groups], ([key, group]) => `${key}=${group.join('+')}`),
    f(k),
    ...byLength,
  ];
}

/** @native */
export function integral(k: number): number {
  let calls = 0;
  const cube = (x: number): number => {
    calls++;
    return x * x * x;
  };
  return integrate((x) => x * x * k, 0, 1, 100) + integrate(cube, -1, 2, 10) + calls;
}

/** @native */
export function asCallbacks(words: string[], numbers: number[]): string[] {
  const kept = words.filter(Boolean);
  const parsed = words.map(Number);
  const truths = numbers.map(Boolean);
  return [
    ...kept,
    ...numbers.map(String),
    ...parsed.map((x) => `${x}`),
    ...truths.map(String),
    `${words.some(Boolean)} ${numbers.every(Boolean)} ${numbers.findIndex(Boolean)}`,
    ...numbers.toSorted(Number).map(String),
  ];
}

/** @native */
export function extremes(
  list: number[],
  array: Float64Array,
  counts: Map<string, number>,
): number[] {
  return [
    Math.max(...list),
    Math.min(...list, 3, ...array),
    Math.max(1, ...counts.values()),
    Math.max(...list, ...list.splice(0, 1)),
    list.length,
  ];
}

/** @native */
export function flattened(
  lists: number[][],
  texts: (string | undefined)[][],
  array: Int8Array,
): string[] {
  const flat = lists.flat();
  flat.push(0);
  return [flat.join(), texts.flat().join('|'), array.join(), array.join(' - ')];
}

function peek<T>(list: readonly T[], at: number): T | undefined {
  return list[at];
}

/**
 * Reads outside whose value goes where `undefined` may be.
 *
 * @native
 */
export function outside(list: number[], texts: string[], at: number): string[] {
  const first: number | undefined = list[at];
  const given = (x?: string): string => x ?? 'none';
  const held: { text?: string | undefined; n: number } = { text: texts[at], n: 1 };
  return [`${first}`, given(texts[at]), `${peek(list, at)}`, `${peek(texts, at)}`, `${held.text}`];
}

export const cases: [string, unknown[]][] = [
  ...[0, 1, -2.5, NaN, 3].flatMap((n): [string, unknown[]][] => [
    ['text', [null, undefined, n]],
    ['text', [0, '', n]],
    ['text', [1.5, 'y', n]],
    ['parts', [true, n, 's']],
    ['parts', [false, n, undefined]],
    ['parts', [true, n, '']],
    ['integral', [n]],
  ]),
  ['defaults', []],
  ['defaults', [{ b: 'q' }]],
  ['defaults', [{ b: 'q', c: null }, { a: 5 }]],
  [
    'asCallbacks',
    [
      ['', '1', 'x', ' 2 '],
      [0, 1, NaN, -0, 2.5],
    ],
  ],
  ...[0, 1, -1, 0.5, NaN].map((at): [string, unknown[]] => ['outside', [[7], ['t'], at]]),
  ['asCallbacks', [[], []]],
  ['extremes', [[1, -5, 2], Float64Array.of(-0, 7), new Map([['a', 4]])]],
  ['extremes', [[], Float64Array.of(), new Map()]],
  ['extremes', [[0, -0, NaN], Float64Array.of(0), new Map()]],
  ['flattened', [[[1, 2], [], [3]], [['a'], [undefined, 'b']], Int8Array.of(1, -2)]],
  ['flattened', [[], [], Int8Array.of()]],
  ['keys', [true]],
  ['keys', [false]],
  ['generics', [[3, 1, 2, 10, 7], 2]],
  ['generics', [[], 0]],
];
