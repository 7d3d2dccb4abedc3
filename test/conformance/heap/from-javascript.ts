/** Functions that come from JavaScript. */
import type { f32, f64, i32, i64, u8 } from 'tsnative';

/** @native */
export function sumOf(n: i32, term: (index: number) => number): f64 {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += term(i);
  return sum;
}

/**
 * Each kind of number there and back.
 * @native
 */
export function kinds(
  double: (x: f64) => f64,
  single: (x: f32) => f32,
  integer: (x: i32) => i32,
  byte: (x: u8) => u8,
  wide: (x: i64) => i64,
  flag: (x: boolean) => boolean,
  values: Float64Array,
): string {
  let text = '';
  for (const x of values) {
    text += `${double(x)} ${1 / double(x)} ${single(Math.fround(x))} `;
    text += `${integer(x | 0)} ${byte(x & 255)} ${flag(x > 1)};`;
  }
  return `${text}${wide(9007199254740993n)} ${wide(-1n)}`;
}

/** @native */
export function texts(parts: string[], change: (text: string, index: number) => string): string {
  let all = '';
  parts.forEach((part, index) => {
    all += `${change(part, index)}|`;
  });
  return `${all}${change('', -1).length}`;
}

/** @native */
export function absent(
  f: (x?: number, text?: string | null) => number | null | undefined,
  g?: (x: number) => boolean | undefined,
): string {
  const tell = (x: number | null | undefined): string =>
    x === undefined ? 'undefined' : x === null ? 'null' : `${x}`;
  const told = `${tell(f())} ${tell(f(1))} ${tell(f(2, null))} ${tell(f(3, 'x'))} ${tell(f(undefined, 'y'))}`;
  const is = g?.(4);
  return `${told} ${g === undefined} ${is === undefined ? '-' : `${is}`}`;
}

interface Rule {
  readonly name: string;
  readonly apply: (x: number) => number;
}

const twice =
  (f: (x: number) => number) =>
  (x: number): number =>
    f(f(x));

function applyTo(rules: readonly Rule[], x: number): number {
  let result = x;
  for (const { apply } of rules) result = apply(result);
  return result;
}

function compose(f: (x: number) => number, g: (x: number) => number): (x: number) => number {
  return (x) => f(g(x));
}

/**
 * Passed on, captured, kept and chosen.
 * @native
 */
export function kept(
  f: (x: number) => number,
  g: ((x: number) => number) | null,
  n: number,
): number {
  const chosen = n > 2 && g !== null ? g : f;
  const rules: Rule[] = [
    { name: 'chosen', apply: chosen },
    { name: 'twice', apply: twice(f) },
    { name: 'own', apply: (x) => x * 2 + f(n) },
    { name: 'composed', apply: compose(g ?? ((x) => -x), f) },
  ];
  const byName = new Map<string, (x: number) => number>();
  for (const { name, apply } of rules) byName.set(name, apply);
  let held = f;
  for (let i = 0; i < n; i++) held = compose(held, byName.get('own') ?? f);
  return applyTo(rules, n) + held(1) + (byName.get('twice')?.(n) ?? 0);
}

class Counter {
  count = 0;
  constructor(readonly seen: (count: number) => void) {}
  add(): void {
    this.count++;
    this.seen(this.count);
  }
}

/** @native */
export function counted(n: number, seen: (count: number) => void): number {
  const counter = new Counter(seen);
  for (let i = 0; i < n; i++) counter.add();
  return counter.count;
}

/**
 * A type with fewer parameters takes its place, and gets what the call passes.
 * @native
 */
export function wider(f: (x: number) => number): number {
  const g: (x: number, y: number) => number = f;
  return f(1) + g(2, 3);
}

/** @native */
export function attempts(f: (x: number) => number, n: number): string {
  let text = '';
  for (let i = 0; i < n; i++) {
    try {
      text += `${f(i)}`;
    } catch (error) {
      if (error instanceof RangeError) text += `range ${error.message}`;
      else if (error instanceof Error) text += `${error.name} ${error.message}`;
      else if (i > 2) throw error;
      else text += 'no error';
    } finally {
      text += ';';
    }
  }
  return text;
}

