/** Generic functions and types: a copy for each set of type arguments, inferred or written, with and without hints. */
import type { f64, i32, i64, u8 } from 'tsnative';

function swap<T>(a: T[], i: number, j: number): void {
  const kept = a[i]!;
  a[i] = a[j]!;
  a[j] = kept;
}

function reversed<T>(a: readonly T[]): T[] {
  const out: T[] = [];
  for (let i = a.length - 1; i >= 0; i--) out.push(a[i]!);
  return out;
}

function last<T>(a: readonly T[]): T | undefined {
  return a.length > 0 ? a[a.length - 1] : undefined;
}

function clamp<T extends number>(x: T, low: T, high: T): T {
  return x < low ? low : x > high ? high : x;
}

function identity<T>(x: T): T {
  return x;
}

interface Point {
  x: f64;
  y: f64;
}
interface Named extends Point {
  name: string;
}

function leftmost<T extends { x: number }>(items: T[]): T {
  let best = items[0]!;
  for (const item of items) if (item.x < best.x) best = item;
  return best;
}

/** @native */
export function arrays(values: f64[], words: string[]): string {
  const flags: boolean[] = [];
  for (const value of values) flags.push(value > 1);
  swap(values, 0, values.length - 1);
  swap(words, 0, words.length - 1);
  swap(flags, 0, flags.length - 1);
  const back = reversed(words);
  return `${values.join()} ${words.join('|')} ${flags.join()} ${back.join('|')} ${last(values)} ${last(words) ?? 'none'}`;
}

/** @native */
export function records(x: f64, y: f64): string {
  const points: Point[] = [
    { x, y },
    { x: y, y: x },
    { x: 0.5, y: 2 },
  ];
  const named: Named[] = [
    { x: 3, y, name: 'three' },
    { x, y, name: `at ${x}` },
  ];
  swap(points, 0, 2);
  swap(named, 1, 0);
  const a = leftmost(points);
  const b = leftmost(named);
  // The same object, not a copy.
  a.y = 100;
  b.name += '!';
  return `${a.x} ${points[0]!.y} ${points[1]!.y} ${points[2]!.y} ${b.name} ${named[0]!.name} ${named[1]!.name}`;
}

/** @native */
export function scalars(x: f64, low: f64, high: f64): string {
  return `${clamp(x, low, high)} ${clamp<number>(x, -1, 1)} ${identity(x)} ${identity(`${x}`)} ${identity(x > 0)} ${identity<f64>(1 / x)}`;
}

/** Hints don't spread: what is passed for a `T` may grow. */
/** @native */
export function grows(n: i32): f64 {
  let big = identity(n);
  big = big * 4 + 0.5;
  const held = [n];
  const list = reversed(held);
  list.push(big);
  return list[1]! + identity<i32>(n);
}

function sumOf<T extends number>(a: readonly T[]): number {
  let sum = 0;
  for (const x of a) sum += x;
  return sum;
}

/** Arrays of hinted numbers are other arrays: `T` is what is in them. */
/** @native */
export function hinted(n: i32): string {
  const small: u8[] = [1, 2, 3];
  const whole: i32[] = [n, -n, n];
  const plain: number[] = [n, 0.5];
  swap(small, 0, 2);
  swap(whole, 0, 1);
  swap(plain, 0, 1);
  const turned: i32[] = reversed(whole);
  const empty = reversed<i64>([1n, 2n]);
  return `${small.join()} ${whole.join()} ${plain.join()} ${turned.join()} ${sumOf(small)} ${sumOf(whole)} ${sumOf(plain)} ${empty.join()}`;
}

interface Node<T> {
  value: T;
  next: Node<T> | null;
}
type Pair<A, B> = { first: A; second: B };
type Triple<T> = Pair<T, Pair<T, T>>;
type Result<T, E = string> = { ok: true; value: T } | { ok: false; error: E };

function cons<T>(value: T, next: Node<T> | null): Node<T> {
  return { value, next };
}

function listOf<T>(items: readonly T[]): Node<T> | null {
  let head: Node<T> | null = null;
  for (let i = items.length - 1; i >= 0; i--) head = cons(items[i]!, head);
  return head;
}

function toArray<T>(head: Node<T> | null): T[] {
  const out: T[] = [];
  for (let node = head; node !== null; node = node.next) out.push(node.value);
  return out;
}

function reverseList<T>(head: Node<T> | null): Node<T> | null {
  let previous: Node<T> | null = null;
  let node = head;
  while (node) {
    const { next } = node;
    node.next = previous;
    previous = node;
    node = next;
  }
  return previous;
}

