/** Arrays of any dimension: views of one memory in all ways, functions of elements and of neighbours, native loops. */
import type { Random } from '../../random.ts';
import { bool, num, type Scope } from '../expressions.ts';
import type { Content } from './index.ts';

const offset = (random: Random): number => random.between(-3, 3);

function stencilBody(random: Random, names: readonly string[], rank: number): string {
  const at = (): string =>
    `${random.pick(names)}(${Array.from({ length: rank }, () => offset(random)).join(', ')})`;
  const terms = Array.from({ length: random.between(2, 5) }, () =>
    random.chance(0.3) ? `${at()} * ${random.pick(['0.5', '-1', '3', at()])}` : at(),
  );
  return terms.reduce((all, term) => `${all} ${random.pick(['+', '-', '+'])} ${term}`);
}

function stencilOptions(random: Random): string {
  const options = [
    ...(random.chance(0.7)
      ? [`mode: '${random.pick(['constant', 'nearest', 'wrap', 'reflect'])}'`]
      : []),
    ...(random.chance(0.2)
      ? [`type: ${random.pick(['Float32Array', 'Int32Array', 'Uint8Array'])}`]
      : []),
  ];
  if (!options.some((text) => /nearest|wrap|reflect/.test(text)) && random.chance(0.4))
    options.push(`value: ${random.pick(['1', '-0', '0.5', 'NaN'])}`);
  return options.length > 0 ? `, { ${options.join(', ')} }` : '';
}

export function nd(random: Random): Content {
  const scope = (...nums: string[]): Scope => ({ nums, ints: [] });
  const rank = random.between(1, 3);
  const hint = (): string => random.pick(['f64', 'number']);
  const index = Array.from({ length: rank }, (_, axis) => `i${axis}`);
  const loops = (body: string): string =>
    index.reduceRight(
      (inner, name, axis) =>
        `for (let ${name} = ${random.chance(0.2) ? 1 : 0}; ${name} < a.shape[${axis}]; ${name}++) ${inner}`,
      `{ ${body} }`,
    );
  const module = `import type { f64, i32 } from 'tsnative';
import { columnMajor, ndarray, stencil, vectorize, type NdArray, type Neighbours } from 'tsnative/nd';
export { columnMajor, ndarray };
/** @native */
export const one = vectorize((x: ${hint()}) => ${num(random, scope('x'), 3)});
/** @native */
export const two = vectorize((x: ${hint()}, y: ${hint()}) => ${random.chance(0.5) ? num(random, scope('x', 'y'), 3) : `{ if ${bool(random, scope('x', 'y'), 1)} return ${num(random, scope('x', 'y'), 2)}; return ${num(random, scope('x', 'y'), 2)}; }`}${random.chance(0.3) ? `, { type: ${random.pick(['Float32Array', 'Int16Array', 'Uint8ClampedArray', 'Int32Array'])} }` : ''});
/** @native */
export const three = vectorize((x: f64, y: f64, z: f64) => two(x, y) ${random.pick(['+', '-', '*'])} one(z));
/** @native */
export const near = stencil((at: Neighbours) => ${stencilBody(random, ['at'], rank)}${stencilOptions(random)});
/** @native */
export const mixed = stencil((a: Neighbours, b: Neighbours) => ${stencilBody(random, ['a', 'b'], rank)}${stencilOptions(random)});
/** @native */
export function joined(a: NdArray<Float64Array>, b: NdArray<Float64Array>, c: f64): NdArray<Float64Array> {
  return three(a, ${random.pick(['b', 'one(b)', 'three(b, a, c)'])}, ${random.pick(['c', 'a', 'b'])}) as NdArray<Float64Array>;
}
/** @native */
export function loops(a: NdArray<Float64Array>, b: NdArray<Float64Array>, x: number): number {
  ${loops(`const v = a.get(${index.join(', ')}); x += v * ${random.pick(['1', '2', 'x'])}; b.set(${index.join(', ')}, ${num(random, scope('v', 'x', `b.get(${index.join(', ')})`), 2)});`)}
  return x;
}
/** @native */
export function views(a: NdArray<Float64Array>, b: NdArray<Float64Array>, from: i32, step: i32): number {
  const part = a.slice(0, from, a.shape[0], step);
  const turned = ${rank > 1 ? 'part.transpose()' : 'part'};
  let sum = turned.size;
  const c = turned.copy();
  for (let i = 0; i < c.size; i++) sum += c.data[i] * (i + 1);
  if (part.size > 0) part.pick(0, part.shape[0] - 1).assign(b.pick(0, 0));
  return sum;
}
`;
  return { module, script: script(random, rank) };
}

