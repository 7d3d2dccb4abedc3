/**
 * Makes the counting of references to views explicit.
 *
 * - The results of `view.new`, `view.sub` and `call` are *fresh*: each owns one reference.
 *   Parameters, module constants and null are *lasting*: somebody else keeps them as long as the
 *   function runs. A caller keeps its arguments, and a function gives its result a reference.
 * - A local owns a reference to what it holds: `local.set` retains the new view and releases the
 *   old one. A local that only ever holds lasting views needs no counting.
 * - A fresh view with uses in nothing but the operations that follow it is released behind the
 *   last of them, or handed over if that is a `local.set` or `return`. Any other fresh view goes to
 *   a hidden local, which is released with the others, or when a loop makes the next one.
 * - `local.get` borrows the local's reference. Where the local may be set before the value's
 *   last use, the value is retained and treated as fresh.
 * - `select` gives one of its operands: uses of its result are uses of both.
 * - All counted locals are released at each `return` and at the end. A returned view is retained
 *   before, unless it is what a local owns: then that reference goes to the caller.
 *
 * Leaving by an error releases nothing: the wrapper around the call frees whatever native code
 * made during it (`4-emit/memory.ts`).
 */
import {
  isReference,
  type IrFunction,
  type Node,
  type Operation,
  type Return,
  type Value,
} from '../ir/types.ts';
import { regionsOf } from '../ir/walk.ts';
import { OwnershipFacts } from './ownership-facts.ts';
import type { Pass } from './pass.ts';

export const ownership: Pass = (fn) => {
  const writer = new Writer(fn);
  writer.run();
  return writer.changed;
};

class Writer {
  changed = false;
  private readonly fn: IrFunction;
  private readonly facts: OwnershipFacts;
  /** The hidden local that owns a value, by value id. */
  private readonly owners = new Map<number, string>();

  constructor(fn: IrFunction) {
    this.fn = fn;
    this.facts = new OwnershipFacts(fn);
  }

  run(): void {
    if (!this.facts.hasViews) return;
    // The locals to release must all be known before the first exit is written.
    for (const life of this.facts.lives.values())
      if (life.keeper === 'local') this.owners.set(life.value.id, this.hiddenLocal(life.value));
    this.region(this.fn.body, false);
    const last = this.fn.body.at(-1);
    if (last?.kind !== 'return' && last?.kind !== 'throw')
      this.fn.body.push(...this.keep(this.releaseLocals(new Set(), undefined)));
  }

  private region(nodes: Node[], inLoop: boolean): void {
    const written: Node[] = [];
    for (const node of nodes) {
      switch (node.kind) {
        case 'op':
          written.push(...this.operation(node, inLoop));
          break;
        case 'return':
          written.push(...this.return(node));
          break;
        default:
          for (const region of regionsOf(node)) this.region(region, inLoop || node.kind === 'loop');
          written.push(node);
      }
      if (node.kind === 'op') written.push(...this.keep(this.releaseUsedLast(node)));
    }
    nodes.splice(0, nodes.length, ...written);
  }

  private operation(op: Operation, inLoop: boolean): Node[] {
    const written: Node[] = op.op === 'local.set' ? this.set(op) : [op];
    for (const value of op.results) {
      const life = this.facts.lives.get(value.id);
      if (!life) continue;
      if (op.op === 'local.get') written.push(...this.keep([this.count('retain', value, op)]));
      if (life.keeper === 'nobody') written.push(...this.keep([this.count('release', value, op)]));
      const owner = this.owners.get(value.id);
      if (owner !== undefined) written.push(...this.keep(this.store(owner, value, op, inLoop)));
    }
    return written;
  }

  /** The local gets a reference of its own, or that of a fresh view. */
  private set(op: Operation): Node[] {
    const [value] = op.args;
    const { local } = op.attributes;
    if (!value || local === undefined || !this.facts.counted.has(local)) return [op];
    const transferred = this.facts.lives.get(value.id)?.transfer === op;
    return this.keep([
      ...(transferred ? [] : [this.count('retain', value, op)]),
      ...this.store(local, value, op, true),
    ]);
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
    const handedOver = new Set<string>();
    const written: Node[] = [];
    for (const value of node.values) {
      if (!isReference(value.type) || this.facts.lives.get(value.id)?.transfer === node) continue;
      const owner = this.owners.get(value.id) ?? this.facts.ownerAt(value, node);
      if (owner !== undefined && !handedOver.has(owner)) handedOver.add(owner);
      else written.push(this.count('retain', value, node));
    }
    written.push(...this.releaseUsedLast(node), ...this.releaseLocals(handedOver, node));
    return [...this.keep(written), node];
  }

  /** Drops the references of values that nothing uses after a node. */
  private releaseUsedLast(node: Node): Operation[] {
    return (this.facts.lastUses.get(node) ?? []).map((value) => this.count('release', value, node));
  }

  private releaseLocals(except: ReadonlySet<string>, at: Node | undefined): Node[] {
    return [...this.facts.counted]
      .filter(([local]) => !except.has(local))
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
