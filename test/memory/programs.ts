/** Functions that make things on the heap: called a million times each, they leave nothing behind. */
import type { f64, i32 } from 'tsnative';

interface Point {
  x: f64;
  y: f64;
}
interface Segment {
  from: Point;
  to: Point;
  label: string;
}

const distance = (a: Point, b: Point): f64 => Math.hypot(a.x - b.x, a.y - b.y);

/** @native */
export function objects(n: i32): f64 {
  const kept: Point[] = [];
  for (let i = 0; i < n; i++) kept.push({ x: i, y: n - i });
  return kept.length > 1 ? distance(kept[0]!, kept[n - 1]!) : 0;
}

/** @native */
export function nested(n: i32): f64 {
  const segments: Segment[] = [];
  for (let i = 0; i < n; i++)
    segments.push({ from: { x: i, y: 0 }, to: { x: 0, y: i }, label: `from ${i}` });
  let length = 0;
  for (const { from, to, label } of segments) length += distance(from, to) + label.length;
  return length;
}

/** @native */
export function growing(n: i32): f64 {
  const numbers: f64[] = [];
  for (let i = 0; i < n * 20; i++) numbers.push(i / 2);
  const copy = [...numbers, ...numbers.slice(1, 5)];
  copy.reverse();
  numbers.length = 3;
  return copy.length + copy[0]! + numbers.length;
}

/** @native */
export function listsOfLists(n: i32): f64 {
  const rows: f64[][] = [];
  for (let i = 0; i < n; i++) {
    rows.push([]);
    for (let j = 0; j <= i; j++) rows[i]!.push(i * j);
  }
  rows[0] = rows[n - 1]!;
  rows.pop();
  return rows.length + rows[0]!.length;
}

/** @native */
export function texts(n: i32): string {
  let text = '';
  for (let i = 0; i < n; i++) text += `${i}, `;
  const parts = text.split(', ');
  return parts.join('-').toUpperCase().slice(1) + text.trim().padStart(40, 'é');
}

