/** Copies of code for the cases in which what a faster copy assumes does not hold. */
import type { IrFunction, Node } from '../ir/types.ts';
import { cloneNodes, freshValues, walkNodes } from '../ir/walk.ts';

/**
 * A copy of nodes with values and labels of its own, whose loops are marked as hardly ever run.
 * @param suffix of its labels, which no other copy in the function has
 * @param local renames locals; they are shared with the original by default
 */
export function carefulCopy(
  fn: IrFunction,
  nodes: readonly Node[],
  suffix: string,
  local?: (name: string) => string,
): Node[] {
  const [values, labels] = [new Set<number>(), new Set<string>()];
  walkNodes(nodes, (node) => {
    if (node.kind === 'op') for (const { id } of node.results) values.add(id);
    if (node.kind === 'loop' || node.kind === 'block') labels.add(node.label);
  });
  const fresh = freshValues(fn);
  const copy = cloneNodes(nodes, {
    value: (value) => (values.has(value.id) ? fresh(value) : value),
    label: (label) => (labels.has(label) ? `${label}.${suffix}` : label),
    ...(local && { local }),
  });
  walkNodes(copy, (node) => {
    if (node.kind === 'loop') node.rare = true;
  });
  return copy;
}
