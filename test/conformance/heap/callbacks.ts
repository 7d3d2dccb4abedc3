/** Functions for each element: methods of arrays, maps and sets that take callbacks; local functions. */
import type { i32, i64, u8 } from 'tsnative';

function mix(h: number, x: number): number {
  return (h * 31 + (x === x ? x : 0.5)) % 1000000007;
}

/** @native */
export function listMethods(list: number[]): number[] {
  let sum = 0;
  list.forEach((x) => {
    sum += x;
  });
  const doubled = list.map((x, i) => 2 * x + i);
  const kept = doubled.filter((x) => x > 3 || x !== x);
  const product = list.reduce((a, x, i) => a * x - i, 1);
  const right = list.reduceRight((a, x, i, all) => a / 2 + x * i + all.length, 0.5);
  const some = list.some((x) => x < 0);
  const every = list.every((x) => x === x);
  const found = list.find((x) => x > 2);
  const last = list.findLast((x) => x > 2);
  return [
    sum,
    product,
    right,
    some ? 1 : 0,
    every ? 1 : 0,
    found ?? -1,
    last ?? -2,
    list.findIndex((x) => x > 2),
    list.findLastIndex((x) => x > 2),
    ...doubled,
    ...kept,
  ];
}

/** @native */
export function arrayMethods(array: Int16Array): number[] {
  const doubled = array.map((x, i) => x * 20000 + i + 0.75);
  const kept = doubled.filter((x, i, all) => x % 2 === 0 || all[i] === 1);
  let h = 0;
  kept.forEach((x) => (h = mix(h, x)));
  const sum = array.reduce((a, x) => a + x);
  const right = array.reduceRight((a, x) => a / 3 + x, 0);
  return [
    h,
    sum,
    right,
    array.some((x) => x > 30000) ? 1 : 0,
    array.every((x) => x) ? 1 : 0,
    array.find((x) => x < 0) ?? 0.5,
    array.findLast((x) => x < 0) ?? 0.25,
    array.findIndex((x) => x < 0),
    array.findLastIndex((x) => x < 0),
    ...doubled,
    ...kept,
  ];
}

/** @native */
export function otherArrays(
  bytes: Uint8ClampedArray,
  singles: Float32Array,
  big: BigInt64Array,
): number[] {
  const clamped = bytes.map((x) => x * 1.5);
  const halves = singles.map((x) => x / 3);
  const squares = big.map((x) => x * x);
  const total: i64 = big.reduce((a, x) => a + x, 0n);
  const most: i64 = big.reduce((a, x) => (x > a ? x : a));
  return [
    ...clamped,
    ...halves.filter((x) => x > 0.1),
    ...Array.from(squares, (x) => Number(x)),
    Number(total),
    Number(most),
    singles.reduce((a, x) => a + x, 0),
  ];
}

/**
 * An empty array without an initial value.
 *
 * @native
 */
export function emptyReduce(list: number[], array: Float64Array, which: number): number {
  if (which === 0) return list.reduce((a, b) => a + b);
  if (which === 1) return list.reduceRight((a, b) => a + b);
  if (which === 2) return array.reduce((a, b) => a + b);
  try {
    return array.reduceRight((a, b) => a + b);
  } catch (e) {
    return e instanceof TypeError ? -1 : -2;
  }
}

/**
 * Callbacks that change the array which is gone over.
 *
 * @native
 */
export function changing(list: number[], what: number): number[] {
  const seen: number[] = [];
  if (what === 0) {
    list.forEach((x) => {
      seen.push(x);
      if (seen.length < 50) list.push(x + 100);
    });
  } else if (what === 1) {
    list.forEach((x, i) => {
      seen.push(x);
      if (i === 0) list.pop();
    });
  } else if (what === 2) {
    const kept = list.filter((x, i) => {
      if (i === 1) list.length = 2;
      if (i === 0) list[2] = -7;
      return x !== 5;
    });
    seen.push(...kept);
  } else if (what === 3) {
    const sum = list.reduce((a, x, i) => {
      if (i === 1) {
        list.pop();
        list.push(1000);
      }
      return a + x;
    }, 0);
    seen.push(sum);
  } else if (what === 4) {
    const all = list.every((x, i) => {
      if (i === 0) list.length = 1;
      seen.push(x);
      return true;
    });
    seen.push(all ? 1 : 0);
  } else if (what === 5) {
    seen.push(
      list.reduceRight((a, x, i) => {
        if (i === 3) list.length = 1;
        seen.push(i);
        return a * 2 + x;
      }, 1),
    );
  }
  return [...seen, -1, ...list];
}