function length<T>(node: Node<T> | null): number {
  return node === null ? 0 : 1 + length(node.next);
}

function pair<A, B>(first: A, second: B): Pair<A, B> {
  return { first, second };
}

function flip<A, B>({ first, second }: Pair<A, B>): Pair<B, A> {
  return pair(second, first);
}

function triple<T>(a: T, b: T, c: T): Triple<T> {
  return { first: a, second: { first: b, second: c } };
}

/** @native */
export function lists(values: f64[], words: string[]): string {
  const numbers = reverseList(listOf(values));
  const texts = listOf(words);
  const pairs = listOf([pair(1, 'one'), pair(values.length, 'n')]);
  const nested = listOf([listOf(values), null, listOf([1, 2])]);
  let inner = 0;
  for (const list of toArray(nested)) inner = inner * 10 + length(list);
  const t = triple('a', 'b', `${values.length}`);
  return `${toArray(numbers).join()} ${length(numbers)} ${toArray(texts).join('')} ${flip(toArray(pairs)[1]!).first} ${inner} ${t.first}${t.second.first}${t.second.second}`;
}

function divide(a: f64, b: f64): Result<f64> {
  return b === 0 ? { ok: false, error: `${a} by zero` } : { ok: true, value: a / b };
}

function unwrapOr<T, E>(result: Result<T, E>, otherwise: T): T {
  return result.ok ? result.value : otherwise;
}

function toResult<T>(x: T | undefined, why: string): Result<T> {
  if (x === undefined) return { ok: false, error: why };
  return { ok: true, value: x };
}

function whole(x: f64): Result<i32, { code: i32; at: f64 }> {
  if (x !== (x | 0)) return { ok: false, error: { code: 7, at: x } };
  return { ok: true, value: x | 0 };
}

/** @native */
export function results(a: f64, b: f64): string {
  const quotient = divide(a, b);
  const other = toResult(last([a, b]), 'empty');
  const none = toResult(last<string>([]), 'empty');
  const exact = whole(a);
  const code = exact.ok ? exact.value : exact.error.code + exact.error.at;
  return `${quotient.ok ? `${quotient.value}` : quotient.error} ${unwrapOr(quotient, -1)} ${unwrapOr(other, 0)} ${none.ok ? none.value : none.error} ${code}`;
}

function firstOf<T extends readonly [number, string] | readonly string[]>(x: T): T {
  return x;
}

function zip<A, B>(a: readonly A[], b: readonly B[]): [A, B][] {
  const out: [A, B][] = [];
  for (let i = 0; i < Math.min(a.length, b.length); i++) out.push([a[i]!, b[i]!]);
  return out;
}

