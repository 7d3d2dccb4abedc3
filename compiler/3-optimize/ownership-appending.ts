/** Finds the strings that may grow where they are: `text += more` in a loop takes linear time then. */
import { opInfo } from '../ir/ops.ts';
import {
  isReference,
  type IrFunction,
  type IrType,
  type Node,
  type Operation,
} from '../ir/types.ts';
import { definitionsOf, regionsOf } from '../ir/walk.ts';
import type { OwnershipFacts } from './ownership-facts.ts';

/**
 * Marks each `str.concat` whose result is stored next, in the very place that its first operand was read from, as one
 * that `replaces` it. Until then nothing may read that place, nor may something that is used once more take over the
 * reference that it has: the string would have one alone, and grow all the same.
 * @returns whether any was marked
 */
export function markReplacing(
  fn: IrFunction,
  facts: Pick<OwnershipFacts, 'counted' | 'lives' | 'rootOf'>,
): boolean {
  const definitions = definitionsOf(fn.body);
  /** The stores that move what stood there to a value that is used once more. */
  const moving = new Set<Node>();
  for (const { origin, begin } of facts.lives.values()) if (origin === 'moved') moving.add(begin);
  let marked = false;
  const region = (nodes: readonly Node[]): void => {
    nodes.forEach((node, index) => {
      if (node.kind !== 'op') return regionsOf(node).forEach(region);
      const [operand] = node.args;
      const read = operand && definitions.get(operand.id);
      if (node.op !== 'str.concat' || !read) return;
      if (facts.lives.get(facts.rootOf(operand).id)?.origin === 'taken') return;
      const next = nodes.slice(index + 1).find((later) => !isBystander(later));
      if (
        !next ||
        next.kind !== 'op' ||
        moving.has(next) ||
        !isSamePlace(read, next, node, facts.counted)
      )
        return;
      node.attributes = { ...node.attributes, replaces: true };
      marked = true;
    });
  };
  region(fn.body);
  return marked;
}

/** Whether a node has nothing to do with references. */
const isBystander = (node: Node): boolean =>
  node.kind === 'op' &&
  opInfo(node.op).effect === 'none' &&
  ![...node.args, ...node.results].some(({ type }) => isReference(type));

/**
 * Whether `store` puts the result of `made` where `read` found its operand.
 * @param counted the locals that own references: another one's string may be somebody else's only
 */
function isSamePlace(
  read: Operation,
  store: Operation,
  made: Operation,
  counted: ReadonlyMap<string, IrType>,
): boolean {
  const [result] = made.results;
  const stored = store.args.at(-1);
  if (!result || stored?.id !== result.id) return false;
  const sameOperand = (index: number): boolean => read.args[index]?.id === store.args[index]?.id;
  switch (read.op) {
    case 'local.get': {
      const { local = '' } = read.attributes;
      return store.op === 'local.set' && store.attributes.local === local && counted.has(local);
    }
    case 'rec.get':
      return (
        store.op === 'rec.set' && store.attributes.slot === read.attributes.slot && sameOperand(0)
      );
    case 'list.load':
      return store.op === 'list.store' && sameOperand(0) && sameOperand(1);
    default:
      return false;
  }
}
