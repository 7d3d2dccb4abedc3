/** Map and Set: values, changes, and what is asked of them. */
import { newCollection, type ShapeOf } from '../../shapes.ts';
import { boolean, integer, joined, made, number, statement, type Tree } from '../../tree.ts';
import type { HeapType, Type } from '../../types.ts';
import { kindOf } from '../../types.ts';
import { valueFor } from '../assignments.ts';
import { Context, type Form, type Variable } from '../context.ts';
import { heapVariables, shapeAs } from './values.ts';

/** A key, those that are hard to tell apart more often. */
export const keyTree = (c: Context, type: Type, depth: number): Tree =>
  type === 'number' && c.chance(0.3)
    ? number`${c.random.pick(['NaN', '(-0)', '0', '1', '2', '3', '0.5'])}`
    : type === 'string' && c.chance(0.5)
      ? made(kindOf(type))`'${c.random.pick(['', 'a', 'b', 'é', '€', '0'])}'`
      : valueFor(c, type, depth);

export const mapForms = (
  type: HeapType,
  { key, value }: ShapeOf<'map'>,
): readonly (readonly [number, Form])[] => [
  [
    4,
    (c, depth) => {
      const entries = Array.from(
        { length: c.random.below(4) },
        () => statement`[${keyTree(c, key, depth)}, ${valueFor(c, value, depth)}]`,
      );
      if (entries.length === 0) return newCollection(type, 'map', '');
      return newCollection(type, 'map', {
        kind: 'statement',
        parts: ['[', ...joined(entries), ']'],
      });
    },
  ],
  [1, (c) => copy(c, type, 'map')],
];

export const setForms = (
  type: HeapType,
  { element }: ShapeOf<'set'>,
): readonly (readonly [number, Form])[] => [
  [
    4,
    (c, depth) => {
      const items = Array.from({ length: c.random.below(4) }, () => keyTree(c, element, depth));
      if (items.length === 0) return newCollection(type, 'set', '');
      return newCollection(type, 'set', {
        kind: 'statement',
        parts: ['[', ...joined(items), ']'],
      });
    },
  ],
  [1, (c) => copy(c, type, 'set')],
];

function copy(c: Context, type: HeapType, kind: 'map' | 'set'): Tree | undefined {
  const variable = c.pick(c.variables((candidate) => candidate.type === type));
  return variable && newCollection(type, kind, variable.name);
}

const someCollection = (c: Context): Variable | undefined =>
  c.pick([...heapVariables(c, 'map'), ...heapVariables(c, 'set')]);

const keyOf = (c: Context, { type }: Variable): Type =>
  shapeAs(c, type, 'map')?.key ?? shapeAs(c, type, 'set')?.element ?? 'number';

/** Something that changes a Map or Set, as a statement's expression. */
export function collectionCall(c: Context, depth: number): Tree | undefined {
  const variable = someCollection(c);
  if (!variable || !c.spend(8)) return undefined;
  const { name, type } = variable;
  const key = keyOf(c, variable);
  const value = shapeAs(c, type, 'map')?.value;
  const roll = c.random.below(12);
  if (roll < 7 && c.frozen === 0)
    return value === undefined
      ? number`${name}.add(${keyTree(c, key, depth)})`
      : number`${name}.set(${keyTree(c, key, depth)}, ${valueFor(c, value, depth)})`;
  if (roll === 11) return number`${name}.clear()`;
  return number`${name}.delete(${keyTree(c, key, depth)})`;
}

export function booleanOfCollection(c: Context, depth: number): Tree | undefined {
  const variable = someCollection(c);
  if (!variable) return undefined;
  const method = c.random.pick(['has', 'has', 'delete']);
  return boolean`${variable.name}.${method}(${keyTree(c, keyOf(c, variable), depth)})`;
}

export function sizeTree(c: Context): Tree | undefined {
  const variable = someCollection(c);
  return variable && integer`${variable.name}.size`;
}
