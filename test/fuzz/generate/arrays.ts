/** Expressions on typed arrays and DataViews: elements, indices, lengths, searches, and arrays themselves. */
import { made, type Tree } from '../tree.ts';
import {
  bigintArrays,
  isArray,
  isBigintArray,
  isFloatArray,
  numberArrays,
  type ArrayType,
  type BigintArray,
} from '../types.ts';
import { storedBigint } from './bigints.ts';
import { booleanTree } from './booleans.ts';
import { callTree } from './calls.ts';
import { Context } from './context.ts';
import { readTree } from './heap/paths.ts';
import { maskedTree } from './integers.ts';
import { numberTree, storable } from './numbers.ts';

/** An array, with how many elements it surely has. */
export interface ArrayTree {
  readonly tree: Tree;
  readonly sure: number;
}

/** An array of a type: a variable, a part of one, or a new one. */
export function arrayTree(c: Context, type: ArrayType, depth: number): ArrayTree {
  const variable = c.pick(c.variables((candidate) => candidate.type === type));
  const sure = variable?.sure ?? 0;
  const of = (tree: Tree, length: number): ArrayTree => ({
    tree,
    sure: Math.max(0, length),
  });
  if (variable && (depth <= 0 || c.room <= 0 || c.chance(0.4))) {
    return of(made(type)`${variable.name}`, sure);
  }
  if (variable && c.chance(0.5)) {
    const method = c.random.pick(['subarray', 'subarray', 'slice']);
    if (c.chance(0.1)) {
      return of(
        made(
          type,
        )`${variable.name}.${method}(${numberTree(c, depth - 1)}, ${numberTree(c, depth - 1)})`,
        0,
      );
    }
    const start = c.random.between(0, Math.min(3, sure));
    if (c.chance(0.4)) return of(made(type)`${variable.name}.${method}(${start})`, sure - start);
    const end = c.random.between(start, sure);
    return c.chance(0.2) && end < sure
      ? of(made(type)`${variable.name}.${method}(${start}, -${sure - end})`, end - start)
      : of(made(type)`${variable.name}.${method}(${start}, ${end})`, end - start);
  }
  const held = c.program.heap && c.chance(0.4) ? readTree(c, depth - 1, type) : undefined;
  if (held) return of(held, 0);
  const call = c.chance(0.4) ? callTree(c, depth - 1, type) : undefined;
  if (call) return of(call, 0);
  if (variable && c.chance(0.15)) {
    const other = c.pick(c.variables((candidate) => candidate.type === type));
    const otherSure = Math.min(sure, other?.sure ?? 0);
    return of(
      made(
        type,
      )`(${booleanTree(c, depth - 1)} ? ${variable.name} : ${other?.name ?? variable.name})`,
      otherSure,
    );
  }
  return newArray(c, type, depth - 1);
}

export function newArray(c: Context, type: ArrayType, depth: number): ArrayTree {
  const source = c.pick(
    c.variables(
      (candidate) =>
        isArray(candidate.type) && isBigintArray(candidate.type) === isBigintArray(type),
    ),
  );
  if (source && c.chance(0.25)) {
    const tree = c.chance(0.8)
      ? made(type)`new ${type}(${source.name})`
      : made(type)`${type}.from(${source.name})`;
    return { tree, sure: source.sure ?? 0 };
  }
  if (c.chance(0.4)) {
    const length = c.random.between(1, 12);
    if (c.chance(0.1))
      return {
        tree: made(type)`new ${type}(${maskedTree(c, depth, 16)})`,
        sure: 0,
      };
    return { tree: made(type)`new ${type}(${length})`, sure: length };
  }
  const values = Array.from({ length: c.random.between(1, 4) }, () => elementValue(c, type, depth));
  const list = values.flatMap((value, index) => (index === 0 ? [value] : [', ', value]));
  const [open, close] = c.chance(0.8) ? [`new ${type}([`, '])'] : [`${type}.of(`, ')'];
  return {
    tree: { kind: type, parts: [open, ...list, close] },
    sure: values.length,
  };
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
