/** What locals hold nothing where they are read: null, as at the start, forwards over structured code. */
import { isReference, type IrFunction, type Node, type Operation } from '../ir/types.ts';
import { walkOps } from '../ir/walk.ts';

/** The locals that may hold a reference; a way that nothing comes along has none of these. */
type Held = ReadonlySet<string>;

/** The reads of locals of references that find null, on whatever way they are reached. */
export function emptyReads(fn: IrFunction): ReadonlySet<Operation> {
  const references = fn.locals.filter(({ type }) => isReference(type)).map(({ name }) => name);
  const flow = new Flow(new Set(references));
  flow.after(fn.body, new Set());
  return flow.empty;
}

class Flow {
  readonly empty = new Set<Operation>();
  private readonly references: ReadonlySet<string>;
  /** The ids of values that are null. */
  private readonly nulls = new Set<number>();
  /** What may be held at the breaks so far, by label. */
  private readonly exits = new Map<string, Held[]>();

  constructor(references: ReadonlySet<string>) {
    this.references = references;
  }

  /** What may be held behind nodes; undefined where nothing gets there. */
  after(nodes: readonly Node[], before: Held): Held | undefined {
    let held: Held | undefined = before;
    for (const node of nodes) {
      if (!held) return undefined;
      held = this.afterNode(node, held);
    }
    return held;
  }

  private afterNode(node: Node, before: Held): Held | undefined {
    switch (node.kind) {
      case 'op':
        return this.afterOperation(node, before);
      case 'if':
        return union([this.after(node.then, before), this.after(node.else, before)]);
      case 'block': {
        this.exits.set(node.label, []);
        const end = this.after(node.body, before);
        return union([end, ...(this.exits.get(node.label) ?? [])]);
      }
      case 'loop': {
        // What an earlier round has found empty is forgotten where a later one may find something.
        for (let head = before; ;) {
          this.exits.set(node.label, []);
          const next = union([head, this.after(node.body, head)]) ?? head;
          if (next.size === head.size) return union(this.exits.get(node.label) ?? []);
          head = next;
        }
      }
      case 'try': {
        const end = this.after(node.body, before);
        // An error may come from between any two of them.
        const sets = new Set(before);
        walkOps(node.body, ({ op, attributes: { local } }) => {
          if (op === 'local.set' && local !== undefined) sets.add(local);
        });
        return union([end, this.after(node.handler, sets)]);
      }
      case 'break':
        this.exits.get(node.label)?.push(before);
        return undefined;
      case 'return':
      case 'throw':
      case 'rethrow':
        return undefined;
    }
  }

  private afterOperation(op: Operation, before: Held): Held {
    const { local } = op.attributes;
    if (op.op === 'null') for (const { id } of op.results) this.nulls.add(id);
    if (local === undefined || !this.references.has(local)) return before;
    if (op.op === 'local.get') {
      if (before.has(local)) this.empty.delete(op);
      else this.empty.add(op);
      return before;
    }
    const [value] = op.args;
    if (op.op !== 'local.set' || !value) return before;
    const isNull = this.nulls.has(value.id);
    if (isNull !== before.has(local)) return before;
    const held = new Set(before);
    if (isNull) held.delete(local);
    else held.add(local);
    return held;
  }
}

function union(ways: readonly (Held | undefined)[]): Held | undefined {
  let all: Held | undefined;
  for (const way of ways) {
    if (!way) continue;
    if (!all) all = way;
    else if (!isWithin(way, all)) all = new Set([...all, ...way]);
  }
  return all;
}

function isWithin(part: Held, whole: Held): boolean {
  for (const local of part) if (!whole.has(local)) return false;
  return true;
}
