/** What the ownership pass must know before it changes anything: who keeps each object alive, and how long. */
import { opInfo } from '../ir/ops.ts';
import {
  isHeap,
  isReference,
  type IrFunction,
  type IrRecord,
  type IrType,
  type Node,
  type Operation,
  type Value,
} from '../ir/types.ts';
import { regionsOf, usedValues, walkOps } from '../ir/walk.ts';
import { contains, usedAfterDisturbance } from './disturbance.ts';
import { lastReads } from './last-reads.ts';
import { cursorsOf } from './ownership-cursors.ts';
import { readPlace, writtenPlace, type HeapPlace, type WritesOf } from './heap-writes.ts';

/** The life of a value that owns a reference. */
export interface Life {
  readonly value: Value;
  /**
   * How it came to its reference: it was made with one; it was borrowed, and must be retained where it is
   * defined; it takes over that of the local that it was read from, which nothing reads any more; or, once something
   * else is stored there, that of the slot that it was read from.
   */
  readonly origin: 'made' | 'retained' | 'taken' | 'moved';
  /** What it has its reference behind: its definition, or the `rec.set` that moves it. */
  readonly begin: Node;
  /** Its reference is dropped behind this node of its region, if it wasn't handed over before; undefined where nothing uses it. */
  readonly last: Node | undefined;
  /** The nodes that its reference is handed over to. */
  readonly transfers: ReadonlySet<Node>;
  /** A hidden local has it, so that it is released wherever the function is left. */
  readonly hidden: boolean;
  /** The hidden local may hold an older value when this one is stored. */
  readonly repeats: boolean;
}

/** Where a value is defined. */
interface Place {
  readonly region: readonly Node[];
  readonly index: number;
  readonly inLoop: boolean;
  readonly op: Operation;
  readonly value: Value;
}

/** The operands of which an operation takes over a reference. */
export function takenOver(node: Node): readonly Value[] {
  if (node.kind === 'return') return node.values.filter(({ type }) => isReference(type));
  if (node.kind !== 'op') return [];
  const { takes = [] } = opInfo(node.op);
  return node.args.filter(
    ({ type }, index) => isReference(type) && (takes === 'all' || takes.includes(index)),
  );
}

export class OwnershipFacts {
  /** Whether there is anything to count. */
  readonly hasReferences: boolean;
  /** The values that own a reference, by id. */
  readonly lives = new Map<number, Life>();
  /** Values whose reference is dropped behind a node. */
  readonly lastUses = new Map<Node, Value[]>();
  /** The locals that own references, with their types. */
  readonly counted: Map<string, IrType>;
  /** The operations that move a reference to a value. */
  private readonly movers = new Set<Node>();
  /** Locals that need none, but don't hold lasting objects alone: see `ownership-cursors.ts`. */
  private readonly cursors = new Set<string>();
  private readonly fn: IrFunction;
  private readonly records: ReadonlyMap<string, IrRecord>;
  private readonly writesOf: WritesOf;
  /** What the function and all that it calls may replace. */
  private readonly writes: ReadonlySet<HeapPlace> | undefined;
  private readonly places: Place[] = [];
  private readonly byId = new Map<number, Place>();
  /** The nodes that use a value, directly or through what lives only as long. */
  private readonly users = new Map<number, Node[]>();
  private readonly sets = new Map<string, Operation[]>();
  private readonly lastReads: ReadonlySet<Operation>;
  /** The nodes around each node, the innermost first, with the region that it is in. */
  private readonly parents = new Map<Node, Node | undefined>();
  private readonly regions = new Map<Node, readonly Node[]>();

