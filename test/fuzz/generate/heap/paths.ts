/** Ways from variables into what they hold: reads of any kind, and stores. */
import type { Member, Shape, ShapeOf } from '../../shapes.ts';
import { made, number, ts, type Tree } from '../../tree.ts';
import {
  fits,
  isHeap,
  isWide,
  kindOf,
  stringType,
  type Type,
  type ValueKind,
} from '../../types.ts';
import { valueFor } from '../assignments.ts';
import { bigintTree } from '../bigints.ts';
import { booleanTree } from '../booleans.ts';
import { Context, type Variable } from '../context.ts';
import { integerTree } from '../integers.ts';
import { numberTree } from '../numbers.ts';
import { callOfMethod } from './classes.ts';
import { callOfValue, mayCallValues } from './function-values.ts';
import { heapTree, nullable, orElse, shapeIn } from './values.ts';

/** One step into a value. */
interface Step {
  readonly type: Type;
  readonly take: (c: Context, from: Tree, depth: number) => Tree;
}

const longest = 3;

/** Something of a kind that a variable holds, at some depth. */
export function readTree(c: Context, depth: number, wanted: ValueKind): Tree | undefined {
  const start = c.pick(
    c
      .visible()
      .filter(
        ({ type, absent }) =>
          isHeap(type) &&
          reaches(c, type, wanted, longest) &&
          (absent === undefined || c.chance(0.6)),
      ),
  );
  if (!start) return undefined;
  if (start.absent !== undefined) return chained(c, start, depth, wanted);
  let tree = made(kindOf(start.type))`${start.name}`;
  let type = start.type;
  for (let left = longest; ; left--) {
    const next = stepsOf(c, type).filter(
      (step) => fits(kindOf(step.type), wanted) || reaches(c, step.type, wanted, left - 1),
    );
    const step = c.pick(next);
    if (!step) return undefined;
    tree = step.take(c, tree, depth - 1);
    type = step.type;
    if (
      fits(kindOf(type), wanted) &&
      (left <= 1 || !reaches(c, type, wanted, left - 1) || c.chance(0.7))
    )
      return { kind: kindOf(type), parts: tree.parts };
  }
}

/** Whether at least one step leads from a type to one of a kind. */
function reaches(c: Context, type: Type, wanted: ValueKind, steps: number): boolean {
  if (steps <= 0 || !isHeap(type)) return false;
  return typesOf(c, type).some(
    (next) => fits(kindOf(next), wanted) || reaches(c, next, wanted, steps - 1),
  );
}

function typesOf(c: Context, type: Type): readonly Type[] {
  return stepsOf(c, type).map((step) => step.type);
}

function stepsOf(c: Context, type: Type): readonly Step[] {
  if (!isHeap(type)) return [];
  const shape = shapeIn(c, type);
  switch (shape.kind) {
    case 'string':
    case 'choice':
    case 'set':
      return [];
    case 'object':
      return shape.members.map(memberStep);
    case 'class':
      return [
        ...shape.members.map(memberStep),
        ...shape.methods.flatMap((method): Step[] =>
          method.result === undefined || (c.frozen > 0 && !method.isGetter) || c.inValue > 0
            ? []
            : [
                {
                  type: method.result,
                  take: (own, from, depth) =>
                    callOfMethod(own, from, method, depth) ??
                    valueFor(own, method.result ?? 'number', 0),
                },
              ],
        ),
      ];
    case 'tuple':
      return shape.elements.map((element, index) => ({
        type: element,
        take: (_, from) => made(kindOf(element))`${from}[${index}]`,
      }));
    case 'list':
      return [
        {
          type: shape.element,
          take: (own, from, depth) => elementOf(own, from, shape, depth),
        },
      ];
    case 'map':
      return [
        {
          type: shape.value,
          take: (own, from, depth) =>
            orElse(
              shape.value,
              number`${from}.get(${valueFor(own, shape.key, depth)})`,
              plain(own, shape.value, depth),
            ),
        },
      ];
    case 'union':
      return commonMembers(c, shape).map(memberStep);
    case 'function':
      return callSteps(c, shape);
  }
}

