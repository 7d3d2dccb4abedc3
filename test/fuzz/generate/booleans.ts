/** Expressions whose value is a boolean, and others that are tested for truth. */
import { boolean, print, made, number, ts, type Tree } from '../tree.ts';
import { isArray, isBigintArray, isHeap, isIntType, isWide, wideOf } from '../types.ts';
import { assignmentTree } from './assignments.ts';
import { bigintTree } from './bigints.ts';
import { callTree } from './calls.ts';
import { Context, choose, type Form } from './context.ts';
import { elementLeaf, elementTree, searchedArray } from './elements.ts';
import { heapValue } from './heap/reads.ts';
import { integerTree } from './integers.ts';
import { comma, numberTree } from './numbers.ts';

export function booleanTree(c: Context, depth: number): Tree {
  return heapValue(c, depth, 'boolean') ?? choose(c, depth, forms, leaf);
}

function leaf(c: Context): Tree {
  const variable = c.pick(c.variables(({ type }) => type === 'boolean'));
  if (variable && c.chance(0.7)) return boolean`${variable.name}`;
  const counter = c.pick(c.variables(({ kind }) => kind === 'integer' || kind === 'number'));
  if (counter && c.chance(0.8))
    return boolean`(${counter.name} ${c.random.pick(relations)} ${c.random.below(8)})`;
  const element = c.chance(0.8) ? elementLeaf(c) : undefined;
  if (element) return boolean`(${element} ${c.random.pick(relations)} ${c.random.below(8)})`;
  return c.random.chance(0.5) ? boolean`true` : boolean`false`;
}

const relations = ['<', '<=', '>', '>='];
const equalities = ['===', '!==', '==', '!='];

const forms: readonly (readonly [number, Form])[] = [
  [
    10,
    (c, depth) =>
      boolean`(${numberTree(c, depth)} ${c.random.pick(relations)} ${numberTree(c, depth)})`,
  ],
  [
    3,
    (c, depth) =>
      boolean`(${integerTree(c, depth)} ${c.random.pick(relations)} ${integerTree(c, depth)})`,
  ],
  [3, equality],
  [2, integerEquality],
  [2, wideRelation],
  [1, booleanEquality],
  [2, (c, depth) => boolean`(!${booleanTree(c, depth)})`],
  [2, (c, depth) => boolean`(!${testedNumber(c, depth)})`],
  [
    4,
    (c, depth) =>
      boolean`(${booleanTree(c, depth)} ${c.random.pick(['&&', '||'])} ${booleanTree(c, depth)})`,
  ],
  [
    1,
    (c, depth) =>
      boolean`(${booleanTree(c, depth)} ? ${booleanTree(c, depth)} : ${booleanTree(c, depth)})`,
  ],
  [2, predicate],
  [1, (c, depth) => boolean`Boolean(${numberTree(c, depth)})`],
  [2, absence],
  [1, identity],
  [1, includes],
  [1, (c, depth) => assignmentTree(c, depth, 'boolean')],
  [2, (c, depth) => callTree(c, depth, 'boolean')],
  [1, (c, depth) => comma(c, depth, booleanTree)],
];

// The checker knows variables by what was assigned last, and refuses comparisons that it finds
// pointless; the assertions make it forget.
const forgetful = (value: Tree): Tree => number`(${value}${ts(' as number')})`;

function equality(c: Context, depth: number): Tree {
  const operator = c.random.pick(equalities);
  return boolean`(${forgetful(numberTree(c, depth))} ${operator} ${forgetful(numberTree(c, depth))})`;
}

function integerEquality(c: Context, depth: number): Tree {
  const operator = c.random.pick(equalities);
  return boolean`(${forgetful(integerTree(c, depth))} ${operator} ${forgetful(integerTree(c, depth))})`;
}

