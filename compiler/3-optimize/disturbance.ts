/** Whether something may happen between two points of a function. */
import type { Node, Operation } from '../ir/types.ts';
import { regionsOf } from '../ir/walk.ts';

/**
 * Whether one of `users` may run after an operation that `disturbs`, from a place in a region on to the region's end.
 * An operation has used its operands before it disturbs anything, but for a call, which has them as long as it runs.
 */
export function usedAfterDisturbance(
  region: readonly Node[],
  from: number,
  users: ReadonlySet<Node>,
  disturbs: (op: Operation) => boolean,
): boolean {
  let found = false;
  /** Gives whether the disturbance may have been at the end of the nodes. */
  const walk = (nodes: readonly Node[], start: number, before: boolean): boolean => {
    let disturbed = before;
    for (let index = start; index < nodes.length && !found; index++) {
      const node = nodes[index];
      if (node) disturbed = visit(node, disturbed);
    }
    return disturbed;
  };
  const visit = (node: Node, before: boolean): boolean => {
    const used = users.has(node);
    switch (node.kind) {
      case 'op': {
        const after = before || disturbs(node);
        if (used && (node.op === 'call' ? after : before)) found = true;
        return after;
      }
      case 'if':
        return [node.then, node.else].map((inner) => walk(inner, 0, before)).includes(true);
      case 'block':
        return walk(node.body, 0, before);
      case 'loop': {
        const after = walk(node.body, 0, before);
        if (after && !before) walk(node.body, 0, true);
        return after;
      }
      case 'try': {
        const after = walk(node.body, 0, before);
        return walk(node.handler, 0, after);
      }
      case 'break':
      case 'return':
      case 'throw':
      case 'rethrow':
        if (used && before) found = true;
        return before;
    }
  };
  walk(region, from, false);
  return found;
}

/** Whether a node, or one inside it, is one of these. */
export function contains(node: Node, wanted: ReadonlySet<Node>): boolean {
  return (
    wanted.has(node) ||
    regionsOf(node).some((region) => region.some((inner) => contains(inner, wanted)))
  );
}
