/**
 * Computes once what would give the same again: operations without effects on the same values
 * (common subexpressions), and reads of locals, slots and lengths of lists that are known. A value can be
 * used where its region, or one around it, goes on.
 */
import { opInfo } from '../ir/ops.ts';
import {
  isScalar,
  isView,
  type IrFunction,
  type Node,
  type Operation,
  type Value,
} from '../ir/types.ts';
import { definitionsOf, regionsOf, replaceUses, rewriteOps, walkNodes } from '../ir/walk.ts';
import { HeapContents, type HeapReading } from './heap-contents.ts';
import type { Pass } from './pass.ts';

export const share: Pass = (fn, { module, writesOf }) => {
  const records = new Map(module.records.map((record) => [record.name, record]));
  // References are counted by local: what is read is shared, not what a local is set to.
  const tracks: Tracks = ({ type }, _, isSet) => isScalar(type) || (!isSet && !isView(type));
  return shareIn(fn, tracks, { records, writesOf });
};

/** Uses what such locals are known to hold instead of reading them. */
export const shareReads = (fn: IrFunction, locals: ReadonlySet<string>): boolean =>
  shareIn(fn, (_, local) => locals.has(local));

/** Tells of which locals reads are shared, by a value that they are set to or that is read, and their name. */
type Tracks = (value: Value, local: string, isSet: boolean) => boolean;

/** @param reading how operations are shared too */
function shareIn(
  fn: IrFunction,
  tracks: Tracks,
  reading?: Pick<HeapReading, 'records' | 'writesOf'>,
): boolean {
  const definitions = definitionsOf(fn.body);
  const finder = new Finder(tracks);
  const rootOf = (value: Value): Value => {
    const current = finder.current(value);
    const op = definitions.get(current.id);
    return op?.op === 'rec.as' && op.args[0] ? rootOf(op.args[0]) : current;
  };
  const heap = reading && new HeapContents({ ...reading, rootOf });
  finder.region(fn.body, new Map(), new Map(), heap);
  const { same } = finder;
  if (same.size === 0) return false;
  rewriteOps(fn.body, ({ results: [result] }) => (result && same.has(result.id) ? [] : undefined));
  replaceUses(fn.body, (value) => same.get(value.id));
  return true;
}

class Finder {
  /** The earlier value to use instead, by value id. */
  readonly same = new Map<number, Value>();
  private readonly tracks: Tracks;

  constructor(tracks: Tracks) {
    this.tracks = tracks;
  }

  /**
   * @param visible results of operations that are there already, by what they compute
   * @param locals the values that locals are known to hold; changed to what holds at the end
   * @param heap what is known to be in memory, changed in the same way; undefined to share reads of locals alone
   */
  region(
    nodes: readonly Node[],
    visible: ReadonlyMap<string, Value>,
    locals: Map<string, Value>,
    heap: HeapContents | undefined,
  ): void {
    const known = new Map(visible);
    for (const node of nodes) {
      if (node.kind === 'op') {
        this.operation(node, known, locals, heap);
        continue;
      }
      const set = localsSetIn(node);
      // A loop's body also comes after itself, and a handler after any part of what it is there for.
      if (node.kind === 'loop' || node.kind === 'try') {
        for (const local of set) locals.delete(local);
        heap?.forgetIn([node]);
      }
      for (const region of regionsOf(node))
        this.region(region, known, new Map(locals), heap?.copy());
      for (const local of set) locals.delete(local);
      heap?.forgetIn([node]);
    }
  }

  private operation(
    op: Operation,
    known: Map<string, Value>,
    locals: Map<string, Value>,
    heap: HeapContents | undefined,
  ): void {
    heap?.write(op);
    const [result] = op.results;
    const [value] = op.args;
    const { local } = op.attributes;
    if (op.op === 'local.set' && local !== undefined && value) {
      if (this.tracks(value, local, true)) locals.set(local, this.current(value));
      else locals.delete(local);
      return;
    }
    if (!result) return;
    const held = heap?.read(op);
    if (held) {
      this.same.set(result.id, this.current(held));
      return;
    }
    if (op.op === 'local.get') {
      const value = local === undefined ? undefined : locals.get(local);
      if (value) this.same.set(result.id, value);
      else if (local !== undefined && this.tracks(result, local, false)) locals.set(local, result);
      return;
    }
    if (!heap) return;
    const isFixed = op.op === 'global.get' || op.op === 'table.load' || op.op === 'view.kept';
    if (opInfo(op.op).effect !== 'none' && !isFixed) return;
    const key = this.keyOf(op, result);
    const earlier = known.get(key);
    if (earlier) this.same.set(result.id, earlier);
    else known.set(key, result);
  }

  private keyOf(op: Operation, result: Value): string {
    const { value, ...others } = op.attributes;
    const constant = Object.is(value, -0) ? '-0' : String(value);
    const args = op.args.map((arg) => this.current(arg).id);
    return [op.op, result.type, constant, JSON.stringify(others), ...args].join(' ');
  }

  /** The value that is used instead of one. */
  current(value: Value): Value {
    return this.same.get(value.id) ?? value;
  }
}

function localsSetIn(node: Node): Set<string> {
  const set = new Set<string>();
  walkNodes([node], (inner) => {
    if (inner.kind === 'op' && inner.op === 'local.set' && inner.attributes.local !== undefined)
      set.add(inner.attributes.local);
  });
  return set;
}
