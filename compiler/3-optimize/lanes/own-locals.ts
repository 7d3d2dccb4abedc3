/** The locals that a round of a loop computes in. */
import type { IrFunction, Loop, Node } from '../../ir/types.ts';
import { walkOps } from '../../ir/walk.ts';
import { assignedIn } from './assigned.ts';

/**
 * Has a round use locals of its own for what nothing behind it reads; undefined where it reads what other rounds set, or
 * may leave unset what is read behind it.
 */
export function ownLocals(
  fn: IrFunction,
  head: readonly Node[],
  loop: Loop,
  live: ReadonlySet<string>,
  counter: string,
): Map<string, string> | undefined {
  const { atEnd, readBefore } = assignedIn(head);
  if (atEnd === undefined) return undefined;
  const [own, all] = [localsSet(head), localsSet(loop.body)];
  const renamed = new Map<string, string>();
  for (const name of readBefore) if (all.has(name) && name !== counter) return undefined;
  for (const name of own) {
    if (live.has(name) && !atEnd.has(name)) return undefined;
    if (!live.has(name)) renamed.set(name, `${loop.label}.lanes.${name}`);
  }
  for (const { name, type } of [...fn.locals]) {
    const other = renamed.get(name);
    if (other !== undefined) fn.locals.push({ name: other, type });
  }
  return renamed;
}

function localsSet(nodes: readonly Node[]): Set<string> {
  const names = new Set<string>();
  walkOps(nodes, ({ op, attributes: { local } }) => {
    if (op === 'local.set' && local !== undefined) names.add(local);
  });
  return names;
}
