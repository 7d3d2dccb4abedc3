/** Views of shared, resizable and detached buffers, which change between the calls of one function. */
import type { Random } from '../../random.ts';
import { int, num, type Scope } from '../expressions.ts';
import type { Content } from './index.ts';

const classes = [
  ...['Int8Array', 'Uint8Array', 'Uint8ClampedArray', 'Int16Array', 'Uint16Array', 'Int32Array'],
  ...['Uint32Array', 'Float32Array', 'Float64Array'],
] as const;
type ArrayClass = (typeof classes)[number];

const sizes: Readonly<Record<string, number>> = {
  ...{ Int8Array: 1, Uint8Array: 1, Uint8ClampedArray: 1, Int16Array: 2, Uint16Array: 2 },
  ...{ Int32Array: 4, Uint32Array: 4, Float32Array: 4, Float64Array: 8 },
};

/** Indices that are inside while `i` counts to `n`, and others. */
const inside = ['i', 'i', 'i', 'n - 1 - i', '(i >> 1)', '0', 'n - 1', '(i & 3) % n'] as const;
const anywhere = [
  'i + 1',
  'i - 1',
  'i * 2',
  '(i ^ 1)',
  'i + k',
  'k',
  'k - i',
  'i + 0.5',
  'k * n + i',
] as const;

type Index = () => string;

/** Loops over arrays that may be parts of one buffer, each with its own way through. */
function loop(random: Random, names: readonly string[], index: Index): string {
  const a = random.pick(names);
  const b = random.pick(names);
  const c = random.pick(names);
  const scope: Scope = { nums: ['x', `${b}[${index()}]`, `${c}[${index()}]`], ints: ['k'] };
  // NaN has many bits, which other arrays of the buffer would show.
  const stored = `nn(${num(random, scope, random.between(1, 2))})`;
  const head = random.pick([
    `let i = 0; i < n; i++`,
    `let i = 0; i < Math.min(${a}.length, n); i++`,
    `let i = 0; i <= n - 1; i++`,
    `let i = 1; i < n - 1; i++`,
    `let i = n - 1; i >= 0; i--`,
    `let i = 0; i < n; i += 2`,
    `let i: i32 = k; i < n; i++`,
  ]);
  return random.weighted<() => string>([
    [5, () => `for (${head}) ${a}[${index()}] = ${stored};`],
    [2, () => `for (${head}) { x += ${b}[${index()}]; ${a}[${index()}] = nn(x); }`],
    [
      2,
      () =>
        `for (${head}) ${a}[${index()}] ${random.pick(['+=', '-=', '*='])} ${random.pick([`${b}[i]`, '3', 'k'])};`,
    ],
    [
      2,
      () =>
        `for (${head}) { const t = ${a}[${index()}]; ${a}[${index()}] = ${b}[${index()}]; ${b}[${index()}] = nn(t); }`,
    ],
    [
      1,
      () =>
        `for (${head}) { if (${b}[${index()}] > ${int(random, scope, 0)}) { k = (k + 1) & 7; ${a}[k] = nn(x); } else x -= ${c}[${index()}]; }`,
    ],
    [
      1,
      () =>
        `for (${head}) for (let j = 0; j < 3; j++) ${a}[${index()}] = nn(${b}[j] + ${c}[${index()}] * j);`,
    ],
    [
      1,
      () =>
        `${a}.${random.pick(['fill(k)', 'copyWithin(1, 0, 5)', 'copyWithin(0, k)', 'set(b.subarray(0, 2), 1)', 'subarray(1).fill(2, 1)', 'subarray(k).set(a.subarray(0, 2))'])};`,
    ],
    [
      1,
      () =>
        `x += ${a}.${random.pick(['indexOf(2)', 'lastIndexOf(1)', 'length', 'byteOffset', 'byteLength', 'subarray(1, 5).length'])};`,
    ],
  ])();
}

