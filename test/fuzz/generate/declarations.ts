/** Declarations of variables. */
import { integer, number, statement, ts, type Tree } from '../tree.ts';
import { intTypes, isHeap, isView, type Type } from '../types.ts';
import { arrayTree, newArray, someArrayType } from './arrays.ts';
import { valueFor } from './assignments.ts';
import { booleanTree } from './booleans.ts';
import { Context } from './context.ts';
import { integerTree } from './integers.ts';
import { numberTree } from './numbers.ts';
import { depthOf } from './statements.ts';

/** The type of a new variable. */
function variableType(c: Context): Type {
  return c.random.weighted<() => Type>([
    [9, () => 'number'],
    [1, () => 'f64'],
    [5, () => 'i32'],
    [3, () => c.random.pick(intTypes)],
    [2, () => 'f32'],
    [2, () => 'boolean'],
    [2, () => c.random.pick(['i64', 'u64'])],
  ])();
}

export function declaration(c: Context): Tree {
  if (c.chance(0.18)) return arrayDeclaration(c);
  if (c.chance(0.08)) return optionalDeclaration(c);
  const type = variableType(c);
  const name = c.fresh('v');
  const keyword = c.random.weighted([
    [6, 'let'],
    [3, 'const'],
  ]);
  const writable = keyword === 'let';
  if (type === 'number' && c.chance(0.6) && !isCircular(c)) {
    const value = numberTree(c, depthOf(c));
    const known =
      writable || c.bounds === 'js' || value.kind === 'statement' ? 'number' : value.kind;
    c.declare({ name, type, kind: known, writable });
    return statement`${keyword} ${name} = ${value};`;
  }
  const value = valueFor(c, type, depthOf(c));
  c.declare({ name, type, writable });
  return statement`${keyword} ${name}${ts(`: ${type}`)} = ${value};`;
}

/** A variable without a hint that holds integers all its life. */
export function integerDeclaration(c: Context): Tree {
  const value = c.chance(0.5) ? integer`${c.random.below(10)}` : integerTree(c, 2);
  const name = c.fresh('n');
  c.declare({ name, type: 'number', kind: 'integer', writable: true });
  return statement`let ${name} = ${value};`;
}

/** Whether the checker might say that a variable's type depends on itself, through what is assigned in a loop. */
const isCircular = (c: Context): boolean =>
  c.rounds > 1 &&
  c
    .visible()
    .some(({ absent, type, writable }) => writable && (absent !== undefined || type === 'boolean'));

export function arrayDeclaration(c: Context): Tree {
  const type = someArrayType(c);
  const made = c.chance(0.4) && c.spend(16) ? newArray(c, type, 1) : arrayTree(c, type, 2);
  const name = c.fresh('a');
  const writable = c.chance(0.6);
  c.declare({ name, type, writable, sure: made.sure });
  // Without its type a variable is of the one kind of buffer that its first array has.
  const annotation = ts(writable || c.chance(0.2) ? `: ${type}` : '');
  return statement`${writable ? 'let' : 'const'} ${name}${annotation} = ${made.tree};`;
}

export function optionalDeclaration(c: Context): Tree {
  const type = c.random.pick(['number', 'number', 'i32', 'boolean', 'f32'] as const);
  const absent = c.random.pick(['undefined', 'null'] as const);
  const value = c.chance(0.3) ? number`${absent}` : valueFor(c, type, depthOf(c));
  // TypeScript would know the variable by its first value alone, if that weren't one of two.
  const other = c.chance(0.5) ? number`${absent}` : valueFor(c, type, 1);
  const either = number`${booleanTree(c, 1)} ? ${value} : ${other}`;
  const name = c.fresh('o');
  c.declare({ name, type, writable: true, absent });
  return statement`let ${name}${ts(`: ${type} | ${absent}`)} = ${either};`;
}

/** An inner variable of an outer one's name. */
export function shadowing(c: Context): Tree | undefined {
  const outer = c.pick(
    c.variables(({ type, writable }) => writable && !isView(type) && !isHeap(type)),
  );
  if (!outer) return undefined;
  const type = c.random.pick(['number', 'i32', 'f32', 'boolean'] as const);
  const value = c.hiding(outer.name, () => valueFor(c, type, 2));
  c.declare({ name: outer.name, type, writable: true });
  return statement`let ${outer.name}${ts(`: ${type}`)} = ${value};`;
}