/**
 * Holes and absent elements are no numbers: these throw.
 *
 * @native
 */
export function shortened(list: number[], what: number): number {
  if (what === 0) {
    const made = list.map((x, i) => {
      if (i === 0) list.pop();
      return x;
    });
    return made.length;
  }
  return list.findIndex((x, i) => {
    if (i === 0) list.pop();
    return x === 1e9;
  });
}

/** @native */
export function texts(list: string[]): string[] {
  const upper = list.map((text, i) => `${i}:${text.toUpperCase()}`);
  const long = list.filter((text) => text.length > 1);
  const joined = list.reduce((all, text) => all + '|' + text, '');
  const numbers = list.map((text) => text.length).map((n) => n * n);
  const all = [...upper, ...long, joined, numbers.join()];
  const found = list.find((text) => text.startsWith('b'));
  return [...all, found === undefined ? 'none' : found, String(list.findIndex((t) => t === ''))];
}

interface Point {
  x: number;
  y: number;
}

/** @native */
export function objects(n: i32): number[] {
  const points: Point[] = Array.from({ length: n }, (_, i) => ({ x: i, y: i * i - 5 }));
  const sums = points.map((p) => p.x + p.y);
  const flipped = points.map(({ x, y }): Point => ({ x: y, y: x }));
  const far = points.filter((p) => p.y > 0);
  const first = points.find((p) => p.y > 3);
  points.forEach((p) => {
    p.x = -p.x;
  });
  const furthest = far.length > 0 ? far.reduce((a, p) => (p.y > a.y ? p : a)).y : -1;
  const grouped = points.reduce((table, p) => {
    const key = p.y % 3;
    table.set(key, (table.get(key) ?? 0) + p.x);
    return table;
  }, new Map<number, number>());
  const collected = points.reduce((all, p) => {
    all.push(p.x);
    return all;
  }, [] as number[]);
  const entries: number[] = [];
  grouped.forEach((value, key, table) => entries.push(key, value, table.size));
  return [
    ...sums,
    ...flipped.map((p) => p.x * 1000 + p.y),
    far.length,
    first === undefined ? -1 : first.x,
    furthest,
    ...entries,
    ...collected,
  ];
}

/** @native */
export function flat(list: number[]): number[] {
  const pairs = list.flatMap((x, i) => [x, -i]);
  const some = list.flatMap((x) => (x > 1 ? [x, x] : []));
  const plain = list.flatMap((x) => x + 1);
  const nested = list.map((x) => [x, x + 1]).flatMap((pair) => pair);
  return [...pairs, ...some, ...plain, ...nested];
}

/** @native */
export function tables(list: number[]): number[] {
  const map = new Map<number, string>();
  const set = new Set<number>();
  list.forEach((x, i) => {
    map.set(x, `v${i}`);
    set.add(x % 3);
  });
  const out: number[] = [];
  map.forEach((value, key) => {
    out.push(key, value.length);
    if (key === 2) map.delete(3);
    if (key === 1) map.set(77, 'late');
  });
  set.forEach((value, again, all) => {
    out.push(value, again, all.size);
    if (value === 1) all.add(55);
  });
  return [
    ...out,
    ...Array.from(map, ([key, value]) => key + value.length),
    ...Array.from(set, (x, i) => x * i),
    ...Array.from(map.keys(), (x) => -x),
    ...Array.from('añ😀', (c) => c.length),
    ...Array.from(list, (x, i) => x - i),
  ];
}

/** @native */
export function fromLength(n: number, text: string): number[] {
  const squares = Array.from({ length: n }, (_, i) => i * i);
  const bytes = Uint8Array.from({ length: n }, (_, i) => i * 100);
  const halves = Float32Array.from(squares, (x, i) => x / 3 + i);
  const again = Int8Array.from(bytes, (x) => x + 1);
  const length = text.length;
  const codes = Array.from({ length }, (_, i) => text.charCodeAt(i));
  return [...squares, ...bytes, ...halves, ...again, ...codes];
}

/**
 * The source of `from` of typed arrays is taken before the callback runs.
 *
 * @native
 */
