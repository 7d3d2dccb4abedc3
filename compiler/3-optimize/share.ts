/**
 * Computes once what would give the same again: operations without effects on the same values
 * (common subexpressions), and reads of locals that hold a known value. A value can be used where its
 * region, or one around it, goes on.
 */
import { opInfo } from '../ir/ops.ts';
import {
  isReference,
  type IrFunction,
  type Node,
  type Operation,
  type Value,
} from '../ir/types.ts';
import { regionsOf, replaceUses, rewriteOps, walkNodes } from '../ir/walk.ts';
import type { Pass } from './pass.ts';

// References to views are counted by local.
export const share: Pass = (fn) => shareIn(fn, ({ type }) => !isReference(type), true);

/** Uses what such locals are known to hold instead of reading them. */
export const shareReads = (fn: IrFunction, locals: ReadonlySet<string>): boolean =>
  shareIn(fn, (_, local) => locals.has(local), false);

/** Tells the locals of which reads are shared, by a value that they hold and their name. */
type Tracks = (value: Value, local: string) => boolean;

function shareIn(fn: IrFunction, tracks: Tracks, operations: boolean): boolean {
  const finder = new Finder(tracks, operations);
  finder.region(fn.body, new Map(), new Map());
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
  private readonly operations: boolean;

  /** @param operations whether operations are shared too */
  constructor(tracks: Tracks, operations: boolean) {
    this.tracks = tracks;
    this.operations = operations;
  }

  /**
   * @param visible results of operations that are there already, by what they compute
   * @param locals the values that locals are known to hold; changed to what holds at the end
   */
  region(
    nodes: readonly Node[],
    visible: ReadonlyMap<string, Value>,
    locals: Map<string, Value>,
  ): void {
    const known = new Map(visible);
    for (const node of nodes) {
      if (node.kind === 'op') {
        this.operation(node, known, locals);
        continue;
      }
      const set = localsSetIn(node);
      // A loop's body also comes after itself, and a handler after any part of what it is there for.
      if (node.kind === 'loop' || node.kind === 'try')
        for (const local of set) locals.delete(local);
      for (const region of regionsOf(node)) this.region(region, known, new Map(locals));
      for (const local of set) locals.delete(local);
    }
  }

  private operation(op: Operation, known: Map<string, Value>, locals: Map<string, Value>): void {
    const [result] = op.results;
    const [value] = op.args;
    const { local } = op.attributes;
    if (op.op === 'local.set' && local !== undefined && value) {
      if (this.tracks(value, local)) locals.set(local, this.current(value));
      return;
    }
    if (!result) return;
    if (op.op === 'local.get') {
      const held = local === undefined ? undefined : locals.get(local);
      if (held) this.same.set(result.id, held);
      else if (local !== undefined && this.tracks(result, local)) locals.set(local, result);
      return;
    }
    if (!this.operations) return;
    const isFixed = op.op === 'global.get' || op.op === 'table.load';
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

  private current(value: Value): Value {
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
