/**
 * Locals that walk along objects without keeping them: in
 *
 *     for (let cell = list; cell !== null; cell = cell.next) sum += cell.value;
 *
 * each cell keeps the next one, and `list` the first. Where neither `list` nor any `next` is replaced meanwhile,
 * nothing need be counted.
 *
 * Such a local is set to what somebody keeps, and the nodes behind that, up to the last one that has to do with the
 * local, are its *walk*. It may only be read inside loops and other nodes of walks, so that nothing which was read
 * is used behind them. In a walk it is set to what somebody keeps that long too, or to what is read from an object
 * it has come to, in places that the walk doesn't write.
 */
import {
  isList,
  isRecord,
  type IrFunction,
  type IrRecord,
  type Node,
  type Operation,
  type Value,
} from '../ir/types.ts';
import { regionsOf, walkOps } from '../ir/walk.ts';
import { readPlace, writtenPlace, type HeapPlace, type WritesOf } from './heap-writes.ts';

/** What is known of a function when its cursors are looked for. */
export interface Surroundings {
  readonly records: ReadonlyMap<string, IrRecord>;
  readonly writesOf: WritesOf;
  /** The locals that own references. */
  readonly counted: ReadonlyMap<string, unknown>;
  readonly lastReads: ReadonlySet<Operation>;
  readonly sets: ReadonlyMap<string, readonly Operation[]>;
  /** Whether somebody keeps an object until the function ends. */
  isLasting(value: Value): boolean;
  /** What defines a value; undefined for a parameter. */
  definitionOf(value: Value): Operation | undefined;
  /** The nodes that use a value. */
  usersOf(value: Value): readonly Node[];
}

/** The counted locals of a function that need not be. */
export function cursorsOf(fn: IrFunction, around: Surroundings): string[] {
  return fn.locals.flatMap(({ name, type }) => {
    if (!around.counted.has(name) || !(isRecord(type) || isList(type))) return [];
    const steps = around.sets.get(name)?.some(({ args: [value] }) => {
      const op = value && around.definitionOf(value);
      return (op?.op === 'rec.get' || op?.op === 'list.load') && isOf(op, name, around);
    });
    return steps === true && new Cursor(name, around).isOne(fn.body) ? [name] : [];
  });
}

const through: ReadonlySet<string> = new Set(['rec.as', 'rec.get', 'list.load']);

/** Whether an operation reads from an object that a local holds, or from what that leads to. */
function isOf({ args: [holder] }: Operation, local: string, around: Surroundings): boolean {
  const op = holder && around.definitionOf(holder);
  if (op?.op === 'local.get') return op.attributes.local === local;
  return op !== undefined && through.has(op.op) && isOf(op, local, around);
}

/** The nodes of a walk, and what the beginning of it is computed by. */
interface Walk {
  readonly ops: ReadonlySet<Operation>;
  /** What they and all they call may write. */
  readonly written: ReadonlySet<HeapPlace>;
}

class Cursor {
  private readonly local: string;
  private readonly around: Surroundings;

  constructor(local: string, around: Surroundings) {
    this.local = local;
    this.around = around;
  }

  /** Whether all that is done with the local in a region is in walks that begin there, or in regions inside. */
  isOne(region: readonly Node[]): boolean {
    for (let index = 0; index < region.length; index++) {
      const node = region[index];
      if (!node || !this.touches(node)) continue;
      if (node.kind !== 'op') {
        if (!regionsOf(node).every((inner) => this.isOne(inner))) return false;
        continue;
      }
      if (node.op !== 'local.set') return false;
      const next = region.findIndex(
        (other, at) => at > index && other.kind === 'op' && this.touches(other),
      );
      const end = next < 0 ? region.length : next;
      const rest = region.slice(index + 1, end);
      const length = rest.findLastIndex((other) => this.touches(other)) + 1;
      if (!this.isWalk(node, region, index + 1 + length)) return false;
      index += length;
    }
    return true;
  }