export function fromChanging(array: Float64Array): number[] {
  const made = Float64Array.from(array, (x, i) => {
    array[(i + 1) % array.length] = 50;
    return x;
  });
  const list = [...array];
  const other = Float64Array.from(list, (x, i) => {
    if (i === 0) list.length = 0;
    return x + 1;
  });
  return [...made, ...other, ...array];
}

/**
 * Errors pass through; what was done before stays.
 *
 * @native
 */
export function throwing(list: number[], at: number): number[] {
  const log: number[] = [];
  try {
    const made = list.map((x, i) => {
      if (i === at) throw new RangeError(`at ${i}`);
      log.push(x);
      return x * 2;
    });
    log.push(made.length);
  } catch (e) {
    if (e instanceof RangeError) log.push(e.message.length);
  } finally {
    log.push(-99);
  }
  return log;
}

/** @native */
export function uncaught(list: string[], at: number): string {
  let text = '';
  list.forEach((x, i) => {
    try {
      if (i === at) throw new Error(`stopped at ${x}`);
      text += x;
    } finally {
      text += ';';
    }
  });
  return text;
}

/**
 * Returns, loops and jumps inside callbacks.
 *
 * @native
 */
export function control(list: number[], limit: number): number[] {
  const out: number[] = [];
  for (const outer of list) {
    const result = list.map((x) => {
      if (x > limit) return -1;
      for (let i = 0; ; i++) {
        if (i > 3) break;
        if (x + i === outer) return i;
      }
      switch (x) {
        case 1:
          return 100;
        case 2: {
          const y = x * 3;
          return y;
        }
        default:
      }
      try {
        if (x === 3) return 300;
        out.push(x);
      } finally {
        out.push(-x);
      }
      return 0.5;
    });
    out.push(...result);
    if (outer === limit) continue;
    if (list.some((x) => x === outer + 1 && x > limit)) break;
  }
  return out;
}

/** @native */
export function nested(list: number[]): number {
  let count = 0;
  const total = list.reduce((a, x) => {
    const inner = list
      .filter((y) => y < x)
      .map((y) => {
        count++;
        return y * x;
      });
    return a + inner.reduce((b, z) => b + z, 0);
  }, 0);
  return total * 1000 + count;
}

/**
 * Functions inside the function.
 *
 * @native
 */
export function local(list: number[], scale: number): number[] {
  let calls = 0;
  const square = (x: number): number => x * x;
  const scaled = (x: number, by = scale): number => {
    calls++;
    if (by === 0) return 0;
    return x * by;
  };
  const log = (x: number): void => {
    if (x < 0) return;
    calls += x;
  };
  const out = list.map(square).map((x) => scaled(x));
  out.push(hypotenuse(3, 4), scaled(2, 5), scaled(3, 0));
  log(-1);
  log(10);
  const add = function (a: number, b?: number): number {
    return b === undefined ? a : a + b;
  };
  out.push(add(1), add(1, 2));
  const smallest = ((values: number[]) => {
    let least = Infinity;
    for (const value of values) if (value < least) least = value;
    return least;
  })(list);
  return [...out, calls, smallest, ...list.filter(isBig)];

  function hypotenuse(a: number, b: number): number {
    calls++;
    return Math.sqrt(square(a) + square(b));
  }
}

function isBig(x: number): boolean {
  return x > 2;
}

const triple = (x: number): number => 3 * x;

/**
 * Functions of the module as callbacks.
 *
 * @native
 */
export function named(list: number[]): number[] {
  return list
    .filter(isBig)
    .map(triple)
    .concat(list.map(halfOf))
    .concat([list.reduce(larger, 0)]);
}

function halfOf(x: number, index?: number): number {
  return x / 2 + (index ?? 100);
}

function larger(a: number, b: number): number {
  return a > b ? a : b;
}

/** @native */
export function optional(list: number[], n: number): number {
  const names: (string | null)[] = list.map((x) => (x > n ? `n${x}` : null));
  const there = names.filter((name): name is string => name !== null);
  const first = names.find((name) => name !== null);
  const lengths = there.map((name) => name.length);
  const index = names.findIndex((name) => name === null);
  let last: string | null = null;
  names.forEach((name) => {
    if (name !== null) last = name;
  });
  const found: string = last ?? 'none';
  return mix(mix(lengths.length, first?.length ?? -1), index) * 10 + found.length;
}

class Counter {
  count = 0;
  private readonly step: number;
  constructor(step: number) {
    this.step = step;
  }
  addAll(list: readonly number[]): void {
    list.forEach((x) => {
      this.count += x * this.step;
    });
  }
  total(list: readonly number[]): number {
    return list.reduce((a, x) => a + this.scaled(x), 0);
  }
  private scaled(x: number): number {
    return x * this.step;
  }
}