/** @native */
export function maps(n: i32): f64 {
  const counts = new Map<string, f64>();
  for (let i = 0; i < n * 3; i++) {
    const key = `key ${i % n}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  counts.delete('key 1');
  let sum = 0;
  for (const [key, count] of counts) sum += key.length * count;
  return sum;
}

/** @native */
export function sets(n: i32): f64 {
  const seen = new Set<Point>();
  const point: Point = { x: 1, y: 2 };
  for (let i = 0; i < n; i++) {
    seen.add(point);
    seen.add({ x: i, y: i });
  }
  seen.delete(point);
  return seen.size;
}

abstract class Shape {
  constructor(readonly name: string) {}
  abstract get area(): f64;
  scaled(_factor: f64): Shape | null {
    return null;
  }
}
class Square extends Shape {
  constructor(readonly side: f64) {
    super('square');
  }
  get area(): f64 {
    return this.side * this.side;
  }
  override scaled(factor: f64): Shape | null {
    return factor > 0 ? new Square(this.side * factor) : null;
  }
}
class Polygon extends Shape {
  readonly corners: Point[] = [];
  constructor(n: i32) {
    super(`polygon of ${n}`);
    for (let i = 0; i < n; i++) this.corners.push({ x: i, y: i % 2 });
  }
  get area(): f64 {
    let sum = 0;
    for (let i = 1; i < this.corners.length; i++)
      sum += this.corners[i]!.x * this.corners[i - 1]!.y;
    return sum;
  }
}

/** @native */
export function classes(n: i32): f64 {
  const shapes: Shape[] = [];
  for (let i = 0; i < n; i++) shapes.push(i % 2 === 0 ? new Square(i) : new Polygon(i));
  let sum = 0;
  for (const shape of shapes) sum += shape.area + (shape.scaled(2)?.area ?? shape.name.length);
  return sum;
}

function check(i: i32, point: Point): f64 {
  const held = [point, { x: i, y: i }];
  if (i % 3 === 0) throw new RangeError(`point ${i} of ${held.length}`);
  return held[1]!.x;
}

/** @native */
export function caught(n: i32): f64 {
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const point = { x: i, y: 0 };
    try {
      sum += check(i, point);
    } catch (error) {
      sum += error instanceof RangeError ? error.message.length : -1;
    }
  }
  return sum;
}

/**
 * The error leaves native code while several objects are half made.
 * @native
 */
export function thrown(n: i32): f64 {
  const rows: Segment[] = [];
  for (let i = 1; i < n; i++)
    rows.push({ from: { x: i, y: i }, to: { x: check(i, { x: 0, y: 0 }), y: 0 }, label: `${i}` });
  return rows.length;
}

class Broken {
  readonly texts: string[] = [];
  readonly point: Point;
  constructor(n: i32) {
    for (let i = 0; i < n; i++) this.texts.push(`text ${i}`);
    if (n % 2 === 0) throw new TypeError(`${this.texts.join()} is even`);
    this.point = { x: n, y: n };
  }
}

/**
 * It unwinds in the middle of a constructor.
 * @native
 */
export function construction(n: i32): f64 {
  let sum = 0;
  for (let i = 0; i < n; i++) {
    try {
      sum += new Broken(i).point.x;
    } catch {
      sum++;
    }
  }
  return sum;
}

interface Item {
  value: f64;
  next: Item | null;
}

/** @native */
export function lists(n: i32): f64 {
  let first: Item | null = null;
  for (let i = 0; i < n; i++) first = { value: i, next: first };
  let sum = 0;
  for (let item = first; item !== null; item = item.next) sum += item.value;
  return sum;
}

/** @native */
export function circles(n: i32): f64 {
  const first: Item = { value: 0, next: null };
  let last = first;
  for (let i = 1; i < n; i++) {
    const item: Item = { value: i, next: first };
    last.next = item;
    last = item;
  }
  last.next = first;
  return last.value + (first.next?.value ?? 0);
}

class Node {
  readonly children: Node[] = [];
  parent: Node | null = null;
  constructor(readonly name: string) {}
}

/** @native */
export function parents(n: i32): f64 {
  const root = new Node('root');
  for (let i = 0; i < n; i++) {
    const child = new Node(`child ${i}`);
    child.parent = i % 2 === 0 || root.children.length === 0 ? root : root.children[0]!;
    child.parent.children.push(child);
  }
  return root.children.length + root.children[0]!.name.length;
}

/** @native */
export function graphs(n: i32): f64 {
  const edges = new Map<i32, Node>();
  for (let i = 0; i < n; i++) edges.set(i, new Node(`${i}`));
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const [a, b] = [edges.get(i), edges.get((i * 7 + 3) % n)];
    if (a === undefined || b === undefined) continue;
    a.children.push(b);
    b.children.push(a);
    sum += a.children.length;
  }
  return sum;
}

/**
 * Objects that come in and go out.
 * @native
 */
export function through(segment: Segment): Segment {
  const { from, to, label } = segment;
  return { from: to, to: { x: from.x + 1, y: from.y }, label: `${label}!`.slice(-8) };
}

/**
 * What it changes is written back.
 * @native
 */
export function changing(points: Point[]): f64 {
  for (const point of points) point.x += 1;
  points.push({ x: points.length, y: 0 });
  if (points.length > 8) points.length = 1;
  return points.length;
}

/** @native */
export function inAndOut(names: string[], counts: f64[]): string[] {
  const all: string[] = [];
  for (let i = 0; i < names.length; i++) all.push(`${names[i]!}:${counts[i]! * 2}`);
  return all;
}

/**
 * What was changed before the error is written back too.
 * @native
 */
export function failing(points: Point[]): f64 {
  points[0]!.x = 0.5;
  if (points.length > 0) throw new Error(`no ${points.length} points`);
  return 1;
}

/** @native */
export function typedArrays(n: i32): Float64Array {
  const rows: Float64Array[] = [];
  for (let i = 0; i < n; i++) rows.push(new Float64Array(n).fill(i));
  return rows[n - 1]!.subarray(1);
}

const point = (): Point => ({ x: 1, y: 2 });
const points: Point[] = [point(), point()];

/** Each call, as the test makes it; errors are expected where they come. */
export const calls: Readonly<Record<string, () => unknown>> = {
  objects: () => objects(7),
  nested: () => nested(4),
  growing: () => growing(4),
  listsOfLists: () => listsOfLists(5),
  texts: () => texts(9),
  maps: () => maps(6),
  sets: () => sets(6),
  classes: () => classes(5),
  caught: () => caught(6),
  thrown: () => thrown(9),
  construction: () => construction(5),
  lists: () => lists(9),
  circles: () => circles(6),
  parents: () => parents(6),
  graphs: () => graphs(5),
  through: () => through({ from: point(), to: point(), label: 'way' }),
  changing: () => changing(points),
  inAndOut: () => inAndOut(['a', 'bé'], [1, 2]),
  failing: () => failing([point(), point()]),
  typedArrays: () => typedArrays(3),
};
