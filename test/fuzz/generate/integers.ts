/** Expressions whose value is an integer and no −0. */
import { integer, type Tree } from '../tree.ts';
import type { IntType } from '../types.ts';
import { assignmentTree, updateTree } from './assignments.ts';
import { booleanTree } from './booleans.ts';
import { callTree } from './calls.ts';
import { Context, choose, type Form } from './context.ts';
import { elementTree, lengthTree } from './elements.ts';
import { heapValue } from './heap/reads.ts';
import { edgeInteger } from './literals.ts';
import { comma, literal, numberTree } from './numbers.ts';

/** An integer within ±2^53 that is no −0. */
export function integerTree(c: Context, depth: number): Tree {
  return heapValue(c, depth, 'integer') ?? choose(c, depth, integerForms, integerLeaf);
}

export function integerLeaf(c: Context): Tree {
  const variable = c.pick(c.variables(({ kind }) => kind === 'integer'));
  if (variable && c.chance(0.75)) return integer`${variable.name}`;
  return literal(edgeInteger(c.random, c.chance(0.8) ? 'i8' : 'i32'));
}

const integerForms: readonly (readonly [number, Form])[] = [
  [12, bits],
  [1, (c, depth) => integer`(~${numberTree(c, depth)})`],
  [5, sum],
  [2, (c, depth) => integer`Math.imul(${numberTree(c, depth)}, ${numberTree(c, depth)})`],
  [1, (c, depth) => integer`Math.clz32(${numberTree(c, depth)})`],
  [2, (c, depth) => integer`((${integerTree(c, depth)} / ${integerTree(c, depth)}) | 0)`],
  [
    2,
    (c, depth) =>
      integer`(${booleanTree(c, depth)} ? ${integerTree(c, depth)} : ${integerTree(c, depth)})`,
  ],
  [2, lengthTree],
  [2, (c, depth) => elementTree(c, depth, 'integer')],
  [1, (c, depth) => comma(c, depth, integerTree)],
  [2, (c, depth) => callTree(c, depth, 'integer')],
  [1, (c, depth) => assignmentTree(c, depth, 'integer')],
  [1, (c) => updateTree(c, 'integer')],
];

function bits(c: Context, depth: number): Tree {
  const operator = c.random.weighted([
    [4, '&'],
    [4, '|'],
    [4, '^'],
    [2, '<<'],
    [2, '>>'],
    [2, '>>>'],
  ]);
  const left = numberTree(c, depth);
  if (operator.length > 1 && c.chance(0.8))
    return integer`(${left} ${operator} ${c.random.below(34)})`;
  return integer`(${left} ${operator} ${numberTree(c, depth)})`;
}

/** Sums of integers below 2^33 stay far below 2^53, as deep as expressions get. */
function sum(c: Context, depth: number): Tree {
  return integer`(${integerTree(c, depth)} ${c.random.pick(['+', '-'])} ${integerTree(c, depth)})`;
}

/** An integer from 0 to below `limit`, a power of two. */
export function maskedTree(c: Context, depth: number, limit: number): Tree {
  return integer`(${numberTree(c, depth)} & ${limit - 1})`;
}

/** An integer that fits the type; now and then one that may not. */
export function integerFor(c: Context, type: IntType, depth: number): Tree {
  const same = c.pick(
    c.variables((variable) => variable.type === type && variable.kind === 'integer'),
  );
  if (same && c.chance(0.12)) return integer`${same.name}`;
  if (c.chance(0.15)) return literal(edgeInteger(c.random, type));
  if (c.chance(0.03) && depth > 0)
    return integer`(${integerTree(c, depth)} + ${integerTree(c, depth)})`;
  return wrapped(type, numberTree(c, depth));
}

/** A number modulo the width of a type. */
function wrapped(type: IntType, value: Tree): Tree {
  switch (type) {
    case 'i8':
      return integer`((${value} << 24) >> 24)`;
    case 'u8':
      return integer`(${value} & 255)`;
    case 'i16':
      return integer`((${value} << 16) >> 16)`;
    case 'u16':
      return integer`(${value} & 65535)`;
    case 'i32':
      return integer`(${value} | 0)`;
    case 'u32':
      return integer`(${value} >>> 0)`;
  }
}
