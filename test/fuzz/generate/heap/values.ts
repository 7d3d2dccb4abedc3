/** Expressions of heap types, and what all of them have in common. */
import { shapeOf, simplest, type Member, type Shape, type ShapeOf } from '../../shapes.ts';
import { made, ts, type Tree } from '../../tree.ts';
import { isArray, isHeap, kindOf, stringType, type HeapType, type Type } from '../../types.ts';
import { valueFor } from '../assignments.ts';
import { booleanTree } from '../booleans.ts';
import { callTree } from '../calls.ts';
import { choose, Context, type Form, type Heap, type Variable } from '../context.ts';
import { instanceForms } from './classes.ts';
import { mapForms, setForms } from './collections.ts';
import { functionForms } from './function-values.ts';
import { listForms } from './lists.ts';
import { objectForms } from './objects.ts';
import { readTree } from './paths.ts';
import { popped } from './lists.ts';
import { stringForms, stringLeaf } from './strings.ts';
import { tupleForms } from './tuples.ts';
import { choiceTree, variantForms } from './unions.ts';

export function heapOf(c: Context): Heap {
  const { heap } = c.program;
  if (!heap) throw new Error('the program has no heap types');
  return heap;
}

/** Names for the typed arrays that a variable's object keeps. */
export function declareViews(c: Context, name: string, members: readonly Member[]): void {
  for (const { name: own, type, absent, writable } of members)
    if (isArray(type) && absent === undefined)
      c.declare({ name: `${name}.${own}`, type, writable });
}

export const shapeIn = (c: Context, type: Type): Shape => shapeOf(heapOf(c).shapes, type);

/** The shape of a type that is of a kind; undefined for other types. */
export function shapeAs<K extends Shape['kind']>(
  c: Context,
  type: Type,
  kind: K,
): ShapeOf<K> | undefined {
  if (!isHeap(type)) return undefined;
  const shape = shapeIn(c, type);
  return shape.kind === kind ? (shape as ShapeOf<K>) : undefined;
}

/** Variables of a kind of heap type that hold a value for sure. */
export const heapVariables = (c: Context, kind: Shape['kind']): Variable[] =>
  c.variables(({ type }) => shapeAs(c, type, kind) !== undefined);

/** A heap type of a kind that variables have here, or that the program has. */
export function someType(c: Context, kind: Shape['kind']): HeapType | undefined {
  return c.pick(heapOf(c).types.filter((type) => shapeIn(c, type).kind === kind));
}

/** A value of a heap type. */
export function heapTree(c: Context, type: HeapType, depth: number): Tree {
  const shape = shapeIn(c, type);
  if (shape.kind === 'choice') return choiceTree(c, type, shape, depth);
  const forms = [...formsOf(c, type, shape), ...commonForms(type)];
  return choose(c, depth, forms, () => leaf(c, type));
}

function leaf(c: Context, type: HeapType): Tree {
  const variable = c.pick(c.variables((candidate) => candidate.type === type));
  if (variable && c.chance(0.8)) return made(type)`${variable.name}`;
  return type === stringType ? stringLeaf(c) : simplest(heapOf(c).shapes, type);
}

function formsOf(
  c: Context,
  type: HeapType,
  shape: Exclude<Shape, { kind: 'choice' }>,
): readonly (readonly [number, Form])[] {
  switch (shape.kind) {
    case 'string':
      return stringForms;
    case 'object':
      return objectForms(type, shape);
    case 'tuple':
      return tupleForms(type, shape);
    case 'list':
      return listForms(type, shape);
    case 'union':
      return variantForms(type, shape);
    case 'class':
      return instanceForms(c, type, shape);
    case 'map':
      return mapForms(type, shape);
    case 'set':
      return setForms(type, shape);
    case 'function':
      return functionForms(type, shape);
  }
}

const commonForms = (type: HeapType): (readonly [number, Form])[] => [
  [6, (c) => c.pick(c.variables((v) => v.type === type).map(({ name }) => made(type)`${name}`))],
  [5, (c, depth) => readTree(c, depth, type)],
  [2, (c, depth) => callTree(c, depth, type)],
  [
    1,
    (c, depth) =>
      made(
        type,
      )`(${booleanTree(c, depth)} ? ${cast(heapTree(c, type, depth), type)} : ${cast(heapTree(c, type, depth), type)})`,
  ],
  [2, (c, depth) => coalesced(c, type, depth)],
  [1, (c, depth) => popped(c, type, depth)],
];

/** `x ?? y` of a variable that may be absent. */
function coalesced(c: Context, type: HeapType, depth: number): Tree | undefined {
  const variable = c.pick(
    c.visible().filter((candidate) => candidate.absent !== undefined && candidate.type === type),
  );
  if (!variable) return undefined;
  return orElse(type, nullable(variable), heapTree(c, type, depth));
}

/** `left ?? right`. TypeScript may have found out that the left side is absent, or that it never is. */
export function orElse(type: Type, left: Tree, right: Tree): Tree {
  const kind = kindOf(type);
  return isHeap(type)
    ? made(kind)`((${left} ?? ${right})${ts(` as ${type}`)})`
    : made(kind)`(${left} ?? ${right})`;
}

/** A variable that may be absent, also where TypeScript has found out that it is or isn't. */
export const nullable = ({ name, type, absent }: Variable): Tree =>
  made('statement')`(${name}${ts(` as ${type} | ${absent}`)})`;

/** TypeScript may know a tree by a narrower type than it has. */
export const cast = (tree: Tree, type: Type): Tree =>
  made(tree.kind)`(${tree}${ts(` as ${type}`)})`;

/**
 * A value for a variable, member or element. Where it runs often it is kept short, as it may hold what it is put into.
 */
export function storedTree(c: Context, type: HeapType, depth: number): Tree {
  const tree = heapTree(c, type, depth);
  if (c.isOnce && c.chance(0.8)) return tree;
  const { kind } = shapeIn(c, type);
  const isShort = depth <= 0 || (typeof tree.parts[0] === 'string' && tree.parts.length === 1);
  if (isShort) return tree;
  if (kind === 'string') return made(type)`(${tree}).slice(0, ${c.random.pick([8, 16, 24])})`;
  return kind === 'list' ? made(type)`(${tree}).slice(0, ${c.random.pick([4, 8])})` : tree;
}

/** A value of any type, for a member or an element. */
export const partTree = (c: Context, type: Type, depth: number): Tree => valueFor(c, type, depth);
