/** Programs as people write them, with classes: caches, matrices, queues, tries, union-find, intervals. */
class LRUCache<K, V> {
  private map = new Map<K, V>();
  constructor(private readonly capacity: number) {}
  get(key: K): V | undefined {
    const value = this.map.get(key);
    if (value === undefined) return undefined;
    this.map.delete(key);
    this.map.set(key, value);
    return value;
  }
  set(key: K, value: V): this {
    if (this.map.has(key)) this.map.delete(key);
    else if (this.map.size >= this.capacity) {
      for (const oldest of this.map.keys()) {
        this.map.delete(oldest);
        break;
      }
    }
    this.map.set(key, value);
    return this;
  }
}
/** @native */
export function lru(n: number): number {
  const cache = new LRUCache<string, number>(3);
  let hits = 0;
  for (let i = 0; i < n; i++) {
    const key = 'k' + ((i * 7) % 5);
    if (cache.get(key) !== undefined) hits++;
    else cache.set(key, i);
  }
  return hits;
}
class Matrix {
  readonly data: Float64Array;
  constructor(
    readonly rows: number,
    readonly cols: number,
  ) {
    this.data = new Float64Array(rows * cols);
  }
  static identity(n: number): Matrix {
    const m = new Matrix(n, n);
    for (let i = 0; i < n; i++) m.set(i, i, 1);
    return m;
  }
  get(r: number, c: number): number {
    return this.data[r * this.cols + c]!;
  }
  set(r: number, c: number, v: number): void {
    this.data[r * this.cols + c] = v;
  }
  multiply(other: Matrix): Matrix {
    if (this.cols !== other.rows)
      throw new Error(`cannot multiply ${this.rows}x${this.cols} by ${other.rows}x${other.cols}`);
    const out = new Matrix(this.rows, other.cols);
    for (let i = 0; i < this.rows; i++)
      for (let j = 0; j < other.cols; j++) {
        let s = 0;
        for (let k = 0; k < this.cols; k++) s += this.get(i, k) * other.get(k, j);
        out.set(i, j, s);
      }
    return out;
  }
  toString(): string {
    return Array.from({ length: this.rows }, (_, r) =>
      this.data.slice(r * this.cols, (r + 1) * this.cols).join(' '),
    ).join('\n');
  }
}
/** @native */
export function matrixPower(n: number): number {
  let m = Matrix.identity(2);
  const f = new Matrix(2, 2);
  f.set(0, 0, 1);
  f.set(0, 1, 1);
  f.set(1, 0, 1);
  while (n-- > 0) m = m.multiply(f);
  return m.get(0, 1);
}
/** @native */
export function matrixText(): string {
  return Matrix.identity(3).toString();
}
class PriorityQueue<T> {
  private heap: T[] = [];
  constructor(private compare: (a: T, b: T) => number) {}
  get size(): number {
    return this.heap.length;
  }
  push(item: T): void {
    this.heap.push(item);
    let i = this.heap.length - 1;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (this.compare(this.heap[i]!, this.heap[parent]!) >= 0) break;
      [this.heap[i], this.heap[parent]] = [this.heap[parent]!, this.heap[i]!];
      i = parent;
    }
  }
  pop(): T | undefined {
    if (this.heap.length === 0) return undefined;
    const top = this.heap[0];
    const last = this.heap.pop();
    if (this.heap.length > 0 && last !== undefined) {
      this.heap[0] = last;
      let i = 0;
      for (;;) {
        const l = 2 * i + 1,
          r = l + 1;
        let m = i;
        if (l < this.heap.length && this.compare(this.heap[l]!, this.heap[m]!) < 0) m = l;
        if (r < this.heap.length && this.compare(this.heap[r]!, this.heap[m]!) < 0) m = r;
        if (m === i) break;
        [this.heap[i], this.heap[m]] = [this.heap[m]!, this.heap[i]!];
        i = m;
      }
    }
    return top;
  }
}
interface Job {
  name: string;
  priority: number;
}
/** @native */
export function schedule(jobs: Job[]): string {
  const queue = new PriorityQueue<Job>((a, b) => a.priority - b.priority);
  jobs.forEach((job) => queue.push(job));
  const order: string[] = [];
  let job: Job | undefined;
  while ((job = queue.pop())) order.push(job.name);
  return order.join(' > ');
}
interface TrieNode {
  children: Map<string, TrieNode>;
  end: boolean;
}
class Trie {
  private root: TrieNode = { children: new Map(), end: false };
  insert(word: string): void {
    let node = this.root;
    for (const ch of word) {
      let next = node.children.get(ch);
      if (!next) {
        next = { children: new Map(), end: false };
        node.children.set(ch, next);
      }
      node = next;
    }
    node.end = true;
  }
  startsWith(prefix: string): string[] {
    let node = this.root;
    for (const ch of prefix) {
      const next = node.children.get(ch);
      if (!next) return [];
      node = next;
    }
    const out: string[] = [];
    const walk = (n: TrieNode, path: string): void => {
      if (n.end) out.push(path);
      for (const [ch, child] of n.children) walk(child, path + ch);
    };
    walk(node, prefix);
    return out;
  }
}
/** @native */
export function complete(words: string[], prefix: string): string[] {
  const trie = new Trie();
  for (const w of words) trie.insert(w);
  return trie.startsWith(prefix).sort();
}
class UnionFind {
  private parent: number[];
  private rank: number[];
  count: number;
  constructor(n: number) {
    this.parent = Array.from({ length: n }, (_, i) => i);
    this.rank = new Array(n).fill(0);
    this.count = n;
  }
  find(x: number): number {
    while (this.parent[x] !== x) {
      this.parent[x] = this.parent[this.parent[x]!]!;
      x = this.parent[x]!;
    }
    return x;
  }
  union(a: number, b: number): boolean {
    const ra = this.find(a),
      rb = this.find(b);
    if (ra === rb) return false;
    if (this.rank[ra]! < this.rank[rb]!) this.parent[ra] = rb;
    else {
      this.parent[rb] = ra;
      if (this.rank[ra] === this.rank[rb]) this.rank[ra]!++;
    }
    this.count--;
    return true;
  }
}
/** @native */
export function islands(n: number, edges: [number, number][]): number {
  const uf = new UnionFind(n);
  for (const [a, b] of edges) uf.union(a, b);
  return uf.count;
}
interface Interval {
  start: number;
  end: number;
}
/** @native */
export function mergeIntervals(list: Interval[]): Interval[] {
  const sorted = [...list].sort((a, b) => a.start - b.start);
  const merged: Interval[] = [];
  for (const { start, end } of sorted) {
    const last = merged.at(-1);
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else merged.push({ start, end });
  }
  return merged;
}
export const cases: [string, unknown[]][] = [
  ...[0, 1, 10, 50].map((n): [string, unknown[]] => ['lru', [n]]),
  ...[0, 1, 10, 78].map((n): [string, unknown[]] => ['matrixPower', [n]]),
  ['matrixText', []],
  ['schedule', [[]]],
  ['schedule', [[5, 3, 9, 1, 3, 7, NaN].map((priority, i) => ({ name: `j${i}`, priority }))]],
  ['complete', [['tea', 'ten', 'to', 'inn', 'te', '', 'te\u{1f600}'], 'te']],
  ['complete', [['a'], 'x']],
  [
    'islands',
    [
      6,
      [
        [0, 1],
        [1, 2],
        [4, 5],
        [2, 0],
      ],
    ],
  ],
  [
    'mergeIntervals',
    [
      [
        { start: 8, end: 10 },
        { start: 1, end: 3 },
        { start: 2, end: 6 },
        { start: 6, end: 7 },
      ],
    ],
  ],
  ['mergeIntervals', [[]]],
];
