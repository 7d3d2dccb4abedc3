/** Generic classes: a copy for each set of type arguments; inheritance, overriding, instanceof, static and generic methods. */
import type { f64, i32 } from 'tsnative';

class Stack<T> {
  protected items: T[] = [];
  static readonly kind = 'Stack';
  get size(): number {
    return this.items.length;
  }
  push(item: T): this {
    this.items.push(item);
    return this;
  }
  pop(): T | undefined {
    return this.items.pop();
  }
  peek(otherwise: T): T {
    return this.items.length > 0 ? this.items[this.items.length - 1]! : otherwise;
  }
  map1<U>(first: U, second: U): Stack<U> {
    const out = new Stack<U>();
    for (let i = 0; i < this.items.length; i++) out.push(i % 2 === 0 ? first : second);
    return out;
  }
  describe(): string {
    return `${Stack.kind} of ${this.size}`;
  }
  static of<T>(a: T, b: T): Stack<T> {
    return new Stack<T>().push(a).push(b);
  }
}

class NumberStack extends Stack<number> {
  sum(): number {
    let sum = 0;
    for (const item of this.items) sum += item;
    return sum;
  }
  override describe(): string {
    return `Numbers: ${this.sum()} (${super.describe()})`;
  }
}

class LimitedStack<T> extends Stack<T> {
  constructor(readonly limit: number) {
    super();
  }
  override push(item: T): this {
    if (this.items.length < this.limit) super.push(item);
    return this;
  }
}

class Tagged<T, U = string> extends LimitedStack<T> {
  readonly tag: U;
  constructor(tag: U, limit: number) {
    super(limit);
    this.tag = tag;
  }
  override describe(): string {
    return `tagged, ${super.describe()}`;
  }
}

function fill<T>(stack: Stack<T>, items: readonly T[]): Stack<T> {
  for (const item of items) stack.push(item);
  return stack;
}

function kind(stack: Stack<number>): string {
  if (stack instanceof NumberStack) return `sum ${stack.sum()}`;
  if (stack instanceof Tagged) return `tag ${stack.limit}`;
  if (stack instanceof LimitedStack) return `limit ${stack.limit}`;
  return stack instanceof Stack ? 'plain' : 'none';
}

/** @native */
export function stacks(values: f64[], words: string[]): string {
  const numbers = new NumberStack();
  const plain = new Stack<number>();
  const limited = new LimitedStack<number>(2);
  const tagged = new Tagged<number>('t', 1);
  let text = '';
  for (const stack of [numbers, plain, limited, tagged] as Stack<number>[]) {
    fill(stack, values);
    text += `${stack.size} ${stack.describe()} ${kind(stack)} ${stack.peek(-1)}; `;
  }
  const texts = fill(new LimitedStack<string>(3), words);
  const flags = texts.map1(true, false);
  const two = Stack.of(words.length, values.length);
  return `${text}${texts.pop() ?? 'none'} ${texts.size} ${texts.peek('?')} ${flags.size} ${flags.peek(false)} ${two.pop() ?? 0} ${tagged.tag} ${texts.describe()}`;
}

interface Item {
  cost: number;
}
class Task implements Item {
  constructor(
    public cost: number,
    readonly name: string,
  ) {}
}

/** A binary heap, smallest first. */
class PriorityQueue<T extends Item> {
  private readonly items: T[] = [];
  get size(): number {
    return this.items.length;
  }
  push(item: T): void {
    const { items } = this;
    items.push(item);
    let i = items.length - 1;
    while (i > 0) {
      const above = (i - 1) >> 1;
      if (items[above]!.cost <= items[i]!.cost) break;
      this.swap(i, above);
      i = above;
    }
  }
  pop(): T | undefined {
    const { items } = this;
    if (items.length === 0) return undefined;
    const top = items[0]!;
    const bottom = items.pop()!;
    if (items.length > 0) {
      items[0] = bottom;
      let i = 0;
      for (;;) {
        let least = i;
        for (let child = 2 * i + 1; child <= 2 * i + 2; child++)
          if (child < items.length && items[child]!.cost < items[least]!.cost) least = child;
        if (least === i) break;
        this.swap(i, least);
        i = least;
      }
    }
    return top;
  }
  private swap(i: number, j: number): void {
    const kept = this.items[i]!;
    this.items[i] = this.items[j]!;
    this.items[j] = kept;
  }
}

/** @native */
export function queues(costs: f64[]): string {
  const tasks = new PriorityQueue<Task>();
  const plain = new PriorityQueue<{ cost: number; at: number }>();
  for (let i = 0; i < costs.length; i++) {
    tasks.push(new Task(costs[i]!, `t${i}`));
    plain.push({ cost: -costs[i]!, at: i });
  }
  let text = '';
  for (let task = tasks.pop(); task !== undefined; task = tasks.pop())
    text += `${task.name}:${task.cost} `;
  while (plain.size > 0) {
    const item = plain.pop()!;
    text += `${item.at}=${item.cost} `;
  }
  return text;
}

class TreeNode<K, V> {
  left: TreeNode<K, V> | null = null;
  right: TreeNode<K, V> | null = null;
  constructor(
    readonly key: K,
    public value: V,
  ) {}
}

