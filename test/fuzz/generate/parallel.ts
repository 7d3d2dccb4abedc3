/** Functions of `parallel`, whose bodies can't throw: when one throws, others behind it may have run or not. */
import { block, integer, number, statement, ts, type Tree } from '../tree.ts';
import { isBigintArray, isArray, isFloatArray, isNumberArray, isNumeric } from '../types.ts';
import { Context, type Variable } from './context.ts';

type ParallelForm = (c: Context) => readonly Tree[] | undefined;

const forms: readonly (readonly [number, ParallelForm])[] = [
  [4, ownIndex],
  [2, strides],
  [2, parts],
  [3, sum],
  [3, reduce],
  [2, map],
  [3, scan],
  [3, sort],
  [2, atomics],
  [2, invoke],
  [2, rows],
  [2, sums],
];

export function parallelStatement(c: Context): readonly Tree[] | undefined {
  if (c.bounds === 'js' || !c.affords(16) || !c.spend(400)) return undefined;
  return c.random.weighted(forms)(c);
}

/** Arrays of numbers that anything may be stored in. */
const stores = (c: Context): Variable[] =>
  c.variables(({ type }) => isNumberArray(type) && !(c.program.guarded && isFloatArray(type)));

const target = (c: Context): Variable | undefined => c.pick(stores(c));

const counter = (c: Context): ReturnType<typeof ts> => ts(c.random.pick(['', '', ': i32']));

/**
 * A number that no error keeps from being one.
 * @param names numbers that the body has
 * @param written the array that the body writes, which it reads in no other way than by these names; `all` for none read
 */
function value(c: Context, names: readonly (string | Tree)[], depth: number, written = ''): Tree {
  const inner = (): Tree => value(c, names, depth - 1, written);
  if (depth > 0)
    return c.random.weighted<() => Tree>([
      [5, () => number`(${inner()} ${c.random.pick(['+', '-', '*'])} ${inner()})`],
      [2, () => number`(${inner()} % ${c.random.between(1, 9)})`],
      [2, () => number`(${inner()} ${c.random.pick(['&', '|', '^', '>>', '>>>'])} ${inner()})`],
      [1, () => number`Math.${c.random.pick(['abs', 'floor', 'sqrt', 'trunc'])}(${inner()})`],
      [1, () => number`Math.${c.random.pick(['min', 'max', 'imul'])}(${inner()}, ${inner()})`],
      [1, () => number`(${inner()} < ${inner()} ? ${inner()} : ${inner()})`],
      [3, () => value(c, names, 0, written)],
    ])();
  const arrays = c.variables(
    ({ type, name }) => isNumberArray(type) && written !== 'all' && name !== written,
  );
  const numbers = c.variables(({ type, writable }) => isNumeric(type) && !writable);
  return c.random.weighted<() => Tree>([
    [5, () => number`${c.pick(names) ?? '1'}`],
    [1, () => number`${c.random.pick(['0.5', '-3', '7', '1e9', '-0', '2.25'])}`],
    [2, () => number`${c.pick(numbers)?.name ?? '3'}`],
    [
      3,
      () => {
        const { name } = c.pick(arrays) ?? {};
        const index = c.pick(names);
        if (name === undefined || index === undefined) return number`4`;
        return number`(${name}.length > 0 ? ${name}[((${index} | 0) >>> 1) % ${name}.length] : 2)`;
      },
    ],
  ])();
}

function ownIndex(c: Context): readonly Tree[] | undefined {
  const out = target(c);
  if (!out) return undefined;
  const i = c.fresh('i');
  const { name } = out;
  const count = c.random.pick([`${name}.length`, `Math.min(${name}.length, 3)`]);
  const at = number`${name}[${i}]`;
  const body = [
    statement`${at} ${c.random.pick(['=', '=', '+=', '-='])} ${value(c, [i, at], 3, name)};`,
  ];
  if (c.chance(0.3)) {
    const k = c.fresh('k');
    const more = statement`${at} += ${value(c, [i, k, at], 2, name)};`;
    body.push(statement`for (let ${k} = 0; ${k} < 3; ${k}++) ${block([more])}`);
  }
  return [statement`parallel.for(${count}, (${i}${counter(c)}) => ${block(body)});`];
}

