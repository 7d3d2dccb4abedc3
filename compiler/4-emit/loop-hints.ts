/**
 * What LLVM's vectorizer is told of loops that sum floats. A sum's order counts, so it stays a chain of
 * additions whatever is computed in vectors beside it, and that chain is what such a loop waits for. LLVM's
 * cost model (LoopVectorize, "ordered reductions") counts instructions, not that wait.
 */
import { isFloat, type Loop, type Operation, type Value } from '../ir/types.ts';
import { walkNodes } from '../ir/walk.ts';

export type LoopHint = 'scalar' | 'once' | undefined;

/** Where one of these is computed in vectors, that is worth more than the wait. */
const slow: ReadonlySet<string> = new Set([
  'div',
  'rem',
  'sqrt',
  'call',
  'view.store',
  'data.store',
]);

/**
 * @returns `scalar` for an innermost loop that only sums products and the like of elements that are not
 *   next to each other: collecting these into vectors costs more than it gives. `once` where they are
 *   neighbours: one vector a round, as more would only lengthen what is left over behind the vectors.
 */
export function loopHint(loop: Loop): LoopHint {
  const definitions = new Map<number, Operation>();
  const counters = new Set<string>();
  const ops: Operation[] = [];
  let isPlain = true;
  walkNodes(loop.body, (node) => {
    if (node.kind === 'loop') isPlain = false;
    if (node.kind !== 'op') return;
    ops.push(node);
    for (const { id } of node.results) definitions.set(id, node);
    const [a] = node.args;
    if (slow.has(node.op) && (node.op !== 'div' || (a && isFloat(a.type)))) isPlain = false;
  });
  if (!isPlain) return undefined;
  let sums = false;
  for (const {
    op,
    args: [value],
    attributes: { local },
  } of ops) {
    const made = op === 'local.set' && value ? definitions.get(value.id) : undefined;
    if (!made || (made.op !== 'add' && made.op !== 'sub')) continue;
    const steps = made.args.some(({ id }) => definitions.get(id)?.attributes.local === local);
    if (!steps) continue;
    if (value && isFloat(value.type)) sums = true;
    else if (local !== undefined) counters.add(local);
  }
  if (!sums) return undefined;
  const counts = (value: Value): boolean => {
    const op = definitions.get(value.id);
    if (op?.op === 'local.get') return counters.has(op.attributes.local ?? '');
    return op?.args.some(counts) ?? false;
  };
  const leaps = ({ id }: Value): boolean => {
    const op = definitions.get(id);
    if (!op) return false;
    return (
      (op.op === 'mul' || op.op === 'shl' ? op.args.some(counts) : false) || op.args.some(leaps)
    );
  };
  const isStrided = ops.some(
    ({ op, args: [, index] }) => op === 'view.load' && index && leaps(index),
  );
  return isStrided ? 'scalar' : 'once';
}
