/** Objects that stay in their function, and those that nearly do: shared, swapped, compared, changed after they were copied. */
import type { f64, i32 } from 'tsnative';

class Vec {
  constructor(
    public x: f64,
    public y: f64,
  ) {}
  plus(v: Vec): Vec {
    return new Vec(this.x + v.x, this.y + v.y);
  }
  times(factor: f64): Vec {
    return new Vec(this.x * factor, this.y * factor);
  }
  dot(v: Vec): f64 {
    return this.x * v.x + this.y * v.y;
  }
  move(by: f64): void {
    this.x += by;
  }
  self(): Vec {
    return this;
  }
}

class Ray {
  constructor(
    readonly origin: Vec,
    readonly direction: Vec,
  ) {}
  at(distance: f64): Vec {
    return this.origin.plus(this.direction.times(distance));
  }
}

interface Range {
  low: f64;
  high: f64;
}

/** @native */
export function temporaries(x: f64): f64 {
  const ray = new Ray(new Vec(x, 1), new Vec(1, -x));
  const point = ray.at(2).plus(ray.at(3).times(0.5));
  return point.dot(point);
}

/**
 * An object that a loop replaces by one made of it.
 * @native
 */
export function carried(n: i32, x: f64): f64 {
  let v = new Vec(x, 1);
  for (let i = 0; i < n; i++) v = v.plus(new Vec(v.y, i));
  return v.x * 3 + v.y;
}

/**
 * The one from the round before stays as it was.
 * @native
 */
export function before(n: i32): f64 {
  let [last, now] = [new Vec(0, 0), new Vec(1, 1)];
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const next = new Vec(now.x + last.x, now.y - last.y);
    last = now;
    now = next;
    sum += last.x * now.y - last.y;
  }
  return sum;
}

/**
 * Two names of one object.
 * @native
 */
export function shared(x: f64): f64 {
  const a = new Vec(x, 2);
  let b = a;
  b.x = 5;
  const first = a.x;
  b = new Vec(1, 1);
  b.x = 9;
  return first * 100 + a.x * 10 + b.x;
}

/**
 * Which object a name stands for is known only when it runs.
 * @native
 */
export function either(flag: boolean, x: f64): f64 {
  const [a, b] = [new Vec(x, 1), new Vec(2, x)];
  const c = flag ? a : b;
  c.x += 10;
  return a.x * 1000 + b.x + c.y;
}

/**
 * The same, and nothing changes them.
 * @native
 */
export function choice(flag: boolean, x: f64): f64 {
  const c = flag ? new Vec(x, 1) : new Vec(2, x);
  const d = x > 2 ? c : new Vec(0, 0);
  return c.x - d.y * 2;
}

/** @native */
export function swapped(n: i32): f64 {
  let [a, b] = [new Vec(1, 2), new Vec(3, 4)];
  for (let i = 0; i < n; i++) {
    [a, b] = [b, a];
    a.x += i;
  }
  return a.x * 10 + b.x;
}

/** @native */
export function identity(x: f64): i32 {
  const [a, b] = [new Vec(x, x), new Vec(x, x)];
  const c = a.self();
  return (a === b ? 1 : 0) + (a === c ? 2 : 0) + (b !== c ? 4 : 0);
}

/**
 * The best so far, or none.
 * @native
 */
export function best(values: Float64Array): f64 {
  let found: Range | null = null;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (found === null || value > found.high) found = { low: i, high: value };
  }
  return found === null ? -1 : found.low * 100 + found.high;
}

/**
 * It is changed where it is.
 * @native
 */
export function extent(values: Float64Array): f64 {
  let range: Range = { low: Infinity, high: -Infinity };
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value === 0) range = { low: 0, high: 0 };
    if (value < range.low) range.low = value;
    if (value > range.high) range.high = value;
  }
  return range.high - range.low;
}

/**
 * A new object in each round, of which the last one stays.
 * @native
 */
export function last(n: i32): f64 {
  let kept = new Vec(-1, -1);
  for (let i = 0; i < n; i++) {
    const made = new Vec(i, 0);
    made.y = made.x * 2;
    if (i % 2 === 0) {
      kept = made;
      made.move(0.5);
    }
  }
  return kept.x * 10 + kept.y;
}

