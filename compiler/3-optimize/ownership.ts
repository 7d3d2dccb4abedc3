/**
 * Makes the counting of references explicit, and what is to be released when an error leaves a function.
 *
 * - The results of calls and of operations that allocate are *fresh*: each owns one reference.
 *   Parameters, module constants, null and string constants are *lasting*: somebody else keeps them as long as
 *   the function runs. So is what they hold, in slots and elements that nothing replaces meanwhile. A
 *   caller keeps its arguments, and a function gives its result a reference.
 * - A local owns a reference to what it holds: `local.set` retains the new object and releases the
 *   old one. A local that only ever holds lasting objects needs no counting.
 * - Reading a local, a slot or an element *borrows* its reference. Where that may be replaced before the
 *   value's last use, the value is retained and treated as fresh. What holds it is kept as long. Where a slot is
 *   set to something else next, the value has the slot's reference from then on.
 * - The last value that is read from a local before it is set again, or never again, *takes* its reference, if
 *   somebody takes that over: it is treated as fresh, and the local holds nothing.
 * - Operations that take over a reference (`takes` in `ir/ops.ts`), `local.set` and `return` are handed that of a
 *   fresh value where nothing uses the value after them; other values are retained before.
 * - A fresh value is released behind its last use. Where it may be left before, by an error or a jump, a
 *   hidden local has its reference, which is null once the reference is gone.
 * - `select`, `rec.as` and `list.view` give an operand: uses of their result are uses of it.
 * - All counted locals are released at each `return` and at the end, and by `IrFunction.unwind`. A returned
 *   object is retained before, unless it is what a local owns: then that reference goes to the caller.
 * - Where a local holds nothing on any way, nothing is released.
 *
 * The placement of counts follows Ullrich and de Moura, "Counting Immutable Beans" (IFL 2019), with
 * borrowed parameters and last uses, for structured code with locals.
 *
 * Views that an error leaves behind are not released by `unwind`: the wrapper around the call frees whatever
 * views native code made during it (`4-emit/memory.ts`).
 */
import {
  isHeap,
  type IrFunction,
  type Node,
  type Operation,
  type Return,
  type Value,
} from '../ir/types.ts';
import { regionsOf, rewriteOps, usesOf } from '../ir/walk.ts';
import { emptyReads } from './empty-reads.ts';
import { markReplacing } from './ownership-appending.ts';
import { OwnershipFacts, takenOver, type Life } from './ownership-facts.ts';
import type { Pass } from './pass.ts';

export const ownership: Pass = (fn, { module, writesOf }) => {
  const records = new Map(module.records.map((record) => [record.name, record]));
  const facts = new OwnershipFacts(fn, records, writesOf);
  if (!facts.hasReferences) return false;
  const marked = markReplacing(fn, facts);
  const writer = new Writer(fn, facts);
  writer.run();
  return writer.changed || marked;
};

class Writer {
  changed = false;
  private readonly fn: IrFunction;
  private readonly facts: OwnershipFacts;
  /** The hidden local that owns a value, by value id. */
  private readonly owners = new Map<number, string>();
  /** The value whose reference a `rec.set` moves. */
  private readonly moved = new Map<Node, [Life]>();

  constructor(fn: IrFunction, facts: OwnershipFacts) {
    this.fn = fn;
    this.facts = facts;
  }

  run(): void {
    // The locals to release must all be known before the first exit is written.
    for (const life of this.facts.lives.values()) {
      if (life.origin === 'moved') this.moved.set(life.begin, [life]);
      if (life.hidden) this.owners.set(life.value.id, this.hiddenLocal(life.value));
    }
    this.region(this.fn.body);
    const last = this.fn.body.at(-1);
    if (!last || !isJump(last))
      this.fn.body.push(...this.keep(this.releaseLocals(() => true, undefined)));
    const unwind = this.releaseLocals(isHeap, undefined);
    if (unwind.length > 0) this.fn.unwind = this.keep(unwind);
    this.dropEmpty();
  }

  /** Takes out the releases of what locals hold where they hold nothing on any way. */
  private dropEmpty(): void {
    const uses = usesOf(this.fn.body);
    const dropped = new Set<Node>();
    for (const read of emptyReads(this.fn)) {
      const users = read.results.flatMap(({ id }) => uses.get(id) ?? []);
      if (!users.every((user) => user.kind === 'op' && user.op === 'release')) continue;
      for (const node of [read, ...users]) dropped.add(node);
    }
    if (dropped.size > 0) rewriteOps(this.fn.body, (op) => (dropped.has(op) ? [] : undefined));
  }

  private region(nodes: Node[]): void {
    const written: Node[] = [];
    for (const node of nodes) {
      switch (node.kind) {
        case 'op':
          written.push(...this.operation(node));
          break;
        case 'return':
          written.push(...this.return(node));
          break;
        default:
          for (const region of regionsOf(node)) this.region(region);
          written.push(node);
      }
      if (!isJump(node)) written.push(...this.keep(this.releaseUsedLast(node)));
    }
    nodes.splice(0, nodes.length, ...written);
  }

