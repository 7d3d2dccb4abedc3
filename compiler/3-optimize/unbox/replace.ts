/**
 * Puts locals in the place of the objects that only their function knows: one for each slot of an object, and
 * of a local that has a copy of it. This is scalar replacement of aggregates, as in Muchnick, "Advanced
 * Compiler Design and Implementation" (1997), 12.2, for objects found by `flow.ts`.
 */
import { isKindOf, recordName, slotsOf, type Slot } from '../../ir/records.ts';
import {
  isReference,
  type IrFunction,
  type IrRecord,
  type Local,
  type Operation,
  type Value,
} from '../../ir/types.ts';
import { replaceValues, rewriteOps, walkOps } from '../../ir/walk.ts';
import { Replacement } from '../replacement.ts';
import { Flow, nothingApart, type Family } from './flow.ts';

/** What stands for an object: locals, which change with it, or values; nothing for null. */
type Held =
  | { readonly kind: 'locals'; readonly locals: ReadonlyMap<string, Local> }
  | { readonly kind: 'values'; readonly values: ReadonlyMap<string, Value> }
  | { readonly kind: 'null' };

/** The name beside those of slots for whether there is an object; no slot has it. */
const there = '?';

export interface Replaced {
  /** The operations that made the objects. */
  readonly objects: readonly Operation[];
  /** The locals in their place. */
  readonly locals: ReadonlySet<string>;
}

/** Replaces all objects of a function that can be; undefined where there are none. */
export function replaceObjects(
  fn: IrFunction,
  records: ReadonlyMap<string, IrRecord>,
): Replaced | undefined {
  const flow = new Flow(fn, records, nothingApart);
  return flow.families.size > 0 ? new Replacer(fn, flow, records).run() : undefined;
}

class Replacer {
  private readonly fn: IrFunction;
  private readonly flow: Flow;
  private readonly records: ReadonlyMap<string, IrRecord>;
  /** By the ids of values that are no casts. */
  private readonly held = new Map<number, Held>();
  /** By the locals of the function. */
  private readonly heldBy = new Map<string, Held>();
  private readonly taken: Set<string>;
  private readonly made = new Set<string>();
  private readonly values = new Map<number, Value>();

  constructor(fn: IrFunction, flow: Flow, records: ReadonlyMap<string, IrRecord>) {
    this.fn = fn;
    this.flow = flow;
    this.records = records;
    this.taken = new Set(fn.locals.map(({ name }) => name));
  }

  run(): Replaced {
    const objects: Operation[] = [];
    walkOps(this.fn.body, (op) => {
      const [result] = op.results;
      const family = this.flow.familyOf(result);
      if (!result || !family) return;
      if (op.op === 'rec.new') objects.push(op);
      const held = this.holdingOf(op, result, family);
      if (held) this.held.set(result.id, held);
    });
    rewriteOps(this.fn.body, (op) => this.rewrite(op));
    replaceValues(this.fn.body, this.values);
    return { objects, locals: this.made };
  }

  private holdingOf(op: Operation, result: Value, family: Family): Held | undefined {
    switch (op.op) {
      case 'rec.new':
        return this.locals(result.hint ?? recordName(family.record), family);
      case 'local.get':
        if (family.holding === 'moves') return this.localsOf(op.attributes.local ?? '', family);
        return this.fresh(result, family);
      case 'select':
        return this.fresh(result, family);
      case 'null':
        return { kind: 'null' };
      default:
        return undefined;
    }
  }

  private parts({ record, mayBeNull }: Family): Slot[] {
    const found = this.records.get(recordName(record));
    const slots = found ? slotsOf(found) : [];
    return mayBeNull ? [...slots, { name: there, type: 'bool' }] : slots;
  }

  private locals(name: string, family: Family): Held {
    const locals = new Map<string, Local>();
    for (const part of this.parts(family)) {
      const local = { name: this.unique(`${name}.${part.name}`), type: part.type };
      this.fn.locals.push(local);
      this.made.add(local.name);
      locals.set(part.name, local);
    }
    return { kind: 'locals', locals };
  }

  private unique(name: string): string {
    let unique = name;
    for (let n = 1; this.taken.has(unique); n++) unique = `${name}.${n}`;
    this.taken.add(unique);
    return unique;
  }

  private localsOf(local: string, family: Family): Held {
    const held = this.heldBy.get(local) ?? this.locals(local, family);
    this.heldBy.set(local, held);
    return held;
  }

  private fresh({ hint }: Value, family: Family): Held {
    const value = ({ name, type }: Slot): Value => ({
      id: this.fn.nextValue++,
      type,
      ...(hint !== undefined && { hint: `${hint}.${name}` }),
    });
    return {
      kind: 'values',
      values: new Map(this.parts(family).map((part) => [part.name, value(part)])),
    };
  }

