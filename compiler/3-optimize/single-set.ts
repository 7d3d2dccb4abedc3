/**
 * Locals that are set once, before every read, are names for a value. Reads become that value, which
 * takes the name as its hint if it has none.
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
  const sets = new Map<string, number>();
  const gets = new Map<string, number>();
  const count = (counts: Map<string, number>, local: string): number =>
    counts.set(local, (counts.get(local) ?? 0) + 1).size;
  walkOps(fn.body, ({ op, attributes: { local } }) => {
    if (local !== undefined) count(op === 'local.set' ? sets : gets, local);
  });
  const names = new Map<string, Value>();
  const visit = (nodes: readonly Node[]): void =>
    nodes.forEach((node, index) => {
      for (const region of regionsOf(node)) visit(region);
      const { local, value } = setting(node);
      if (local === undefined || !value || sets.get(local) !== 1) return;
      // What comes after it in its region, or inside that, runs after it.
      let after = 0;
      walkOps(nodes.slice(index + 1), ({ op, attributes }) => {
        if (op === 'local.get' && attributes.local === local) after++;
      });
      if (after === (gets.get(local) ?? 0)) names.set(local, value);
    });
  visit(fn.body);
  return names;
}

function setting(node: Node): { local?: string | undefined; value?: Value | undefined } {
  if (node.kind !== 'op' || node.op !== 'local.set') return {};
  const { attributes, args }: Operation = node;
  return { local: attributes.local, value: args[0] };
}