function countBy<K extends string | number>(keys: readonly K[]): Map<K, number> {
  const counts = new Map<K, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

function unique<T extends string | number>(items: readonly T[]): T[] {
  const seen = new Set<T>();
  const out: T[] = [];
  for (const item of items) {
    if (seen.has(item)) continue;
    seen.add(item);
    out.push(item);
  }
  return out;
}

/** @native */
export function tables(values: f64[], words: string[]): string {
  let text = '';
  for (const [key, count] of countBy(words)) text += `${key}:${count} `;
  for (const [key, count] of countBy(values)) text += `${key}=${count} `;
  for (const [a, b] of zip(values, words)) text += `${b}${a} `;
  const [pair] = zip([true], [1]);
  return `${text}${unique(values).join()} ${unique(words).join('')} ${pair![0]} ${firstOf(words).length} ${firstOf([1, 'x'] as [number, string])[1]}`;
}

function describe<T extends string | number | boolean>(x: T): string {
  if (typeof x === 'string') return `text of ${x.length}`;
  if (typeof x !== 'number') return x ? 'yes' : 'no';
  return x.toFixed(1);
}

function size<T>(x: T): number {
  return Array.isArray(x) ? x.length : 1;
}

function key<T extends string | number>(x: T): string {
  return typeof x === 'string' ? x.toUpperCase() : `#${Number(x) + 1}`;
}

/** @native */
export function byType(x: f64, text: string): string {
  return `${describe(x)} ${describe(text)} ${describe(x > 0)} ${key(x)} ${key(text)} ${size([x, x])} ${size(x)}`;
}

interface Options {
  width: i32;
  height?: i32;
  title: string;
}

function merged<T extends object>(base: T, more: T): T {
  return { ...base, ...more };
}

function titled(options: Readonly<Options>): string {
  return `${options.title} ${options.width}x${options.height ?? -1}`;
}

function widened<T extends { width: number }>(options: T, by: number): T {
  options.width += by;
  return options;
}

function area(box: Required<Pick<Options, 'width' | 'height'>>): number {
  return box.width * box.height;
}

function patch(options: Options, change: Partial<Options>): Options {
  const patched: Options = {
    width: change.width ?? options.width,
    title: change.title ?? options.title,
  };
  if (change.height !== undefined) patched.height = change.height;
  return patched;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type Flags = { [K in 'red' | 'green']: boolean };

function toMutable(p: Readonly<Point>): Mutable<Readonly<Point>> {
  return { x: p.x, y: p.y };
}

/** @native */
export function utilities(w: i32, title: string): string {
  const options: Options = { width: w, title };
  const bare: Omit<Options, 'title'> = { width: 2 };
  const flags: Flags = { red: w > 0, green: false };
  const point = toMutable({ x: w, y: 1 });
  point.x++;
  const given: NonNullable<string | null> = title;
  const grown = widened(options, 1);
  return `${titled(grown)} ${titled(patch(options, { width: 9 }))} ${area({ width: w, height: 3 })} ${bare.width} ${flags.red} ${point.x} ${given} ${merged({ a: 1 }, { a: w }).a}`;
}

function nth<T>(items: readonly T[], n: number): T | undefined {
  if (n < 0 || n >= items.length) return undefined;
  return items[n];
}

/** @native */
export function absent(values: f64[], n: i32): string {
  const value = nth(values, n);
  const text = nth(['a', 'b'], n);
  const list = nth([values], n);
  const maybe = identity<number | undefined>(value);
  const nothing = identity<Point | null>(n > 0 ? { x: n, y: 1 } : null);
  return `${value ?? -1} ${text ?? 'none'} ${list?.length ?? -1} ${maybe === undefined} ${nothing === null ? -1 : nothing.x}`;
}

function mergeSort<T extends number | string>(items: readonly T[]): T[] {
  if (items.length < 2) return [...items];
  const middle = items.length >> 1;
  const left = mergeSort(items.slice(0, middle));
  const right = mergeSort(items.slice(middle));
  const out: T[] = [];
  let i = 0;
  let j = 0;
  while (i < left.length && j < right.length)
    out.push(left[i]! <= right[j]! ? left[i++]! : right[j++]!);
  while (i < left.length) out.push(left[i++]!);
  while (j < right.length) out.push(right[j++]!);
  return out;
}

function isEven<T>(items: T[]): boolean {
  if (items.length === 0) return true;
  return isOdd(items.slice(1));
}

function isOdd<T>(items: T[]): boolean {
  return items.length > 0 && isEven(items.slice(1));
}

/** @native */
export function sorts(values: f64[], words: string[]): string {
  return `${mergeSort(values).join()} ${mergeSort(words).join()} ${isEven(values)} ${isOdd(words)}`;
}

/** What the constraint says is what each call has, so JavaScript can call it. */
/** @native */
export function between<T extends number>(x: T, low: T, high: T): T {
  return clamp(x, low, high);
}

/** @native */
export function twice<K extends string>(word: K): string {
  return `${identity(word)}${word}`;
}

export const checked = ['grows', 'hinted', 'utilities'];

const numbers = [[], [0], [1, 2], [3, -0, NaN, 1.5, Infinity], [2, 2, 5e-324, 2]];
const words = [[], ['x'], ['b', 'a', 'é'], ['', 'b', 'b', '𝒳']];
const values = [0, -0, 1, -1.5, NaN, Infinity, 2 ** 31, 1e300];
export const cases: [string, unknown[]][] = [
  ...numbers.flatMap((a): [string, unknown[]][] =>
    words.flatMap((b): [string, unknown[]][] => [
      ...(a.length > 0 && b.length > 0 ? [['arrays', [a, b]] as [string, unknown[]]] : []),
      ['lists', [a, b]],
      ['tables', [a, b]],
      ['sorts', [a, b]],
    ]),
  ),
  ...values.flatMap((v): [string, unknown[]][] => [
    ['records', [v, 2]],
    ['scalars', [v, -1, 2]],
    ['results', [v, 3]],
    ['results', [v, 0]],
    ['byType', [v, 'abc']],
    ['between', [v, 0, 10]],
    ['twice', [`${v}`]],
  ]),
  ...[0, 1, 2, -1, 7, 2 ** 31 - 1, -(2 ** 31)].flatMap((n): [string, unknown[]][] => [
    ['grows', [n]],
    ['hinted', [n]],
    ['utilities', [n, 'title']],
    ['absent', [[1, 2], n]],
  ]),
];
