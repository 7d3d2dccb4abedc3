/** Unions whose variants have the shapes of other types, with other literals; tuples with hints. */
import type { f32, i32, i64, u8 } from 'tsnative';

type Result = { ok: true; value: number } | { ok: false; error: string };
/** As the first variant, but for the literal. */
interface Measured {
  ok: boolean;
  value: number;
}
/** The same two shapes, the other way round. */
type Turned = { ok: false; value: number } | { ok: true; error: string };
/** And a third time, with another member that tells. */
type Answer = { ok: boolean; value: number } | { ok: boolean; message: string; tag: 'message' };

type Shape = { kind: 'circle'; size: number } | { kind: 'square'; side: number };
type Sound = { kind: 'drum'; size: number } | { kind: 'horn' | 'flute'; side: number };
type Both = Shape | { kind: 'line'; from: number; to: number };
/** Two variants of one shape. */
type Event =
  | { type: 'open'; id: number }
  | { type: 'close'; id: number }
  | { type: 'data'; id: number; text: string };
type Tree = { node: 0; left: Tree; right: Tree } | { node: 1; value: number };
type Bush = { node: 1; left: Tree; right: Tree } | { node: 2; value: number };

/** @native */
export function results(list: Result[]): string[] {
  return list.map((one) => (one.ok ? `${one.value}` : one.error));
}

/** @native */
export function turned(list: Turned[]): string[] {
  return list.map((one) => (one.ok ? one.error : `${one.value}`));
}

/** @native */
export function measured(list: Measured[], limit: number): Result[] {
  return list.map(({ ok, value }): Result => {
    if (ok && value < limit) return { ok, value };
    return { ok: false, error: `${value} of ${limit}` };
  });
}

function answer(n: number): Answer {
  if (n < 0) return { ok: false, message: 'less', tag: 'message' };
  return { ok: n > 0, value: n };
}

/** @native */
export function answers(n: number): string {
  const given = answer(n);
  return given.ok ? 'yes' : `no ${n}`;
}

/** @native */
export function swap(shape: Shape): Sound {
  if (shape.kind === 'circle') return { kind: 'drum', size: shape.size };
  return { kind: shape.side > 1 ? 'horn' : 'flute', side: shape.side };
}

/** @native */
export function lengths(list: Both[]): number[] {
  const made: number[] = [];
  for (const one of list) {
    switch (one.kind) {
      case 'circle':
        made.push(one.size);
        break;
      case 'square':
        made.push(4 * one.side);
        break;
      case 'line':
        made.push(one.to - one.from);
    }
  }
  return made;
}

/** @native */
export function widened(shape: Shape, more: Both[]): Both[] {
  const all: Both[] = [shape, ...more];
  const first: Both = shape;
  if (first.kind === 'circle') first.size++;
  return all;
}

/** @native */
export function events(list: Event[]): string {
  let open = 0;
  let text = '';
  for (const event of list) {
    if (event.type === 'open') open++;
    else if (event.type === 'close') open--;
    else text += event.text;
    text += `${event.id}:${open} `;
  }
  return text;
}

function sum(tree: Tree): number {
  return tree.node === 0 ? sum(tree.left) + sum(tree.right) : tree.value;
}

/** @native */
export function bushes(bush: Bush): number {
  return bush.node === 2 ? bush.value : sum(bush.left) - sum(bush.right);
}

/** @native */
export function trees(depth: number): Tree {
  if (depth < 1) return { node: 1, value: depth };
  return { node: 0, left: trees(depth - 1), right: trees(depth - 2) };
}

/** @native */
export function hinted(pair: [i64, boolean], other: [x: i32, y: u8]): [f32, i64] {
  const [big, flag] = pair;
  const [x, y] = other;
  const sum: i64 = big + (flag ? 1n : 0n);
  return [Math.fround(x / y), sum];
}

const circle = { kind: 'circle', size: 2 };
const square = { kind: 'square', side: 3 };

export const cases: [string, unknown[]][] = [
  [
    'results',
    [
      [
        { ok: true, value: 1 },
        { ok: false, error: 'no' },
      ],
    ],
  ],
  [
    'turned',
    [
      [
        { ok: false, value: 1 },
        { ok: true, error: 'yes' },
      ],
    ],
  ],
  [
    'measured',
    [
      [
        { ok: true, value: 1 },
        { ok: true, value: 5 },
        { ok: false, value: NaN },
      ],
      3,
    ],
  ],
  ['answers', [1]],
  ['answers', [0]],
  ['answers', [-1]],
  ['swap', [circle]],
  ['swap', [square]],
  ['swap', [{ kind: 'square', side: 0 }]],
  ['lengths', [[circle, square, { kind: 'line', from: 3, to: 10 }]]],
  ['widened', [{ ...circle }, [square]]],
  ['widened', [square, []]],
  [
    'events',
    [
      [
        { type: 'open', id: 1 },
        { type: 'data', id: 1, text: 'x' },
        { type: 'close', id: 1 },
      ],
    ],
  ],
  ['bushes', [{ node: 2, value: 5 }]],
  [
    'bushes',
    [
      {
        node: 1,
        left: { node: 1, value: 7 },
        right: { node: 0, left: { node: 1, value: 1 }, right: { node: 1, value: 2 } },
      },
    ],
  ],
  ['trees', [3]],
  [
    'hinted',
    [
      [5n, true],
      [7, 255],
    ],
  ],
  [
    'hinted',
    [
      [2n ** 63n - 1n, false],
      [-(2 ** 31), 0],
    ],
  ],
];