/**
 * What is thrown goes through native frames that have something to free.
 * @native
 */
export function through(f: (x: number) => number, depth: number): number {
  const parts: string[] = [`at ${depth}`];
  const go = (left: number): number => {
    const own = { left, name: `level ${left}` };
    parts.push(own.name);
    if (left === 0) return f(parts.length);
    try {
      return go(left - 1) + own.left;
    } finally {
      parts.push(`done ${own.name}`);
    }
  };
  return go(depth) + parts.length;
}

/**
 * What a handler throws takes the place of what was thrown.
 * @native
 */
export function replaced(f: () => void): number {
  try {
    try {
      f();
    } finally {
      f();
    }
  } catch (error) {
    if (error instanceof TypeError) throw new RangeError(`after ${error.message}`);
    throw error;
  }
  return 1;
}

/**
 * Objects that nobody changes meanwhile.
 * @native
 */
export function weighed(
  points: { x: number; y: number; name: string }[],
  weights: Map<string, number>,
  weigh: (x: number, y: number, weight: number) => number,
): { name: string; weight: number }[] {
  return points.map(({ x, y, name }) => ({
    name,
    weight: weigh(x, y, weights.get(name) ?? 1),
  }));
}

const numbers = Float64Array.of(0, -0, 1, 1.5, NaN, -Infinity, 2 ** 31, -(2 ** 32) - 1, 2 ** 53);
const half = (x: number): number => x / 2;
const fail = (x: number): number => {
  if (x === 0) return 10;
  if (x === 1) throw new RangeError('one');
  if (x === 2) throw new SyntaxError('two');
  if (x === 3) throw 'three';
  return x;
};
const points = [
  { x: 1, y: 2, name: 'a' },
  { x: -0, y: NaN, name: 'b' },
];

export const cases: readonly (readonly [string, readonly unknown[]])[] = [
  ...[0, 1, 5].map((n) => ['sumOf', [n, half]] as const),
  ['sumOf', [2, (x: number) => (x === 0 ? -0 : NaN)]],
  [
    'kinds',
    [
      half,
      (x: number) => Math.fround(x / 3),
      (x: number) => ~x,
      (x: number) => 255 - x,
      (x: bigint) => -x,
      (x: boolean) => !x,
      numbers,
    ],
  ],
  ['texts', [['a', '', 'é', '€', '\ud83d', 'x'.repeat(300)], (t: string, i: number) => t + t + i]],
  ['texts', [[], () => '\udc00€']],
  ['absent', [(...args: unknown[]) => args.length]],
  ['absent', [(x?: number) => x, () => true]],
  ['absent', [() => null, () => undefined]],
  ['absent', [(_x?: number, text?: string) => text?.length, undefined]],
  ...[0, 1, 3].map((n) => ['kept', [half, null, n]] as const),
  ...[0, 1, 3].map((n) => ['kept', [half, (x: number) => x + 0.5, n]] as const),
  ['kept', [fail, fail, 1]],
  ...[0, 3].map((n) => ['counted', [n, () => {}]] as const),
  ['counted', [3, fail]],
  ['wider', [(...args: number[]) => args.length * 100 + (args[1] ?? 0)]],
  ...[0, 1, 2, 3, 4].map((n) => ['attempts', [fail, n]] as const),
  ['attempts', [() => NaN, 2]],
  ...[0, 1, 4].map((depth) => ['through', [half, depth]] as const),
  ...[0, 1, 4].map(
    (depth) =>
      [
        'through',
        [
          () => {
            throw new TypeError('thrown');
          },
          depth,
        ],
      ] as const,
  ),
  ['replaced', [() => {}]],
  ...[new TypeError('type'), new Error('other'), 'text', undefined, null, 1].map(
    (thrown) =>
      [
        'replaced',
        [
          () => {
            throw thrown;
          },
        ],
      ] as const,
  ),
  ['weighed', [points, new Map([['a', 2]]), (x: number, y: number, w: number) => x * w + y]],
  ['weighed', [[], new Map(), half]],
];
