/** Loop nests as numeric programs have them: sums, stencils, products of matrices, scans. */
import { block, integer, number, statement, ts, type Tree } from '../tree.ts';
import { isBigintArray, isFloatArray, isNumberArray, type ArrayType } from '../types.ts';
import { Context, type Variable } from './context.ts';
import { numberTree } from './numbers.ts';

type KernelForm = (c: Context, arrays: readonly Variable[]) => readonly Tree[] | undefined;

const forms: readonly (readonly [number, KernelForm])[] = [
  [3, reduction],
  [3, elementwise],
  [2, stencil],
  [2, matrix],
  [2, scan],
  [3, nest],
  [2, counted],
];

export function kernel(c: Context): readonly Tree[] | undefined {
  const arrays = c.variables(({ type, sure }) => isNumberArray(type) && (sure ?? 0) >= 8);
  if (arrays.length === 0 || !c.affords(16) || !c.spend(100)) return undefined;
  return c.random.weighted(forms)(c, arrays);
}

const counter = (c: Context): ReturnType<typeof ts> =>
  ts(c.random.pick(['', '', ': i32', ': u32']));

/** A value as it may be stored in an array. */
function stored(c: Context, array: Variable, value: Tree): Tree {
  const type = array.type as ArrayType;
  return c.program.guarded && isFloatArray(type) && !isBigintArray(type)
    ? number`nn(${value})`
    : value;
}

const operator = (c: Context): string => c.random.pick(['+', '-', '*', '&', '^', '|']);

function reduction(c: Context, arrays: readonly Variable[]): readonly Tree[] {
  const [a, b] = [c.random.pick(arrays), c.random.pick(arrays)];
  const [sum, i] = [c.fresh('v'), c.fresh('i')];
  const isInteger = c.chance(0.4);
  const type = ts(isInteger ? ': i32' : '');
  const term = number`${a.name}[${i}] * ${b.name}[${i}]`;
  const add = isInteger
    ? statement`${sum} = (${sum} + ${term}) | 0;`
    : c.chance(0.3)
      ? statement`${sum} = Math.${c.random.pick(['max', 'min'])}(${sum}, ${term});`
      : statement`${sum} += ${term};`;
  const end = c.chance(0.5) ? `${a.name}.length` : `${c.random.between(4, 8)}`;
  const limit = end.includes('length') && a !== b ? `Math.min(${end}, ${b.name}.length)` : end;
  const made = [
    statement`let ${sum}${type} = ${isInteger ? 0 : numberTree(c, 1)};`,
    statement`for (let ${i}${counter(c)} = 0; ${i} < ${limit}; ${i}++) ${block([add])}`,
  ];
  c.declare({ name: sum, type: isInteger ? 'i32' : 'number', writable: true });
  return made;
}

function elementwise(c: Context, arrays: readonly Variable[]): readonly Tree[] {
  const [a, b, to] = [c.random.pick(arrays), c.random.pick(arrays), c.random.pick(arrays)];
  const i = c.fresh('i');
  const offset = c.random.between(0, 3);
  const value = number`${a.name}[${i}] ${operator(c)} ${b.name}[${integer`${i} + ${offset}`}]`;
  const body = statement`${to.name}[${i}] = ${stored(c, to, value)};`;
  return [
    statement`for (let ${i}${counter(c)} = 0; ${i} < ${8 - offset}; ${i}++) ${block([body])}`,
  ];
}

function stencil(c: Context, arrays: readonly Variable[]): readonly Tree[] {
  const [from, to] = [c.random.pick(arrays), c.random.pick(arrays)];
  const i = c.fresh('i');
  const factor = c.random.pick(['0.25', '0.5', '2', '3']);
  const value = number`(${from.name}[${i} - 1] + ${from.name}[${i} + 1]) * ${factor} - ${from.name}[${i}]`;
  const body = statement`${to.name}[${i}] = ${stored(c, to, value)};`;
  return [
    statement`for (let ${i}${counter(c)} = 1; ${i} < ${c.random.between(5, 7)}; ${i}++) ${block([body])}`,
  ];
}

function matrix(c: Context, arrays: readonly Variable[]): readonly Tree[] | undefined {
  if (c.rounds > 12) return undefined;
  const [a, b, to] = [c.random.pick(arrays), c.random.pick(arrays), c.random.pick(arrays)];
  const [i, j, k, sum] = [c.fresh('i'), c.fresh('j'), c.fresh('k'), c.fresh('v')];
  const [rows, inner, columns] = c.random.pick([
    [2, 3, 2],
    [2, 2, 4],
    [2, 4, 2],
  ] as const);
  const store = statement`${to.name}[${i} * ${columns} + ${j}] = ${stored(c, to, number`${sum}`)};`;
  const add = statement`${sum} += ${a.name}[${i} * ${inner} + ${k}] * ${b.name}[${k} * ${columns} + ${j}];`;
  const innermost = statement`for (let ${k}${counter(c)} = 0; ${k} < ${inner}; ${k}++) ${block([add])}`;
  const middle = statement`for (let ${j}${counter(c)} = 0; ${j} < ${columns}; ${j}++) ${block([statement`let ${sum} = 0;`, innermost, store])}`;
  return [statement`for (let ${i}${counter(c)} = 0; ${i} < ${rows}; ${i}++) ${block([middle])}`];
}