/** Reads and writes of a DataView at offsets that may be outside, which throws. */
function dataView(random: Random): string {
  const type = random.pick([
    'Int8',
    'Uint8',
    'Int16',
    'Uint16',
    'Int32',
    'Uint32',
    'Float32',
    'Float64',
  ]);
  const order = type.endsWith('8') ? '' : random.pick(['', ', true', ', k > 2', ', false']);
  const offset = random.pick(['i', 'k', 'i * 4', 'd.byteLength - 8', 'i + 1', '-1', 'x']);
  return random.chance(0.5)
    ? `for (let i = 0; i < 4; i++) x += nn(d.get${type}(${offset}${order}));`
    : `for (let i = 0; i < 4; i++) d.set${type}(${offset}, nn(x + i)${order});`;
}

export function views(random: Random): Content {
  const types = ['a', 'b', 'c'].map((): ArrayClass => random.pick(classes));
  const same = random.chance(0.6) ? types[0] : undefined;
  const [A = 'Int8Array', B = A, C = A] = types.map((type) => same ?? type);
  const isJs = random.chance(0.6);
  const rate = random.pick(isJs ? [0.2, 0.5, 0.8] : [0, 0, 0.03]);
  const index: Index = () => random.pick(random.chance(rate) ? anywhere : inside);
  const lines = Array.from({ length: random.between(2, 5) }, () =>
    random.chance(0.2) ? dataView(random) : loop(random, ['a', 'b', 'c'], index),
  );
  const module = `import type { i32 } from 'tsnative';
const nn = (x: number): number => (x === x ? x : 0);
export const shared = new ${C}(12);
/** @native ${isJs ? 'bounds: js' : ''} */
export function entry(a: ${A}, b: ${B}, d: DataView, x: number, k: i32): number {
  const c = shared;
  const n = Math.min(a.length, b.length, c.length);
  ${lines.join('\n  ')}
  return x + a.length;
}
`;
  const view = (type: string): string => {
    const size = sizes[type] ?? 1;
    return random.pick([
      `new ${type}(buffer)`,
      `new ${type}(buffer, ${size * random.below(3)}, ${random.between(0, 6)})`,
      `new ${type}(buffer, ${size * random.below(3)})`,
      `new ${type}(other, 0, ${random.between(4, 40)})`,
      `new ${type}(m.shared.buffer)`,
      `m.shared.constructor === ${type} ? m.shared : new ${type}(4)`,
    ]);
  };
  const lengths = [8, 16, 40, 64, 64, 200, 512];
  const script = [
    `const buffer = new ArrayBuffer(64, { maxByteLength: 512 }), other = new ArrayBuffer(512);`,
    `let a = ${view(A)}, b = ${view(B)}, d = new DataView(${random.pick(['buffer', 'other', 'buffer, 8', 'other, 3, 16'])});`,
    `for (let i = 0; i < 64; i++) { new Uint8Array(buffer)[i] = i * 37; }`,
    // Of a NaN not all bits are JavaScript's.
    [A, B, C].some((type) => type.startsWith('Float'))
      ? 'const see = () => tell(a, b, m.shared);'
      : 'const see = () => tell(new Uint8Array(buffer), new Uint8Array(other, 0, 64), m.shared);',
  ];
  for (let i = 0; i < random.between(6, 12); i++)
    script.push(
      random.weighted<() => string>([
        [
          8,
          () =>
            `thrown(() => m.entry(a, b, d, ${num(random, { nums: [], ints: [] }, 0)}, ${random.below(8)})); see();`,
        ],
        [3, () => `buffer.resize(${random.pick(lengths)});`],
        [2, () => `a = ${view(A)};`],
        [2, () => `b = ${view(B)};`],
        [1, () => `m.shared[${random.below(12)}] = ${random.between(-300, 300)};`],
        [1, () => `a = b = new ${A}(buffer); tell(a.length);`],
      ])(),
    );
  return {
    module,
    script: script
      .map((line) =>
        `try { ${line} } catch (e) { tell(e.name); }`.replace(
          /^try \{ ((let|const) .*) \} catch.*$/,
          '$1',
        ),
      )
      .join('\n'),
  };
}