  constructor(fn: IrFunction, records: ReadonlyMap<string, IrRecord>, writesOf: WritesOf) {
    this.fn = fn;
    this.records = records;
    this.writesOf = writesOf;
    this.collect(fn.body, undefined, false);
    this.hasReferences =
      this.places.length > 0 ||
      fn.params.some(({ value }) => isReference(value.type)) ||
      fn.results.some(isReference) ||
      fn.locals.some(({ type }) => isReference(type));
    this.writes = this.hasReferences ? writesOf(fn.name) : undefined;
    this.lastReads = this.hasReferences ? lastReads(fn) : new Set();
    this.counted = this.countedLocals();
    this.findCursors();
    // What uses a value may be used itself later on: from the end, all uses of those are known.
    for (const place of [...this.places].reverse()) this.settle(place);
  }

  /** Whether an operand needs no reference of its own when it is taken over: null, and constants. */
  isConstant(value: Value): boolean {
    const op = this.byId.get(value.id)?.op.op;
    return op === 'null' || op === 'str.const';
  }

  /** The value whose reference a value stands for: of a cast, the operand's. */
  rootOf(value: Value): Value {
    const op = this.byId.get(value.id)?.op;
    const [operand] = op?.args ?? [];
    return op?.op === 'rec.as' && operand ? this.rootOf(operand) : value;
  }

  /** The life whose reference a node takes over with an operand, the first one where there are several. */
  transferOf(value: Value, node: Node): Life | undefined {
    const life = this.lives.get(this.rootOf(value).id);
    return life?.transfers.has(node) ? life : undefined;
  }

  /** The counted local that a value was read from, if it still holds that value at a later node. */
  ownerAt(value: Value, node: Node): string | undefined {
    const place = this.byId.get(this.rootOf(value).id);
    const local = place?.op.op === 'local.get' ? place.op.attributes.local : undefined;
    if (!place || local === undefined || !this.counted.has(local)) return undefined;
    return this.disturbed(place, [node]) ? undefined : local;
  }

  private collect(nodes: readonly Node[], parent: Node | undefined, inLoop: boolean): void {
    nodes.forEach((node, index) => {
      this.parents.set(node, parent);
      this.regions.set(node, nodes);
      for (const { id, type } of usedValues(node)) if (isReference(type)) this.addUser(id, node);
      if (node.kind !== 'op') {
        for (const region of regionsOf(node))
          this.collect(region, node, inLoop || node.kind === 'loop');
        return;
      }
      const { local } = node.attributes;
      if (node.op === 'local.set' && local !== undefined)
        this.sets.set(local, [...(this.sets.get(local) ?? []), node]);
      for (const value of node.results) {
        if (!isReference(value.type)) continue;
        const place = { region: nodes, index, inLoop, op: node, value };
        this.places.push(place);
        this.byId.set(value.id, place);
      }
    });
  }

  private addUser(id: number, node: Node): void {
    const users = this.users.get(id);
    if (users) users.push(node);
    else this.users.set(id, [node]);
  }

  /** The greatest set of locals that hold lasting references alone needs no counting; these are the others. */
  private countedLocals(): Map<string, IrType> {
    const counted = new Map<string, IrType>();
    const locals = this.fn.locals.filter(({ type }) => isReference(type));
    for (let before = -1; before !== counted.size;) {
      before = counted.size;
      for (const { name, type } of locals)
        if (this.sets.get(name)?.some((set) => !this.isLasting(set.args[0], counted)))
          counted.set(name, type);
    }
    return counted;
  }

  private findCursors(): void {
    const cursors = cursorsOf(this.fn, {
      records: this.records,
      writesOf: this.writesOf,
      counted: this.counted,
      lastReads: this.lastReads,
      sets: this.sets,
      isLasting: (value) => this.isLasting(value),
      definitionOf: ({ id }) => this.byId.get(id)?.op,
      usersOf: ({ id }) => this.users.get(id) ?? [],
    });
    for (const local of cursors) {
      this.cursors.add(local);
      this.counted.delete(local);
    }
  }

