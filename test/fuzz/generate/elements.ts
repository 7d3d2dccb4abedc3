/** Elements of typed arrays: indices, reads, lengths and searches. */
import { integer, made, number, type Tree } from '../tree.ts';
import {
  fits,
  isArray,
  isBigintArray,
  isNumberArray,
  wideOf,
  type ValueKind,
  type WideType,
} from '../types.ts';
import { bigintTree } from './bigints.ts';
import { Context, type Variable } from './context.ts';
import { byteOrder, offsetTree } from './data-views.ts';
import { integerTree, maskedTree } from './integers.ts';
import { edgeNumber } from './literals.ts';
import { literal, numberTree } from './numbers.ts';

export const numericArrays = (c: Context): Variable[] =>
  c.variables(({ type }) => isNumberArray(type));

/** What reading an element gives, inside the array. */
export function elementKind(array: Variable): ValueKind {
  if (array.type === 'Float32Array') return 'single';
  return array.type === 'Float64Array' ? 'number' : 'integer';
}

/**
 * An element of an array of numbers.
 * @param absent whether it may well be outside, since the expression around it tests that
 */
export function elementTree(
  c: Context,
  depth: number,
  wanted: 'number' | 'integer' | 'single',
  absent = false,
): Tree | undefined {
  // With `bounds: js` any element may be undefined, which only a plain number may be.
  const wild = absent || c.bounds === 'js';
  if (wild && wanted !== 'number') return undefined;
  const array = c.pick(
    numericArrays(c).filter((candidate) => fits(elementKind(candidate), wanted)),
  );
  if (!array) return undefined;
  const index = absent && c.chance(0.4) ? integerTree(c, depth) : indexTree(c, depth, array);
  if (!index) return undefined;
  return made(wild ? 'number' : elementKind(array))`${array.name}[${index}]`;
}

export function bigintElement(c: Context, depth: number, type: WideType): Tree | undefined {
  const data = c.chance(0.3)
    ? c.pick(c.variables((candidate) => candidate.type === 'DataView'))
    : undefined;
  if (data) {
    const method = type === 'i64' ? 'getBigInt64' : 'getBigUint64';
    return made(
      type,
    )`${data.name}.${method}(${offsetTree(c, depth)}${byteOrder(c, method, depth)})`;
  }
  const array = c.pick(
    c.variables((candidate) => isBigintArray(candidate.type) && wideOf(candidate.type) === type),
  );
  if (!array) return undefined;
  const index = indexTree(c, depth, array);
  if (!index) return undefined;
  const element = `${array.name}[`;
  // An undefined bigint can't be computed with, so its absence is tested.
  return c.bounds === 'js' || c.chance(0.1)
    ? made(type)`(${element}${index}] ?? ${bigintTree(c, type, depth, true)})`
    : made(type)`${element}${index}]`;
}

/** An element that is surely there, as an expression without parts to be made. */
export function elementLeaf(c: Context): Tree | undefined {
  const array = c.pick(numericArrays(c).filter(({ sure }) => (sure ?? 0) > 0));
  if (!array || c.bounds === 'js') return undefined;
  return made(elementKind(array))`${array.name}[${c.random.below(array.sure ?? 1)}]`;
}

/** An index that is inside the array, most of the time; undefined where none is known. */
export function indexTree(c: Context, depth: number, array: Variable): Tree | undefined {
  const sure = array.sure ?? 0;
  const inside = c.variables(
    ({ limit, indexOf }) => indexOf === array.name || (limit !== undefined && limit <= sure),
  );
  const variable = c.pick(inside);
  if (variable && c.chance(0.55)) return integer`${variable.name}`;
  if (c.chance(c.bounds === 'js' ? 0.2 : 0.012)) return wildIndex(c, depth, array);
  if (variable && c.chance(0.3)) return affine(c, variable, sure) ?? integer`${variable.name}`;
  if (sure < 1) return variable && integer`${variable.name}`;
  const mask = 2 ** Math.floor(Math.log2(sure));
  return c.random.weighted<() => Tree>([
    [3, () => literal(c.random.below(sure))],
    [4, () => maskedTree(c, depth, mask)],
    [1, () => integer`(${integerTree(c, depth)} & ${mask - 1})`],
    [1, () => integer`((${numberTree(c, depth)} >>> 0) % ${array.name}.length)`],
    [1, () => integer`(${array.name}.length - 1)`],
  ])();
}

/** An index that is some line of a loop's variable. */
function affine(c: Context, variable: Variable, sure: number): Tree | undefined {
  const { name, limit } = variable;
  if (limit === undefined) return undefined;
  const stride = c.random.between(1, 4);
  const last = (limit - 1) * stride;
  const offset = c.random.between(0, 3);
  if (last + offset >= sure) return undefined;
  return c.chance(0.3)
    ? integer`(${last + offset} - ${name} * ${stride})`
    : integer`(${name} * ${stride} + ${offset})`;
}

function wildIndex(c: Context, depth: number, array: Variable): Tree {
  return c.random.weighted<() => Tree>([
    [2, () => integer`${array.name}.length`],
    [1, () => literal(-1)],
    [2, () => literal(edgeNumber(c.random))],
    [2, () => numberTree(c, depth)],
    [2, () => integerTree(c, depth)],
  ])();
}

export function lengthTree(c: Context): Tree | undefined {
  const view = c.pick(c.variables(({ type }) => isArray(type) || type === 'DataView'));
  if (!view) return undefined;
  const property = isArray(view.type)
    ? c.random.weighted([
        [6, 'length'],
        [1, 'byteLength'],
        [1, 'byteOffset'],
      ])
    : 'byteLength';
  return integer`${view.name}.${property}`;
}

/** An array that can be searched. */
export const searchedArray = (c: Context): Variable | undefined =>
  c.pick(c.variables(({ type }) => isArray(type)));

export function searchTree(c: Context, depth: number): Tree | undefined {
  const array = searchedArray(c);
  if (!array) return undefined;
  const { name, type } = array;
  const searched = isBigintArray(type) ? bigintTree(c, wideOf(type), depth) : numberTree(c, depth);
  const method = c.random.pick(['indexOf', 'lastIndexOf']);
  return c.chance(0.7)
    ? integer`${name}.${method}(${searched})`
    : integer`${name}.${method}(${searched}, ${numberTree(c, depth)})`;
}

/** `a.at(i) ?? x`. */
export function atTree(c: Context, depth: number): Tree | undefined {
  const array = c.pick(numericArrays(c));
  if (!array) return undefined;
  return number`(${array.name}.at(${integerTree(c, depth)}) ?? ${numberTree(c, depth)})`;
}