function strides(c: Context): readonly Tree[] | undefined {
  const out = target(c);
  if (!out) return undefined;
  const i = c.fresh('i');
  const width = c.random.between(2, 3);
  const body = Array.from({ length: width }, (_, k) => {
    const at = number`${out.name}[${width} * ${i} + ${k}]`;
    return statement`${at} = ${value(c, [i, at], 2, out.name)};`;
  });
  const count = `Math.floor(${out.name}.length / ${width})`;
  return [statement`parallel.for(${count}, (${i}${counter(c)}) => ${block(body)});`];
}

function parts(c: Context): readonly Tree[] | undefined {
  const out = target(c);
  if (!out) return undefined;
  const [i, k, part] = [c.fresh('i'), c.fresh('k'), c.fresh('a')];
  const width = c.random.pick([1, 2, 4]);
  const at = number`${part}[${k}]`;
  const store = statement`${at} = ${value(c, [i, k, at], 2, out.name)};`;
  return [
    statement`parallel.for(${out.name}.length, (${i}${counter(c)}) => ${block([
      statement`const ${part} = ${out.name}.subarray(${i} * ${width}, (${i} + 1) * ${width});`,
      statement`for (let ${k} = 0; ${k} < ${part}.length; ${k}++) ${block([store])}`,
    ])});`,
  ];
}

const someCount = (c: Context): string => {
  const array = c.pick(c.variables(({ type }) => isArray(type)));
  return c.chance(0.6) && array
    ? `${array.name}.length`
    : c.random.pick(['0', '1', '5.5', '1025', '1300', '-1', 'NaN']);
};

function declared(c: Context, made: Tree): readonly Tree[] {
  const name = c.fresh('v');
  c.declare({ name, type: 'number', writable: false });
  return [statement`const ${name} = ${made};`];
}

function sum(c: Context): readonly Tree[] {
  const i = c.fresh('i');
  const count = someCount(c);
  return declared(c, number`parallel.sum(${count}, (${i}${counter(c)}) => ${value(c, [i], 3)})`);
}

function reduce(c: Context): readonly Tree[] {
  const [i, x, y] = [c.fresh('i'), c.fresh('x'), c.fresh('y')];
  const [count, first] = [someCount(c), value(c, [], 1)];
  const term = value(c, [i], 2);
  return declared(
    c,
    number`parallel.reduce(${count}, ${first}, (${i}) => ${term}, (${x}, ${y}) => ${value(c, [x, y], 2)})`,
  );
}

function map(c: Context): readonly Tree[] | undefined {
  const from = target(c);
  if (!from) return undefined;
  const [name, x, i] = [c.fresh('a'), c.fresh('x'), c.fresh('i')];
  const made = statement`const ${name} = parallel.map(${from.name}, (${x}, ${i}) => ${value(c, [x, i], 3)});`;
  c.declare({ name, type: from.type, writable: false });
  return [made];
}

function scan(c: Context): readonly Tree[] | undefined {
  const [name, x, y] = [c.fresh('a'), c.fresh('x'), c.fresh('y')];
  const combine = number`(${x}, ${y}) => ${value(c, [x, y], 2)}`;
  if (c.chance(0.4) && !c.program.guarded) {
    const i = c.fresh('i');
    const made = statement`const ${name} = parallel.scan(${someCount(c)}, (${i}) => ${value(c, [i], 2)}, ${combine});`;
    c.declare({ name, type: 'Float64Array', writable: false });
    return [made];
  }
  const from = target(c);
  if (!from) return undefined;
  const made = statement`const ${name} = parallel.scan(${from.name}, ${combine});`;
  c.declare({ name, type: from.type, writable: false });
  return [made];
}