const callSteps = (c: Context, { params, result }: ShapeOf<'function'>): Step[] =>
  result === undefined || !mayCallValues(c)
    ? []
    : [
        {
          type: result,
          take: (own, from, depth) =>
            callOfValue(own, from, { params, result }, depth) ?? valueFor(own, result, 0),
        },
      ];

/** The members that all variants have with the same type. */
function commonMembers(c: Context, { variants }: Extract<Shape, { kind: 'union' }>): Member[] {
  const lists = variants.map((variant) => {
    const shape = shapeIn(c, variant);
    return shape.kind === 'object' ? shape.members : [];
  });
  const [first = [], ...others] = lists;
  return first.filter(
    (member) =>
      member.literal === undefined &&
      others.every((list) =>
        list.some(
          ({ name, type, absent, optional }) =>
            name === member.name &&
            type === member.type &&
            absent === member.absent &&
            optional === member.optional,
        ),
      ),
  );
}

const memberStep = ({ name, type, absent }: Member): Step => ({
  type,
  take: (c, from, depth) =>
    absent === undefined
      ? made(kindOf(type))`${from}.${name}`
      : orElse(type, number`${from}.${name}`, plain(c, type, depth)),
});

/** A value behind `??`; a bigint's type must be known there. */
const plain = (c: Context, type: Type, depth: number): Tree =>
  isWide(type) ? bigintTree(c, type, depth, true) : valueFor(c, type, depth);

/** An element of a list, which nearly always is there. */
function elementOf(
  c: Context,
  from: Tree,
  { element, absent }: Extract<Shape, { kind: 'list' }>,
  depth: number,
): Tree {
  const kind = kindOf(element);
  const [name] = from.parts;
  const variable =
    from.parts.length === 1 &&
    c.pick(c.variables(({ indexOf }) => indexOf !== undefined && indexOf === name));
  const isOpen = c.bounds === 'js';
  if (variable && absent === undefined && !isOpen && c.chance(0.6))
    return made(kind)`${from}[${variable.name}]`;
  const index = variable && c.chance(0.5) ? number`${variable.name}` : indexTree(c, depth);
  if (absent === undefined && !isOpen && c.chance(0.02)) return made(kind)`${from}[${index}]`;
  const other = plain(c, element, depth);
  if (c.chance(0.2)) return orElse(element, number`${from}.at(${index})`, other);
  if (absent === undefined && !isOpen && from.parts.length === 1 && c.chance(0.25)) {
    const place = c.random.below(3);
    return made(kind)`(${from}.length > ${place} ? ${from}[${place}] : ${other})`;
  }
  return orElse(element, number`${from}[${index}]`, other);
}

/** An index that is inside a short list as often as not. */
export const indexTree = (c: Context, depth: number): Tree =>
  c.random.weighted<() => Tree>([
    [5, () => number`${c.random.below(4)}`],
    [2, () => integerTree(c, depth)],
    [1, () => number`(${numberTree(c, depth)} & 3)`],
    [1, () => number`${numberTree(c, depth)}`],
  ])();

/** `x?.a ?? y` of a variable that may be absent. */
function chained(c: Context, start: Variable, depth: number, wanted: ValueKind): Tree | undefined {
  const { type } = start;
  if (!isHeap(type)) return undefined;
  const shape = shapeIn(c, type);
  const wantedSteps = linksOf(shape).filter((link) => fits(kindOf(link.type), wanted));
  const link = c.pick(wantedSteps);
  if (!link) return undefined;
  const kind = kindOf(link.type);
  if (c.chance(0.03)) {
    const text = link.text.startsWith('?.[') ? link.text.slice(2) : link.text.slice(1);
    return link.absent ? undefined : made(kind)`${start.name}${ts('!')}${text}`;
  }
  return orElse(link.type, number`${nullable(start)}${link.text}`, plain(c, link.type, depth));
}

