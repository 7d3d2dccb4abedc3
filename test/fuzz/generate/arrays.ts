/** Expressions on typed arrays and DataViews: elements, indices, lengths, searches, and arrays themselves. */
import { integer, made, number, type Tree } from '../tree.ts';
import {
  bigintArrays,
  fits,
  isArray,
  isBigintArray,
  isFloatArray,
  isNumberArray,
  numberArrays,
  wideOf,
  type ArrayType,
  type BigintArray,
  type ValueKind,
  type WideType,
} from '../types.ts';
import { bigintTree, storedBigint } from './bigints.ts';
import { booleanTree } from './booleans.ts';
import type { Context, Form, Variable } from './context.ts';
import { integerTree, literal, maskedTree, numberTree, storable } from './numbers.ts';
import { edgeNumber } from './literals.ts';

export const numericArrays = (c: Context): Variable[] => c.variables(({ type }) => isNumberArray(type));

/** What reading an element gives, inside the array. */
function elementKind(array: Variable): ValueKind {
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
  const array = c.pick(numericArrays(c).filter((candidate) => fits(elementKind(candidate), wanted)));
  if (!array) return undefined;
  const index = absent && c.chance(0.4) ? integerTree(c, depth) : indexTree(c, depth, array);
  if (!index) return undefined;
  return made(wild ? 'number' : elementKind(array))`${array.name}[${index}]`;
}

