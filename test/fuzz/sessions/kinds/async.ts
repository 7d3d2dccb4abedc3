/** Async functions: several at once, on typed arrays, shared and not, with objects, and what they throw. */
import type { Random } from '../../random.ts';
import { num, type Scope } from '../expressions.ts';
import { body } from './classes.ts';
import type { Content } from './index.ts';

export function async(random: Random): Content {
  const scope: Scope = { nums: ['x', 'p.x', 'p.y'], ints: ['n'], arrays: ['a', 'l'], texts: ['s'] };
  const module = `import type { i32 } from 'tsnative';
export interface P { x: number; y: number; tag: string }
/** @native */
export async function work(a: Float64Array, l: number[], p: P, x: number, n: i32, s: string): Promise<number> {
  ${body(random, scope, random.between(2, 6))}
  return ${num(random, scope, 2)};
}
/** @native */
export async function make(a: Int32Array, x: number, n: i32): Promise<{ a: Int32Array; list: string[]; sum: number }> {
  const list: string[] = [];
  let sum = x;
  for (let i = 0; i < a.length; i++) { a[i] += n; sum += a[i]; if (i < 3) list.push(\`\${a[i]}\`); }
  if (sum ${random.pick(['<', '>'])} ${random.between(-9, 99)}) throw new RangeError('sum ' + sum);
  return { a: a.slice(), list, sum };
}
/** @native */
export async function nothing(a: Uint8Array | null, m: Map<string, number>): Promise<void> {
  if (a !== null) a.fill(m.size);
  m.set('size', m.size);
  for (const [k, v] of m) m.set(k, v + 1);
}
/** @native */
export function now(a: Float64Array, x: number): number {
  for (let i = 0; i < a.length; i++) { a[i] += x; x = a[i]; }
  return x;
}
`;
  const none: Scope = { nums: [], ints: [] };
  const number = (): string => num(random, none, 0);
  const array = (): string =>
    random.pick(['Float64Array.of(1, 2, 3, 4)', 'shared', 'own.subarray(2)', 'own']);
  const lines = [
    `const shared = new Float64Array(new SharedArrayBuffer(64)), own = Float64Array.of(1, -0, 3, 4, 5, 6, NaN);`,
    `const settle = async (call) => { try { tell(await call()); } catch (e) { tell(e.constructor.name, e.message); } };`,
  ];
  for (let i = 0; i < random.between(4, 9); i++)
    lines.push(
      random.weighted<() => string>([
        [
          5,
          () =>
            `{ const a = ${array()}, l = [1, 2, 3, ${number()}], p = { x: ${number()}, y: 2, tag: 't' }; await settle(() => m.work(a, l, p, ${number()}, ${random.below(9)}, 'é😀')); tell(a, l, p); }`,
        ],
        [
          3,
          () =>
            `{ const a = new Int32Array(${random.between(0, 90)}).fill(${random.below(5)}); await settle(() => m.make(a, ${number()}, ${random.below(4)})); tell(a); }`,
        ],
        [
          2,
          () =>
            `{ const map = new Map([['a', 1], ['b', ${number()}]]), a = ${random.pick(['null', 'new Uint8Array(5)'])}; await settle(() => m.nothing(a, map)); tell(a, map); }`,
        ],
        [
          2,
          () =>
            `{ const all = [1, 2, 3].map((k) => new Int32Array(30 * k).fill(k)); const results = await Promise.allSettled(all.map((a, k) => m.make(a, k, k))); tell(all, results.map((r) => r.status === 'fulfilled' ? r.value : r.reason.message)); }`,
        ],
        [1, () => `thrown(() => m.now(own, ${number()})); tell(own);`],
        [
          1,
          () =>
            `{ const first = m.make(new Int32Array(500), 1, 1); thrown(() => m.now(shared, ${number()})); await settle(() => first); tell(shared); }`,
        ],
      ])(),
    );
  return { module, script: lines.join('\n') };
}
