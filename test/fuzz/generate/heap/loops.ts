/** Loops over arrays, text, Maps and Sets. Those that could go on for ever count their rounds. */
import { block, statement, ts, type Block, type Tree } from '../../tree.ts';
import { isHeap, kindOf, stringType, type Type } from '../../types.ts';
import { Context, type Variable } from '../context.ts';
import { statements } from '../statements.ts';
import { stringTree } from './strings.ts';
import { cast, heapTree, heapVariables, shapeAs } from './values.ts';

export function heapLoop(c: Context): readonly Tree[] | undefined {
  if (!c.affords(6)) return undefined;
  const form = c.random.weighted<() => readonly Tree[] | undefined>([
    [5, () => overList(c)],
    [4, () => counted(c)],
    [2, () => overText(c)],
    [4, () => overCollection(c)],
  ]);
  return c.scoped(form);
}

/** A body that may do anything, and counts its rounds; or one that can't make what is gone over grow. */
function bodyOf(
  c: Context,
  declared: readonly Variable[],
): { readonly before: readonly Tree[]; readonly body: Block } {
  const isFrozen = c.chance(0.35) && c.rounds <= 12;
  const inside = (): Tree[] =>
    c.scoped(() => {
      for (const variable of declared) c.declare(variable);
      return statements(c, c.random.between(1, 3));
    });
  if (isFrozen) return { before: [], body: block(c.looped(10, () => c.freezing(inside))) };
  const fuel = c.fresh('f');
  const made = c.looped(8, inside);
  const test = statement`if (${fuel}++ >= ${c.random.between(3, 8)}) break;`;
  return {
    before: [statement`let ${fuel} = 0;`],
    body: block([test, ...made]),
  };
}

const item = (
  name: string,
  type: Type,
  absent: Variable['absent'],
  writable: boolean,
): Variable => ({ name, type, kind: kindOf(type), writable, absent });

const keywordOf = (c: Context): 'const' | 'let' => (c.chance(0.75) ? 'const' : 'let');

function overList(c: Context): readonly Tree[] | undefined {
  const list = c.pick(heapVariables(c, 'list'));
  const shape = list && shapeAs(c, list.type, 'list');
  if (!list || !shape || !isHeap(list.type)) return undefined;
  const { element, absent } = shape;
  // What is made right there is a list of any bigints for TypeScript.
  const source = c.chance(0.6)
    ? statement`${list.name}`
    : cast(heapTree(c, list.type, 1), list.type);
  const keyword = keywordOf(c);
  const name = c.fresh('x');
  const one = item(name, element, absent, keyword === 'let' && element === 'number');
  if (c.chance(0.2)) {
    const index = c.fresh('i');
    const counter = {
      ...item(index, 'number', undefined, false),
      kind: 'integer' as const,
    };
    const { before, body } = bodyOf(c, [one, counter]);
    return [
      ...before,
      statement`for (${keyword} [${index}, ${name}] of (${source}).entries()) ${body}`,
    ];
  }
  const object = shapeAs(c, element, 'object');
  const members = object?.members.filter(
    (member) => member.absent === undefined && member.literal === undefined,
  );
  if (absent === undefined && members && members.length > 0 && c.chance(0.4)) {
    const parts = members.map((member) => ({ member, own: c.fresh('d') }));
    const pattern = parts.map(({ member, own }) => `${member.name}: ${own}`).join(', ');
    const { before, body } = bodyOf(
      c,
      parts.map(({ member, own }) => item(own, member.type, undefined, keyword === 'let')),
    );
    return [...before, statement`for (${keyword} { ${pattern} } of ${source}) ${body}`];
  }
  const { before, body } = bodyOf(c, [one]);
  return [...before, statement`for (${keyword} ${name} of ${source}) ${body}`];
}

/** `for (let i = 0; i < a.length; i++)` */
function counted(c: Context): readonly Tree[] | undefined {
  const list = c.pick(heapVariables(c, 'list'));
  if (!list) return undefined;
  const name = c.fresh('i');
  const counter: Variable = {
    ...item(name, 'number', undefined, false),
    kind: 'integer',
    indexOf: list.name,
  };
  const { before, body } = bodyOf(c, [counter]);
  const type = ts(c.random.pick(['', '', ': i32', ': number']));
  const down = c.chance(0.2);
  const head = down
    ? statement`let ${name}${type} = ${list.name}.length - 1; ${name} >= 0; ${name}--`
    : statement`let ${name}${type} = 0; ${name} < ${list.name}.length; ${name}++`;
  return [...before, statement`for (${head}) ${body}`];
}

function overText(c: Context): readonly Tree[] | undefined {
  const name = c.fresh('x');
  const source = stringTree(c, 1);
  const { before, body } = bodyOf(c, [item(name, stringType, undefined, false)]);
  return [...before, statement`for (const ${name} of ${source}) ${body}`];
}

function overCollection(c: Context): readonly Tree[] | undefined {
  const variable = c.pick([...heapVariables(c, 'map'), ...heapVariables(c, 'set')]);
  if (!variable) return undefined;
  const map = shapeAs(c, variable.type, 'map');
  const set = shapeAs(c, variable.type, 'set');
  const [key, value] = [c.fresh('k'), c.fresh('x')];
  const source = variable.name;
  if (set) {
    const { before, body } = bodyOf(c, [item(key, set.element, undefined, false)]);
    return [...before, statement`for (const ${key} of ${source}) ${body}`];
  }
  if (!map) return undefined;
  const way = c.random.below(4);
  if (way === 0) {
    const { before, body } = bodyOf(c, [item(key, map.key, undefined, false)]);
    return [...before, statement`for (const ${key} of ${source}.keys()) ${body}`];
  }
  if (way === 1) {
    const { before, body } = bodyOf(c, [item(value, map.value, undefined, false)]);
    return [...before, statement`for (const ${value} of ${source}.values()) ${body}`];
  }
  const { before, body } = bodyOf(c, [
    item(key, map.key, undefined, false),
    item(value, map.value, undefined, false),
  ]);
  return [...before, statement`for (const [${key}, ${value}] of ${source}) ${body}`];
}