function booleanEquality(c: Context, depth: number): Tree {
  const operator = c.random.pick(equalities);
  const left = booleanTree(c, depth);
  const right = booleanTree(c, depth);
  return boolean`((${left}${ts(' as boolean')}) ${operator} (${right}${ts(' as boolean')}))`;
}

function wideRelation(c: Context, depth: number): Tree {
  const types = ['i64', 'u64'] as const;
  const [first, second] = [c.random.pick(types), c.random.pick(types)];
  const left = bigintTree(c, first, depth, true);
  const other = bigintTree(c, second, depth, true);
  // A literal takes the type that the other side has, which must hold it.
  const isLiteral = [left, other].some((tree) => /^[-(]*\d+n\)*$/.test(print(tree, 'js')));
  const right = isLiteral && first !== second ? bigintTree(c, first, depth, true) : other;
  if (c.chance(0.6)) return boolean`(${left} ${c.random.pick(relations)} ${right})`;
  const operator = c.random.pick(equalities);
  return boolean`((${left}${ts(' as bigint')}) ${operator} (${right}${ts(' as bigint')}))`;
}

function predicate(c: Context, depth: number): Tree {
  const name = c.random.pick([
    'Number.isNaN',
    'Number.isFinite',
    'Number.isInteger',
    'Number.isSafeInteger',
    'isNaN',
    'isFinite',
  ]);
  return boolean`${name}(${numberTree(c, depth)})`;
}

/** `x === undefined` and its kin, of a variable or an element that may be absent. */
function absence(c: Context, depth: number): Tree | undefined {
  const optional = c.pick(
    c
      .visible()
      .filter(({ absent, type }) => absent !== undefined && type !== 'DataView' && !isHeap(type)),
  );
  if (optional && c.chance(0.6)) {
    const { name, type, absent } = optional;
    const written =
      isIntType(type) || type === 'f64' || type === 'f32'
        ? 'number'
        : isWide(type)
          ? 'bigint'
          : type;
    const value = made('number')`(${name}${ts(` as ${written} | ${absent}`)})`;
    if (c.chance(0.3)) return boolean`(${value} ${c.random.pick(['==', '!='])} null)`;
    return boolean`(${value} ${c.random.pick(['===', '!=='])} ${String(absent)})`;
  }
  const element = elementTree(c, depth, 'number', true);
  const value = element && number`(${element}${ts(' as number | undefined')})`;
  return value && boolean`(${value} ${c.random.pick(['===', '!=='])} undefined)`;
}

/** Whether two arrays are one. */
function identity(c: Context): Tree | undefined {
  const first = c.pick(c.variables(({ type }) => isArray(type)));
  const second = first && c.pick(c.variables(({ type }) => type === first.type));
  return (
    first && second && boolean`(${first.name} ${c.random.pick(['===', '!=='])} ${second.name})`
  );
}

function includes(c: Context, depth: number): Tree | undefined {
  const array = searchedArray(c);
  if (!array) return undefined;
  const { name, type } = array;
  const searched = isBigintArray(type) ? bigintTree(c, wideOf(type), depth) : numberTree(c, depth);
  return c.chance(0.7)
    ? boolean`${name}.includes(${searched})`
    : boolean`${name}.includes(${searched}, ${integerTree(c, depth)})`;
}

/** A number whose truth is tested; literals are left out, as the checker refuses them there. */
export function testedNumber(c: Context, depth: number): Tree {
  const variable = c.pick(c.variables(({ kind }) => kind === 'number' || kind === 'integer'));
  if (variable && c.chance(0.4)) return { kind: variable.kind, parts: [variable.name] };
  const element = c.chance(0.5) ? elementTree(c, depth, 'number', c.chance(0.3)) : undefined;
  return element ?? number`(+${numberTree(c, depth)})`;
}

/** What an `if` or a loop tests: a boolean, or a number's truth. */
export function condition(c: Context, depth: number): Tree {
  return c.chance(0.88) ? booleanTree(c, depth) : testedNumber(c, depth);
}
