/** Loops. Each ends by its construction, whatever its body does. */
import { block, made, number, statement, ts, type Block, type Tree } from '../tree.ts';
import { isArray, isBigintArray, isNumberArray, wideOf } from '../types.ts';
import { arrayTree, someArrayType } from './arrays.ts';
import { condition } from './booleans.ts';
import { Context } from './context.ts';
import { indexTree } from './elements.ts';
import { integerTree, maskedTree } from './integers.ts';
import { numberTree } from './numbers.ts';
import { statements } from './statements.ts';

type LoopForm = (c: Context, label: Tree) => readonly Tree[] | undefined;

const forms: readonly (readonly [number, LoopForm])[] = [
  [10, counted],
  [3, downwards],
  [3, stepped],
  [2, twoEnded],
  [4, fuelled],
  [4, forOf],
  [1, triangular],
  [1, wideCounted],
];

export function loop(c: Context): readonly Tree[] | undefined {
  if (!c.affords(4)) return undefined;
  const name = c.chance(0.15) ? c.fresh('l') : undefined;
  const label = statement`${name === undefined ? '' : `${name}: `}`;
  if (name !== undefined) c.labels.push({ name, loop: true });
  const made = c.scoped(() => c.random.weighted(forms)(c, label));
  if (name !== undefined) c.labels.pop();
  return made;
}

/** The statements that a round of a loop runs. */
function body(c: Context, times: number): Block {
  return c.looped(times, () => {
    c.spend(4);
    return c.scoped(() => block(statements(c, c.random.between(1, 3))));
  });
}

/** The annotation of a loop's variable that doesn't leave 0 to 64. */
const counterType = (c: Context): string =>
  c.random.weighted([
    [6, ''],
    [3, ': i32'],
    [1, ': number'],
    [1, `: ${c.random.pick(['u8', 'i16', 'u16', 'u32', 'i8'])}`],
  ]);

function counted(c: Context, label: Tree): readonly Tree[] | undefined {
  const name = c.fresh('i');
  const type = ts(counterType(c));
  const array = c.pick(c.variables((variable) => isArray(variable.type)));
  const over = array && c.chance(0.4) ? array : undefined;
  const literal = c.random.between(1, 9);
  const bound = over && c.chance(0.3) ? c.fresh('n') : undefined;
  const limit = over
    ? statement`${bound ?? `${over.name}.length`}`
    : c.random.weighted<() => Tree>([
        [5, () => statement`${literal}`],
        [2, () => statement`${maskedTree(c, 1, 8)}`],
        [1, () => statement`Math.min(${numberTree(c, 1)}, ${literal})`],
      ])();
  const most = over ? 16 : 8;
  if (!c.affords(most)) return undefined;
  c.declare({
    name,
    type: 'number',
    kind: 'integer',
    writable: false,
    ...(over ? { indexOf: over.name } : { limit: Math.max(literal, 8) }),
  });
  const inside = body(c, most);
  // A body that moves its variable on leaves the loop earlier.
  const skips = c.chance(0.05) ? [statement`${name} += ${maskedTree(c, 1, 2)};`] : [];
  const update = c.random.pick([`${name}++`, `++${name}`, `${name} += 1`, `${name} = ${name} + 1`]);
  const start = c.chance(0.85) ? 0 : c.random.between(0, 3);
  return [
    ...(bound ? [statement`const ${bound} = ${over?.name ?? ''}.length;`] : []),
    statement`${label}for (let ${name}${type} = ${start}; ${name} < ${limit}; ${update}) ${block([...inside.statements, ...skips])}`,
  ];
}

function downwards(c: Context, label: Tree): readonly Tree[] | undefined {
  if (!c.affords(12)) return undefined;
  const name = c.fresh('i');
  const array = c.pick(c.variables((variable) => isArray(variable.type)));
  const start = c.random.between(1, 9);
  const type = ts(c.random.pick(['', '', ': i32', ': number']));
  const over = array && c.chance(0.5) ? array : undefined;
  c.declare({
    name,
    type: 'number',
    kind: 'integer',
    writable: false,
    ...(over ? { indexOf: over.name } : { limit: start + 1 }),
  });
  const inside = body(c, 12);
  const from = over ? `${over.name}.length - 1` : String(start);
  return c.chance(0.7)
    ? [statement`${label}for (let ${name}${type} = ${from}; ${name} >= 0; ${name}--) ${inside}`]
    : [
        statement`let ${name}${type} = ${from} + 1;`,
        statement`${label}while (${name}-- > 0) ${inside}`,
      ];
}

function stepped(c: Context, label: Tree): readonly Tree[] | undefined {
  if (!c.affords(8)) return undefined;
  const name = c.fresh('i');
  const end = c.random.between(4, 16);
  const step = c.random.between(2, 5);
  const [start, update] = c.random.pick([
    [0, `${name} += ${step}`],
    [0, `${name} = ${name} + ${step}`],
    [1, `${name} *= 2`],
    [1, `${name} <<= 1`],
    [0, `${name} += 0.5`],
  ] as const);
  const whole = !update.includes('0.5');
  const type = ts(whole ? c.random.pick(['', ': i32', ': u16']) : '');
  c.declare({
    name,
    type: 'number',
    kind: whole ? 'integer' : 'number',
    writable: false,
    ...(whole && { limit: end }),
  });
  const inside = body(c, 8);
  const test = c.chance(0.8) || !whole ? `${name} < ${end}` : `${name} <= ${end - 1}`;
  return [statement`${label}for (let ${name}${type} = ${start}; ${test}; ${update}) ${inside}`];
}

