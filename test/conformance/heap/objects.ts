/** Objects of fixed shapes: literals, spreads, optional properties, nullable references, identity, unions. */
import type { f32, f64, i32, i64, u8 } from 'tsnative';

interface Point {
  x: f64;
  y: f64;
}
interface Point3 extends Point {
  z: f64;
}
interface Options {
  width?: f64;
  height?: f64;
  title?: string;
  depth: f64;
}
interface Mixed {
  a: i32;
  b: f32;
  c: u8;
  d: boolean;
  e: i64;
  f: string;
}
interface ListNode {
  value: f64;
  next: ListNode | null;
}
interface Tree {
  key: f64;
  left?: Tree;
  right?: Tree;
}
interface Maybe {
  n: f64 | null | undefined;
  p: Point | null;
  q: Point | undefined;
  r: Point | null | undefined;
}

/** @native */
export function literals(x: f64, y: f64): f64 {
  const p = { x, y };
  const q: Point = { x: p.y, y: p.x };
  const nested = { p, inner: { q, k: { deep: x * 2 } } };
  const keyed = { ['a b']: x, 1: y, 'c-d': 3, 0: 7 };
  nested.inner.k.deep += 1;
  nested.p.x -= 1;
  return p.x + q.x * 10 + nested.inner.k.deep + keyed[1] + keyed['a b'] + keyed[0] + keyed['c-d'];
}

/** @native */
export function aliasing(x: f64): f64 {
  const a: Point = { x, y: 1 };
  const b = a;
  b.x++;
  b.y = b.x-- - a.y;
  const c: Point = { ...a };
  c.x = 100;
  return a.x + a.y * 1000 + (a === b ? 0.5 : 0) + (a === c ? 0.25 : 0) + (a !== c ? 0.125 : 0);
}

/** @native */
export function hinted(a: f64, b: f64, c: f64): f64 {
  const m: Mixed = { a: a | 0, b: Math.fround(b), c: c & 255, d: a > b, e: 5n, f: 'text' };
  m.a = (m.a + 1) | 0;
  m.b = Math.fround(m.b * 2);
  m.c = (m.c + 1) & 255;
  m.e = m.e * 3n;
  return m.a + m.b + m.c + (m.d ? 1000 : 0) + Number(m.e) + m.f.length;
}

/** @native */
export function outside(a: f64): f64 {
  const m = { c: 0 } as { c: u8 };
  m.c = a;
  return m.c;
}

/** @native */
export function spreads(x: f64): f64 {
  const p: Point = { x, y: 2 };
  const q: Point3 = { ...p, z: 3 };
  const r: Point3 = { ...q, x: 10, z: q.x };
  const s = { ...p, w: 4 };
  const t = { first: 1, ...s, y: 20 };
  p.x = -1;
  return q.x + r.x * 10 + r.y * 100 + r.z * 1000 + s.w * 7 + t.first + t.x + t.y + t.w;
}

/** @native */
export function spreadOrder(x: f64): f64 {
  let n = x;
  const p: Point = { x: n++, y: n++ };
  const q: Point3 = { ...p, y: (p.x = n++), z: p.x };
  return q.x + q.y * 10 + q.z * 100 + n * 1000;
}

function withDefaults(options: Options): f64 {
  const defaults: Options = { width: 1, height: 2, depth: 5 };
  const all = { ...defaults, ...options };
  return (
    (all.width ?? -1) + (all.height ?? -2) * 10 + all.depth * 100 + (all.title?.length ?? 9) * 1000
  );
}

/** @native */
export function optional(kind: i32, x: f64): f64 {
  if (kind === 0) return withDefaults({ depth: x });
  if (kind === 1) return withDefaults({ width: x, depth: 1 });
  if (kind === 2) return withDefaults({ height: x, title: 'title', depth: 1 });
  if (kind === 3) return withDefaults({ width: undefined, depth: x });
  const o: Options = { depth: x };
  o.height = x;
  o.width = o.height + 1;
  if (kind === 4) return withDefaults(o);
  o.height = undefined;
  const copy: Options = { ...o };
  return withDefaults(copy) + (copy.title === undefined ? 0.5 : 0);
}

/** @native */
export function optionalSpread(there: boolean, x: f64): f64 {
  const options = there ? ({ width: x, depth: 3 } as Options) : undefined;
  const made: Options = { width: 8, height: 9, depth: 4, ...options };
  return (made.width ?? 0) + (made.height ?? 0) * 10 + made.depth * 100;
}

/** @native */
export function list(n: i32): f64 {
  let head: ListNode | null = null;
  for (let i = 0; i < n; i++) head = { value: i, next: head };
  let reversed: ListNode | null = null;
  while (head) {
    const next: ListNode | null = head.next;
    head.next = reversed;
    reversed = head;
    head = next;
  }
  let sum = 0;
  let weight = 1;
  for (let node = reversed; node !== null; node = node.next) sum += node.value * weight++;
  return sum + (reversed?.next?.value ?? -1) * 1e6;
}