/** Each element from the one before. */
function scan(c: Context, arrays: readonly Variable[]): readonly Tree[] {
  const array = c.random.pick(arrays);
  const i = c.fresh('i');
  const value = number`${array.name}[${i} - 1] ${operator(c)} ${array.name}[${i}]`;
  const body = statement`${array.name}[${i}] = ${stored(c, array, value)};`;
  return [
    statement`for (let ${i}${counter(c)} = 1; ${i} < ${c.random.between(3, 8)}; ${i}++) ${block([body])}`,
  ];
}

/** A size that isn't known before the program runs: small, or any number where a second limit ends the loops. */
function size(c: Context): { name: string; made: Tree; also: (counter: string) => string } {
  const name = c.fresh('n');
  const numbers = c.variables(({ type }) => type === 'number' || type === 'i32' || type === 'u8');
  const from = c.pick(numbers)?.name ?? String(c.random.between(0, 5));
  if (c.chance(0.6))
    return {
      name,
      made: statement`const ${name} = Math.min(Math.abs(${from} | 0), ${c.random.between(2, 4)});`,
      also: () => '',
    };
  return {
    name,
    made: statement`const ${name} = ${from};`,
    also: (counter) => ` && ${counter} < ${c.random.between(2, 4)}`,
  };
}

/** Affine indices of two counters, a step inside or outside of the arrays' ends. */
function nest(c: Context, arrays: readonly Variable[]): readonly Tree[] | undefined {
  if (c.rounds > 12) return undefined;
  const [a, b, to] = [c.random.pick(arrays), c.random.pick(arrays), c.random.pick(arrays)];
  const [i, j] = [c.fresh('i'), c.fresh('i')];
  const { name: n, made, also } = size(c);
  const index = (): Tree => {
    const text = c.random.pick([
      `${i} * ${n} + ${j}`,
      `${i} * ${n} + ${j}`,
      `${j} * ${n} + ${i}`,
      `(${i} + 1) * ${n} - ${j} - 1`,
      `${i} + ${j}`,
      `2 * ${i} + ${j}`,
      `${n} - 1 - ${j}`,
    ]);
    const offset = c.random.pick(['', '', '', ' + 1', ' - 1', ' + 2']);
    return integer`${text}${offset}`;
  };
  const value = number`${a.name}[${index()}] ${operator(c)} ${b.name}[${index()}]`;
  const store = statement`${to.name}[${index()}] = ${stored(c, to, value)};`;
  const [start, condition, step] = c.random.pick([
    ['0', `${j} < ${n}`, '++'],
    ['0', `${j} <= ${i}`, '++'],
    [`${i} + 1`, `${j} < ${n}`, '++'],
    [`${n} - 1`, `${j} >= 0`, '--'],
    ['0', `${j} < ${n}`, ' += 2'],
  ] as const);
  // Counting down from a number that may be anything could take too long.
  const isDown = step === '--';
  const rest = isDown ? ` && ${n} < 6` : also(j);
  const inner = statement`for (let ${j}${isDown ? '' : counter(c)} = ${start}; ${condition}${rest}; ${j}${step}) ${block([store])}`;
  return [
    made,
    statement`for (let ${i}${counter(c)} = 0; ${i} < ${n}${also(i)}; ${i}++) ${block([inner])}`,
  ];
}

/** A counted index that is set back: always, in some rounds, or only to be counted on from before. */
function restart(c: Context, name: string, counter: string): Tree {
  const [kept, start] = [c.fresh('v'), c.random.between(0, 2)];
  return c.random.pick([
    statement`${name} = ${start};`,
    statement`if (${counter} % ${c.random.between(2, 3)} === ${c.random.below(2)}) ${name} = ${start};`,
    statement`if (${counter} === ${c.random.below(3)}) ${name} = ${start};`,
    statement`${block([
      statement`const ${kept} = ${name};`,
      statement`${name} = ${start};`,
      statement`${name} = ${kept} + 1;`,
      statement`if (${counter} === ${c.random.below(3)}) ${name} = ${start};`,
    ])}`,
  ]);
}

/** Indices that are counted beside the loops' own counters. */
function counted(c: Context, arrays: readonly Variable[]): readonly Tree[] | undefined {
  if (c.rounds > 12) return undefined;
  const [a, to] = [c.random.pick(arrays), c.random.pick(arrays)];
  const [i, j, p, q] = [c.fresh('i'), c.fresh('i'), c.fresh('v'), c.fresh('v')];
  const { name: n, made, also } = size(c);
  const value = number`${a.name}[${p}] ${operator(c)} ${a.name}[${integer`${p} + ${c.random.between(0, 2)}`}]`;
  const store = statement`${to.name}[${c.random.pick([`${q}++`, `${q}`, `++${q}`])}] = ${stored(c, to, value)};`;
  const step = statement`${p} += ${c.random.between(1, 3)};`;
  const pair = c.chance(0.5) ? [store, step] : [step, store];
  const body = c.chance(0.3) ? [...pair, restart(c, p, j)] : pair;
  const before = c.chance(0.4) ? [restart(c, c.random.pick([p, q]), i)] : [];
  const inner = statement`for (let ${j}${counter(c)} = 0; ${j} < ${c.random.between(1, 3)}; ${j}++) ${block(body)}`;
  return [
    made,
    statement`let ${p} = ${c.random.pick([0, 0, 1])};`,
    statement`let ${q} = ${c.random.pick([0, 0, -1])};`,
    statement`for (let ${i}${counter(c)} = 0; ${i} < ${n}${also(i)}; ${i}++) ${block([...before, inner])}`,
  ];
}