function linksOf(
  shape: Shape,
): { readonly text: string; readonly type: Type; readonly absent: boolean }[] {
  switch (shape.kind) {
    case 'object':
    case 'class':
      return shape.members.map(({ name, type, absent }) => ({
        text: `?.${name}`,
        type,
        absent: absent !== undefined,
      }));
    case 'tuple':
      return shape.elements.map((type, index) => ({
        text: `?.[${index}]`,
        type,
        absent: false,
      }));
    case 'list':
      return [{ text: '?.[0]', type: shape.element, absent: true }];
    default:
      return [];
  }
}

/** A place in an object that can be assigned. */
interface Target {
  readonly tree: Tree;
  readonly member: Member;
}

/** Objects that variables hold, at some depth, as trees with their types. */
export function objectPath(c: Context, depth: number): { tree: Tree; type: Type } | undefined {
  const start = c.pick(
    c.variables(
      ({ type }) => isHeap(type) && ['object', 'class', 'tuple'].includes(shapeIn(c, type).kind),
    ),
  );
  if (start && c.chance(0.7))
    return { tree: made(kindOf(start.type))`${start.name}`, type: start.type };
  const types = [...new Set(c.visible().map(({ type }) => type))].filter(isHeap);
  const holders = types
    .flatMap((type) => typesOf(c, type))
    .filter((type) => isHeap(type) && ['object', 'class', 'tuple'].includes(shapeIn(c, type).kind));
  const wanted = c.pick(holders);
  const tree = wanted && readTree(c, depth, kindOf(wanted));
  return tree && wanted ? { tree, type: wanted } : undefined;
}

function memberTarget(c: Context, depth: number): Target | undefined {
  const object = objectPath(c, depth);
  if (!object || !isHeap(object.type)) return undefined;
  const shape = shapeIn(c, object.type);
  const members: readonly Member[] =
    shape.kind === 'object' || shape.kind === 'class'
      ? shape.members.filter(({ writable }) => writable)
      : shape.kind === 'tuple'
        ? shape.elements.map((type, index) => ({
            name: String(index),
            type,
            absent: undefined,
            optional: false,
            writable: true,
          }))
        : [];
  const member = c.pick(members);
  if (!member) return undefined;
  const access = shape.kind === 'tuple' ? `[${member.name}]` : `.${member.name}`;
  return { tree: made(kindOf(member.type))`${object.tree}${access}`, member };
}

const numberOperators = ['+', '-', '*', '/', '%', '|', '^', '&', '>>'];

/** An assignment to a member of an object or an element of a tuple. */
export function memberStore(c: Context, depth: number): Tree | undefined {
  const target = memberTarget(c, depth);
  if (!target) return undefined;
  const { tree, member } = target;
  const { type, absent } = member;
  const kind = kindOf(type);
  if (absent !== undefined) {
    if (c.chance(0.3)) return number`(${tree} = ${absent})`;
    if (c.chance(0.3)) return number`(${tree} ??= ${plain(c, type, depth)})`;
  } else if (type === 'number' || type === 'f64') {
    if (c.chance(0.15)) return c.chance(0.5) ? number`${tree}++` : number`--${tree}`;
    if (c.chance(0.35))
      return number`(${tree} ${c.random.pick(numberOperators)}= ${numberTree(c, depth)})`;
  } else if (type === 'boolean' && c.chance(0.2)) {
    return made(kind)`(${tree} ${c.random.pick(['&&=', '||='])} ${booleanTree(c, depth)})`;
  } else if (type === 'string' && c.chance(0.3)) {
    return made(kind)`(${tree} += ${shortText(c, depth)})`;
  }
  return made(kind)`(${tree} = ${valueFor(c, type, depth)})`;
}

/** Text that adds only a little. */
export function shortText(c: Context, depth: number): Tree {
  const string = heapTree(c, stringType, depth);
  return c.random.weighted<() => Tree>([
    [3, () => number`'${c.random.pick(['a', 'é', '€', '-', '12'])}'`],
    [2, () => number`${numberTree(c, depth)}`],
    [1, () => number`${booleanTree(c, depth)}`],
    [2, () => number`(${string}).slice(0, ${c.random.between(1, 6)})`],
  ])();
}
