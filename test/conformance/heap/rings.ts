/** Objects that refer to each other: results are those of JavaScript, and `test/emit/rings.test.ts` asks what is left of them. */
import type { f64, i32 } from 'tsnative';

class Item {
  next: Item | null = null;
  before: Item | null = null;
  constructor(public value: f64) {}
}

/** A circular list whose items know both neighbours. */
function circle(n: i32): Item {
  const first = new Item(0);
  let last = first;
  for (let i = 1; i < n; i++) {
    const item = new Item(i);
    item.before = last;
    last.next = item;
    last = item;
  }
  last.next = first;
  first.before = last;
  return first;
}

function sumOf(first: Item): f64 {
  let sum = 0;
  let item = first;
  for (;;) {
    sum = sum * 0.5 + item.value - (item.before === null ? 1000 : item.before.value);
    if (item.next === null) return -1;
    item = item.next;
    if (item === first) return sum;
  }
}

/** @native */
export function circles(n: i32, size: i32): f64 {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += sumOf(circle(size));
  return sum;
}

/**
 * One that lives while others come and go, and changes.
 * @native
 */
export function survivor(n: i32, size: i32): f64 {
  const kept = circle(size);
  let at = kept;
  for (let i = 0; i < n; i++) {
    const other = circle(3);
    if (at.next !== null) at = at.next;
    at.value += other.value + i;
    if (i % 7 === 0 && at.next !== null) {
      const more = new Item(i);
      more.next = at.next;
      more.before = at;
      at.next.before = more;
      at.next = more;
    }
  }
  return sumOf(kept) + at.value;
}

/**
 * A list without an end at the back: each item is dropped while the one before it stays.
 * @native
 */
export function shrinking(n: i32): f64 {
  let first: Item | null = circle(n);
  if (first.before !== null) first.before.next = null;
  first.before = null;
  let sum = 0;
  while (first !== null) {
    sum += first.value;
    first = first.next;
  }
  return sum;
}

interface Self {
  me: Self | null;
  text: string;
  numbers: f64[];
}

/** @native */
export function selves(n: i32): f64 {
  let length = 0;
  for (let i = 0; i < n; i++) {
    const self: Self = { me: null, text: `self ${i}`, numbers: [i, i + 1] };
    self.me = self;
    length += self.text.length + self.me.numbers[1]!;
  }
  return length;
}

class Tree {
  readonly children: Tree[] = [];
  parent: Tree | null = null;
  constructor(readonly name: string) {}
  add(child: Tree): Tree {
    child.parent = this;
    this.children.push(child);
    return child;
  }
  get depth(): i32 {
    let depth = 0;
    let tree: Tree | null = this.parent;
    while (tree !== null) {
      depth++;
      tree = tree.parent;
    }
    return depth;
  }
}
class Leaf extends Tree {
  constructor(
    name: string,
    readonly weight: f64,
  ) {
    super(name);
  }
}

function weigh(tree: Tree): f64 {
  let sum = tree instanceof Leaf ? tree.weight : tree.name.length;
  for (const child of tree.children) sum += weigh(child) * 1.5;
  return sum;
}

function grow(tree: Tree, depth: i32): void {
  for (let i = 0; i < 3; i++) {
    if (depth === 0) tree.add(new Leaf('leaf', i));
    else grow(tree.add(new Tree(`${tree.name}.${i}`)), depth - 1);
  }
}

/** @native */
export function trees(n: i32, depth: i32): f64 {
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const root = new Tree('root');
    grow(root, depth);
    let inner = root;
    while (inner.children.length > 0) inner = inner.children[i % 3]!;
    sum += weigh(root) + inner.depth;
  }
  return sum;
}

interface Place {
  readonly id: i32;
  readonly ways: Way[];
  readonly known: Map<i32, Place>;
}
interface Way {
  readonly to: Place;
  readonly length: f64;
}

