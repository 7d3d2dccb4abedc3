/**
 * Locals that one place sets before every read are names for a value, whatever they are set to elsewhere. Reads
 * become that value, which takes the name as its hint if it has none.
 */
import type { IrFunction, Node, Value } from '../ir/types.ts';
import { regionsOf, replaceValues, rewriteOps } from '../ir/walk.ts';
import type { Pass } from './pass.ts';

export const singleSet: Pass = (fn) => {
  const names = namesForValues(fn);
  if (names.size === 0) return false;
  for (const [name, value] of names) value.hint ??= name;
  const values = new Map<number, Value>();
  rewriteOps(fn.body, (op) => {
    const value = names.get(op.attributes.local ?? '');
    if (!value) return undefined;
    for (const { id } of op.results) values.set(id, value);
    return [];
  });
  replaceValues(fn.body, values);
  fn.locals = fn.locals.filter(({ name }) => !names.has(name));
  return true;
};

/** Where a function names a local: the numbers of its operations, ascending. */
interface Places {
  readonly gets: number[];
  readonly sets: number[];
}

/** The setting of a local that is the one of that `index`; the region that it is in ends before operation `end`. */
interface Setting {
  readonly local: string;
  readonly value: Value;
  readonly index: number;
  end: number;
}

/** The locals that always hold one value where they are read. */
function namesForValues(fn: IrFunction): Map<string, Value> {
  const places = new Map<string, Places>();
  const settings: Setting[] = [];
  let count = 0;
  const visit = (nodes: readonly Node[]): void => {
    const own: Setting[] = [];
    for (const node of nodes) {
      for (const region of regionsOf(node)) visit(region);
      if (node.kind !== 'op') continue;
      const at = count++;
      const { local } = node.attributes;
      if (local === undefined) continue;
      const { gets, sets } = places.get(local) ?? { gets: [], sets: [] };
      places.set(local, { gets, sets });
      const [value] = node.args;
      if (node.op !== 'local.set' || !value) gets.push(at);
      else {
        const setting = { local, value, index: sets.push(at) - 1, end: 0 };
        own.push(setting);
        settings.push(setting);
      }
    }
    for (const setting of own) setting.end = count;
  };
  visit(fn.body);
  const names = new Map<string, Value>();
  for (const { local, value, index, end } of settings) {
    const { gets, sets } = places.get(local) ?? { gets: [], sets: [] };
    const [first = Infinity, last = -Infinity, at = -1, next = Infinity] = [
      ...[gets[0], gets.at(-1), sets[index], sets[index + 1]],
    ];
    // What comes after it in its region, or inside that, runs after it.
    if (!names.has(local) && first > at && last < end && next >= end) names.set(local, value);
  }
  return names;
}
