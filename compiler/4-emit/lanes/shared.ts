/**
 * Counters that all lanes share. A loop's lanes begin together, and each round counts for all that are still in it: what
 * such a local has is the same in all of them, and is computed and compared once. Lanes that have left keep what they had.
 */
import { opInfo } from '../../ir/ops.ts';
import type { Block, Loop, Node, Operation, Value } from '../../ir/types.ts';
import { definitionsOf, walkOps } from '../../ir/walk.ts';

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
  for (const [loop, before] of loopsOnce(block)) {
    const inside = new Set<Operation>();
    walkOps(loop.body, (op) => void inside.add(op));
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

/**
 * The loops outside of other loops and branches, each with what all lanes have run that come to it. What is inside of a
 * block in front of it isn't: a jump out of that one may have passed it over.
 */
function loopsOnce({ body }: Block): ReadonlyMap<Loop, ReadonlySet<Node>> {
  const found = new Map<Loop, ReadonlySet<Node>>();
  const walk = (nodes: readonly Node[], around: ReadonlySet<Node>): void => {
    for (const [index, node] of nodes.entries()) {
      if (node.kind !== 'loop' && node.kind !== 'block') continue;
      const before = new Set([...around, ...nodes.slice(0, index)]);
      if (node.kind === 'loop') found.set(node, before);
      else walk(node.body, before);
    }
  };
  walk(body, new Set());
  return found;
}
