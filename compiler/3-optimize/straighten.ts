/**
 * Takes jumps out of code that doesn't need them, as inlined functions and conditions leave it:
 *
 * - what stands behind an `if` whose one branch leaves the block around becomes the other branch, and a
 *   block that nothing leaves any more becomes part of the region around it;
 * - an `if` that only chooses what locals with references are set to, out of what is there or can be read
 *   without harm, becomes a `select`, whose result needs no counting.
 */
import type { OpName } from '../ir/ops.ts';
import {
  isHeap,
  isView,
  parameterMayBeNull,
  type If,
  type IrFunction,
  type Node,
  type Operation,
  type Value,
} from '../ir/types.ts';
import { regionsOf, walkNodes } from '../ir/walk.ts';
import { comparisons } from './comparisons.ts';
import { ended } from './dead-code.ts';
import type { Pass } from './pass.ts';

/** The most operations that run in vain when an `if` becomes a `select`. */
const mostInVain = 4;

export const straighten: Pass = (fn) => {
  const straightened = new Straightener(fn);
  straightened.region(fn.body, new Set(presentParameters(fn)));
  return straightened.changed;
};

/** The ids of parameters that are never null. */
const presentParameters = ({ params }: IrFunction): number[] =>
  params.flatMap(({ value }, index) => (parameterMayBeNull(params, index) ? [] : [value.id]));

class Straightener {
  changed = false;
  private readonly fn: IrFunction;

  constructor(fn: IrFunction) {
    this.fn = fn;
  }

  /** @param present ids of references that are known not to be null */
  region(nodes: Node[], present: ReadonlySet<number>): void {
    const known = new Set(present);
    // The next one is the last: functions have thousands of nodes in one region.
    const waiting = nodes.splice(0).reverse();
    for (let node = waiting.pop(); node; node = waiting.pop()) {
      if (node.kind === 'block') {
        const { label, body } = node;
        if (this.gather(body, label)) this.changed = true;
        if (!isLeft(body, label)) {
          this.changed = true;
          for (let inner = body.pop(); inner; inner = body.pop()) waiting.push(inner);
          continue;
        }
      }
      for (const region of regionsOf(node)) this.region(region, known);
      const chosen = node.kind === 'if' ? this.choice(node, known) : undefined;
      if (chosen) this.changed = true;
      nodes.push(...(chosen ?? [node]));
      if (node.kind === 'op' && dereferences.has(node.op) && node.args[0])
        known.add(node.args[0].id);
    }
  }

  /**
   * Moves what stands behind branches that leave a block into the other branch, and takes out jumps to where
   * the nodes end anyway. @returns whether there was any
   */
  private gather(nodes: Node[], label: string): boolean {
    let found = false;
    for (const [index, node] of nodes.entries()) {
      if (node.kind !== 'if') continue;
      const [leaving, staying] = leavesFor(node.then, label)
        ? [node.then, node.else]
        : leavesFor(node.else, label)
          ? [node.else, node.then]
          : [];
      if (!leaving || !staying || ended(staying)) continue;
      const behind = nodes.splice(index + 1);
      if (behind.length === 0) break;
      staying.push(...behind);
      found = true;
      break;
    }
    const last = nodes.at(-1);
    if (last?.kind === 'break' && last.label === label) {
      nodes.pop();
      return true;
    }
    if (last?.kind === 'if')
      for (const region of [last.then, last.else]) found = this.gather(region, label) || found;
    return found;
  }

  /** The operations that an `if` is which only chooses; undefined for another. */
  private choice(node: If, present: ReadonlySet<number>): Node[] | undefined {
    const [then, otherwise] = [settings(node.then, present), settings(node.else, present)];
    if (!then || !otherwise || then.sets.size === 0 || then.sets.size !== otherwise.sets.size)
      return undefined;
    if (then.ops.length + otherwise.ops.length > mostInVain) return undefined;
    // LLVM knows best what to make of choices between numbers.
    if (![...then.sets.values()].some(({ args: [value] }) => value && isHeap(value.type)))
      return undefined;
    const chosen: Operation[] = [];
    for (const [local, set] of then.sets) {
      const [a] = set.args;
      const [b] = otherwise.sets.get(local)?.args ?? [];
      if (!a || !b || isView(a.type)) return undefined;
      const value: Value = { id: this.fn.nextValue++, type: a.type };
      const { span } = set;
      chosen.push(
        {
          kind: 'op',
          op: 'select',
          args: [node.condition, a, b],
          results: [value],
          attributes: {},
          span,
        },
        { ...set, args: [value] },
      );
    }
    return [...then.ops, ...otherwise.ops, ...chosen];
  }
}

/** Operations that can run for nothing. Reading a slot is one where the object is there. */
const harmless: ReadonlySet<OpName> = new Set<OpName>([
  'const',
  'null',
  'str.const',
  'is.null',
  'not',
  'and',
  'or',
  ...comparisons,
]);

/** Operations whose first operand isn't null. */
const dereferences: ReadonlySet<OpName> = new Set<OpName>(['rec.get', 'rec.set']);

/** What a branch does that only sets locals: the operations before, and the settings by local; undefined for another. */
function settings(
  nodes: readonly Node[],
  present: ReadonlySet<number>,
): { ops: Operation[]; sets: Map<string, Operation> } | undefined {
  const ops: Operation[] = [];
  const sets = new Map<string, Operation>();
  for (const node of nodes) {
    if (node.kind !== 'op') return undefined;
    const [first] = node.args;
    const { local } = node.attributes;
    if (node.op === 'local.set' && local !== undefined) {
      if (sets.has(local)) return undefined;
      sets.set(local, node);
    } else if (harmless.has(node.op) && first?.type !== 'str') ops.push(node);
    else if (node.op === 'rec.get' && first && present.has(first.id)) ops.push(node);
    else return undefined;
  }
  return { ops, sets };
}

/** Whether nodes surely end with a jump out of a block. */
function leavesFor(nodes: readonly Node[], label: string): boolean {
  const last = nodes.at(-1);
  return last?.kind === 'break' && last.label === label;
}

function isLeft(nodes: readonly Node[], label: string): boolean {
  let left = false;
  walkNodes(nodes, (node) => {
    if (node.kind === 'break' && node.label === label) left = true;
  });
  return left;
}
