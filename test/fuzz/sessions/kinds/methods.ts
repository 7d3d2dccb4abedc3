/** Single native methods of classes that stay JavaScript's: their fields are handed over in each call. */
import type { Random } from '../../random.ts';
import { num, type Scope } from '../expressions.ts';
import { body } from './classes.ts';
import type { Content } from './index.ts';

export function methods(random: Random): Content {
  const scope: Scope = {
    nums: ['x', 'this.sum', 'this.at.x', 'this.at.y'],
    ints: ['n', 'this.count'],
    bools: ['this.on'],
    arrays: ['this.taps', 'this.list', 'a'],
    texts: ['s'],
  };
  const call = random.pick([
    'this.helper(x, n)',
    'this.twice',
    'Filter.add(x, n)',
    '0',
    'this.other(x)',
  ]);
  const module = `import type { i32 } from 'tsnative';
export class Filter {
  taps = new Float64Array(4);
  list: number[] = [1, 2, 3, 4];
  at: { x: number; y: number } = { x: 1, y: -0 };
  names = new Map<string, number>([['a', 1]]);
  sum = 0;
  count: i32 = 0;
  on = false;
  static base = 3;
  constructor(scale: number) { this.taps.fill(scale); }
  static add(x: number, n: i32): number { return x + n; }
  get twice(): number { return this.sum * 2; }
  helper(x: number, n: i32): number { this.sum += x; this.count = n & 7; this.list.push(n); if (this.list.length > 9) this.list.length = 4; return this.list.length; }
  other(x: number): number { this.on = x > 1; this.at.x = x; return x - this.taps[1]; }
  /** @native */
  push(x: number, n: i32, a: Float64Array, s: string): number {
    ${body(random, scope, random.between(2, 5))}
    x += ${call};
    this.names.set(s, x);
    ${body(random, scope, random.between(0, 3))}
    return ${num(random, scope, 2)};
  }
  /** @native */
  private hidden(x: number): number { this.sum = x; for (let i = 0; i < this.taps.length; i++) this.taps[i] += x; return this.taps[0] + this.count; }
  open(x: number): number { return this.hidden(x) + 1; }
}
export class More extends Filter {
  extra = 7;
  override helper(x: number, n: i32): number { this.extra += x; return super.helper(x, n) * 2; }
  override get twice(): number { return 5; }
}
export class Same extends Filter { own = 1; }
`;
  const none: Scope = { nums: [], ints: [] };
  const number = (): string => num(random, none, 0);
  const lines = [
    'const f = new m.Filter(2), g = new m.More(1.5), h = new m.Same(0), own = Float64Array.of(1, 2, 3, 4);',
    'const see = (o) => tell(o.taps, o.list, o.at, o.names, o.sum, o.count, o.on, o.extra);',
  ];
  for (let i = 0; i < random.between(8, 16); i++) {
    const o = random.pick(['f', 'f', 'g', 'h']);
    const a = random.pick(['own', `${o}.taps`, 'f.taps', 'new Float64Array(5)']);
    lines.push(
      random.weighted<() => string>([
        [
          6,
          () =>
            `thrown(() => ${o}.push(${number()}, ${random.pick([0, 1, -1, 7, 2147483647])}, ${a}, ${random.pick(["'a'", "'é'", "''", "'😀'"])})); see(${o}); tell(own);`,
        ],
        [1, () => `thrown(() => ${o}.open(${number()})); see(${o});`],
        [
          1,
          () =>
            `${o}.taps = ${random.pick(['own', 'Float64Array.of(9, 8, 7, 6)', 'f.taps', 'own.subarray(0)'])};`,
        ],
        [1, () => `${o}.list = ${random.pick(['[5, 6, 7, 8]', 'f.list', '[1, 2, 3, 4, NaN]'])};`],
        [1, () => `${o}.at = ${random.pick(['f.at', '{ x: 3, y: 4 }', '{ x: 1, y: 2, z: 3 }'])};`],
        [1, () => `${o}.sum = ${number()};`],
        [0.5, () => `${o}.names = new Map([['b', 2], ['a', NaN]]);`],
        [
          0.3,
          () =>
            `${o}.helper = (x, n) => 99; thrown(() => ${o}.push(1, 1, own, 'a')); delete ${o}.helper;`,
        ],
      ])(),
    );
  }
  return { module, script: lines.join('\n') };
}