  /** @param start what sets the local before. @param end where the walk ends in the region */
  private isWalk(start: Operation, region: readonly Node[], end: number): boolean {
    const [first] = start.args;
    if (!first) return false;
    const used = this.chainOf(first);
    // From where on nothing may come between the reading and the local.
    const begin = region.findIndex((node) => node === start || used.has(node));
    const walk = this.walkOf(region.slice(begin, end));
    if (!walk || !this.isKept(first, walk, start)) return false;
    return [...walk.ops].every((op) => {
      const [value] = op.args;
      if (op.op !== 'local.set' || op.attributes.local !== this.local || !value) return true;
      return this.isReached(value, walk) || this.isKept(value, walk, op);
    });
  }

  /** What reads a value, from something that is kept. */
  private chainOf(value: Value): ReadonlySet<Node> {
    const chain = new Set<Node>();
    for (let at: Value | undefined = value; at && !this.around.isLasting(at);) {
      const op = this.around.definitionOf(at);
      if (!op) break;
      chain.add(op);
      at = op.op === 'local.get' ? undefined : op.args[0];
    }
    return chain;
  }

  /** Whether a value is read from an object that the local held in the walk, or is that. */
  private isReached(value: Value, walk: Walk): boolean {
    const op = this.around.definitionOf(value);
    const [holder] = op?.args ?? [];
    switch (op?.op) {
      case 'local.get':
        return op.attributes.local === this.local;
      case 'rec.as':
        return holder !== undefined && this.isReached(holder, walk);
      case 'rec.get':
      case 'list.load':
        return this.isUnwritten(op, walk) && holder !== undefined && this.isReached(holder, walk);
      default:
        return false;
    }
  }

  /** Whether others keep an object all through a walk. @param user what the value is for */
  private isKept(value: Value, walk: Walk, user: Operation): boolean {
    if (this.around.isLasting(value)) return true;
    const op = this.around.definitionOf(value);
    // What was read before may have been replaced since.
    if (!op || !walk.ops.has(op)) return false;
    const [holder] = op.args;
    switch (op.op) {
      case 'local.get':
        return this.isKeeper(op, walk, user);
      case 'rec.as':
        return holder !== undefined && this.isKept(holder, walk, op);
      case 'rec.get':
      case 'list.load':
        return this.isUnwritten(op, walk) && holder !== undefined && this.isKept(holder, walk, op);
      default:
        return false;
    }
  }

  /** Whether the local that is read keeps its reference until a walk is over: a last read may take it. */
  private isKeeper(read: Operation, { ops }: Walk, user: Operation): boolean {
    const { lastReads, counted, usersOf } = this.around;
    const { local } = read.attributes;
    const [value] = read.results;
    if (local === undefined || local === this.local || !counted.has(local) || !value) return false;
    const isAlone = usersOf(value).every((other) => other === user);
    if (lastReads.has(read) && !isAlone) return false;
    return [...ops].every(
      (op) =>
        op === read ||
        op.attributes.local !== local ||
        (op.op === 'local.get' && !lastReads.has(op)),
    );
  }

  private isUnwritten(op: Operation, { written }: Walk): boolean {
    const place = readPlace(op, this.around.records);
    return place !== undefined && !written.has(place);
  }

  /** Undefined where anything may be written. */
  private walkOf(nodes: readonly Node[]): Walk | undefined {
    const { records, writesOf } = this.around;
    const written = new Set<HeapPlace>();
    const ops = new Set<Operation>();
    let isKnown = true;
    walkOps(nodes, (op) => {
      ops.add(op);
      const place = writtenPlace(op, records);
      if (place !== undefined) written.add(place);
      if (op.op !== 'call') return;
      const writes = writesOf(op.attributes.callee ?? '');
      if (writes) for (const one of writes) written.add(one);
      else isKnown = false;
    });
    return isKnown ? { ops, written } : undefined;
  }

  private touches(node: Node): boolean {
    let touches = false;
    walkOps([node], ({ attributes }) => {
      if (attributes.local === this.local) touches = true;
    });
    return touches;
  }
}
