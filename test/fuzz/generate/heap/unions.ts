/** Enums and unions of literals, and unions of objects, with narrowing. */
import type { Shape, ShapeOf } from '../../shapes.ts';
import { block, boolean, made, statement, ts, type Tree } from '../../tree.ts';
import { isHeap, kindOf, stringType, type HeapType, type ValueKind } from '../../types.ts';
import { valueFor } from '../assignments.ts';
import { booleanTree } from '../booleans.ts';
import { callTree } from '../calls.ts';
import { Context, type Form } from '../context.ts';
import { innerBlock, statements } from '../statements.ts';
import { readTree } from './paths.ts';
import { heapTree, heapVariables, shapeAs, shapeIn } from './values.ts';

type ChoiceShape = ShapeOf<'choice'>;
type UnionShape = ShapeOf<'union'>;

/** A value of an enum or a union of literals, of which TypeScript knows only the type. */
export function choiceTree(
  c: Context,
  type: HeapType,
  { choices }: ChoiceShape,
  depth: number,
): Tree {
  const own = (): Tree => made(type)`(${c.random.pick(choices).text}${ts(` as ${type}`)})`;
  if (depth <= 0 || c.room <= 0) {
    const variable = c.pick(c.variables((candidate) => candidate.type === type));
    return variable && c.chance(0.7) ? made(type)`${variable.name}` : own();
  }
  c.room--;
  const form = c.random.weighted<() => Tree | undefined>([
    [3, own],
    [3, () => readTree(c, depth - 1, type)],
    [2, () => callTree(c, depth - 1, type)],
    [
      1,
      () =>
        made(
          type,
        )`(${booleanTree(c, depth - 1)} ? ${choiceTree(c, type, { kind: 'choice', of: 'string', choices }, 0)} : ${own()})`,
    ],
  ]);
  return form() ?? own();
}

/** A value of an enum or a union of literals as the string or number that it is. */
export function choiceAsBase(c: Context, of: 'string' | 'number'): Tree | undefined {
  const variable = c.pick(
    heapVariables(c, 'choice').filter(({ type }) => shapeAs(c, type, 'choice')?.of === of),
  );
  const kind: ValueKind = of === 'string' ? stringType : 'number';
  return variable && made(kind)`(${variable.name}${ts(` as ${of}`)})`;
}

/** A comparison of two values of an enum or a union of literals. */
export function choiceEquality(c: Context, depth: number): Tree | undefined {
  const variable = c.pick(heapVariables(c, 'choice'));
  const shape = variable && shapeAs(c, variable.type, 'choice');
  if (!variable || !shape || !isHeap(variable.type)) return undefined;
  const as = ts(` as ${shape.of}`);
  const other = choiceTree(c, variable.type, shape, depth);
  return boolean`((${variable.name}${as}) ${c.random.pick(['===', '!==', '==', '!='])} (${other}${as}))`;
}

/** `switch` over an enum or a union of literals. */
export function choiceSwitch(c: Context): Tree | undefined {
  const variable = c.pick(heapVariables(c, 'choice'));
  const shape = variable && shapeAs(c, variable.type, 'choice');
  if (!variable || !shape) return undefined;
  c.breakable++;
  const clauses = shape.choices
    .filter(() => c.chance(0.7))
    .map(({ text }): Tree => {
      const own = c.scoped(() => statements(c, c.random.between(1, 2)));
      const end = c.chance(0.7) ? [statement`break;`] : [];
      return statement`case ${text}: ${block([...own, ...end])}`;
    });
  const rest = c.chance(0.5) ? [statement`default: ${innerBlock(c, 1)}`] : [];
  c.breakable--;
  const value = `(${variable.name}`;
  return statement`switch ${value}${ts(` as ${variable.type}`)}) ${block([...clauses, ...rest])}`;
}

