/** Declarations and assignments that take objects, tuples and arrays apart. */
import type { Member } from '../../shapes.ts';
import { joined, statement, type Tree } from '../../tree.ts';
import { isHeap, isView, type Type } from '../../types.ts';
import { valueFor } from '../assignments.ts';
import { Context, type Variable } from '../context.ts';
import { objectPath } from './paths.ts';
import { heapTree, heapVariables, shapeAs, shapeIn } from './values.ts';

interface Part {
  readonly tree: Tree;
  readonly variable: Omit<Variable, 'kind'>;
}

export function destructuring(c: Context): readonly Tree[] | undefined {
  const form = c.random.weighted<() => Tree | undefined>([
    [5, () => fromObject(c)],
    [3, () => fromList(c)],
    [2, () => swap(c)],
    [2, () => assignMembers(c)],
  ]);
  const tree = form();
  return tree && [tree];
}

function fromObject(c: Context): Tree | undefined {
  const from = objectPath(c, 2);
  if (!from || !isHeap(from.type)) return undefined;
  const shape = shapeIn(c, from.type);
  const keyword = c.chance(0.6) ? 'const' : 'let';
  if (shape.kind === 'tuple') {
    const parts = shape.elements
      .slice(0, c.random.between(1, shape.elements.length))
      .map((type) => plainPart(c, type, keyword === 'let'));
    declareAll(c, parts);
    const list = joined(parts.map(({ tree }) => tree));
    return {
      kind: 'statement',
      parts: [`${keyword} [`, ...list, '] = ', from.tree, ';'],
    };
  }
  if (shape.kind !== 'object' && shape.kind !== 'class') return undefined;
  const members = shape.members.filter(({ literal }) => literal === undefined && c.chance(0.7));
  if (members.length === 0) return undefined;
  const parts = members.map((member) => memberPart(c, member, keyword === 'let'));
  declareAll(c, parts);
  const list = joined(parts.map(({ tree }) => tree));
  return {
    kind: 'statement',
    parts: [`${keyword} { `, ...list, ' } = ', from.tree, ';'],
  };
}

function declareAll(c: Context, parts: readonly Part[]): void {
  for (const { variable } of parts) c.declare(variable);
}

function plainPart(c: Context, type: Type, writable: boolean): Part {
  const name = c.fresh('d');
  const held = writable ? inferred(type) : type;
  return { tree: statement`${name}`, variable: { name, type: held, writable } };
}

/** The type of a `let` that has no type of its own: a single may be assigned any number later. */
const inferred = (type: Type): Type => (type === 'f32' ? 'number' : type);

function memberPart(c: Context, member: Member, isLet: boolean): Part {
  const { name: key, type, absent } = member;
  const isFree = !c.visible().some(({ name }) => name === key);
  const name = isFree && c.chance(0.2) ? key : c.fresh('d');
  const target = name === key ? key : `${key}: ${name}`;
  // A variable that is assigned needs a type, which a pattern doesn't have.
  const writable =
    isLet && !isView(type) && absent === undefined && (type === 'number' || type === 'boolean');
  const held = isLet ? inferred(type) : type;
  if (absent === 'undefined' && c.chance(0.7))
    return {
      tree: statement`${target} = ${valueFor(c, type, 1)}`,
      variable: { name, type: held, writable: false },
    };
  return {
    tree: statement`${target}`,
    variable: { name, type: held, writable, absent },
  };
}

/** `const [a = x, b = y, ...rest] = list` */
function fromList(c: Context): Tree | undefined {
  const list = c.pick(heapVariables(c, 'list'));
  const shape = list && shapeAs(c, list.type, 'list');
  if (!list || !shape || !isHeap(list.type)) return undefined;
  const { element, absent } = shape;
  const source = heapTree(c, list.type, 2);
  const parts = Array.from({ length: c.random.below(3) }, (): Part => {
    const name = c.fresh('d');
    const tree = statement`${name} = ${valueFor(c, element, 1)}`;
    return {
      tree,
      variable: {
        name,
        type: element,
        writable: false,
        absent: absent === 'null' ? 'null' : undefined,
      },
    };
  });
  const rest = c.fresh('d');
  const hasRest = c.chance(0.5);
  const items = [...parts.map(({ tree }) => tree), ...(hasRest ? [statement`...${rest}`] : [])];
  if (items.length === 0) return undefined;
  declareAll(c, parts);
  if (hasRest) c.declare({ name: rest, type: list.type, writable: false });
  return {
    kind: 'statement',
    parts: ['const [', ...joined(items), '] = ', source, ';'],
  };
}

/** `[a, b] = [b, a]` of two variables. */
function swap(c: Context): Tree | undefined {
  const first = c.pick(c.variables(({ writable, kind }) => writable && kind === 'number'));
  const second = c.pick(
    c.variables((v) => v.writable && v.kind === 'number' && v.name !== first?.name),
  );
  if (!first || !second) return undefined;
  return statement`[${first.name}, ${second.name}] = [${second.name}, ${valueFor(c, 'number', 1)}];`;
}

/** `({ a: x, b: y } = o)` */
function assignMembers(c: Context): Tree | undefined {
  const from = objectPath(c, 2);
  if (!from || !isHeap(from.type)) return undefined;
  const shape = shapeIn(c, from.type);
  if (shape.kind !== 'object') return undefined;
  const parts = shape.members.flatMap(({ name, type, absent, literal }): Tree[] => {
    const variable = c.pick(
      c.variables((v) => v.writable && v.type === type && (v.kind === 'number' || isHeap(type))),
    );
    if (!variable || absent !== undefined || literal !== undefined) return [];
    return [statement`${name}: ${variable.name}`];
  });
  if (parts.length === 0) return undefined;
  return {
    kind: 'statement',
    parts: ['({ ', ...joined(parts), ' } = ', from.tree, ');'],
  };
}