class TreeMap<K extends number | string, V> {
  private root: TreeNode<K, V> | null = null;
  private count = 0;
  get size(): number {
    return this.count;
  }
  set(key: K, value: V): this {
    if (this.root === null) {
      this.root = new TreeNode(key, value);
      this.count++;
      return this;
    }
    let node = this.root;
    for (;;) {
      if (key === node.key) {
        node.value = value;
        return this;
      }
      const next: TreeNode<K, V> | null = key < node.key ? node.left : node.right;
      if (next === null) break;
      node = next;
    }
    const made = new TreeNode<K, V>(key, value);
    if (key < node.key) node.left = made;
    else node.right = made;
    this.count++;
    return this;
  }
  get(key: K): V | undefined {
    let node = this.root;
    while (node !== null) {
      if (key === node.key) return node.value;
      node = key < node.key ? node.left : node.right;
    }
    return undefined;
  }
  keys(): K[] {
    const out: K[] = [];
    this.walk(this.root, out);
    return out;
  }
  private walk(node: TreeNode<K, V> | null, out: K[]): void {
    if (node === null) return;
    this.walk(node.left, out);
    out.push(node.key);
    this.walk(node.right, out);
  }
}

/** @native */
export function trees(values: f64[], words: string[]): string {
  const byNumber = new TreeMap<number, string>();
  const byWord = new TreeMap<string, number[]>();
  for (const value of values) byNumber.set(value, `v${value}`);
  for (const word of words) {
    const known = byWord.get(word);
    if (known) known.push(known.length);
    else byWord.set(word, [word.length]);
  }
  let text = `${byNumber.size} ${byNumber.get(2) ?? 'none'} ${byNumber.keys().join()} `;
  for (const key of byWord.keys()) text += `${key}:${byWord.get(key)!.join()} `;
  return text;
}

class Matrix<T extends number> {
  readonly cells: T[] = [];
  constructor(
    readonly rows: i32,
    readonly columns: i32,
    initial: T,
  ) {
    for (let i = 0; i < rows * columns; i++) this.cells.push(initial);
  }
  at(row: i32, column: i32): T {
    return this.cells[row * this.columns + column]!;
  }
  put(row: i32, column: i32, value: T): void {
    this.cells[row * this.columns + column] = value;
  }
}

/** The elements of one are 32-bit integers, which hold no more; those of the other are numbers. */
/** @native */
export function matrices(n: i32): string {
  const whole = new Matrix<i32>(2, 2, n);
  const wide: Matrix<number> = new Matrix(2, 2, n);
  const again: Matrix<i32> = new Matrix(1, 1, 0);
  whole.put(0, 1, 5);
  wide.put(0, 1, n * 4 + 0.5);
  again.put(0, 0, whole.at(0, 1));
  whole.put(1, 1, whole.at(0, 0) + 1);
  return `${whole.cells.join()} ${wide.cells.join()} ${again.cells.join()}`;
}

interface Container<T> {
  first(): T;
  count(): number;
}
class One<T> implements Container<T> {
  constructor(private readonly item: T) {}
  first(): T {
    return this.item;
  }
  count(): number {
    return 1;
  }
}
class Many<T> implements Container<T> {
  constructor(readonly items: T[]) {}
  first(): T {
    return this.items[0]!;
  }
  count(): number {
    return this.items.length;
  }
}

function total(containers: Container<number>[]): number {
  let sum = 0;
  for (const container of containers) sum += container.first() * container.count();
  return sum;
}

abstract class Animal {
  abstract sound(): string;
}
class Dog extends Animal {
  sound(): string {
    return 'wuff';
  }
}
/** A generic class of which the one it extends says nothing. */
class Holding<T> extends Animal {
  constructor(readonly held: T) {
    super();
  }
  sound(): string {
    return 'held';
  }
}

function sounds(animals: Animal[]): string {
  let text = '';
  for (const animal of animals) text += `${animal.sound()}${animal instanceof Holding ? '*' : ''} `;
  return text;
}

/** @native */
export function containers(values: f64[]): string {
  const list: Container<number>[] = [new One(values.length), new Many(values)];
  const word: Container<string> = new One('w');
  const zoo = sounds([new Dog(), new Holding(1), new Holding('x')]);
  return `${values.length > 0 ? total(list) : 0} ${word.first()} ${zoo}`;
}

class Lru<K, V> {
  private readonly entries = new Map<K, V>();
  constructor(private readonly capacity: number) {}
  get(key: K): V | undefined {
    const value = this.entries.get(key);
    if (value === undefined) return undefined;
    this.entries.delete(key);
    this.entries.set(key, value);
    return value;
  }
  set(key: K, value: V): void {
    this.entries.delete(key);
    this.entries.set(key, value);
    if (this.entries.size <= this.capacity) return;
    for (const oldest of this.entries.keys()) {
      this.entries.delete(oldest);
      break;
    }
  }
  text(): string {
    let text = '';
    for (const [key, value] of this.entries) text += `${key}=${value} `;
    return text;
  }
}

/** @native */
export function caches(values: f64[], words: string[]): string {
  const byWord = new Lru<string, number>(2);
  const byNumber = new Lru<number, string>(1);
  for (let i = 0; i < words.length; i++) byWord.set(words[i]!, i);
  const hit = byWord.get(words[0] ?? '');
  for (const value of values) byNumber.set(value, `${value}`);
  return `${hit ?? -1} ${byWord.text()}| ${byNumber.text()}`;
}

export const checked = ['matrices'];

const numbers = [[], [0], [1, 2], [3, -0, NaN, 1.5, Infinity], [2, 2, 5e-324, 2]];
const words = [[], ['x'], ['b', 'a', 'é'], ['', 'b', 'b', '𝒳']];
export const cases: [string, unknown[]][] = [
  ...numbers.flatMap((a): [string, unknown[]][] => [
    ...words.flatMap((b): [string, unknown[]][] => [
      ['stacks', [a, b]],
      ['trees', [a, b]],
      ['caches', [a, b]],
    ]),
    ['queues', [a]],
    ['containers', [a]],
  ]),
  ...[0, 1, -1, 7, 2 ** 31 - 1, -(2 ** 31)].map((n): [string, unknown[]] => ['matrices', [n]]),
];
