/** Liveness of locals, backwards over structured code. */
import type { IrFunction, Node, Operation } from '../ir/types.ts';

type Live = ReadonlySet<string>;

const none: Live = new Set();

/** The reads of locals after which nothing reads what the local holds then. */
export function lastReads(fn: IrFunction): ReadonlySet<Operation> {
  const liveness = new Liveness();
  liveness.before(fn.body, none);
  return liveness.last;
}

class Liveness {
  readonly last = new Set<Operation>();
  /** What is live where a `break` leads to, by label. */
  private readonly exits = new Map<string, Live>();
  /** What handlers around read, which an error may lead to from anywhere. */
  private caught: Live = none;

  /** What is live before nodes. @param after what is live behind them */
  before(nodes: readonly Node[], after: Live): Live {
    return nodes.reduceRight((live, node) => this.beforeNode(node, live), after);
  }

  private beforeNode(node: Node, after: Live): Live {
    switch (node.kind) {
      case 'op':
        return this.beforeOperation(node, after);
      case 'if':
        return union(this.before(node.then, after), this.before(node.else, after));
      case 'block':
        this.exits.set(node.label, after);
        return this.before(node.body, after);
      case 'loop': {
        this.exits.set(node.label, after);
        // What is live at the head is live at the end too; reads that are none of the last ones are found on the way.
        for (let head: Live = none; ;) {
          const next = union(head, this.before(node.body, head));
          if (next.size === head.size) return next;
          head = next;
        }
      }
      case 'try': {
        const handled = this.before(node.handler, after);
        const around = this.caught;
        this.caught = union(around, handled);
        const live = union(this.before(node.body, union(after, handled)), handled);
        this.caught = around;
        return live;
      }
      case 'break':
        return this.exits.get(node.label) ?? none;
      case 'return':
      case 'throw':
      case 'rethrow':
        return this.caught;
    }
  }

  private beforeOperation(op: Operation, after: Live): Live {
    const { local } = op.attributes;
    if (local === undefined) return after;
    if (op.op === 'local.set') {
      if (!after.has(local) || this.caught.has(local)) return after;
      const live = new Set(after);
      live.delete(local);
      return live;
    }
    if (op.op !== 'local.get') return after;
    if (after.has(local) || this.caught.has(local)) this.last.delete(op);
    else this.last.add(op);
    return union(after, new Set([local]));
  }
}

const union = (a: Live, b: Live): Live =>
  [...b].every((local) => a.has(local)) ? a : new Set([...a, ...b]);