  /**
   * Whether somebody else keeps an object until the function ends, given the locals that are counted: what a
   * parameter is, constants, and what those hold in places that neither the function nor its callees write.
   */
  private isLasting(
    value: Value | undefined,
    counted: ReadonlyMap<string, IrType> = this.counted,
  ): boolean {
    const op = value && this.byId.get(value.id)?.op;
    if (!op) return true; // a parameter
    switch (op.op) {
      case 'global.get':
      case 'null':
      case 'str.const':
        return true;
      case 'local.get':
        return !counted.has(op.attributes.local ?? '') && !this.isCursor(op);
      case 'select':
        return op.args.slice(1).every((operand) => this.isLasting(operand, counted));
      case 'rec.as':
      case 'list.view':
        return this.isLasting(op.args[0], counted);
      case 'rec.get':
      case 'list.load':
      case 'state.get': {
        const place = readPlace(op, this.records);
        const written = place === undefined || !this.writes || this.writes.has(place);
        return !written && op.args.slice(0, 1).every((holder) => this.isLasting(holder, counted));
      }
      default:
        return false;
    }
  }

  /** Decides who keeps a value; all that depends on it is settled. */
  private settle(place: Place): void {
    const { op, value } = place;
    const users = this.users.get(value.id) ?? [];
    switch (op.op) {
      case 'select':
      case 'rec.as':
      case 'list.view':
        // It is its operand.
        for (const operand of op.args)
          if (isReference(operand.type)) for (const user of users) this.addUser(operand.id, user);
        return;
      case 'local.get':
      case 'rec.get':
      case 'list.load':
      case 'state.get': {
        // What a cursor has come to isn't used behind its walk.
        if (this.isLasting(value) || this.isCursor(op)) return;
        if (this.isTaken(place, users)) return this.live(place, 'taken');
        if (this.disturbed(place, users)) {
          const mover = this.moverOf(place, users);
          if (!mover) return this.live(place, 'retained');
          this.movers.add(mover);
          return this.live(place, 'moved', mover);
        }
        // What holds it must live as long.
        const [holder] = op.args;
        if (holder) for (const user of users) this.addUser(holder.id, user);
        return;
      }
      default: {
        const { effect } = opInfo(op.op);
        if (effect === 'allocate' || effect === 'call') this.live(place, 'made');
      }
    }
  }

  private isCursor({ op, attributes: { local = '' } }: Operation): boolean {
    return op === 'local.get' && this.cursors.has(local);
  }

  /** Whether a value is the last one that is read from a local, and somebody takes it over. */
  private isTaken(place: Place, users: readonly Node[]): boolean {
    const { op } = place;
    if (!this.lastReads.has(op) || !this.counted.has(op.attributes.local ?? '')) return false;
    const all = new Set(users);
    return users.some((user) => this.isTransfer(place, user, all));
  }

  /** Whether what a borrowed value was read from may be replaced before the last of `users`. */
  private disturbed(place: Place, users: readonly Node[]): boolean {
    const { region, index, op } = place;
    return usedAfterDisturbance(region, index + 1, new Set(users), this.disturberOf(op));
  }

  /** Whether an operation may replace what another one has read. */
  private disturberOf(op: Operation): (other: Operation) => boolean {
    const { local } = op.attributes;
    const place = readPlace(op, this.records);
    return (other) => {
      if (op.op === 'local.get')
        return other.attributes.local === local && (other.op === 'local.set' || this.takes(other));
      if (other.op !== 'call') return writtenPlace(other, this.records) === place;
      const writes = this.writesOf(other.attributes.callee ?? '');
      return place === undefined || !writes || writes.has(place);
    };
  }

  private disturbsIn(node: Node, { op }: Place): boolean {
    const disturbs = this.disturberOf(op);
    let found = false;
    walkOps([node], (other) => {
      if (disturbs(other)) found = true;
    });
    return found;
  }

  /** Whether an operation takes the reference of a local. Those that come later are known already. */
  private takes({ op, results: [value] }: Operation): boolean {
    return (
      op === 'local.get' && value !== undefined && this.lives.get(value.id)?.origin === 'taken'
    );
  }

