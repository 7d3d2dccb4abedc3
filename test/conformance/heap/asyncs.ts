/** Async functions with objects, arrays, strings, maps and typed arrays inside of them. */
import type { i32, i64 } from 'tsnative';

interface Point {
  x: number;
  y: number;
  name?: string;
}

interface Named {
  readonly name: string;
  readonly values: Float64Array;
}

/** @native */
export async function join(parts: string[], by: string): Promise<string> {
  let text = '';
  for (let i = 0; i < parts.length; i++) text += (i > 0 ? by : '') + parts[i];
  return text;
}

/** @native */
export async function move(point: Point, by: number): Promise<void> {
  if (by < 0) throw new RangeError(`${point.name ?? 'a point'} stays`);
  point.x += by;
  point.y += by;
  point.name = 'moved';
}

/** What was changed before an error stays. */
/** @native */
export async function half(points: Point[]): Promise<number> {
  for (let i = 0; i < points.length; i++) {
    if (points[i].x === 0) throw new TypeError(`point ${i}`);
    points[i].x /= 2;
  }
  return points.length;
}

/** @native */
export async function pick(points: Point[], index: i32): Promise<Point | null> {
  return index < points.length ? points[index] : null;
}

/** @native */
export async function made(n: i32): Promise<Point[]> {
  const points: Point[] = [];
  for (let i = 0; i < n; i++) points.push({ x: i, y: -i, name: `${i}` });
  return points;
}

/** @native */
export async function repeated(text: string, times: i32): Promise<string> {
  return text.repeat(times);
}

/** @native */
export async function counted(words: string[]): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

/** @native */
export async function scaled(named: Named, by: number): Promise<Named> {
  for (let i = 0; i < named.values.length; i++) named.values[i] *= by;
  return { name: named.name + '!', values: new Float64Array(named.values) };
}

/** @native */
export async function twice(named: Named, values: Float64Array): Promise<boolean> {
  values[0] += 1;
  return named.values === values && named.values[0] === values[0];
}

/** @native */
export async function lone(x: number, flag?: boolean): Promise<number | undefined> {
  return flag ? x : undefined;
}

/** @native */
export async function parsed(text: string): Promise<number[]> {
  const numbers: number[] = [];
  for (const part of text.split(',')) {
    const number = Number(part);
    if (Number.isNaN(number)) throw new Error(`no number: ${part}`);
    numbers.push(number);
  }
  return numbers;
}

interface Tree {
  value: number;
  left: Tree | null;
  right: Tree | null;
}

/** @native */
export async function mirrored(tree: Tree): Promise<Tree> {
  mirror(tree);
  return tree;
}

function mirror(tree: Tree): void {
  const { left, right } = tree;
  tree.left = right;
  tree.right = left;
  if (left) mirror(left);
  if (right) mirror(right);
}

const values = new Float64Array([1, 2, 3]);

/**
 * Counts to where the next steps would be no integers of 64 bits.
 * @native overflow: unchecked
 */
export async function countNear(from: i64, to: i64): Promise<number> {
  let count = 0;
  for (let i: i64 = from; i < to; i++) count += 1;
  return count;
}

/** @native overflow: unchecked */
export async function countFar(to: i64): Promise<number> {
  let count = 0;
  for (let i: i64 = 0n; i < to; i += 281474976710656n) count += 1;
  return count;
}

export const cases: (readonly [string, readonly unknown[]])[] = [
  ['countNear', [2n ** 63n - 10n, 2n ** 63n - 1n]],
  ['countNear', [-(2n ** 63n), -(2n ** 63n) + 70_000n]],
  ['countNear', [0n, 65_536n]],
  ['countNear', [0n, 65_537n]],
  ['countNear', [1n, 0n]],
  ['countFar', [2n ** 62n]],
  ['join', [[], '-']],
  ['join', [['a', 'ü', '€', '😀'], ', ']],
  ['join', [Array.from({ length: 3000 }, (_, i) => `part ${i}`), '\n']],
  ['move', [{ x: 1, y: -0 }, 2]],
  ['move', [{ x: NaN, y: Infinity, name: 'p' }, 0]],
  ['move', [{ x: 1, y: 2, name: 'p' }, -1]],
  [
    'half',
    [
      [
        { x: 1, y: 1 },
        { x: 3, y: 1 },
      ],
    ],
  ],
  [
    'half',
    [
      [
        { x: 1, y: 1 },
        { x: 0, y: 1 },
        { x: 5, y: 1 },
      ],
    ],
  ],
  ['pick', [[{ x: 1, y: 1 }], 0]],
  ['pick', [[{ x: 1, y: 1 }], 1]],
  ['made', [0]],
  ['made', [2000]],
  ['repeated', ['', 5]],
  ['repeated', ['ab€', 4000]],
  ['counted', [['a', 'b', 'a', '', 'b', 'a']]],
  ['scaled', [{ name: 'n', values }, 2]],
  ['twice', [{ name: 'n', values }, values]],
  ['twice', [{ name: 'n', values }, new Float64Array(1)]],
  ['lone', [1]],
  ['lone', [1, true]],
  ['parsed', ['1,2.5,-0,1e999']],
  ['parsed', ['1,x']],
  [
    'mirrored',
    [
      {
        value: 1,
        left: { value: 2, left: null, right: { value: 3, left: null, right: null } },
        right: null,
      },
    ],
  ],
];