/**
 * What comes out of a `try` is what was there when the error came.
 * @native
 */
export function interrupted(n: i32): f64 {
  let v = new Vec(0, 0);
  const fixed = new Vec(0, 0);
  try {
    for (let i = 0; i < 5; i++) {
      fixed.x += 1;
      v = new Vec(i, fixed.x);
      if (i === n) throw new Error('stop');
      fixed.y += 1;
    }
  } catch {
    return v.x * 100 + v.y * 10 + fixed.x - fixed.y;
  }
  return -v.x - fixed.y;
}

/**
 * It was there before the loop, and a copy of it is in an array.
 * @native
 */
export function escaping(n: i32): f64 {
  const kept: Vec[] = [];
  const a = new Vec(1, 1);
  for (let i = 0; i < n; i++) {
    if (i === 2) kept.push(a);
    a.x += 1;
  }
  for (const v of kept) v.y = 7;
  return a.x * 10 + a.y;
}

function sumAndDifference(a: f64, b: f64): Range {
  return { low: a - b, high: a + b };
}

/**
 * Results of several numbers.
 * @native
 */
export function results(x: f64): f64 {
  const { low, high } = sumAndDifference(x, 3);
  const again = sumAndDifference(high, low);
  again.low *= 2;
  return again.low - again.high;
}

/** Deep, so that it isn't put in the place of its calls. */
function fibonacci(n: i32, start: Range): Range {
  if (n <= 0) return { low: start.low, high: start.high };
  const { low, high } = fibonacci(n - 1, start);
  return { low: high, high: low + high };
}

/** @native */
export function recursive(n: i32, x: f64): f64 {
  const pair = fibonacci(n, { low: x, high: 1 });
  return pair.low * 1000 + pair.high;
}

/** It gives what it was passed. */
function larger(n: i32, a: Range, b: Range): Range {
  if (n > 0) return larger(n - 1, b, a);
  return a.high > b.high ? a : b;
}

/**
 * What comes back is the very object.
 * @native
 */
export function same(n: i32, x: f64): f64 {
  const [a, b]: [Range, Range] = [
    { low: 1, high: x },
    { low: 2, high: 5 },
  ];
  const c = larger(n, a, b);
  c.low = 100;
  return a.low * 10 + b.low + (c === a ? 0.5 : 0);
}

/** It is changed by what it is passed to. */
function shrink(n: i32, range: Range): void {
  if (n <= 0) return;
  range.high /= 2;
  shrink(n - 1, range);
}

/** @native */
export function outer(n: i32, x: f64): f64 {
  const range: Range = { low: 0, high: x };
  shrink(n, range);
  return range.high;
}

/** Another name of it is changed meanwhile. */
function meanwhile(n: i32, read: Range, written: Range): f64 {
  if (n <= 0) return read.high;
  written.high += n;
  return read.high + meanwhile(n - 1, read, written);
}

/** @native */
export function aliases(n: i32, x: f64): f64 {
  const range: Range = { low: 0, high: x };
  return meanwhile(n, range, range) + meanwhile(n, { low: 0, high: 1 }, range);
}

interface Tree {
  readonly value: f64;
  readonly left: Tree | null;
  readonly right: Tree | null;
}

function build(depth: i32, value: f64): Tree {
  if (depth === 0) return { value, left: null, right: null };
  return { value, left: build(depth - 1, value * 2), right: build(depth - 1, value * 2 + 1) };
}

const total = (tree: Tree | null): f64 =>
  tree === null ? 0 : tree.value + total(tree.left) - total(tree.right);

/** @native */
export function trees(depth: i32): f64 {
  return total(build(depth, 1));
}

abstract class Shape {
  abstract grown(by: f64): Shape;
  abstract get size(): f64;
}
class Square extends Shape {
  constructor(readonly side: f64) {
    super();
  }
  grown(by: f64): Shape {
    return new Square(this.side + by);
  }
  get size(): f64 {
    return this.side * this.side;
  }
}
class Box extends Shape {
  constructor(
    readonly width: f64,
    readonly height: f64,
  ) {
    super();
  }
  grown(by: f64): Shape {
    return this.width === this.height
      ? new Square(this.width)
      : new Box(this.width + by, this.height);
  }
  get size(): f64 {
    return this.width * this.height;
  }
}

