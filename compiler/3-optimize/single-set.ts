/**
 * Locals that one place sets before every read are names for a value, whatever they are set to elsewhere. Reads
 * become that value, which takes the name as its hint if it has none.
 */
import type { IrFunction, Node, Operation, Value } from '../ir/types.ts';
import { regionsOf, replaceValues, rewriteOps, walkOps } from '../ir/walk.ts';
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

/** The locals that always hold one value where they are read. */
function namesForValues(fn: IrFunction): Map<string, Value> {
  const gets = new Map<string, number>();
  walkOps(fn.body, ({ op, attributes: { local } }) => {
    if (op === 'local.get' && local !== undefined) gets.set(local, (gets.get(local) ?? 0) + 1);
  });
  const names = new Map<string, Value>();
  const visit = (nodes: readonly Node[]): void =>
    nodes.forEach((node, index) => {
      for (const region of regionsOf(node)) visit(region);
      const { local, value } = setting(node);
      if (local === undefined || !value || names.has(local)) return;
      // What comes after it in its region, or inside that, runs after it.
      if (readsBeforeSet(nodes.slice(index + 1), local) === (gets.get(local) ?? 0))
        names.set(local, value);
    });
  visit(fn.body);
  return names;
}

/** How often nodes read a local; undefined where they also set it. */
function readsBeforeSet(nodes: readonly Node[], local: string): number | undefined {
  let reads = 0;
  for (const node of nodes) {
    if (node.kind !== 'op') {
      for (const region of regionsOf(node)) {
        const inside = readsBeforeSet(region, local);
        if (inside === undefined) return undefined;
        reads += inside;
      }
    } else if (node.attributes.local === local) {
      if (node.op === 'local.set') return undefined;
      reads++;
    }
  }
  return reads;
}

function setting(node: Node): { local?: string | undefined; value?: Value | undefined } {
  if (node.kind !== 'op' || node.op !== 'local.set') return {};
  const { attributes, args }: Operation = node;
  return { local: attributes.local, value: args[0] };
}
