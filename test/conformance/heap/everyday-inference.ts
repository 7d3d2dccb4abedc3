/**
 * What people leave to TypeScript's inference: variables that are asked whether they are there, parameters with
 * defaults and no annotation, arrays that are made empty or filled.
 */
interface Item {
  name: string;
  price: number;
  next?: Item;
}

/** @native */
export function lastWord(list: string[]): string {
  const last = list[list.length - 1];
  if (last) return last;
  return 'none';
}
/** @native */
export function twice(list: number[], i: number): number {
  const x = list[i];
  if (x === undefined) return -1;
  return x * 2;
}
/** @native */
export function byteOr(bytes: Uint8Array, i: number): number {
  const byte = bytes[i];
  return (byte ?? 256) + (typeof byte === 'number' ? 0 : 1000);
}
/**
 * Who asks for the truth of a number asks whether it is 0.
 * @native
 */
export function truthOfNumber(list: number[], i: number): string {
  const x = list[i];
  if (x) return 'some';
  return 'zero';
}
/** @native */
export function nameOfFirst(items: Item[]): string {
  const first = items[0];
  return first?.next?.name ?? (first ? first.name : 'empty');
}
/** @native */
export function nullable(items: (Item | null)[], i: number): string {
  const item = items[i];
  if (item === undefined) return 'outside';
  if (item === null) return 'null';
  return item.name;
}
/** @native */
export function digits(text: string, i: number): string {
  const unit = text[i];
  return !unit ? 'end' : unit >= '0' && unit <= '9' ? 'digit' : unit;
}
/** @native */
export function walk(next: number[], start: number): number[] {
  const out = [];
  let i = next[start];
  while (i !== undefined && out.length < 10) {
    out.push(i);
    i = next[i];
  }
  return out;
}
/** @native */
export function captured(names: string[], i: number): string {
  const name = names[i];
  const shown = (): string => (name === undefined ? '?' : name.toUpperCase());
  return names.map((one) => one + shown()).join() + shown();
}
/** @native */
export function pair(line: string): string {
  const [key, value] = line.split('=');
  if (value === undefined) return `no value for ${key}`;
  return `${key}:${value.trim()}`;
}
/** @native */
export function parts(list: number[]): string {
  const [a, , c, ...rest] = list;
  const isThere = a !== undefined && c !== undefined;
  return isThere ? `${a} ${c} ${rest.join()}` : `${typeof a} ${typeof c}`;
}
/** @native */
export function swapped(list: string[]): string {
  let a: string | undefined = 'a';
  let b: string | undefined;
  [b, a] = list;
  return `${a} ${b}`;
}
/** @native bounds: js */
export function outsideAsInJavaScript(list: Float64Array, i: number): number {
  const x = list[i];
  return x === undefined ? 1 : x + 1;
}
/** @native */
export function ask(grid: number[][], x: number, y: number): string {
  const row = grid[y];
  if (!row) return 'no row';
  const cell = row[x];
  return cell == null ? 'no cell' : String(cell);
}
class Ring {
  private readonly items: Item[] = [];
  private head = 0;
  push(item: Item): void {
    this.items.push(item);
  }
  next(): Item | undefined {
    const item = this.items[this.head];
    if (item) this.head = (this.head + 1) % (this.items.length + 1);
    return item;
  }
}
/** @native */
export function ring(prices: number[]): number[] {
  const ring = new Ring();
  for (const price of prices) ring.push({ name: `p${price}`, price });
  const taken = [];
  for (let i = 0; i < 4; i++) taken.push(ring.next()?.price ?? -1);
  return taken;
}

/** @native */
export function withTax(items: Item[], tax = 0.2, label = 'sum', round = true): string {
  const sum = items.reduce((total, item) => total + item.price, 0) * (1 + tax);
  return `${label}: ${round ? Math.round(sum) : sum}`;
}
/** @native */
export function ofOptions({ from = 0, to = 3 } = {}, step = 1): number[] {
  const out = [];
  for (let i = from; i < to; i += step) out.push(i);
  return out;
}
const scaled = (x: number, factor = 2, offset = factor): number => x * factor + offset;
/** @native */
export function defaultsInside(x: number): number[] {
  const shift = (y: number, by = 10) => y + by;
  function both(y = 1, z = y) {
    return y * 100 + z;
  }
  return [scaled(x), scaled(x, 3), scaled(x, 3, -0), shift(x), shift(x, NaN), both(), both(x)];
}