  private operation(op: Operation): Node[] {
    const written: Node[] =
      op.op === 'local.set' ? this.set(op) : [...this.keep(this.handOver(takenOver(op), op)), op];
    const moved = this.moved.get(op);
    if (moved) op.attributes = { ...op.attributes, moves: true };
    const begun = op.results.flatMap((value) => this.facts.lives.get(value.id) ?? []);
    for (const life of [...begun, ...(moved ?? [])]) {
      const { value } = life;
      if (life.begin !== op) continue;
      if (life.origin === 'retained') written.push(...this.keep([this.count('retain', value, op)]));
      if (life.origin === 'taken' && op.attributes.local !== undefined)
        written.push(...this.keep(this.empty(op.attributes.local, value, op)));
      if (!life.last) written.push(...this.keep([this.count('release', value, op)]));
      const owner = this.owners.get(value.id);
      if (owner !== undefined)
        written.push(...this.keep(this.store(owner, value, op, life.repeats)));
    }
    return written;
  }

  /** Makes the references that an operation takes over: those of values that end here, or new ones. */
  private handOver(values: readonly Value[], at: Node): Operation[] {
    const given = new Set<Life>();
    return values.flatMap((value) => {
      const life = this.facts.transferOf(value, at);
      if (life && given.size < given.add(life).size) return this.forget(life, at);
      return this.facts.isConstant(value) ? [] : [this.count('retain', value, at)];
    });
  }

  /** The hidden local of a value has no reference any more. */
  private forget({ value }: Life, at: Node): Operation[] {
    const owner = this.owners.get(value.id);
    return owner === undefined ? [] : this.empty(owner, value, at);
  }

  /** Makes a local hold nothing, without dropping the reference to what it held. */
  private empty(local: string, like: Value, at: Node): Operation[] {
    const none = this.fresh(like);
    return [
      this.op('null', [], [none], undefined, at),
      this.op('local.set', [none], [], local, at),
    ];
  }

  /** The local gets a reference of its own, or that of a fresh value. */
  private set(op: Operation): Node[] {
    const [value] = op.args;
    const { local } = op.attributes;
    if (!value || local === undefined || !this.facts.counted.has(local)) return [op];
    return this.keep([...this.handOver([value], op), ...this.store(local, value, op, true)]);
  }

  /** `local.set` that releases what the local held, where it can have held something. */
  private store(local: string, value: Value, at: Operation, held: boolean): Operation[] {
    const set = this.op('local.set', [value], [], local, at);
    if (!held) return [set];
    const old = this.fresh(value);
    return [this.op('local.get', [], [old], local, at), set, this.count('release', old, at)];
  }

  /** Gives the results references, and takes those of the locals away. */
  private return(node: Return): Node[] {
    const handedOver = new Set<string | Life>();
    const written: Node[] = [];
    for (const value of takenOver(node)) {
      const life = this.facts.lives.get(this.facts.rootOf(value).id);
      const local = life ? this.owners.get(life.value.id) : this.facts.ownerAt(value, node);
      const owner = local ?? (life?.transfers.has(node) ? life : undefined);
      if (owner !== undefined && !handedOver.has(owner)) handedOver.add(owner);
      else if (!this.facts.isConstant(value)) written.push(this.count('retain', value, node));
    }
    written.push(
      ...this.releaseUsedLast(node),
      ...this.releaseLocals((_, local) => !handedOver.has(local), node),
    );
    return [...this.keep(written), node];
  }

  /** Drops the references of values that nothing uses after a node. */
  private releaseUsedLast(node: Node): Operation[] {
    return (this.facts.lastUses.get(node) ?? []).flatMap((value) => {
      const life = this.facts.lives.get(value.id);
      const owner = this.owners.get(value.id);
      if (owner === undefined || !life) return [this.count('release', value, node)];
      // Left by a return, the locals are released anyway.
      if (node.kind === 'return') return [];
      // It may have been handed over on the way here: then the local is null.
      const held = this.fresh(value);
      return [
        this.op('local.get', [], [held], owner, node),
        ...this.forget(life, node),
        this.count('release', held, node),
      ];
    });
  }

  private releaseLocals(
    which: (type: Value['type'], local: string) => boolean,
    at: Node | undefined,
  ): Operation[] {
    return [...this.facts.counted]
      .filter(([local, type]) => which(type, local))
      .flatMap(([local, type]) => {
        const value = this.fresh({ type });
        return [this.op('local.get', [], [value], local, at), this.count('release', value, at)];
      });
  }

  private hiddenLocal(value: Value): string {
    let number = 0;
    const taken = (name: string): boolean => this.fn.locals.some((local) => local.name === name);
    while (taken(`own.${number}`)) number++;
    const name = `own.${number}`;
    this.fn.locals.push({ name, type: value.type });
    this.facts.counted.set(name, value.type);
    return name;
  }

  private keep<T extends Node>(nodes: T[]): T[] {
    if (nodes.length > 0) this.changed = true;
    return nodes;
  }

  private fresh({ type }: Pick<Value, 'type'>): Value {
    return { id: this.fn.nextValue++, type };
  }

  private count(name: 'retain' | 'release', value: Value, at: Node | undefined): Operation {
    return this.op(name, [value], [], undefined, at);
  }

  private op(
    name: Operation['op'],
    args: Value[],
    results: Value[],
    local: string | undefined,
    at: Node | undefined,
  ): Operation {
    const attributes = local === undefined ? {} : { local };
    return { kind: 'op', op: name, args, results, attributes, span: at?.span };
  }
}

const isJump = ({ kind }: Node): boolean =>
  kind === 'return' || kind === 'throw' || kind === 'rethrow' || kind === 'break';
