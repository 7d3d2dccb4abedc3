/** Generic functions and classes, of which there is a copy for each set of types, and modules that native code shares with JavaScript. */
import type { Random } from '../../random.ts';
import { assignment, bool, num, text, type Scope } from '../expressions.ts';
import type { Content } from './index.ts';

export function generics(random: Random): Content {
  const scope: Scope = {
    nums: ['x', 'b.x', 'state[0]'],
    ints: ['n'],
    texts: ['t'],
    arrays: ['state'],
  };
  const key = (): string => random.pick(["'x'", "'y'"]);
  const compare = random.pick(['a - b', 'b - a', '(a % 3) - (b % 3)', 'Math.abs(a) - Math.abs(b)']);
  const step = (): string =>
    random.weighted<() => string>([
      [4, () => assignment(random, scope, 2)],
      [2, () => `numbers.put(${num(random, scope, 1)});`],
      [2, () => `words.put(${text(random, scope, 1)});`],
      [2, () => `x += numbers.take() ?? ${num(random, scope, 1)};`],
      [2, () => `t += words.take() ?? 'none';`],
      [2, () => `boxes.put(new Box(${num(random, scope, 1)}, ${text(random, scope, 0)}));`],
      [
        2,
        () =>
          `{ const taken = boxes.take(); if (taken !== undefined) { taken.x += 1; b = taken; t += taken.tag; } }`,
      ],
      [
        2,
        () =>
          `x = pick(${bool(random, scope, 1)}, x, ${num(random, scope, 1)}); t = pick(${bool(random, scope, 1)}, t, 'p');`,
      ],
      [1, () => `b = pick(${bool(random, scope, 1)}, b, new Box(1, 'q'));`],
      [1, () => `x += field(b, ${key()}) * field({ x: n, y: x }, ${key()});`],
      [1, () => `x += fold(numbers.items, (s, v) => s * 0.5 + v, x);`],
      [1, () => `t = fold(words.items, (s, v) => (s + v.length).slice(-9), t);`],
      [1, () => `x += firstWhere(numbers.items, (v) => v > ${num(random, scope, 0)}) ?? -1;`],
      [1, () => `{ const pair = swapped([x, t]); t = pair[0]; x = pair[1] + 1; }`],
      [
        1,
        () =>
          `{ const m = counted(words.items); for (const [w, k] of m) { x += k; t = (t + w).slice(-9); } }`,
      ],
      [1, () => `table[n & 3] = x; x += table[(n + 1) & 3] + offsets[n & 3];`],
    ])();
  const lines = Array.from({ length: random.between(5, 10) }, step);
  const module = `import type { i32 } from 'tsnative';
export const state = new Float64Array([1, 2, 3, 4]);
const offsets = [${Array.from({ length: 4 }, () => num(random, { nums: [], ints: [] }, 0)).join(', ')}];
const table = new Float64Array(4);
class Queue<T> {
  items: T[] = [];
  constructor(private readonly most: number) {}
  put(item: T): this { if (this.items.length >= this.most) this.items.shift(); this.items.push(item); return this; }
  take(): T | undefined { return this.items.${random.pick(['pop', 'shift'])}(); }
}
class Sorted extends Queue<number> {
  override put(item: number): this { super.put(item); this.items.sort((a, b) => ${compare}); return this; }
}
class Box { constructor(public x: number, readonly tag: string) {} get y(): number { return this.x * 2; } }
function pick<T>(first: boolean, a: T, b: T): T { return first ? a : b; }
function field<T extends { readonly x: number; readonly y: number }>(o: T, key: 'x' | 'y'): number { return key === 'x' ? o.x : o.y; }
function fold<T, R>(items: readonly T[], f: (result: R, item: T) => R, start: R): R { let r = start; for (const item of items) r = f(r, item); return r; }
function firstWhere<T>(items: readonly T[], test: (item: T) => boolean): T | undefined { for (const item of items) if (test(item)) return item; return undefined; }
function swapped<A, B>([a, b]: [A, B]): [B, A] { return [b, a]; }
function counted<K>(keys: readonly K[]): Map<K, number> { const m = new Map<K, number>(); for (const k of keys) m.set(k, (m.get(k) ?? 0) + 1); return m; }
/** @native */
export function entry(x: number, n: i32, t: string): { x: number; t: string; rest: number[] } {
  const numbers: Queue<number> = n > 1 ? new Sorted(4) : new Queue<number>(5);
  const words = new Queue<string>(4);
  const boxes = new Queue<Box>(3);
  let b = new Box(x, t);
  for (let i = 0; i < ${random.between(2, 6)}; i++) {
    ${lines.join('\n    ')}
    if (t.length > 40) t = t.slice(-20);
  }
  return { x: x + b.x, t, rest: numbers.items };
}
/** @native */
export function most<T extends number>(a: T, b: T): T { return a > b ? a : b; }
`;
  const script = `for (const n of [0, 1, 2, 3, 7]) for (const x of [0, 1.5, NaN, -3]) {
  thrown(() => m.entry(x, n, '${random.pick(['a', 'é', '', '😀'])}')); tell(m.state);
  m.state[n & 3] = x;
  tell(m.most(n, x), m.most(-0, n));
}`;
  return { module, script };
}
