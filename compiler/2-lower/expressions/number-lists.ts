/**
 * Long lists of constant numbers: their elements are data of the binary, which a loop appends. As code, each would
 * be as long as an append is, so that a table of thousands, such as a generated parser has, would take LLVM minutes.
 */
import { createHash } from 'node:crypto';
import type { Node } from '../../ts-morph.ts';
import { fold } from '../../1-read/fold.ts';

import { normalize } from '../../ir/scalars.ts';
import {
  isNumeric,
  type BoundaryType,
  type Constant,
  type IrTable,
  type NumericType,
  type Value,
} from '../../ir/types.ts';
import type { Lowering } from '../lowering.ts';
import { leaveUnless } from '../sequences.ts';

/** Shorter ones are code, of which later passes know each element. */
const leastItems = 64;

/** The elements of a list as a table; undefined where they are few, or one isn't a constant of exactly the type. */
export function numberTable(
  { type, undefined: mayBeUndefined, null: mayBeNull }: BoundaryType,
  items: readonly Node[],
): IrTable | undefined {
  if (items.length < leastItems || mayBeUndefined || mayBeNull || !isNumeric(type))
    return undefined;
  const values: Constant[] = [];
  for (const item of items) {
    const value = constantOf(type, item);
    if (value === undefined) return undefined;
    values.push(value);
  }
  return { name: nameOf(type, values), type, values };
}

/** Writes the appending of all elements of a table. */
export function appendTable(l: Lowering, list: Value, table: IrTable): void {
  l.module.requireTable(table);
  const index = l.b.local('index', 'i64');
  const label = l.b.label('elements');
  const count = l.b.const('i64', BigInt(table.values.length));
  l.b.set(index, l.b.const('i64', 0n));
  l.b.loop(label, () => {
    const at = l.b.get(index);
    leaveUnless(l, l.b.op('lt', [at, count]), label);
    const element = l.b.op('table.load', [at], table.type, { table: table.name });
    l.b.effect('list.push', [list, element]);
    l.b.set(index, l.b.op('add', [at, l.b.const('i64', 1n)]));
  });
}

/** What an item stands for; undefined for what isn't constant, or what the type can't hold. */
function constantOf(type: NumericType, item: Node): Constant | undefined {
  const value = fold(item, () => undefined);
  if (typeof value !== 'number' && typeof value !== 'bigint') return undefined;
  if (type === 'f64') return typeof value === 'number' ? value : undefined;
  // Singles are told from doubles where they are assigned.
  if (type === 'f32') return undefined;
  const isWide = type === 'i64' || type === 'u64';
  if (isWide !== (typeof value === 'bigint')) return undefined;
  if (typeof value === 'number' && !Number.isInteger(value)) return undefined;
  const held = normalize(type, value);
  return Object.is(held, value) ? held : undefined;
}

/** One name for equal tables, also of modules that are put together later. */
function nameOf(type: NumericType, values: readonly Constant[]): string {
  const hash = createHash('sha256').update(type);
  for (const value of values) hash.update(` ${Object.is(value, -0) ? '-0' : String(value)}`);
  return `numbers.${hash.digest('hex').slice(0, 32)}`;
}
