/** Functions that JavaScript passes, which throw, change arrays, and call native code again. */
import type { Random } from '../../random.ts';
import { bool, num, type Scope } from '../expressions.ts';
import { body } from './classes.ts';
import type { Content } from './index.ts';

export function callbacks(random: Random): Content {
  const scope: Scope = { nums: ['x', 'f(x, 1)', 'a[0]'], ints: ['n'], arrays: ['a'] };
  const module = `import type { i32, i64 } from 'tsnative';
/** @native */
export class Counter {
  count = 0;
  data = new Float64Array(4);
  add(by: number): number { this.count += by; this.data[this.count & 3] = by; return this.count; }
  each(f: (x: number) => number): number { let s = 0; for (let i = 0; i < this.data.length; i++) { this.data[i] = f(this.data[i]); s += this.data[i] * (i + 1); } return s + this.count; }
}
/** @native */
export function entry(f: (x: number, k: number) => number, a: Float64Array, x: number, n: i32): number {
  ${body(random, scope, random.between(2, 5))}
  return ${num(random, scope, 2)};
}
/** @native */
export function loop(f: (x: number, k: number) => number, a: Float64Array, c: Counter, n: i32): number {
  let sum = 0;
  for (let i = 0; i < n; i++) {
    sum += a[i & 3];
    ${random.pick(['a[(i + 1) & 3] = f(sum, i);', 'sum -= f(a[i & 3], i);', 'if (a[i & 3] > 1) sum = f(sum, a[1]);'])}
    sum += a[i & 3] + c.count;
    ${random.pick(['c.add(i);', 'c.count = sum;', 'c.data[i & 3] += 1;', ''])}
    ${random.chance(0.3) ? `try { sum += f(i, sum); } catch (e) { sum += ${random.pick(['100', 'a[2]', '(e instanceof RangeError ? 1 : 2)', '(e as Error).message.length'])}; }` : ''}
    if ${bool(random, { nums: ['sum', 'i'], ints: ['n'] }, 1)} ${random.pick(['break', 'continue', 'sum = -sum'])};
  }
  return sum;
}
/** @native */
export function texts(f: (s: string, ok: boolean) => string, g: ((x: i64) => i64) | undefined, s: string, x: i64): string {
  let out = '';
  for (let i = 0; i < 3; i++) { s = f(s + i, i > 1); out += s + (g === undefined ? 'none' : g(x)); }
  return out;
}
/** @native */
export function passes(f: (a: Float64Array, x: number) => number, a: Float64Array, b: Float64Array): number {
  let s = 0;
  for (let i = 0; i < 3; i++) { a[i] += b[i]; s += f(i === 1 ? b : a, s) + a[i + 1]; }
  return s;
}
/** @native */
export function kept(f: (x: number, k: number) => number, n: i32): number {
  const fs: ((x: number) => number)[] = [];
  let t = n;
  for (let i = 0; i < 3; i++) fs.push((x) => f(x, i) + t++);
  let s = 0;
  for (const g of fs) s += g(s);
  return s + t;
}
`;
  const none: Scope = { nums: [], ints: [] };
  const number = (): string => num(random, none, 0);
  const f = (): string => {
    const does = random.pick([
      '',
      '',
      `a[${random.below(4)}] = x;`,
      `c.count += 1;`,
      `c.data[k & 3] = x;`,
      `c.add(k);`,
      `if (k === 2) throw new RangeError('two');`,
      `if (x > 9) throw { x };`,
      `tell(x, k);`,
      `if (depth++ < 3) x += m.entry(f, a, x, 2);`,
      `a.fill(k);`,
      `c.data = new Float64Array([x, 2, 3, 4]);`,
      `if (depth++ < 2) x = m.loop(f, a, c, 3);`,
    ]);
    return `const f = (x, k) => { ${does} return ${random.pick(['x + k', 'x * 2 - k', '-x', 'k', 'Math.abs(x) % 7', 'NaN', '0'])}; };`;
  };
  const lines = [
    'const a = Float64Array.of(1, 2, -3, 4), b = a.subarray(0, 4), c = new m.Counter();',
    'let depth = 0;',
    'const see = () => tell(a, c.count, c.data);',
  ];
  for (let i = 0; i < random.between(5, 12); i++)
    lines.push(
      `{ depth = 0; ${f()} ${random.weighted<() => string>([
        [
          3,
          () =>
            `thrown(() => m.entry(f, ${random.pick(['a', 'b', 'c.data'])}, ${number()}, ${random.below(5)}));`,
        ],
        [
          3,
          () => `thrown(() => m.loop(f, ${random.pick(['a', 'c.data'])}, c, ${random.below(6)}));`,
        ],
        [1, () => `thrown(() => c.each((x) => f(x, 1)));`],
        [
          1,
          () =>
            `thrown(() => m.texts((s, ok) => (ok ? s.toUpperCase() + '😀' : s.slice(1)), ${random.pick(['undefined', '(x) => x * 2n', '(x) => -x'])}, 'abc\\ud83d', ${random.below(9)}n));`,
        ],
        [
          1,
          () =>
            `thrown(() => m.passes((p, x) => { ${random.pick(['p[0] = x;', 'tell(p === a, p === b, p);', '', 'a[3] = 7;'])} return p[1] + x; }, a, b));`,
        ],
        [1, () => `thrown(() => m.kept(f, ${random.below(5)}));`],
      ])()} see(); }`,
    );
  return { module, script: lines.join('\n') };
}
