/** Which locals are read behind a loop, or in later rounds of it, before they are set again. */
import type { IrFunction, Node } from '../../ir/types.ts';
import { regionsOf } from '../../ir/walk.ts';
import { assignedIn } from './assigned.ts';

/**
 * The locals that may be read after some nodes of the function, without being set meanwhile: in what follows them, and
 * what follows that in turn. A name too many does no harm.
 */
export function liveBehind(fn: IrFunction, last: Node): ReadonlySet<string> {
  const live = new Set<string>(assignedIn(fn.unwind ?? []).readBefore);
  const add = (nodes: readonly Node[]): void => {
    for (const name of assignedIn(nodes).readBefore) live.add(name);
  };
  const find = (nodes: readonly Node[]): boolean => {
    for (const [index, node] of nodes.entries()) {
      const isHere = node === last || regionsOf(node).some(find);
      if (!isHere) continue;
      if (node.kind === 'loop' && node !== last) add(node.body);
      if (node.kind === 'try') add(node.handler);
      add(nodes.slice(index + 1));
      return true;
    }
    return false;
  };
  find(fn.body);
  return live;
}
