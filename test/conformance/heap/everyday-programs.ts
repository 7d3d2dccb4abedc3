/** Programs as people write them: an interpreter of expressions, codes, bit sets, searches, text, dates, events, statistics. */
type Token =
  | { kind: 'num'; value: number }
  | { kind: 'op'; value: string }
  | { kind: 'paren'; value: '(' | ')' };
type Expr =
  | { type: 'num'; value: number }
  | { type: 'bin'; op: string; left: Expr; right: Expr }
  | { type: 'neg'; expr: Expr };
function tokenize(src: string): Token[] {
  const tokens: Token[] = [];
  let i = 0;
  while (i < src.length) {
    const ch = src[i]!;
    if (ch === ' ') {
      i++;
      continue;
    }
    if (ch >= '0' && ch <= '9') {
      let j = i;
      while (j < src.length && ((src[j]! >= '0' && src[j]! <= '9') || src[j] === '.')) j++;
      tokens.push({ kind: 'num', value: parseFloat(src.slice(i, j)) });
      i = j;
    } else if ('+-*/'.includes(ch)) {
      tokens.push({ kind: 'op', value: ch });
      i++;
    } else if (ch === '(' || ch === ')') {
      tokens.push({ kind: 'paren', value: ch });
      i++;
    } else throw new RangeError(`Unexpected '${ch}' at ${i}`);
  }
  return tokens;
}
class Parser {
  private pos = 0;
  constructor(private readonly tokens: readonly Token[]) {}
  private peek(): Token | undefined {
    return this.tokens[this.pos];
  }
  expression(): Expr {
    let left = this.term();
    for (
      let t = this.peek();
      t?.kind === 'op' && (t.value === '+' || t.value === '-');
      t = this.peek()
    ) {
      this.pos++;
      left = { type: 'bin', op: t.value, left, right: this.term() };
    }
    return left;
  }
  private term(): Expr {
    let left = this.factor();
    for (;;) {
      const t = this.peek();
      if (t?.kind !== 'op' || !['*', '/'].includes(t.value)) return left;
      this.pos++;
      left = { type: 'bin', op: t.value, left, right: this.factor() };
    }
  }
  private factor(): Expr {
    const t = this.peek();
    this.pos++;
    if (!t) throw new Error('unexpected end');
    if (t.kind === 'num') return { type: 'num', value: t.value };
    if (t.kind === 'op' && t.value === '-') return { type: 'neg', expr: this.factor() };
    if (t.kind === 'paren' && t.value === '(') {
      const e = this.expression();
      this.pos++;
      return e;
    }
    throw new Error(`unexpected token ${t.value}`);
  }
}
const evaluate = (e: Expr): number => {
  switch (e.type) {
    case 'num':
      return e.value;
    case 'neg':
      return -evaluate(e.expr);
    case 'bin': {
      const l = evaluate(e.left),
        r = evaluate(e.right);
      switch (e.op) {
        case '+':
          return l + r;
        case '-':
          return l - r;
        case '*':
          return l * r;
        default:
          return l / r;
      }
    }
  }
};
/** @native */
export function calc(src: string): number {
  return evaluate(new Parser(tokenize(src)).expression());
}
const numerals: [string, number][] = [
  ['M', 1000],
  ['CM', 900],
  ['D', 500],
  ['CD', 400],
  ['C', 100],
  ['XC', 90],
  ['L', 50],
  ['XL', 40],
  ['X', 10],
  ['IX', 9],
  ['V', 5],
  ['IV', 4],
  ['I', 1],
];
/** @native */
export function toRoman(n: number): string {
  let out = '';
  for (const [s, v] of numerals)
    while (n >= v) {
      out += s;
      n -= v;
    }
  return out;
}
const values: ReadonlyMap<string, number> = new Map([
  ['I', 1],
  ['V', 5],
  ['X', 10],
  ['L', 50],
  ['C', 100],
  ['D', 500],
  ['M', 1000],
]);
/** @native */
export function fromRoman(s: string): number {
  let total = 0;
  for (let i = 0; i < s.length; i++) {
    const cur = values.get(s[i]!)!;
    const next = values.get(s[i + 1] ?? '') ?? 0;
    total += cur < next ? -cur : cur;
  }
  return total;
}
const digits64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
/** @native */
export function base64(bytes: Uint8Array): string {
  let out = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const a = bytes[i]!,
      b = bytes[i + 1] ?? 0,
      c = bytes[i + 2] ?? 0;
    out +=
      digits64[a >> 2]! +
      digits64[((a & 3) << 4) | (b >> 4)]! +
      (i + 1 < bytes.length ? digits64[((b & 15) << 2) | (c >> 6)]! : '=') +
      (i + 2 < bytes.length ? digits64[c & 63]! : '=');
  }
  return out;
}
class BitSet {
  private words: Uint32Array;
  constructor(size: number) {
    this.words = new Uint32Array(Math.ceil(size / 32));
  }
  add(i: number): void {
    this.words[i >>> 5]! |= 1 << (i & 31);
  }
  has(i: number): boolean {
    return (this.words[i >>> 5]! & (1 << (i & 31))) !== 0;
  }
  get count(): number {
    let n = 0;
    for (let w of this.words)
      while (w) {
        w &= w - 1;
        n++;
      }
    return n;
  }
}
/** @native */
export function primes(n: number): number {
  const composite = new BitSet(n + 1);
  let count = 0;
  for (let i = 2; i <= n; i++) {
    if (composite.has(i)) continue;
    count++;
    for (let j = i * i; j <= n; j += i) composite.add(j);
  }
  return count + composite.count;
}
class RingBuffer<T> {
  private buffer: (T | undefined)[];
  private start = 0;
  private size = 0;
  constructor(private capacity: number) {
    this.buffer = new Array<T | undefined>(capacity).fill(undefined);
  }
  push(item: T): void {
    this.buffer[(this.start + this.size) % this.capacity] = item;
    if (this.size < this.capacity) this.size++;
    else this.start = (this.start + 1) % this.capacity;
  }
  toArray(): T[] {
    const out: T[] = [];
    for (let i = 0; i < this.size; i++) out.push(this.buffer[(this.start + i) % this.capacity]!);
    return out;
  }
}
/** @native */
export function lastWords(words: string[], n: number): string[] {
  const ring = new RingBuffer<string>(n);
  for (const w of words) ring.push(w);
  return ring.toArray();
}
interface Point {
  x: number;
  y: number;
}
interface Visit extends Point {
  cost: number;
  estimate: number;
}
/** @native */
export function astar(grid: string[], start: Point, goal: Point): number {
  const key = (x: number, y: number): string => `${x},${y}`;
  const h = ({ x, y }: Point): number => Math.abs(x - goal.x) + Math.abs(y - goal.y);
  const open: Visit[] = [{ ...start, cost: 0, estimate: h(start) }];
  const seen = new Set<string>();
  const dirs = [
    [0, 1],
    [1, 0],
    [0, -1],
    [-1, 0],
  ] as const;
  while (open.length > 0) {
    open.sort((a, b) => b.estimate - a.estimate);
    const current = open.pop()!;
    if (current.x === goal.x && current.y === goal.y) return current.cost;
    if (seen.has(key(current.x, current.y))) continue;
    seen.add(key(current.x, current.y));
    for (const [dx, dy] of dirs) {
      const next = { x: current.x + dx, y: current.y + dy };
      if (grid[next.y]?.charAt(next.x) !== '.') continue;
      if (!seen.has(key(next.x, next.y)))
        open.push({ ...next, cost: current.cost + 1, estimate: current.cost + 1 + h(next) });
    }
  }
  return -1;
}
/** @native */
export function floodFill(image: number[][], r: number, c: number, color: number): number[][] {
  const from = image[r]?.[c];
  if (from === undefined || from === color) return image;
  const stack: [number, number][] = [[r, c]];
  while (stack.length) {
    const [y, x] = stack.pop()!;
    if (y < 0 || x < 0 || y >= image.length || x >= image[y]!.length || image[y]![x] !== from)
      continue;
    image[y]![x] = color;
    stack.push([y + 1, x], [y - 1, x], [y, x + 1], [y, x - 1]);
  }
  return image;
}
/** @native */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line ? `${line} ${word}` : word;
  }
  if (line) lines.push(line);
  return lines.map((l) => l.padEnd(width, '.'));
}
const days = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const isLeap = (y: number): boolean => (y % 4 === 0 && y % 100 !== 0) || y % 400 === 0;
/** @native */
export function dayOfYear(date: string): number {
  const [y = 0, m = 0, d = 0] = date.split('-').map(Number);
  let n = d;
  for (let i = 0; i < m - 1; i++) n += i === 1 && isLeap(y) ? 29 : days[i]!;
  return n;
}
/** @native */
export function currency(amount: number, symbol: string = '$', decimals: number = 2): string {
  const [whole = '', fraction = ''] = Math.abs(amount).toFixed(decimals).split('.');
  let grouped = '';
  for (let i = 0; i < whole!.length; i++) {
    if (i > 0 && (whole!.length - i) % 3 === 0) grouped += ',';
    grouped += whole![i];
  }
  return `${amount < 0 ? '-' : ''}${symbol}${grouped}${fraction ? '.' + fraction : ''}`;
}
interface Ev {
  time: number;
  name: string;
  run(): void;
}
class Simulation {
  time = 0;
  log: string[] = [];
  private queue: Ev[] = [];
  at(time: number, name: string, run: () => void): void {
    this.queue.push({ time, name, run });
    this.queue.sort((a, b) => a.time - b.time);
  }
  run(): void {
    let next: Ev | undefined;
    while ((next = this.queue.shift()) !== undefined) {
      this.time = next.time;
      this.log.push(`${this.time} ${next.name}`);
      next.run();
    }
  }
}
/** @native */
export function simulate(n: number): string[] {
  const sim = new Simulation();
  const tick = (k: number): void => {
    if (k < n) sim.at(sim.time + 2, `tick ${k}`, () => tick(k + 1));
  };
  sim.at(1, 'start', () => tick(0));
  sim.at(4, 'four', () => {});
  sim.run();
  return sim.log;
}
/** @native */
export function wordFrequency(text: string): { word: string; count: number }[] {
  const counts: Map<string, number> = new Map();
  for (const word of text.toLowerCase().split(' ')) {
    if (!word) continue;
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return Array.from(counts, ([word, count]) => ({ word, count }))
    .sort((a, b) => b.count - a.count || (a.word < b.word ? -1 : 1))
    .slice(0, 3);
}
/** @native */
export function permutations(list: number[]): number[][] {
  if (list.length <= 1) return [list];
  const out: number[][] = [];
  list.forEach((x, i) => {
    const rest = [...list.slice(0, i), ...list.slice(i + 1)];
    for (const p of permutations(rest)) out.push([x, ...p]);
  });
  return out;
}
/** @native */
export function stats(xs: number[]): { mean: number; median: number; mode: number[]; sd: number } {
  const sorted = [...xs].sort((a, b) => a - b);
  const mean = xs.reduce((a, b) => a + b, 0) / xs.length;
  const mid = Math.floor(xs.length / 2);
  const median = xs.length % 2 ? sorted[mid]! : (sorted[mid - 1]! + sorted[mid]!) / 2;
  const freq = new Map<number, number>();
  xs.forEach((x) => freq.set(x, (freq.get(x) || 0) + 1));
  const top = Math.max(...freq.values());
  const mode = [...freq.entries()].filter(([, n]) => n === top).map(([x]) => x);
  const sd = Math.sqrt(xs.map((x) => (x - mean) ** 2).reduce((a, b) => a + b) / xs.length);
  return { mean, median, mode, sd };
}
export const cases: [string, unknown[]][] = [
  ...['1 + 2 * (3 - -4) / 2', '2*(3', '1 +', '', '4 $ 2', '1.5/0', ')'].map(
    (text): [string, unknown[]] => ['calc', [text]],
  ),
  ...[0, 4, 1994, 3999].map((n): [string, unknown[]] => ['toRoman', [n]]),
  ...['MCMXCIV', '', 'IX'].map((text): [string, unknown[]] => ['fromRoman', [text]]),
  ...[0, 1, 2, 3, 7].map((n): [string, unknown[]] => [
    'base64',
    [Uint8Array.from({ length: n }, (_, i) => i * 77)],
  ]),
  ['primes', [100]],
  ['lastWords', [['a', 'b', 'c', 'd'], 3]],
  ['lastWords', [['a'], 3]],
  ['astar', [['..#.', '.#..', '....'], { x: 0, y: 0 }, { x: 3, y: 0 }]],
  ['astar', [['.#.'], { x: 0, y: 0 }, { x: 2, y: 0 }]],
  [
    'floodFill',
    [
      [
        [1, 1, 0],
        [1, 0, 1],
        [1, 1, 1],
      ],
      1,
      0,
      7,
    ],
  ],
  ['floodFill', [[[1]], 5, 0, 7]],
  ['wrap', ['the quick brown fox jumps over', 10]],
  ['wrap', ['', 4]],
  ['dayOfYear', ['2024-03-01']],
  ['dayOfYear', ['2023-12']],
  ['currency', [-1234567.891]],
  ['currency', [999, '€', 0]],
  ['simulate', [3]],
  ['wordFrequency', ['The cat the dog  the Cat bird']],
  ['permutations', [[1, 2, 3]]],
  ['permutations', [[]]],
  ['stats', [[1, 2, 2, 3, 3, 9]]],
  ['stats', [[5]]],
];