function sort(c: Context): readonly Tree[] | undefined {
  const array = c.pick([...stores(c), ...c.variables(({ type }) => isBigintArray(type))]);
  if (!array) return undefined;
  const [x, y] = [c.fresh('x'), c.fresh('y')];
  if (isBigintArray(array.type) || c.chance(0.4)) return [statement`parallel.sort(${array.name});`];
  const order = c.chance(0.5)
    ? number`${x} % 7 - ${y} % 7`
    : number`${value(c, [x, y], 2, array.name)} - ${value(c, [x, y], 1, array.name)}`;
  return [statement`parallel.sort(${array.name}, (${x}, ${y}) => ${order});`];
}

function atomics(c: Context): readonly Tree[] | undefined {
  const array = c.pick(
    c.variables(
      ({ type }) => isNumberArray(type) && !isFloatArray(type) && type !== 'Uint8ClampedArray',
    ),
  );
  if (!array) return undefined;
  const i = c.fresh('i');
  const name = c.random.pick(['add', 'sub', 'and', 'or', 'xor']);
  const index = integer`(${i} * ${c.random.between(1, 5)}) % ${array.name}.length`;
  const change = statement`if (${array.name}.length > 0) Atomics.${name}(${array.name}, ${index}, ${value(c, [i], 2, array.name)});`;
  return [statement`parallel.for(40, (${i}${counter(c)}) => ${block([change])});`];
}

function invoke(c: Context): readonly Tree[] | undefined {
  const [first, second] = [target(c), target(c)];
  if (!first || !second || first.name === second.name) return undefined;
  const functions = [first, second].map(({ name }) => {
    const k = c.fresh('k');
    const at = number`${name}[${k}]`;
    const store = statement`${at} = ${value(c, [k, at], 2, 'all')};`;
    const loop = c.chance(0.3)
      ? statement`parallel.for(${name}.length, (${k}) => ${block([store])});`
      : statement`for (let ${k} = 0; ${k} < ${name}.length; ${k}++) ${block([store])}`;
    return statement`() => ${block([loop])}`;
  });
  const [one, other] = functions;
  return one && other ? [statement`parallel.invoke(${one}, ${other});`] : undefined;
}

/** A parallel loop in another one, over the rows of an array. */
function rows(c: Context): readonly Tree[] | undefined {
  const out = target(c);
  if (!out) return undefined;
  const [y, x] = [c.fresh('y'), c.fresh('x')];
  const width = c.random.between(2, 5);
  const at = number`${out.name}[${y} * ${width} + ${x}]`;
  const store = statement`${at} ${c.random.pick(['=', '+='])} ${value(c, [y, x, at], 2, out.name)};`;
  const row = statement`parallel.for(${width}, (${x}${counter(c)}) => ${block([store])});`;
  const count = `Math.floor(${out.name}.length / ${width})`;
  return [statement`parallel.for(${count}, (${y}${counter(c)}) => ${block([row])});`];
}

/** A reduction, or several, in each iteration of a parallel loop. */
function sums(c: Context): readonly Tree[] | undefined {
  const out = target(c);
  if (!out) return undefined;
  const [i, k, j] = [c.fresh('i'), c.fresh('k'), c.fresh('j')];
  const count = c.random.pick(['0', '1', '7', '40', i, `${i} % 5`]);
  const inner = number`parallel.sum(${count}, (${k}) => ${value(c, [i, k], 2, out.name)})`;
  const [x, y] = [c.fresh('x'), c.fresh('y')];
  const made = c.chance(0.5)
    ? inner
    : number`parallel.reduce(3, ${inner}, (${j}) => ${value(c, [i, j], 1, out.name)}, (${x}, ${y}) => ${value(c, [x, y], 1, out.name)})`;
  const store = statement`${out.name}[${i}] = ${made};`;
  return [statement`parallel.for(${out.name}.length, (${i}${counter(c)}) => ${block([store])});`];
}
