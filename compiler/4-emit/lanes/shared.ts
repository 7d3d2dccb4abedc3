/**
 * Counters that all lanes share. A loop's lanes begin together, and each round counts for all that are still in it: what
 * such a local has is the same in all of them, and is computed and compared once. Lanes that have left keep what they had.
 */
import { opInfo } from '../../ir/ops.ts';
import type { Block, Loop, Node, Operation, Value } from '../../ir/types.ts';
import { definitionsOf, regionsOf, walkOps } from '../../ir/walk.ts';

/** @returns the labels of the loops in which all lanes share a local, by its name */
export function sharedLocals(block: Block): ReadonlyMap<string, string> {
  const definitions = definitionsOf(block.body);
  const sets = new Map<string, Operation[]>();
  walkOps(block.body, (op) => {
    const { local } = op.attributes;
    if (op.op === 'local.set' && local !== undefined)
      sets.set(local, [...(sets.get(local) ?? []), op]);
  });
  const found = new Map<string, string>();
  const { together, loops } = commonPath(block);
  for (const loop of loops) {
    const inside = new Set<Operation>();
    walkOps(loop.body, (op) => void inside.add(op));
    const before = new Set(together.slice(0, together.indexOf(loop)));
    for (const [local, all] of sets) {
      const isSame = ({ id }: Value, within: boolean): boolean => {
        const op = definitions.get(id);
        if (!op || op.op === 'const') return true;
        if (op.op !== 'local.get')
          return opInfo(op.op).effect === 'none' && op.args.every((arg) => isSame(arg, within));
        const read = op.attributes.local ?? '';
        return read === local ? within && inside.has(op) : !sets.has(read);
      };
      const counting = all.filter((set) => inside.has(set));
      const [step] = counting;
      const isShared =
        counting.length === 1 &&
        step !== undefined &&
        loop.body.includes(step) &&
        step.args.every((arg) => isSame(arg, true)) &&
        all.every(
          (set) => set === step || (before.has(set) && set.args.every((arg) => isSame(arg, false))),
        );
      if (isShared && !found.has(local)) found.set(local, loop.label);
    }
  }
  return found;
}

/** What all lanes run at the same time, but those that have left for good: all outside of loops and branches, in order. */
function commonPath({ body }: Block): {
  readonly together: readonly Node[];
  readonly loops: readonly Loop[];
} {
  const together: Node[] = [];
  const walk = (nodes: readonly Node[]): void => {
    for (const node of nodes) {
      together.push(node);
      if (node.kind === 'block') regionsOf(node).forEach(walk);
    }
  };
  walk(body);
  return { together, loops: together.flatMap((node) => (node.kind === 'loop' ? [node] : [])) };
}