/** @native */
export function shapes(n: i32, x: f64): f64 {
  let shape: Shape = new Box(1, x);
  let sum = new Square(x).grown(1).size;
  for (let i = 0; i < n; i++) {
    shape = shape.grown(1);
    sum += shape.size + (shape instanceof Square ? 100 : 0);
  }
  return sum;
}

type Message = { kind: 'number'; value: f64 } | { kind: 'text'; text: string };

const asText = (message: Message): string =>
  message.kind === 'number' ? `${message.value}` : message.text;

/** @native */
export function variants(flag: boolean, x: f64): string {
  const first: Message = { kind: 'number', value: x };
  const second: Message = flag ? { kind: 'number', value: -x } : { kind: 'text', text: 'none' };
  return asText(first) + asText(second);
}

/**
 * What it holds is counted.
 * @native
 */
export function holders(text: string, n: i32): string {
  let pair = { first: text, second: [n] };
  for (let i = 0; i < n; i++) {
    pair = { first: pair.first + i, second: [...pair.second, i] };
    if (i === 3) pair.second.push(9);
  }
  const { first, second } = pair;
  return `${first}:${second.join()}`;
}

/**
 * Slots of all kinds start as JavaScript has them.
 * @native
 */
export function kinds(flag: boolean): string {
  const made: { n?: f64; s: string | null; b: boolean; i: i32; list: f64[] } = {
    s: flag ? 'a' : null,
    b: flag,
    i: 3,
    list: [],
  };
  if (flag) made.n = -0;
  made.list.push(1);
  made.i += made.list.length;
  return `${made.n ?? -1} ${made.s ?? 'null'} ${made.b} ${made.i} ${1 / (made.n ?? 1)}`;
}

/** @native */
export function tuples(n: i32): f64 {
  let pair: [f64, f64] = [0, 1];
  for (let i = 0; i < n; i++) pair = [pair[1], pair[0] + pair[1]];
  const [a, b] = pair;
  return a * 1000 + b;
}

const f = [NaN, -0, 0, 2.5, 1e300];
export const cases = [
  ...f.map((x) => ['temporaries', [x]] as const),
  ...[0, 1, 7].flatMap((n) => f.map((x) => ['carried', [n, x]] as const)),
  ...[0, 1, 2, 9].map((n) => ['before', [n]] as const),
  ...f.map((x) => ['shared', [x]] as const),
  ...[true, false].flatMap((flag) => f.map((x) => ['either', [flag, x]] as const)),
  ...[true, false].flatMap((flag) => [-1, 3].map((x) => ['choice', [flag, x]] as const)),
  ...[0, 1, 4].map((n) => ['swapped', [n]] as const),
  ['identity', [1]],
  ['identity', [NaN]],
  ['best', [new Float64Array([])]],
  ['best', [Float64Array.of(3, NaN, 7, 7, -1)]],
  ['best', [Float64Array.of(NaN, 1)]],
  ['extent', [new Float64Array([])]],
  ['extent', [Float64Array.of(3, 1, 4, 0, 2, -7)]],
  ...[0, 1, 2, 5].map((n) => ['last', [n]] as const),
  ...[-1, 0, 3, 9].map((n) => ['interrupted', [n]] as const),
  ...[0, 2, 3, 6].map((n) => ['escaping', [n]] as const),
  ...f.map((x) => ['results', [x]] as const),
  ...[0, 1, 30].map((n) => ['recursive', [n, -0]] as const),
  ...[0, 1].flatMap((n) => [1, 9].map((x) => ['same', [n, x]] as const)),
  ...[0, 3].map((n) => ['outer', [n, 40]] as const),
  ...[0, 3].map((n) => ['aliases', [n, 40]] as const),
  ...[0, 1, 6].map((n) => ['trees', [n]] as const),
  ...[0, 5].map((n) => ['shapes', [n, 4]] as const),
  ['variants', [true, 1.5]],
  ['variants', [false, -0]],
  ...[0, 5].map((n) => ['holders', ['é', n]] as const),
  ['kinds', [true]],
  ['kinds', [false]],
  ...[0, 1, 40].map((n) => ['tuples', [n]] as const),
] as const;