function script(random: Random, rank: number): string {
  const none: Scope = { nums: [], ints: [] };
  const shape = Array.from({ length: rank }, () => random.pick([1, 2, 3, 4, 5, 7, 9]));
  const turned = shape.map((_, axis) => axis);
  const text = `[${shape.join(', ')}]`;
  const lines = [
    'const memory = new Float64Array(2000);',
    `for (let i = 0; i < 2000; i++) memory[i] = ((i * 7919) % 23) - 8 + (i % 5 === 0 ? 0.5 : 0);`,
    `memory[3] = -0; memory[5] = NaN; memory[7] = Infinity;`,
    `const show = (x) => x !== null && typeof x === 'object' && 'strides' in x ? tell(x.shape, x.strides, x.offset, x.data) : tell(x);`,
    'const run = (call) => { try { show(call()); } catch (e) { tell(e.constructor.name); } };',
    'const see = () => tell(memory.slice(0, 700));',
  ];
  const strides = (): string => {
    let step = random.pick([1, 1, 2]);
    const made = [...shape].reverse().map((size) => {
      const own = step * (random.chance(0.1) ? -1 : 1);
      step *= size + (random.chance(0.2) ? 1 : 0);
      return random.chance(0.08) ? 0 : own;
    });
    return `[${made.reverse().join(', ')}]`;
  };
  const array = (): string =>
    random.pick([
      `m.ndarray(memory, ${text}, undefined, ${random.below(40)})`.replace(
        ', undefined, ',
        ', m.ndarray(new Float64Array(' +
          String(shape.reduce((a, b) => a * b)) +
          `), ${text}).strides, `,
      ),
      `m.ndarray(memory, ${text}, ${strides()}, ${random.between(700, 800)})`,
      `m.ndarray(memory, [${[...shape].reverse().join(', ')}], m.ndarray(new Float64Array(${shape.reduce((a, b) => a * b)}), [${[...shape].reverse().join(', ')}]).strides, ${random.below(30)}).transpose([${[...turned].reverse().join(', ')}])`,
      `m.ndarray(memory.subarray(0, ${shape.reduce((a, b) => a * b)}), ${text})`,
      `m.columnMajor(memory.slice(0, ${shape.reduce((a, b) => a * b)}), ${text})`,
    ]);
  const operand = (): string =>
    random.pick([
      'a',
      'b',
      'a',
      'b',
      random.pick(['2', '-0.5', 'NaN', '0', '3e9']),
      `m.ndarray(new Float32Array(${shape.at(-1)}).fill(1.25), [${shape.at(-1)}])`,
      `new Int32Array(${shape.at(-1)}).fill(3)`,
      `memory.subarray(9, ${9 + (shape.at(-1) ?? 1)})`,
      'b.slice(0, 0, 1)',
    ]);
  lines.push(`let a = ${array()}, b = ${array()};`);
  for (let i = 0; i < random.between(6, 14); i++)
    lines.push(
      random.weighted<() => string>([
        [2, () => `${random.pick(['a', 'b'])} = ${array()};`],
        [2, () => `run(() => m.one(${operand()}));`],
        [3, () => `run(() => m.two(${operand()}, ${operand()}));`],
        [2, () => `run(() => m.three(${operand()}, ${operand()}, ${operand()}));`],
        [
          2,
          () =>
            `run(() => m.two.into(${random.pick(['a', 'b'])}, ${operand()}, ${operand()})); see();`,
        ],
        [
          1,
          () =>
            `run(() => m.one.into(${random.pick(['a', 'b', 'memory.subarray(1, 1 + a.size)'])}, ${operand()})); see();`,
        ],
        [2, () => `run(() => m.near(${random.pick(['a', 'b'])}));`],
        [1, () => `run(() => m.mixed(a, b));`],
        [1, () => `run(() => m.near.into(b, a)); see();`],
        [2, () => `run(() => m.joined(a, b, ${num(random, none, 0)}));`],
        [2, () => `run(() => m.loops(a, b, ${random.between(-2, 3)})); see();`],
        [
          1,
          () =>
            `run(() => m.views(a, b, ${random.between(-2, 4)}, ${random.pick([1, 2, -1, 3, 0])})); see();`,
        ],
      ])(),
    );
  return lines.join('\n');
}
