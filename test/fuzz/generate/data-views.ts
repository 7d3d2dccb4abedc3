/** Reads and writes of DataViews. */
import { made, number, type Tree } from '../tree.ts';
import { bigintTree } from './bigints.ts';
import { booleanTree } from './booleans.ts';
import { Context } from './context.ts';
import { maskedTree } from './integers.ts';
import { numberTree, plainTree } from './numbers.ts';

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
      ? // The bytes of the view are compared, whatever arrays share its buffer.
        plainTree(c, depth)
      : numberTree(c, depth);
  return number`${view.name}.set${type}(${offset}, ${value}${byteOrder(c, type, depth)})`;
}

export const offsetTree = (c: Context, depth: number): Tree =>
  c.chance(0.02) ? numberTree(c, depth) : maskedTree(c, depth, 8);

/** The argument `littleEndian`, which accesses to single bytes don't have. */
export function byteOrder(c: Context, type: string, depth: number): Tree {
  if (type === 'Int8' || type === 'Uint8') return number``;
  const order = c.random.below(4);
  if (order === 0) return number``;
  return order === 1
    ? number`, ${booleanTree(c, depth)}`
    : number`, ${order === 2 ? 'true' : 'false'}`;
}