function twoEnded(c: Context, label: Tree): readonly Tree[] | undefined {
  const array = c.pick(c.variables((variable) => isArray(variable.type)));
  if (!array || !c.affords(8)) return undefined;
  const [low, high] = [c.fresh('i'), c.fresh('j')];
  c.declare({ name: low, type: 'number', kind: 'integer', writable: false, indexOf: array.name });
  c.declare({ name: high, type: 'number', kind: 'integer', writable: false, indexOf: array.name });
  const type = ts(c.random.pick(['', ': i32']));
  return [
    statement`${label}for (let ${low}${type} = 0, ${high}${type} = ${array.name}.length - 1; ${low} < ${high}; ${low}++, ${high}--) ${body(c, 8)}`,
  ];
}

/** A loop with a condition of any kind, and fuel that ends it. */
function fuelled(c: Context, label: Tree): readonly Tree[] | undefined {
  if (!c.affords(6)) return undefined;
  const fuel = c.fresh('f');
  const start = statement`let ${fuel}${ts(c.random.pick(['', ': i32', ': i8']))} = ${c.random.between(2, 9)};`;
  const test = condition(c, 2);
  const inside = body(c, 6);
  switch (c.random.below(5)) {
    case 0:
      return [start, statement`${label}while (${test} && ${fuel}-- > 0) ${inside}`];
    case 1:
      return [start, statement`${label}while (--${fuel} > 0 && ${test}) ${inside}`];
    case 2:
      return [start, statement`${label}do ${inside} while (${fuel}-- > 0 && ${test});`];
    case 3:
      return [
        start,
        statement`${label}for (;;) ${block([statement`if (${fuel}-- <= 0 || ${test}) break;`, ...inside.statements])}`,
      ];
    default:
      return [
        start,
        statement`${label}while (true) ${block([statement`${fuel} -= 1;`, statement`if (${fuel} < 0) break;`, ...inside.statements])}`,
      ];
  }
}

function forOf(c: Context, label: Tree): readonly Tree[] | undefined {
  if (!c.affords(14)) return undefined;
  const type = someArrayType(c);
  const iterated = arrayTree(c, type, 1).tree;
  const name = c.fresh('x');
  if (isBigintArray(type)) {
    const wide = wideOf(type);
    c.declare({ name, type: wide, writable: true });
    return [
      statement`let ${name}${ts(`: ${wide}`)} = 0n;`,
      statement`${label}for (${name} of ${iterated}) ${body(c, 14)}`,
    ];
  }
  const target = c.pick(
    c.variables(
      (variable) =>
        isNumberArray(variable.type) && (!c.program.guarded || !variable.type.startsWith('Float')),
    ),
  );
  const index = target && c.chance(0.05) ? indexTree(c, 1, target) : undefined;
  if (target && index) {
    return [
      statement`${label}for (${number`${target.name}[${index}]`} of ${iterated}) ${body(c, 14)}`,
    ];
  }
  const kind = type === 'Float64Array' ? 'number' : type === 'Float32Array' ? 'single' : 'integer';
  const keyword = c.random.pick(['const', 'const', 'let']);
  c.declare({
    name,
    type: 'number',
    kind: keyword === 'const' ? kind : 'number',
    writable: keyword === 'let',
  });
  return [statement`${label}for (${keyword} ${name} of ${iterated}) ${body(c, 14)}`];
}

/** A loop whose variable is a bigint. */
function wideCounted(c: Context, label: Tree): readonly Tree[] | undefined {
  if (!c.affords(8)) return undefined;
  const name = c.fresh('i');
  const type = c.random.pick(['i64', 'u64'] as const);
  c.declare({ name, type, writable: false });
  const update = c.random.pick([`${name}++`, `${name} += 1n`, `++${name}`]);
  return [
    statement`${label}for (let ${name}${ts(`: ${type}`)} = 0n; ${name} < ${c.random.between(2, 8)}n; ${update}) ${body(c, 8)}`,
  ];
}

/** A nest whose inner loop depends on the outer one. */
function triangular(c: Context, label: Tree): readonly Tree[] | undefined {
  if (!c.affords(24) || c.loopDepth > 1) return undefined;
  const [outer, inner] = [c.fresh('i'), c.fresh('j')];
  const limit = c.random.between(3, 6);
  const type = (): ReturnType<typeof ts> => ts(c.random.pick(['', ': i32', ': u8']));
  c.declare({ name: outer, type: 'number', kind: 'integer', writable: false, limit });
  const innerLoop = c.looped(limit, () =>
    c.scoped(() => {
      c.declare({ name: inner, type: 'number', kind: 'integer', writable: false, limit });
      const test = c.random.pick([`${inner} < ${outer}`, `${inner} <= ${outer}`]);
      return statement`for (let ${inner}${type()} = 0; ${test}; ${inner}++) ${body(c, 4)}`;
    }),
  );
  const before = c.chance(0.3) ? [statement`${made('statement')`${integerTree(c, 1)}`};`] : [];
  return [
    statement`${label}for (let ${outer}${type()} = 0; ${outer} < ${limit}; ${outer}++) ${block([...before, innerLoop])}`,
  ];
}
