/** Instances that keep views of buffers which JavaScript resizes, detaches and writes between the calls. */
import type { Random } from '../../random.ts';
import { num, type Scope } from '../expressions.ts';
import type { Content } from './index.ts';

const classes = ['Float64Array', 'Int32Array', 'Uint8Array', 'Float32Array', 'Int16Array'] as const;

const sizes: Readonly<Record<string, number>> = {
  ...{ Uint8Array: 1, Int16Array: 2, Int32Array: 4, Float32Array: 4, Float64Array: 8 },
};

function work(random: Random, arrays: readonly string[]): string {
  const a = random.pick(arrays);
  const b = random.pick(arrays);
  const index = (): string => random.pick(['i', 'i', 'n - 1 - i', '(i >> 1)', '0', 'n - 1']);
  const scope: Scope = {
    nums: ['x', `${b}[${index()}]`, 'this.scale'],
    ints: ['k', 'this.at'],
  };
  const value = (depth: number): string => `nn(${num(random, scope, depth)})`;
  const n = `const n = Math.min(${a}.length, ${b}.length, 9);`;
  return random.weighted<() => string>([
    [4, () => `{ ${n} for (let i = 0; i < n; i++) ${a}[${index()}] = ${value(2)}; }`],
    [
      3,
      () =>
        `{ ${n} for (let i = 0; i < n; i++) { x += nn(${b}[${index()}]); this.at = (this.at + 1) & 3; } }`,
    ],
    [
      2,
      () =>
        `{ ${n} for (let i = 0; i < n; i++) { ${a}[${index()}] = ${value(1)}; if (i === k) { ${a} = ${random.pick([`new ${'TYPE'}(n)`, `${a}.slice()`, 'p', `${a}.subarray(0, n)`])}; } } }`,
    ],
    [
      2,
      () =>
        `{ ${n} for (let i = 0; i < n; i++) { x -= nn(f(${b}[i])); ${a}[${index()}] = ${value(0)}; } }`,
    ],
    [
      2,
      () =>
        `{ const t = ${a}; ${random.pick([`${a} = p;`, `${a} = new TYPE(5);`, ''])} x += t.length; if (t.length > 1) t[1] = k; }`,
    ],
    [2, () => `x += this.step(k) + ${a}.length;`],
    [
      1,
      () =>
        `if (this.more !== null) { for (let i = 0; i < this.more.length; i++) { this.more[i] += k; x += nn(this.more[i]); } }`,
    ],
    [1, () => `this.more = ${random.pick(['null', 'p', `new TYPE(3)`, 'this.a', 'this.more'])};`],
    [
      1,
      () =>
        `{ const other = this.other ?? this; for (let i = 0; i < other.b.length && i < 9; i++) { other.b[i] += 1; x += nn(this.b[0]); } }`,
    ],
  ])();
}

export function keeping(random: Random): Content {
  const type = random.pick(classes);
  const size = sizes[type] ?? 1;
  const arrays = ['this.a', 'this.b'];
  const lines = (most: number): string =>
    Array.from({ length: random.between(1, most) }, () =>
      work(random, arrays).replaceAll('TYPE', type),
    ).join('\n    ');
  const module = `import type { i32 } from 'tsnative';
const nn = (x: number): number => (x === x ? x : 0);
/** @native */
export class Keeper {
  a: ${type};
  b: ${type};
  more: ${type} | null = null;
  scale = 2;
  at: i32 = 0;
  other: Keeper | null = null;
  constructor(a: ${type}, b: ${type}) {
    this.a = a;
    this.b = b;
  }
  step(k: i32): number {
    let s = 0;
    for (let i = 0; i < this.b.length && i < 9; i++) s += nn(this.b[i]) * k;
    if (this.b.length > 0) this.b[0] = k;
    return s;
  }
  run(x: number, k: i32, p: ${type}, f: (x: number) => number): number {
    ${lines(5)}
    return x;
  }
  plain(x: number, k: i32, p: ${type}): number {
    const f = (v: number): number => v * 2;
    ${lines(5)}
    return x;
  }
}
/** @native */
export function both(c: Keeper, d: Keeper, x: number): number {
  for (let i = 0; i < c.a.length && i < d.b.length; i++) {
    c.a[i] = nn(d.b[i] + x);
    ${random.pick(['d.b = c.a;', 'c.a[0] = 5;', 'x += nn(d.a.length);', 'if (i === 1) d.a = c.b;'])}
    x += nn(d.b[0]);
  }
  return x;
}
`;
  return { module, script: script(random, type, size) };
}

function script(random: Random, type: string, size: number): string {
  const number = (): string => num(random, { nums: [], ints: [] }, 0);
  const view = (): string =>
    random.pick([
      `new ${type}(buffer)`,
      `new ${type}(buffer, ${size * random.below(3)})`,
      `new ${type}(buffer, ${size * random.below(2)}, ${random.below(5)})`,
      `new ${type}(${random.below(7)}).fill(3)`,
      `${type}.of(1, 2, 3, 4)`,
      'c.a',
      'd.b',
      'old',
    ]);
  const lines = [
    'let buffer = new ArrayBuffer(64, { maxByteLength: 256 });',
    `for (let i = 0; i < 8; i++) new Uint8Array(buffer)[i * ${size} % 64] = i;`,
    `const old = new ${type}(8).fill(7), c = new m.Keeper(new ${type}(buffer), old), d = new m.Keeper(${type}.of(1, 2, 3, 4, 5), new ${type}(buffer, 0, 2));`,
    `d.other = ${random.pick(['c', 'd'])}; c.other = ${random.pick(['c', 'd'])};`,
    'const see = () => tell(c.a, c.b, c.more, d.a, d.b, d.more, c.a === old, c.at, d.scale);',
  ];
  const change = (): string =>
    random.weighted<() => string>([
      [3, () => `buffer.resize(${random.pick([0, 8, 16, 40, 64, 128, 256])});`],
      [1, () => `{ const next = buffer.transfer(); buffer = next; }`],
      [3, () => `${random.pick(['c', 'd'])}.${random.pick(['a', 'b', 'more'])} = ${view()};`],
      [2, () => `if (c.a.length > 1) c.a[1] = ${random.between(-9, 9)};`],
      [1, () => `c.scale = ${number()};`],
    ])();
  const f = (): string =>
    `(x) => { ${random.pick(['', '', `c.scale += 1;`, `if (x > 2) c.a = ${view()};`, `if (d.b.length) d.b[0] = x;`, `buffer.resize(${random.pick([32, 64, 128])});`, 'd.step(2);'])} return ${random.pick(['x', '1', '-x'])}; }`;
  for (let i = 0; i < random.between(8, 16); i++)
    lines.push(
      random.weighted<() => string>([
        [
          4,
          () =>
            `thrown(() => ${random.pick(['c', 'd'])}.run(${number()}, ${random.below(4)}, ${view()}, ${f()})); see();`,
        ],
        [
          4,
          () =>
            `thrown(() => ${random.pick(['c', 'd'])}.plain(${number()}, ${random.below(4)}, ${view()})); see();`,
        ],
        [2, () => `thrown(() => m.both(c, d, ${random.between(-3, 3)})); see();`],
        [4, change],
      ])(),
    );
  return lines
    .map((line, place) =>
      place < 5 ? line : `try { ${line} } catch (e) { tell(e.constructor.name); }`,
    )
    .join('\n');
}