export const variantForms = (
  type: HeapType,
  { variants }: UnionShape,
): readonly (readonly [number, Form])[] => [
  [
    7,
    (c, depth) => made(type)`(${heapTree(c, c.random.pick(variants), depth)}${ts(` as ${type}`)})`,
  ],
];

/** The member and the literal that tell a variant apart. */
function discriminantOf(shape: Shape): {
  readonly name: string;
  readonly literal: string;
} {
  const member = shape.kind === 'object' ? shape.members[0] : undefined;
  if (member?.literal === undefined) throw new Error('a variant begins with its literal');
  return { name: member.name, literal: member.literal };
}

/** Statements on what an object of a union is found to be. */
export function narrowing(c: Context): readonly Tree[] | undefined {
  const variable = c.pick(heapVariables(c, 'union'));
  const type = variable?.type;
  const shape = type && shapeAs(c, type, 'union');
  if (!type || !isHeap(type) || !shape) return undefined;
  const name = c.fresh('u');
  const first = statement`const ${name}${ts(`: ${type}`)} = ${heapTree(c, type, 1)};`;
  const inside = (variant: HeapType, most: number): Tree[] =>
    c.scoped(() => {
      c.declare({ name, type: variant, writable: false });
      return statements(c, c.random.between(1, most));
    });
  if (c.chance(0.5)) {
    const one = c.random.pick(shape.variants);
    const { name: member, literal } = discriminantOf(shapeIn(c, one));
    const others = shape.variants.filter((variant) => variant !== one);
    const [other] = others;
    const then = block(inside(one, 3));
    if (other && others.length === 1 && c.chance(0.6)) {
      const test = c.chance(0.5) ? '===' : '!==';
      const otherwise = block(inside(other, 2));
      return [
        first,
        test === '==='
          ? statement`if (${name}.${member} === ${literal}) ${then} else ${otherwise}`
          : statement`if (${name}.${member} !== ${literal}) ${otherwise} else ${then}`,
      ];
    }
    return [first, statement`if (${name}.${member} === ${literal}) ${then}`];
  }
  c.breakable++;
  const clauses = shape.variants
    .filter(() => c.chance(0.85))
    .map((variant): Tree => {
      const { literal } = discriminantOf(shapeIn(c, variant));
      return statement`case ${literal}: ${block([...inside(variant, 2), statement`break;`])}`;
    });
  c.breakable--;
  const { name: member } = discriminantOf(shapeIn(c, shape.variants[0] ?? type));
  return [first, statement`switch (${name}.${member}) ${block(clauses)}`];
}

/** `u.kind === 'a'` */
export function kindTest(c: Context): Tree | undefined {
  const variable = c.pick(heapVariables(c, 'union'));
  const shape = variable && shapeAs(c, variable.type, 'union');
  if (!variable || !shape) return undefined;
  const { name: member, literal } = discriminantOf(shapeIn(c, c.random.pick(shape.variants)));
  const value = statement`(${variable.name}${ts(` as ${variable.type}`)})`;
  return boolean`(${value}.${member} ${c.random.pick(['===', '!=='])} ${literal})`;
}

/** `u.kind === 'a' ? u.x : y`, of a kind. */
export function narrowedValue(c: Context, wanted: ValueKind, depth: number): Tree | undefined {
  const variable = c.pick(heapVariables(c, 'union'));
  const shape = variable && shapeAs(c, variable.type, 'union');
  if (!variable || !shape || variable.writable) return undefined;
  const variant = c.random.pick(shape.variants);
  const own = shapeIn(c, variant);
  if (own.kind !== 'object') return undefined;
  const member = c.pick(
    own.members.filter(
      ({ type, absent, literal }) =>
        kindOf(type) === wanted && absent === undefined && literal === undefined,
    ),
  );
  if (!member) return undefined;
  const discriminant = discriminantOf(own);
  return made(
    wanted,
  )`(${variable.name}.${discriminant.name} === ${discriminant.literal} ? ${variable.name}.${member.name} : ${valueFor(c, member.type, depth)})`;
}
