/** Discriminated unions: literals, members in common, narrowing by discriminants of each kind, exhaustiveness. */
import type { f64, i32 } from 'tsnative';

interface Base {
  readonly id: i32;
}
interface Circle extends Base {
  readonly kind: 'circle';
  radius: f64;
}
interface Square extends Base {
  readonly kind: 'square';
  side: f64;
}
interface Rectangle extends Base {
  readonly kind: 'rectangle';
  width: f64;
  height: f64;
}
type Shape = Circle | Square | Rectangle;

type Result = { ok: true; value: f64 } | { ok: false; error: string };
type Token = { type: 0; value: f64 } | { type: 1; text: string } | { type: 2 };
type Expression =
  | { op: 'number'; value: f64 }
  | { op: 'negate'; of: Expression }
  | { op: 'add' | 'multiply'; left: Expression; right: Expression };

function unreachable(x: never): never {
  throw new Error(`unexpected ${x}`);
}

function area(shape: Shape): f64 {
  switch (shape.kind) {
    case 'circle':
      return Math.PI * shape.radius ** 2;
    case 'square':
      return shape.side ** 2;
    case 'rectangle': {
      const { width, height } = shape;
      return width * height;
    }
    default:
      throw new Error('no shape');
  }
}

function perimeter(shape: Shape): f64 {
  if (shape.kind === 'circle') return 2 * Math.PI * shape.radius;
  if (shape.kind !== 'square') return 2 * (shape.width + shape.height);
  return shape.side * 4;
}

function make(kind: i32, size: f64): Shape {
  if (kind === 0) return { id: 1, kind: 'circle', radius: size };
  if (kind === 1) return { id: 2, kind: 'square', side: size };
  return { id: 3, kind: 'rectangle', width: size, height: 2 };
}

function grow(shape: Shape, by: f64): void {
  if (shape.kind === 'circle') shape.radius *= by;
  else if (shape.kind === 'square') shape.side *= by;
  else {
    shape.width *= by;
    shape.height *= by;
  }
}

/** @native */
export function shapes(kind: i32, size: f64): f64 {
  const shape = make(kind, size);
  grow(shape, 2);
  const { kind: name, id } = shape;
  return (
    area(shape) +
    perimeter(shape) * 1000 +
    shape.id * 1e6 +
    id * 1e7 +
    name.length +
    shape.kind.length * 0.5
  );
}

/** @native */
export function mixed(n: i32, size: f64): f64 {
  const all: Shape[] = [];
  for (let i = 0; i < n; i++) all.push(make(i % 3, size + i));
  let sum = 0;
  let largest: Shape | undefined;
  for (const shape of all) {
    sum += area(shape);
    if (largest === undefined || area(shape) > area(largest)) largest = shape;
  }
  const circle: Shape = { id: 9, kind: 'circle', radius: size };
  let current: Shape = circle;
  if (n > 2) current = { id: 10, kind: 'square', side: 1 };
  return (
    sum +
    (largest?.id ?? -1) * 1e3 +
    (current === circle ? 0.5 : 0) +
    area(current) +
    (largest?.kind === 'square' ? 7 : 0)
  );
}

function divide(a: f64, b: f64): Result {
  return b === 0 ? { ok: false, error: 'by zero' } : { ok: true, value: a / b };
}

/** @native */
export function results(a: f64, b: f64): f64 {
  const result = divide(a, b);
  if (!result.ok) return -result.error.length;
  return result.value;
}

function token(i: i32): Token {
  if (i % 3 === 0) return { type: 0, value: i };
  return i % 3 === 1 ? { type: 1, text: 'text' } : { type: 2 };
}

/** @native */
export function tokens(n: i32): f64 {
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const t = token(i);
    switch (t.type) {
      case 0:
        sum += t.value;
        break;
      case 1:
        sum += t.text.length * 100;
        break;
      case 2:
        sum += 10000;
        break;
      default:
        unreachable(t);
    }
  }
  return sum;
}

function evaluate(e: Expression): f64 {
  switch (e.op) {
    case 'number':
      return e.value;
    case 'negate':
      return -evaluate(e.of);
    case 'add':
      return evaluate(e.left) + evaluate(e.right);
    case 'multiply':
      return evaluate(e.left) * evaluate(e.right);
  }
}

function build(depth: i32, x: f64): Expression {
  if (depth === 0) return { op: 'number', value: x };
  const below = build((depth - 1) | 0, x + 1);
  if (depth % 3 === 0) return { op: 'negate', of: below };
  return {
    op: depth % 2 === 0 ? 'add' : 'multiply',
    left: below,
    right: { op: 'number', value: depth },
  };
}

/** @native */
export function expressions(depth: i32, x: f64): f64 {
  return evaluate(build(depth, x));
}

/** @native */
export function lies(kind: i32): f64 {
  const shape = make(kind, 3);
  return (shape as Square).side;
}

/** @native */
export function optionalUnion(kind: i32): f64 {
  const shape = kind < 0 ? null : make(kind, 2);
  const copy: Shape | null = shape;
  if (shape && shape.kind === 'square') return shape.side;
  return (
    (copy?.id ?? -1) +
    (shape === copy ? 0.5 : 0) +
    (shape?.kind === 'circle' ? shape.radius * 10 : 0)
  );
}

export const checked = ['lies'];

const values = [0, -0, 1, -1.5, NaN, Infinity, 2 ** 31, 1e300];
export const cases: [string, unknown[]][] = [
  ...values.flatMap((v): [string, unknown[]][] => [
    ...[0, 1, 2].map((kind): [string, unknown[]] => ['shapes', [kind, v]]),
    ...[0, 1, 2, 3, 7].map((n): [string, unknown[]] => ['mixed', [n, v]]),
    ...[0, 1, 2, 3, 4, 5].map((n): [string, unknown[]] => ['expressions', [n, v]]),
    ['results', [v, 3]],
    ['results', [3, v]],
  ]),
  ...[-1, 0, 1, 2, 3, 9].flatMap((n): [string, unknown[]][] => [
    ['tokens', [n]],
    ['optionalUnion', [n]],
    ['lies', [n]],
  ]),
];
