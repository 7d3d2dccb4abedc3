/** Maps, Sets and lists that change while something goes over them. */
import type { Random } from '../../random.ts';
import type { Content } from './index.ts';

const keys = ['0', '1', '2', '3', '4', 'NaN', '-0', '0.5', 'k', 'k + 1', 'n', '(k * 2)'] as const;
const texts = ["''", "'a'", "'b'", "'é'", "'😀'", "'\\ud83d'", '`k${k}`', 't', "t + 'x'"] as const;

class Maker {
  private readonly random: Random;
  private depth = 0;

  constructor(random: Random) {
    this.random = random;
  }

  body(most: number): string {
    return Array.from({ length: this.random.between(1, most) }, () => this.statement()).join('\n');
  }

  private key(): string {
    return this.random.pick(keys);
  }

  private text(): string {
    return this.random.pick(texts);
  }

  private value(): string {
    const { random } = this;
    return random.pick([
      `(m.get(${this.key()}) ?? -1)`,
      'm.size',
      's.size',
      'k',
      String(random.below(9)),
      `(s.has(${this.text()}) ? 1 : 0)`,
      'l.length',
      '(l[l.length - 1] ?? 7)',
      '(q.get(t)?.length ?? 3)',
    ]);
  }

  private statement(): string {
    const { random } = this;
    return random.weighted<() => string>([
      [4, () => `m.set(${this.key()}, ${this.value()});`],
      [3, () => `out.push(m.delete(${this.key()}) ? 1 : 0);`],
      [3, () => `s.add(${this.text()});`],
      [2, () => `out.push(s.delete(${this.text()}) ? 1 : 0);`],
      [0.6, () => random.pick(['m.clear();', 's.clear();', 'l.length = 1;'])],
      [2, () => `out.push(${this.value()});`],
      [2, () => `if (l.length < 20) l.push(${this.value()});`],
      [
        1,
        () =>
          random.pick([
            'out.push(l.pop() ?? -2);',
            'out.push(l.shift() ?? -3);',
            'l.unshift(k);',
            'l.splice(1, 1);',
            'l.reverse();',
          ]),
      ],
      [1, () => `if ((k & 1) === 0) { ${this.statement()} }`],
      [
        1,
        () =>
          `{ const g = q.get(${this.text()}) ?? []; g.push(${this.value()}); q.set(${this.text()}, g); }`,
      ],
      [this.depth < 3 ? 5 : 0, () => this.walk()],
      [0.6, () => 'if (fuel < 20) return;'],
    ])();
  }

  /** A loop over something that its body may change; `fuel` ends it. */
  private walk(): string {
    const { random } = this;
    this.depth++;
    const stop = random.chance(0.8) ? 'if (--fuel < 0) break;' : 'if (--fuel < 0) return;';
    const body = this.body(3);
    const quick = random.chance(0.3)
      ? `if (out.length % 5 === 2) ${random.pick(['break', 'continue'])};`
      : '';
    this.depth--;
    return random.pick([
      `for (const [x, y] of m) { ${stop} k = x; out.push(y); ${quick} ${body} }`,
      `for (const x of m.keys()) { ${stop} k = x; ${body} ${quick} }`,
      `for (const y of m.values()) { ${stop} k = y; ${body} }`,
      `for (const x of s) { ${stop} t = x.slice(0, 6); ${quick} ${body} }`,
      `for (const x of l) { ${stop} k = x; out.push(x); ${body} }`,
      `for (const [i, x] of l.entries()) { ${stop} k = x + i; ${quick} ${body} }`,
      `for (const [x, g] of q) { ${stop} t = x; out.push(g.length); ${body} }`,
      `m.forEach((y, x) => { if (--fuel < 0) return; k = x; out.push(y); ${body.replace(/\breturn;/g, 'fuel = 0;')} });`,
      `s.forEach((x) => { if (--fuel < 0) return; t = x.slice(0, 6); ${body.replace(/\breturn;/g, 'fuel = 0;')} });`,
      `l.forEach((x, i) => { if (--fuel < 0) return; k = x; out.push(i); ${body.replace(/\breturn;/g, 'fuel = 0;')} });`,
    ]);
  }
}

export function collections(random: Random): Content {
  const maker = new Maker(random);
  const module = `import type { i32 } from 'tsnative';
function work(m: Map<number, number>, s: Set<string>, l: number[], q: Map<string, number[]>, n: i32, out: number[]): void {
  let fuel = 60;
  let k: number = n;
  let t = 'a';
  ${maker.body(8)}
  out.push(k);
  s.add(t);
}
/** @native */
export function entry(m: Map<number, number>, s: Set<string>, l: number[], q: Map<string, number[]>, n: i32): number[] {
  const out: number[] = [];
  work(m, s, l, q, n, out);
  return out;
}
/** @native */
export function own(n: i32): { m: Map<number, number>; s: Set<string>; l: number[]; out: number[] } {
  const m = new Map<number, number>([[1, 2], [n, 3], [NaN, 4]]);
  const s = new Set<string>(['a', 'b']);
  const l = [n, 1];
  const out: number[] = [];
  work(m, s, l, new Map([['a', [1]]]), n, out);
  work(m, s, l, new Map<string, number[]>(), n + 1, out);
  return { m, s, l, out };
}
`;
  const script = `for (let n = -1; n < 6; n++) {
  const m1 = new Map([[0, 1], [NaN, 2], [3, n]]), s = new Set(['a', '\\ud83d', 'b']), l = [5, n, -0], q = new Map([['b', l], ['a', [n]]]);
  thrown(() => m.entry(m1, s, l, q, n));
  tell(m1, s, l, q);
  thrown(() => m.own(n));
}`;
  return { module, script };
}