  private heldAs(value: Value): Held {
    return this.held.get(this.flow.rootOf(value).id) ?? { kind: 'null' };
  }

  /** What takes the place of an operation on a replaced object. */
  private rewrite(op: Operation): Operation[] | undefined {
    const [object] = op.args;
    const [result] = op.results;
    const family =
      this.flow.familyOf(result) ?? this.flow.familyOf(op.op === 'select' ? op.args[1] : object);
    if (!family) return undefined;
    const to = new Replacement(this.fn, op);
    switch (op.op) {
      case 'rec.new':
        if (result) this.create(op, result, family, to);
        break;
      case 'rec.get':
        if (object && result) this.get(object, op.attributes.slot ?? '', result, to);
        break;
      case 'rec.set':
        this.set(op, to);
        break;
      case 'local.set':
        if (object) this.copy(object, op, family, to);
        break;
      case 'local.get':
        if (result) this.read(op, result, family, to);
        break;
      case 'select':
        if (result) this.choose(op, result, family, to);
        break;
      case 'is.null':
        if (object && result) to.add('not', [this.part(object, there, 'bool', to)], result);
        break;
      case 'rec.is':
        if (result) {
          const is = isKindOf(this.records, recordName(family.record), op.attributes.record ?? '');
          to.add('const', [], result, { value: is });
        }
        break;
      case 'rec.as':
      case 'null':
        break;
      default:
        throw new Error(`${op.op} of an object in registers`);
    }
    return to.ops;
  }

  private create(op: Operation, result: Value, family: Family, to: Replacement): void {
    const held = this.heldAs(result);
    this.parts(family).forEach((part, index) => {
      const given = op.args[index];
      if (part.name === there) this.store(held, there, to.constant('bool', true), to);
      else this.store(held, part.name, given ?? to.zero(part.type), to);
    });
  }

  private get(object: Value, slot: string, result: Value, to: Replacement): void {
    const held = this.heldAs(object);
    const found = this.partOf(held, slot);
    if (found?.type !== result.type) {
      // Never run: the object is none that has the slot.
      to.zero(result);
    } else if (found.value) this.values.set(result.id, found.value);
    else if (found.local !== undefined) to.add('local.get', [], result, { local: found.local });
  }

  private set(
    { args: [object, value], attributes: { slot = '' } }: Operation,
    to: Replacement,
  ): void {
    if (!object || !value) return;
    const held = this.heldAs(object);
    if (this.partOf(held, slot)?.type === value.type) this.store(held, slot, value, to);
  }

  /** A local gets a copy. */
  private copy(object: Value, op: Operation, family: Family, to: Replacement): void {
    const target = this.localsOf(op.attributes.local ?? '', family);
    const isNull = this.heldAs(object).kind === 'null';
    for (const { name, type } of this.parts(family)) {
      // What is null has nothing but references to let go of.
      if (isNull && name !== there && !isReference(type)) continue;
      this.store(target, name, this.part(object, name, type, to), to);
    }
  }

  private read(op: Operation, result: Value, family: Family, to: Replacement): void {
    const held = this.heldAs(result);
    if (held.kind !== 'values') return;
    const source = this.localsOf(op.attributes.local ?? '', family);
    if (source.kind !== 'locals') return;
    for (const [name, value] of held.values)
      to.add('local.get', [], value, { local: source.locals.get(name)?.name ?? '' });
  }

  private choose(op: Operation, result: Value, family: Family, to: Replacement): void {
    const held = this.heldAs(result);
    const [condition, a, b] = op.args;
    if (held.kind !== 'values' || !condition || !a || !b) return;
    for (const { name, type } of this.parts(family)) {
      const value = held.values.get(name);
      const [x, y] = [this.part(a, name, type, to), this.part(b, name, type, to)];
      if (value) to.add('select', [condition, x, y], value);
    }
  }

  /** What an object has in a slot, or whether it is there. */
  private part(object: Value, name: string, type: Slot['type'], to: Replacement): Value {
    const held = this.heldAs(object);
    const found = this.partOf(held, name);
    if (found?.local !== undefined) return to.add('local.get', [], type, { local: found.local });
    return found?.value ?? to.zero(type);
  }

  private partOf(
    held: Held,
    name: string,
  ): { type: Slot['type']; value?: Value; local?: string } | undefined {
    if (held.kind === 'values') {
      const value = held.values.get(name);
      return value && { type: value.type, value };
    }
    const local = held.kind === 'locals' ? held.locals.get(name) : undefined;
    return local && { type: local.type, local: local.name };
  }

  private store(held: Held, name: string, value: Value, to: Replacement): void {
    const local = held.kind === 'locals' ? held.locals.get(name) : undefined;
    if (local) to.effect('local.set', [value], { local: local.name });
  }
}
