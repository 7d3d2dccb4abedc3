/** What the ownership pass must know before it changes anything: who keeps each view alive, and how long. */
import {
  isReference,
  type IrFunction,
  type IrType,
  type Node,
  type Operation,
  type Value,
} from '../ir/types.ts';
import { regionsOf, usedValues, walkNodes } from '../ir/walk.ts';

/** The life of a value that owns a reference. */
export interface Life {
  readonly value: Value;
  /**
   * Who gives its reference up: a hidden local; the operation that uses it last; or nobody,
   * because nothing uses it.
   */
  readonly keeper: 'local' | 'use' | 'nobody';
  /** The `local.set` or `return` that its reference is handed over to. */
  readonly transfer?: Node;
}

/** Where a value is defined. */
interface Place {
  readonly region: readonly Node[];
  readonly index: number;
  readonly inLoop: boolean;
  readonly op: Operation;
  readonly value: Value;
}

export class OwnershipFacts {
  /** Whether there is anything to count. */
  readonly hasViews: boolean;
  /** The values that own a reference, by id. */
  readonly lives = new Map<number, Life>();
  /** Values whose reference is dropped behind a node. */
  readonly lastUses = new Map<Node, Value[]>();
  /** The locals that own references, with their types. */
  readonly counted: Map<string, IrType>;
  private readonly places: Place[] = [];
  private readonly byId = new Map<number, Place>();
  /** The nodes that use a view, directly or as what a `select` gives. */
  private readonly users = new Map<number, Node[]>();
  private readonly sets = new Map<string, Operation[]>();

  constructor(fn: IrFunction) {
    this.collect(fn.body, false);
    this.hasViews =
      this.places.length > 0 ||
      fn.results.some(isReference) ||
      fn.locals.some(({ type }) => isReference(type));
    this.spreadUses();
    this.counted = this.countedLocals(fn);
    for (const place of this.places) this.live(place);
  }

  /** The counted local that a value was read from, if it still holds that value at a later node. */
  ownerAt(value: Value, node: Node): string | undefined {
    const place = this.byId.get(value.id);
    const local = place?.op.op === 'local.get' ? place.op.attributes.local : undefined;
    if (!place || local === undefined || !this.counted.has(local)) return undefined;
    return this.overwritten(place, local, [node]) ? undefined : local;
  }

  private collect(nodes: readonly Node[], inLoop: boolean): void {
    nodes.forEach((node, index) => {
      for (const { id, type } of usedValues(node)) if (isReference(type)) this.addUser(id, node);
      if (node.kind !== 'op') {
        for (const region of regionsOf(node)) this.collect(region, inLoop || node.kind === 'loop');
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

  /** What uses a select's result uses its operands. Operands come before results, so backwards once is enough. */
  private spreadUses(): void {
    for (const { op, value } of [...this.places].reverse()) {
      if (op.op !== 'select') continue;
      for (const operand of op.args)
        if (isReference(operand.type))
          for (const user of this.users.get(value.id) ?? []) this.addUser(operand.id, user);
    }
  }

  /** The greatest set of locals that hold lasting views alone needs no counting; these are the others. */
  private countedLocals(fn: IrFunction): Map<string, IrType> {
    const counted = new Map<string, IrType>();
    const locals = fn.locals.filter(({ type }) => isReference(type));
    for (let before = -1; before !== counted.size;) {
      before = counted.size;
      for (const { name, type } of locals)
        if (this.sets.get(name)?.some((set) => !this.isLasting(set.args[0], counted)))
          counted.set(name, type);
    }
    return counted;
  }

  /** Whether somebody else keeps a view until the function ends, given the locals that are counted. */
  private isLasting(value: Value | undefined, counted: ReadonlyMap<string, IrType>): boolean {
    const op = value && this.byId.get(value.id)?.op;
    if (!op) return true; // a parameter
    switch (op.op) {
      case 'global.get':
      case 'null':
        return true;
      case 'local.get':
        return !counted.has(op.attributes.local ?? '');
      case 'select':
        return op.args.slice(1).every((operand) => this.isLasting(operand, counted));
      default:
        return false;
    }
  }

  private live(place: Place): void {
    const { op, value } = place;
    switch (op.op) {
      case 'view.new':
      case 'view.sub':
      case 'call':
        break;
      case 'local.get': {
        const local = op.attributes.local ?? '';
        const users = this.users.get(value.id) ?? [];
        if (!this.counted.has(local) || !this.overwritten(place, local, users)) return;
        break;
      }
      default:
        return;
    }
    const users = new Set(this.users.get(value.id));
    if (users.size === 0) {
      this.lives.set(value.id, { value, keeper: 'nobody' });
      return;
    }
    const last = straightLastUse(place, users);
    if (!last) {
      this.lives.set(value.id, { value, keeper: 'local' });
      return;
    }
    const uses = last.kind === 'op' || last.kind === 'return' ? usedValues(last) : [];
    const once = uses.filter(({ id }) => id === value.id).length === 1;
    const isSet =
      last.kind === 'op' &&
      last.op === 'local.set' &&
      this.counted.has(last.attributes.local ?? '');
    const transfer = once && (isSet || last.kind === 'return');
    this.lives.set(value.id, { value, keeper: 'use', ...(transfer && { transfer: last }) });
    if (!transfer) this.lastUses.set(last, [...(this.lastUses.get(last) ?? []), value]);
  }

  /**
   * Whether a local may be set between the reading of a value and the last of `users`. Uses are in the
   * value's region or inside its nodes; a node that has one inside counts as a whole, since it may repeat.
   */
  private overwritten({ region, index }: Place, local: string, users: readonly Node[]): boolean {
    const wanted = new Set(users);
    let set = false;
    for (const node of region.slice(index + 1)) {
      if (set && contains(node, wanted)) return true;
      const inside =
        node.kind !== 'op' &&
        regionsOf(node).some((nodes) => nodes.some((child) => contains(child, wanted)));
      const sets = setsLocal(node, local);
      if (inside && sets) return true;
      set ||= sets;
    }
    return false;
  }
}

/** Whether a node, or one inside it, is one of these. */
function contains(node: Node, wanted: ReadonlySet<Node>): boolean {
  let found = false;
  walkNodes([node], (inner) => {
    if (wanted.has(inner)) found = true;
  });
  return found;
}

function setsLocal(node: Node, local: string): boolean {
  let found = false;
  walkNodes([node], (inner) => {
    if (inner.kind === 'op' && inner.op === 'local.set' && inner.attributes.local === local)
      found = true;
  });
  return found;
}

/** The last of a value's users if all stand behind its definition with nothing but operations between: no way leads around it. */
function straightLastUse({ region, index }: Place, users: ReadonlySet<Node>): Node | undefined {
  let rest = users.size;
  for (const node of region.slice(index + 1)) {
    if (users.has(node) && --rest === 0 && (node.kind === 'op' || node.kind === 'return'))
      return node;
    if (node.kind !== 'op') return undefined;
  }
  return undefined;
}