  /**
   * The `rec.set` of the very slot that a value was read from which comes before anything else may replace it:
   *
   *     const next = cell.next;
   *     cell.next = done;
   *
   * Up to there the object has the reference, and then the value can have it, if nobody takes one over before.
   */
  private moverOf(place: Place, users: readonly Node[]): Operation | undefined {
    const { region, index, op, value } = place;
    const [object] = op.args;
    if (op.op !== 'rec.get' || !object || !isHeap(value.type)) return undefined;
    const all = new Set(users);
    for (const node of region.slice(index + 1)) {
      const inside = users.filter((user) => contains(node, new Set([user])));
      if (inside.some((user) => this.isTransfer(place, user, all))) return undefined;
      const [target] = node.kind === 'op' ? node.args : [];
      const isSame = target !== undefined && this.rootOf(target).id === this.rootOf(object).id;
      if (node.kind === 'op' && node.op === 'rec.set' && isSame)
        if (node.attributes.slot === op.attributes.slot)
          return this.movers.has(node) ? undefined : node;
      if (this.disturbsIn(node, place)) return undefined;
    }
    return undefined;
  }

  private live(place: Place, origin: Life['origin'], begin: Node = place.op): void {
    const { region, value, inLoop } = place;
    const index = region.indexOf(begin, place.index);
    const users = new Set(this.users.get(value.id));
    const last = region.findLast((node, at) => at > index && contains(node, users));
    const transfers = new Set([...users].filter((user) => this.isTransfer(place, user, users)));
    const between = region.slice(index + 1, last ? region.indexOf(last, index) : index + 1);
    const straight =
      between.every(({ kind }) => kind === 'op') &&
      (!last || last.kind === 'op' || last.kind === 'return');
    // The wrapper around a call frees the views that an error leaves behind.
    const risky =
      isHeap(value.type) &&
      (between.some(mayThrow) || (last !== undefined && mayThrow(last) && !transfers.has(last)));
    const hidden = last !== undefined && (!straight || risky);
    const repeats = inLoop && (!straight || this.isTried(region[index]));
    this.lives.set(value.id, { value, origin, begin, last, transfers, hidden, repeats });
    if (last && !transfers.has(last))
      this.lastUses.set(last, [...(this.lastUses.get(last) ?? []), value]);
  }

  /** Whether a node takes over the reference of a value that nothing uses after it. */
  private isTransfer(place: Place, node: Node, users: ReadonlySet<Node>): boolean {
    const isSet =
      node.kind === 'op' &&
      node.op === 'local.set' &&
      this.counted.has(node.attributes.local ?? '');
    const isValue = (value: Value): boolean => this.rootOf(value).id === place.value.id;
    const taken = isSet ? node.args : takenOver(node);
    const times = taken.filter(isValue).length;
    if (times === 0 || usedValues(node).filter(isValue).length !== times) return false;
    // Up to the value's region nothing may come behind, or come again.
    for (let inner = node; ;) {
      const region = this.regions.get(inner);
      if (!region) return false;
      if (region.slice(region.indexOf(inner) + 1).some((later) => contains(later, users)))
        return false;
      if (region === place.region) return true;
      const parent = this.parents.get(inner);
      if (!parent || parent.kind === 'loop' || parent.kind === 'try') return false;
      inner = parent;
    }
  }

  private isTried(node: Node | undefined): boolean {
    for (let around = node && this.parents.get(node); around; around = this.parents.get(around))
      if (around.kind === 'try') return true;
    return false;
  }
}

/** Whether an error may leave a node that isn't one of structure. */
function mayThrow(node: Node): boolean {
  if (node.kind !== 'op') return node.kind === 'throw' || node.kind === 'rethrow';
  const { effect } = opInfo(node.op);
  return effect === 'throw' || effect === 'allocate' || effect === 'call';
}
