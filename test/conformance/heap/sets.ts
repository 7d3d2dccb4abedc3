/** Set: keys, order, changes during iteration, copies. */
import type { i32 } from 'tsnative';

function hashText(text: string): number {
  let h = 17;
  for (let i = 0; i < text.length; i++) h = (h * 31 + text.charCodeAt(i)) % 1000003;
  return h;
}

function mix(h: number, x: number): number {
  return (h * 31 + (x === x ? x : 0.5)) % 1000000007;
}

/** @native */
export function numbers(values: Float64Array): number {
  const set = new Set(values);
  const seen = new Set<number>();
  let h = set.size;
  for (const value of values) {
    if (seen.has(value)) h = mix(h, 1);
    seen.add(value);
  }
  for (const value of set) h = mix(h, 1 / value === -Infinity ? -9 : value);
  for (const value of seen.values()) h = mix(h, value);
  for (const [a, b] of seen.entries()) h = mix(h, a + b);
  return mix(h, seen.size);
}

/** @native */
export function strings(units: Uint16Array): number {
  let text = '';
  for (let i = 0; i < units.length; i++) text += String.fromCharCode(units[i]!);
  const letters = new Set(text);
  const words = new Set(text.split(' '));
  const fixed = new Set(['a', 'b', 'a', '']);
  let h = letters.size * 100 + words.size * 10 + fixed.size;
  for (const letter of letters) h = mix(h, hashText(letter));
  for (const word of words) h = mix(h, hashText(word) + (fixed.has(word) ? 1 : 0));
  const all = [...letters, ...words];
  for (const one of all) h = mix(h, hashText(one));
  return mix(h, all.length);
}

/** @native */
export function chained(a: number, b: number): number {
  const set = new Set<number>().add(a).add(b).add(a);
  let h = set.size * 10 + (set.delete(a) ? 1 : 0) + (set.delete(a) ? 2 : 0);
  set.add(a);
  for (const value of set.keys()) h = mix(h, value);
  set.clear();
  for (const value of set) h = mix(h, value);
  return mix(h, set.size + (set.has(b) ? 1 : 0));
}

interface Cell {
  id: number;
}

/** @native */
export function objects(n: i32): number {
  const cells: Cell[] = [];
  for (let i = 0; i < n; i++) cells.push({ id: i });
  const set = new Set(cells);
  for (const cell of cells) if (cell.id % 3 === 0) set.delete(cell);
  const copy = new Set(set);
  for (const cell of cells) copy.add(cell);
  let h = set.size * 1000 + copy.size;
  for (const cell of set) h = mix(h, cell.id);
  for (const cell of copy) h = mix(h, cell.id);
  return mix(h, Array.from(copy).length);
}

/** @native */
export function changing(n: i32): number {
  const set = new Set<number>();
  for (let i = 0; i < n; i++) set.add(i);
  let h = 0;
  let rounds = 0;
  for (const value of set) {
    h = mix(h, value);
    if (++rounds > 300) break;
    set.delete(value);
    if (value < 100) set.add(value + n);
    if (value % 2 === 0) set.add(value);
  }
  for (const value of set) h = mix(h, value);
  return h * 1000 + set.size;
}

/** Which numbers up to n are no product of others.
 *
 * @native
 */
export function sieve(n: i32): number {
  const left = new Set<i32>();
  for (let i = 2; i <= n; i++) left.add(i);
  for (const prime of left) for (let i = prime * 2; i <= n; i += prime) left.delete(i);
  let h = left.size;
  for (const prime of left) h = mix(h, prime);
  return h;
}

interface Node {
  readonly name: string;
  readonly seen: ReadonlySet<string>;
}

/** @native */
export function inObjects(n: i32): number {
  const node: Node = { name: 'n', seen: new Set(['x', 'y']) };
  const sets: Set<number>[] = [];
  for (let i = 0; i < n; i++) sets.push(new Set([i, i % 2]));
  let h = node.seen.size + (node.seen.has('x') ? 10 : 0);
  for (const set of sets) h = mix(h, set.size);
  return h;
}

const ofText = (text: string): Uint16Array => {
  const made = new Uint16Array(text.length);
  for (let i = 0; i < text.length; i++) made[i] = text.charCodeAt(i);
  return made;
};

export const cases: readonly (readonly [string, readonly unknown[]])[] = [
  ['numbers', [Float64Array.of()]],
  ['numbers', [Float64Array.of(0, -0, NaN, NaN, 1, 1.5, 1, -1, Infinity, 2 ** 40)]],
  ['numbers', [Float64Array.from({ length: 300 }, (_, i) => (i * 7919) % 101)]],
  ...['', 'a', 'hello world hello', '😀é😀 \ud83d a', 'a b a b'].map(
    (text) => ['strings', [ofText(text)]] as const,
  ),
  ['chained', [1, 2]],
  ['chained', [NaN, NaN]],
  ['chained', [0, -0]],
  ...[0, 1, 2, 5, 16, 50, 200].flatMap((n) => [
    ['objects', [n]] as const,
    ['changing', [n]] as const,
    ['sieve', [n]] as const,
    ['inObjects', [n]] as const,
  ]),
];