/**
 * `this` of a method in its arrow functions.
 *
 * @native
 */
export function methods(list: number[], step: number): number {
  const counter = new Counter(step);
  counter.addAll(list);
  return counter.count * 1000 + counter.total(list);
}

/** @native */
export function hinted(list: i32[], bytes: u8[], big: i64[]): number[] {
  const large = list.map((x) => x * 1e6);
  const sum = list.reduce((a, x) => a + x * 1e9, 0);
  const kept: i32[] = list.filter((x) => x > 1);
  const small: u8[] = bytes.map((x) => (x + 1) & 255);
  const bigs: i64[] = big.map((x) => x + 1n);
  const total: i64 = big.reduce((a, x) => a + x);
  return [...large, sum, ...kept, ...small, ...bigs.map((x) => Number(x)), Number(total)];
}

/**
 * The callback's parameters can be assigned, and captured variables too.
 *
 * @native
 */
export function assigned(list: number[]): number[] {
  let previous = -1;
  let text = '';
  const out = list.map((x, i) => {
    x += previous;
    i++;
    [previous, x] = [x, previous];
    text += `${i},`;
    return x * i;
  });
  return [...out, previous, text.length];
}

const lists: readonly (readonly number[])[] = [
  [],
  [1],
  [3, 1, 2],
  [-0, NaN, 5, Infinity],
  [5, 2, 7, 2, 1, -3],
  [4294967296, 2147483648, 9007199254740992, 0.1],
];
const each = (name: string, ...more: readonly unknown[]): [string, unknown[]][] =>
  lists.map((list) => [name, [[...list], ...more]]);

export const cases: [string, unknown[]][] = [
  ...each('listMethods'),
  ['arrayMethods', [new Int16Array([1, -2, 3, 32767, -32768, 0])]],
  ['arrayMethods', [new Int16Array([7])]],
  [
    'otherArrays',
    [
      new Uint8ClampedArray([0, 1, 100, 200, 255]),
      new Float32Array([0.1, 1, -3, NaN, 1e30]),
      new BigInt64Array([1n, -5n, 1048576n, 7n]),
    ],
  ],
  ...[0, 1, 2, 3].map((which): [string, unknown[]] => [
    'emptyReduce',
    [[], new Float64Array(), which],
  ]),
  ...[0, 1, 2, 3].map((which): [string, unknown[]] => [
    'emptyReduce',
    [[7], new Float64Array([8]), which],
  ]),
  ...[0, 1, 2, 3, 4, 5].map((what): [string, unknown[]] => ['changing', [[4, 5, 6, 7], what]]),
  ...[0, 1, 2, 3, 4, 5].map((what): [string, unknown[]] => ['changing', [[1], what]]),
  ['shortened', [[1, 2, 3], 0]],
  ['shortened', [[1, 2, 3], 1]],
  ['shortened', [[], 0]],
  ['texts', [['a', 'bc', '', 'd\u{1f600}']]],
  ['texts', [[]]],
  ['objects', [0]],
  ['objects', [1]],
  ['objects', [6]],
  ...each('flat'),
  ['tables', [[1, 2, 3, 4, 2, 9]]],
  ['tables', [[]]],
  ...[0, 1, 5, 2.9, NaN, -3].map((n): [string, unknown[]] => ['fromLength', [n, 'h\u00e9']]),
  ['fromLength', [2 ** 32, '']],
  ['fromLength', [Infinity, '']],
  ['fromChanging', [new Float64Array([1, 2, 3])]],
  ...[-1, 0, 2].map((at): [string, unknown[]] => ['throwing', [[1, 2, 3], at]]),
  ...[-1, 0, 2].map((at): [string, unknown[]] => ['uncaught', [['x', 'yy', 'z'], at]]),
  ...[0, 2, 6].map((limit): [string, unknown[]] => ['control', [[1, 2, 3, 4, 5, 6], limit]]),
  ...each('nested'),
  ...each('local', 2),
  ...each('named'),
  ...each('optional', 2),
  ...each('methods', 3),
  [
    'hinted',
    [
      [1, 2, 2147483647],
      [0, 255],
      [5n, -7n],
    ],
  ],
  ...each('assigned'),
];

export const checked = ['shortened', 'changing'];
