/** Object literals, with spread and members left out, and what is asked of objects. */
import type { Member, ShapeOf } from '../../shapes.ts';
import { boolean, joined, made, statement, ts, type Tree } from '../../tree.ts';
import { isHeap, kindOf, type HeapType } from '../../types.ts';
import { valueFor } from '../assignments.ts';
import { Context, type Form } from '../context.ts';
import { heapTree, heapVariables, nullable, shapeIn } from './values.ts';

type ObjectShape = ShapeOf<'object'>;

export const objectForms = (
  type: HeapType,
  shape: ObjectShape,
): readonly (readonly [number, Form])[] => [
  [7, (c, depth) => literal(c, type, shape, depth)],
  [2, (c, depth) => spread(c, type, shape, depth)],
];

export function literal(c: Context, type: HeapType, { members }: ObjectShape, depth: number): Tree {
  const given = members
    .filter(({ optional }) => !optional || c.chance(0.6))
    .map((member) => property(c, member, depth));
  // Without its name, TypeScript has to find out the type by what is expected.
  const as = c.chance(0.9) || given.length < members.length ? ts(` as ${type}`) : '';
  return { kind: type, parts: ['({ ', ...joined(given), ' }', as, ')'] };
}

function property(c: Context, member: Member, depth: number): Tree {
  const { name } = member;
  const variable = c.pick(
    c.variables((v) => v.name === name && v.type === member.type && member.literal === undefined),
  );
  if (variable && c.chance(0.5)) return statement`${name}`;
  return statement`${name}: ${memberValue(c, member, depth)}`;
}

export function memberValue(
  c: Context,
  { type, absent, literal: only }: Member,
  depth: number,
): Tree {
  if (only !== undefined) return made(kindOf(type))`${only}`;
  if (absent !== undefined && c.chance(0.4)) return made(kindOf(type))`${absent}`;
  return valueFor(c, type, depth);
}

/** `{ ...o, a: x }`, with members in the order of the type. */
function spread(c: Context, type: HeapType, { members }: ObjectShape, depth: number): Tree {
  const from = heapTree(c, type, depth);
  const overrides = members
    .filter(({ optional }) => !optional && c.chance(0.4))
    .map((member) => property(c, member, depth));
  const parts = joined([statement`...(${from}${ts(` as ${type}`)})`, ...overrides]);
  return { kind: type, parts: ['({ ', ...parts, ' }', ts(` as ${type}`), ')'] };
}

/** Whether two references are to one object. */
export function identity(c: Context, depth: number): Tree | undefined {
  const isReference = (type: string): boolean =>
    isHeap(type) && !['string', 'choice', 'union', 'function'].includes(shapeIn(c, type).kind);
  const first = c.pick(c.variables(({ type }) => isReference(type)));
  if (!first || !isHeap(first.type)) return undefined;
  const operator = c.random.pick(['===', '!==']);
  const other = heapTree(c, first.type, depth);
  // A literal takes no type from what it is compared with.
  return boolean`(${first.name} ${operator} (${other}${ts(` as ${first.type}`)}))`;
}

/** `x === null`, `x == null` and the truth of references that may be absent. */
export function absence(c: Context): Tree | undefined {
  const variable = c.pick(
    c
      .visible()
      .filter(({ type, absent }) => absent !== undefined && isHeap(type) && type !== 'string'),
  );
  if (!variable || shapeIn(c, variable.type).kind === 'choice') return undefined;
  const value = nullable(variable);
  return c.random.weighted<() => Tree>([
    [2, () => boolean`(${value} ${c.random.pick(['===', '!=='])} ${String(variable.absent)})`],
    [1, () => boolean`(${value} ${c.random.pick(['==', '!='])} null)`],
    [1, () => boolean`(!${value})`],
  ])();
}

/** `o.a === null` of a member that may be absent. */
export function memberAbsence(c: Context): Tree | undefined {
  const found = [...heapVariables(c, 'object'), ...heapVariables(c, 'class')].flatMap(
    ({ name, type }) => {
      const shape = shapeIn(c, type);
      const members = shape.kind === 'object' || shape.kind === 'class' ? shape.members : [];
      return members
        .filter(({ absent }) => absent !== undefined)
        .map((member) => ({ path: `${name}.${member.name}`, ...member }));
    },
  );
  const member = c.pick(found);
  if (!member) return undefined;
  const { path, type, absent } = member;
  return boolean`((${path}${ts(` as ${type} | ${absent}`)}) ${c.random.pick(['===', '!=='])} ${String(absent)})`;
}