function town(n: i32): Place[] {
  const places: Place[] = [];
  for (let id = 0; id < n; id++) places.push({ id, ways: [], known: new Map() });
  for (const place of places)
    for (let step = 1; step < 4; step++) {
      const to = places[(place.id * step + 1) % n]!;
      place.ways.push({ to, length: step });
      to.known.set(place.id, place);
    }
  return places;
}

/** @native */
export function towns(count: i32, n: i32): f64 {
  let sum = 0;
  for (let i = 0; i < count; i++) {
    let place = town(n)[i % n]!;
    for (let step = 0; step < 10; step++) {
      const way = place.ways[step % 3]!;
      sum += way.length * place.known.size;
      place = way.to;
    }
  }
  return sum;
}

/** A ring that alone leads to another one, and that to a third. */
class Outer {
  me: Outer | null = null;
  constructor(readonly inner: Inner) {}
}
class Inner {
  me: Inner | null = null;
  constructor(readonly item: Item) {}
}

/** @native */
export function chains(n: i32): f64 {
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const inner = new Inner(circle(4));
    inner.me = inner;
    const outer = new Outer(inner);
    outer.me = outer;
    sum += outer.me.inner.item.value + i;
  }
  return sum;
}

/**
 * An error leaves it half done.
 * @native
 */
export function failing(n: i32): f64 {
  let caught = 0;
  for (let i = 0; i < n; i++) {
    try {
      const first = circle(5);
      const item = new Item(i);
      item.next = first;
      first.before = item;
      if (i % 3 === 0) throw new Error(`item ${i}`);
      item.before = item;
    } catch (error) {
      caught += error instanceof Error ? i : 0;
    }
  }
  return caught;
}

/**
 * Nothing catches it.
 * @native
 */
export function uncaught(n: i32): f64 {
  const first = circle(n);
  first.value = 1;
  if (n > 3) throw new RangeError(`${n} items`);
  return first.value;
}

/**
 * Others are referred to from rings and elsewhere.
 * @native
 */
export function lent(n: i32): f64 {
  const kept: Item[] = [];
  for (let i = 0; i < n; i++) {
    const first = circle(3);
    const outside = new Item(i * 2);
    first.next = outside;
    outside.next = first;
    if (i % 50 === 0) kept.push(outside);
  }
  let sum = 0;
  for (const item of kept) {
    sum += item.value;
    if (item.next !== null && item.next.before !== null) sum += item.next.before.value;
  }
  return sum;
}

class Watcher {
  readonly watched: Set<Watcher> = new Set();
  readonly names: Map<string, Watcher> = new Map();
  constructor(readonly name: string) {}
}

/** @native */
export function watchers(n: i32): f64 {
  let size = 0;
  for (let i = 0; i < n; i++) {
    const [a, b] = [new Watcher('a'), new Watcher(`b${i}`)];
    a.watched.add(b);
    b.watched.add(a);
    a.names.set(b.name, b);
    b.names.set('self', b);
    b.names.delete('self');
    size += a.watched.size + b.names.size + a.names.size;
  }
  return size;
}

/**
 * A large ring that is in use while memory runs short, and one that isn't any more.
 * @native
 */
export function large(n: i32): f64 {
  let [old, now] = [circle(n), circle(n)];
  let sum = 0;
  for (let i = 0; i < 4; i++) {
    sum += sumOf(old) - sumOf(now);
    old = now;
    now = circle(n + i);
  }
  return sum + sumOf(now);
}

export const cases = [
  ['circles', [0, 1]],
  ['circles', [300, 1]],
  ['circles', [500, 7]],
  ['survivor', [0, 1]],
  ['survivor', [2000, 5]],
  ['survivor', [3000, 400]],
  ['shrinking', [1]],
  ['shrinking', [1000]],
  ['selves', [700]],
  ['trees', [40, 2]],
  ['trees', [3, 5]],
  ['towns', [30, 9]],
  ['towns', [2, 300]],
  ['chains', [400]],
  ['failing', [500]],
  ['uncaught', [2]],
  ['uncaught', [200]],
  ['lent', [900]],
  ['watchers', [200]],
  ['large', [20000]],
] as const;