export function bigintElement(c: Context, depth: number, type: WideType): Tree | undefined {
  const array = c.pick(c.variables((candidate) => isBigintArray(candidate.type) && wideOf(candidate.type) === type));
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

const dataTypes = ['Int8', 'Uint8', 'Int16', 'Uint16', 'Int32', 'Uint32', 'Float32', 'Float64'];

/** A read of a DataView. */
export function dataTree(c: Context, depth: number): Tree | undefined {
  const view = c.pick(c.variables(({ type }) => type === 'DataView'));
  if (!view) return undefined;
  const type = c.random.pick(dataTypes);
  const kind = type === 'Float64' ? 'number' : type === 'Float32' ? 'single' : 'integer';
  return made(kind)`${view.name}.get${type}(${offsetTree(c, depth)}${byteOrder(c, type, depth)})`;
}

/** A write to a DataView, as a statement's expression. */
export function dataWrite(c: Context, depth: number): Tree | undefined {
  const view = c.pick(c.variables(({ type }) => type === 'DataView'));
  if (!view) return undefined;
  const offset = offsetTree(c, depth);
  const isBig = c.chance(0.2);
  const type = isBig ? c.random.pick(['BigInt64', 'BigUint64']) : c.random.pick(dataTypes);
  const value = isBig
    ? bigintTree(c, c.random.pick(['i64', 'u64']), depth)
    : type.startsWith('Float')
      ? storable(c, depth)
      : numberTree(c, depth);
  return number`${view.name}.set${type}(${offset}, ${value}${byteOrder(c, type, depth)})`;
}

const offsetTree = (c: Context, depth: number): Tree =>
  c.chance(0.02) ? numberTree(c, depth) : maskedTree(c, depth, 8);

/** The argument `littleEndian`, which accesses to single bytes don't have. */
function byteOrder(c: Context, type: string, depth: number): Tree {
  if (type.endsWith('Int8') || type.endsWith('Uint8')) return number``;
  const order = c.random.below(4);
  if (order === 0) return number``;
  return order === 1 ? number`, ${booleanTree(c, depth)}` : number`, ${order === 2 ? 'true' : 'false'}`;
}

/** An array, with how many elements it surely has. */
export interface ArrayTree {
  readonly tree: Tree;
  readonly sure: number;
}

/** An array of a type: a variable, a part of one, or a new one. */
export function arrayTree(c: Context, type: ArrayType, depth: number): ArrayTree {
  const variable = c.pick(c.variables((candidate) => candidate.type === type));
  const sure = variable?.sure ?? 0;
  const of = (tree: Tree, length: number): ArrayTree => ({ tree, sure: Math.max(0, length) });
  if (variable && (depth <= 0 || c.room <= 0 || c.chance(0.4))) {
    return of(made(type)`${variable.name}`, sure);
  }
  if (variable && c.chance(0.5)) {
    const method = c.random.pick(['subarray', 'subarray', 'slice']);
    if (c.chance(0.1)) {
      return of(made(type)`${variable.name}.${method}(${numberTree(c, depth - 1)}, ${numberTree(c, depth - 1)})`, 0);
    }
    const start = c.random.between(0, Math.min(3, sure));
    if (c.chance(0.4)) return of(made(type)`${variable.name}.${method}(${start})`, sure - start);
    const end = c.random.between(start, sure);
    return c.chance(0.2) && end < sure
      ? of(made(type)`${variable.name}.${method}(${start}, -${sure - end})`, end - start)
      : of(made(type)`${variable.name}.${method}(${start}, ${end})`, end - start);
  }
  if (variable && c.chance(0.15)) {
    const other = c.pick(c.variables((candidate) => candidate.type === type));
    const otherSure = Math.min(sure, other?.sure ?? 0);
    return of(made(type)`(${booleanTree(c, depth - 1)} ? ${variable.name} : ${other?.name ?? variable.name})`, otherSure);
  }
  return newArray(c, type, depth - 1);
}

export function newArray(c: Context, type: ArrayType, depth: number): ArrayTree {
  const source = c.pick(
    c.variables((candidate) => isArray(candidate.type) && isBigintArray(candidate.type) === isBigintArray(type)),
  );
  if (source && c.chance(0.25)) {
    const tree = c.chance(0.8)
      ? made(type)`new ${type}(${source.name})`
      : made(type)`${type}.from(${source.name})`;
    return { tree, sure: source.sure ?? 0 };
  }
  if (c.chance(0.4)) {
    const length = c.random.between(1, 12);
    if (c.chance(0.1)) return { tree: made(type)`new ${type}(${maskedTree(c, depth, 16)})`, sure: 0 };
    return { tree: made(type)`new ${type}(${length})`, sure: length };
  }
  const values = Array.from({ length: c.random.between(1, 4) }, () => elementValue(c, type, depth));
  const list = values.flatMap((value, index) => (index === 0 ? [value] : [', ', value]));
  const [open, close] = c.chance(0.8) ? [`new ${type}([`, '])'] : [`${type}.of(`, ')'];
  return { tree: { kind: type, parts: [open, ...list, close] }, sure: values.length };
}

/** A value to be stored in an array of a type. */
export function elementValue(c: Context, type: ArrayType, depth: number): Tree {
  if (isBigintArray(type)) return storedBigint(c, type as BigintArray, depth);
  return isFloatArray(type) ? storable(c, depth) : numberTree(c, depth);
}

/** Any type of array, those of parameters in reach more often. */
export function someArrayType(c: Context): ArrayType {
  const known = c.pick(c.variables(({ type }) => isArray(type)));
  if (known && isArray(known.type) && c.chance(0.6)) return known.type;
  return c.chance(0.85) ? c.random.pick(numberArrays) : c.random.pick(bigintArrays);
}

const methodForms: readonly (readonly [number, Form])[] = [
  [3, (c, depth) => onArray(c, ({ name, type }) => number`${name}.fill(${elementValue(c, type as ArrayType, depth)}${someRange(c, depth)})`)],
  [2, (c, depth) => onArray(c, ({ name }) => number`${name}.copyWithin(${someCount(c, depth)}, ${someCount(c, depth)}${c.chance(0.5) ? number`, ${someCount(c, depth)}` : ''})`)],
  [2, (c) => onArray(c, ({ name, type }) => (c.program.guarded && isFloatArray(type) ? undefined : number`${name}.reverse()`))],
  [3, setCall],
];

/** A call that changes an array, as a statement's expression. */
export function arrayCall(c: Context, depth: number): Tree | undefined {
  const make = c.random.weighted(methodForms);
  return make(c, depth);
}

function onArray(c: Context, make: (array: Variable) => Tree | undefined): Tree | undefined {
  const array = c.pick(c.variables(({ type }) => isArray(type)));
  return array && c.spend(16) ? make(array) : undefined;
}

const someCount = (c: Context, depth: number): Tree =>
  c.chance(0.6) ? literal(c.random.between(-4, 9)) : numberTree(c, depth);

function someRange(c: Context, depth: number): Tree {
  if (c.chance(0.4)) return number``;
  return c.chance(0.5)
    ? number`, ${someCount(c, depth)}`
    : number`, ${someCount(c, depth)}, ${someCount(c, depth)}`;
}

function setCall(c: Context, depth: number): Tree | undefined {
  return onArray(c, (target) => {
    const type = target.type as ArrayType;
    if (c.chance(0.4)) {
      const sure = target.sure ?? 0;
      const count = c.random.between(1, Math.max(1, Math.min(3, sure)));
      const values = Array.from({ length: count }, () => elementValue(c, type, depth));
      const list = values.flatMap((value, index) => (index === 0 ? [value] : [', ', value]));
      const offset = c.random.below(Math.max(1, sure - count + 1));
      return { kind: 'number', parts: [`${target.name}.set([`, ...list, `], ${offset})`] };
    }
    const source = c.pick(
      c.variables((candidate) => isArray(candidate.type) && mayFill(c, candidate.type, type)),
    );
    if (!source) return undefined;
    if (c.chance(0.7)) return number`${target.name}.set(${source.name}.subarray(0, ${c.random.below(4)}), ${c.random.below(5)})`;
    return number`${target.name}.set(${source.name}${c.chance(0.2) ? number`, ${someCount(c, depth)}` : ''})`;
  });
}

/** Whether an array's elements can be stored in another without a NaN where that could be told. */
function mayFill(c: Context, source: ArrayType, target: ArrayType): boolean {
  if (isBigintArray(source) !== isBigintArray(target)) return false;
  return !c.program.guarded || !isFloatArray(target) || source === target || !isFloatArray(source);
}