/** @native */
export function zeros(n: number): number[] {
  const a = new Array(n).fill(0);
  const b = Array(n).fill(-0);
  const c = Array.from({ length: n }, (_, i) => i * i);
  const grid = Array.from({ length: n }, () => new Array(n).fill(0));
  for (let i = 0; i < n; i++) grid[i][i] = a[i] + b[i] + c[i];
  const copy = grid.map((row) => row.slice());
  return copy.map((row, i) => row[i] / (1 / b[i]));
}
const emptyBoard = (n: number) => Array.from({ length: n }, () => Array(n).fill('.'));
/** @native */
export function queens(n: number): string[] {
  const board = emptyBoard(n);
  const columns = new Array(n).fill(false);
  const found: string[] = [];
  const place = (row: number): boolean => {
    if (row === n) return true;
    for (let x = 0; x < n; x++) {
      if (columns[x]) continue;
      let attacked = false;
      for (let y = 0; y < row; y++)
        if ([board[y][x - row + y] ?? '', board[y][x + row - y] ?? ''].includes('Q'))
          attacked = true;
      if (attacked) continue;
      columns[x] = true;
      board[row][x] = 'Q';
      if (place(row + 1)) return true;
      columns[x] = false;
      board[row][x] = '.';
    }
    return false;
  };
  if (place(0)) for (const row of board) found.push(row.join(''));
  return found;
}
/** @native */
export function evolving(n: number): string {
  const texts = [];
  const lists = [];
  let pairs = [];
  for (let i = 0; i < n; i++) {
    texts.push(`#${i}`);
    lists.push([i, i * 2]);
    pairs[i] = { i, text: 'x'.repeat(i) };
  }
  pairs = pairs.slice(1);
  return `${texts.join()} ${lists.flat().join()} ${pairs.map(({ i, text }) => i + text).join()}`;
}
/** @native */
export function asserted(n: number): number[] {
  const list = [] as number[];
  let best = null as number | null;
  for (let i = 0; i < n; i++) {
    list.push(i);
    if (best === null || i > best) best = i;
  }
  if (best !== null) list.push(best);
  return list;
}

/** @native */
export function indexed(names: string[]): string {
  const at = new Map(names.map((name, i) => [name, i]));
  const back = new Map(names.map((name, i) => [i, name] as const));
  const seen = new Set(names.map((name) => name.length));
  return `${at.get('b') ?? -1} ${back.get(0) ?? ''} ${[...seen].join()}`;
}

const items = [
  { name: 'x', price: 1.25, next: { name: 'y', price: 3 } },
  { name: 'z', price: NaN },
];
export const cases: [string, unknown[]][] = [
  ...[[], [''], ['a', 'b'], ['a', '']].map((list): [string, unknown[]] => ['lastWord', [list]]),
  ...[0, 1, 2, -1, 0.5, NaN, -0, Infinity, 2 ** 31, 2 ** 32, 2 ** 53].flatMap(
    (i): [string, unknown[]][] => [
      ['twice', [[1, NaN], i]],
      ['byteOr', [Uint8Array.of(0, 255), i]],
      ['digits', ['7x', i]],
      ['nullable', [[items[0], null], i]],
      ['outsideAsInJavaScript', [Float64Array.of(-0, 2), i]],
      ['ask', [[[0, -0], []], 1, i]],
      ['ask', [[[0, -0], []], i, 0]],
    ],
  ),
  ['truthOfNumber', [[0, 1], 1]],
  ['truthOfNumber', [[0, 1], 0]],
  ['truthOfNumber', [[0, 1], 2]],
  ['nameOfFirst', [[]]],
  ['nameOfFirst', [items]],
  ['nameOfFirst', [items.slice(1)]],
  ['walk', [[1, 2, 3], 0]],
  ['walk', [[1, 0], 0]],
  ['walk', [[], 0]],
  ['captured', [['a', 'b'], 1]],
  ['captured', [['a', 'b'], 2]],
  ...['a=b', 'a', '', 'a= b =c'].map((line): [string, unknown[]] => ['pair', [line]]),
  ...[[], [1], [1, 2, 3], [1, 2, -0, 4, 5]].map((list): [string, unknown[]] => ['parts', [list]]),
  ['swapped', [[]]],
  ['swapped', [['x', 'y']]],
  ['ring', [[]]],
  ['ring', [[1, 2]]],
  ['withTax', [items.slice(0, 1)]],
  ['withTax', [items, 0, 'all', false]],
  ['withTax', [items.slice(0, 1), undefined, undefined, false]],
  ['ofOptions', []],
  ['ofOptions', [{ from: 2 }]],
  ['ofOptions', [{ from: 2, to: 4 }, 0.5]],
  ['defaultsInside', [7]],
  ['defaultsInside', [-0]],
  ...[0, 1, 3].map((n): [string, unknown[]] => ['zeros', [n]]),
  ...[-1, 0.5].map((n): [string, unknown[]] => ['zeros', [n]]),
  ...[0, 1, 2, 6].map((n): [string, unknown[]] => ['queens', [n]]),
  ...[0, 1, 3].map((n): [string, unknown[]] => ['evolving', [n]]),
  ...[0, 2].map((n): [string, unknown[]] => ['asserted', [n]]),
  ['indexed', [[]]],
  ['indexed', [['a', 'b', 'cc', 'a']]],
];
export const checked = ['truthOfNumber'];