function insert(tree: Tree | undefined, key: f64): Tree {
  if (tree === undefined) return { key };
  if (key < tree.key) tree.left = insert(tree.left, key);
  else tree.right = insert(tree.right, key);
  return tree;
}

function depthOf(tree?: Tree): f64 {
  return tree ? 1 + Math.max(depthOf(tree.left), depthOf(tree.right)) : 0;
}

function sumOf(tree: Tree | undefined): f64 {
  if (!tree) return 0;
  return tree.key + sumOf(tree.left) + sumOf(tree.right);
}

/** @native */
export function tree(n: i32, seed: f64): f64 {
  let root: Tree | undefined;
  let state = seed;
  for (let i = 0; i < n; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    root = insert(root, state % 1000);
  }
  return depthOf(root) * 1e7 + sumOf(root) + (root?.left === undefined ? 0.5 : 0);
}

/** @native */
export function nullables(kind: i32): f64 {
  const p: Point = { x: 1, y: 2 };
  const m: Maybe = { n: null, p: null, q: undefined, r: undefined };
  if (kind > 0) m.n = kind;
  if (kind > 1) m.p = p;
  if (kind > 2) m.q = m.p!;
  if (kind > 3) m.r = null;
  if (kind > 4) m.r = m.q;
  if (kind > 5) m.n = undefined;
  let result = (m.n ?? -1) + (m.n === null ? 10 : 0) + (m.n === undefined ? 20 : 0);
  result += (m.p === null ? 100 : 0) + (m.q === undefined ? 200 : 0);
  result += (m.r === null ? 1000 : 0) + (m.r === undefined ? 2000 : 0) + (m.r == null ? 4000 : 0);
  result += m.p === m.q ? 0.5 : 0;
  result += m.r === p ? 0.25 : 0;
  return result + (m.p?.x ?? 0.125) + (m.q?.y ?? 0.0625);
}

/** @native */
export function absentRead(kind: i32): f64 {
  const m: Maybe = { n: 1, p: null, q: undefined, r: undefined };
  if (kind === 0) return m.p!.x;
  if (kind === 1) return m.q!.x;
  if (kind === 2) m.p!.y = 1;
  if (kind === 3) m.r!.y++;
  return 0;
}

/** @native */
export function updates(x: f64): f64 {
  const o = { a: x, b: 2, c: { d: 3 }, t: 'a', n: null as f64 | null };
  o.a += 2;
  o.a *= o.b++;
  o.c.d **= 2;
  o.n ??= 4;
  o.n ??= 8;
  o.b ||= 9;
  o.c.d &&= o.c.d - 1;
  o.a--;
  return o.a + o.b * 10 + o.c.d * 100 + o.n * 1000;
}

/** @native */
export function selfReference(x: f64): f64 {
  const node: ListNode = { value: x, next: null };
  node.next = node;
  node.next.next!.next!.value++;
  const out = node.value + (node.next === node ? 1000 : 0);
  node.next = null;
  return out;
}

type Picked = Pick<Mixed, 'c' | 'a'>;
type Rest = Omit<Point3, 'y'>;

/** @native */
export function derived(x: f64): f64 {
  const picked: Picked = { a: x | 0, c: 7 };
  const rest: Rest = { x, z: 2 };
  const fixed: Readonly<Point> = { x, y: 3 };
  const partial: Partial<Point> = { y: x };
  partial.x = partial.y;
  const all: Required<Options> = { width: 1, height: 2, title: 'abc', depth: x };
  const both: Point & { w: f64 } = { x: 1, y: 2, w: x };
  const plain: Point = fixed;
  return (
    picked.a +
    picked.c * 10 +
    rest.x +
    rest.z +
    fixed.y +
    (partial.x ?? 5) +
    all.title.length +
    both.w +
    plain.x
  );
}

export const checked = ['outside'];

const values = [0, -0, 1, -1.5, NaN, Infinity, -Infinity, 2 ** 31, 2 ** 32 + 0.5, 2 ** 53, 1e300];
export const cases: [string, unknown[]][] = [
  ...values.flatMap((x): [string, unknown[]][] => [
    ['literals', [x, 3]],
    ['literals', [2, x]],
    ['aliasing', [x]],
    ['hinted', [x, 1, 2]],
    ['hinted', [1, x, x]],
    ['outside', [x + 0]],
    ['spreads', [x]],
    ['spreadOrder', [x]],
    ['updates', [x]],
    ['selfReference', [x]],
    ['derived', [x]],
    ['optionalSpread', [true, x]],
    ['optionalSpread', [false, x]],
  ]),
  ...[0, 1, 2, 3, 4, 5, 6].flatMap((kind): [string, unknown[]][] => [
    ['optional', [kind, 3]],
    ['optional', [kind, NaN]],
    ['nullables', [kind]],
    ['absentRead', [kind]],
    ['list', [kind]],
    ['tree', [kind * 20, 42]],
  ]),
];
