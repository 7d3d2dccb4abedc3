/** Calls of the program's own functions. */
import type { Parameter } from '../program.ts';
import { made, number, type Tree } from '../tree.ts';
import { fits, isArray, kindOf, type ValueKind } from '../types.ts';
import { newArray } from './arrays.ts';
import { valueFor } from './assignments.ts';
import { Context, type Helper } from './context.ts';
import { maskedTree } from './integers.ts';

/**
 * A call of a helper.
 * @param wanted the kind of the result; undefined for whatever it gives
 * @param absent whether the result has to be one that may be absent
 */
export function callTree(
  c: Context,
  depth: number,
  wanted: ValueKind | undefined,
  absent = false,
): Tree | undefined {
  if (c.frozen > 0 || c.inValue > 0) return undefined;
  const suitable = c.program.helpers.filter((helper) => {
    if (wanted === undefined) return true;
    if (helper.result === undefined || (helper.absent !== undefined) !== absent) return false;
    return fits(kindOf(helper.result), wanted);
  });
  const helper = c.pick(suitable);
  if (!helper || !canPass(c, helper) || !c.spend(helper.cost)) return undefined;
  return callOf(c, helper, depth);
}

const canPass = (c: Context, { fn }: Helper): boolean =>
  fn.params.every(
    ({ type, absent }) =>
      type !== 'DataView' || absent !== undefined || c.variables((v) => v.type === type).length > 0,
  );

function callOf(c: Context, helper: Helper, depth: number): Tree {
  const { params, name } = helper.fn;
  // Left out parameters must be the last ones.
  let count = params.length;
  while (count > 0 && params[count - 1]?.absent === 'undefined' && c.chance(0.4)) count--;
  const args = params
    .slice(0, count)
    .map((param, index) => (helper.recursive && index === 0 ? fuel(c) : argument(c, param, depth)));
  const list = args.flatMap((arg, index) => (index === 0 ? [arg] : [', ', arg]));
  const kind = helper.result === undefined ? 'number' : kindOf(helper.result);
  return { kind, parts: [`${name}(`, ...list, ')'] };
}

const fuel = (c: Context): Tree => made('integer')`${c.random.between(0, 5)}`;

function argument(c: Context, { type, absent, sure, limit }: Parameter, depth: number): Tree {
  if (limit !== undefined) return limited(c, limit, depth);
  if (absent !== undefined && c.chance(0.25)) return number`${absent}`;
  if (isArray(type)) {
    const array = c.pick(
      c.variables((variable) => variable.type === type && (variable.sure ?? 0) >= sure),
    );
    if (array) return made(type)`${array.name}`;
    return sure === 0 ? newArray(c, type, depth).tree : made(type)`new ${type}(${sure})`;
  }
  if (type === 'DataView' && c.variables((variable) => variable.type === type).length === 0) {
    return number`${String(absent)}`;
  }
  return valueFor(c, type, depth);
}

/** An integer from 0 to below a limit, which is a power of two. */
function limited(c: Context, limit: number, depth: number): Tree {
  const own = c.pick(c.variables((variable) => (variable.limit ?? Infinity) <= limit));
  if (own && c.chance(0.7)) return made('integer')`${own.name}`;
  return c.chance(0.5)
    ? made('integer')`${c.random.between(0, limit - 1)}`
    : maskedTree(c, depth, limit);
}
