/**
 * Where the references to a function's objects go. Values and locals that may hold the same object are a
 * *family*; an object that only its family refers to needs no memory.
 */
import { isKindOf, recordName, slotsOf } from '../../ir/records.ts';
import {
  isRecord,
  type IrFunction,
  type IrRecord,
  type Node,
  type Operation,
  type RecordType,
  type Value,
} from '../../ir/types.ts';
import { regionsOf, usedValues } from '../../ir/walk.ts';
import { contains, usedAfterDisturbance } from '../disturbance.ts';

/** An object of more slots is better in memory, where not all of it is copied. */
const mostSlots = 16;

/** The calls that pass and return an object as the values of its slots. */
export interface Apart {
  /** Whether a function gets an object so, as this parameter. */
  param(fn: string, index: number): boolean;
  /** The record of the object that a function gives so as its result. */
  result(fn: string): RecordType | undefined;
}

export const nothingApart: Apart = { param: () => false, result: () => undefined };

/** Where an object of a family comes from: `rec.new`, a call that gives it apart, or a parameter that does. */
export type Source = Operation | { readonly kind: 'param'; readonly index: number };

/**
 * How the objects of a family are held:
 * - `one`: it is one object at a time, and all names are its own;
 * - `copies`: nothing changes an object once a local has it, so each local has a copy;
 * - `moves`: each object is made for the one local, and nothing else knows it afterwards.
 */
export type Holding = 'one' | 'copies' | 'moves';

export interface Family {
  /** What its objects are, all of them. */
  readonly record: RecordType;
  readonly sources: readonly Source[];
  readonly locals: ReadonlySet<string>;
  readonly holding: Holding;
  /** Whether it matters if a reference is null. */
  readonly mayBeNull: boolean;
  /** Whether the function returns one. */
  readonly isReturned: boolean;
}

interface Place {
  readonly op: Operation;
  readonly region: readonly Node[];
  readonly index: number;
}

/** What is being found out about a family. */
interface Draft {
  readonly values: Value[];
  readonly locals: Set<string>;
  readonly sources: Source[];
  readonly changes: Operation[];
  readonly copies: Operation[];
  readonly tests: Operation[];
  escapes: boolean;
  isReturned: boolean;
}

type Key = number | string;

export class Flow {
  /** The families whose objects need no memory, by the ids of their values. */
  readonly families = new Map<number, Family>();
  private readonly fn: IrFunction;
  private readonly records: ReadonlyMap<string, IrRecord>;
  private readonly apart: Apart;
  private readonly parents = new Map<Key, Key>();
  private readonly places = new Map<number, Place>();
  private readonly users = new Map<number, Node[]>();
  private readonly drafts = new Map<Key, Draft>();

  constructor(fn: IrFunction, records: ReadonlyMap<string, IrRecord>, apart: Apart) {
    this.fn = fn;
    this.records = records;
    this.apart = apart;
    for (const { value } of fn.params) if (isRecord(value.type)) this.link(value.id);
    this.visit(fn.body, (node) => this.join(node));
    fn.params.forEach(({ value }, index) => {
      if (!isRecord(value.type)) return;
      const draft = this.draftOf(value);
      if (apart.param(fn.name, index)) draft.sources.push({ kind: 'param', index });
      else draft.escapes = true;
      draft.values.push(value);
    });
    this.visit(fn.body, (node) => this.note(node));
    for (const draft of new Set(this.drafts.values())) {
      const family = this.settle(draft);
      if (family) for (const { id } of draft.values) this.families.set(id, family);
    }
  }

  familyOf(value: Value | undefined): Family | undefined {
    return value && this.families.get(value.id);
  }

  /** The value that a cast stands for. */
  rootOf(value: Value): Value {
    const place = this.places.get(value.id);
    const [operand] = place?.op.args ?? [];
    return place?.op.op === 'rec.as' && operand ? this.rootOf(operand) : value;
  }

  definitionOf(value: Value): Operation | undefined {
    return this.places.get(value.id)?.op;
  }

  private visit(nodes: readonly Node[], look: (node: Node) => void): void {
    nodes.forEach((node, index) => {
      look(node);
      if (node.kind === 'op')
        for (const { id } of node.results)
          if (!this.places.has(id)) this.places.set(id, { op: node, region: nodes, index });
      for (const region of regionsOf(node)) this.visit(region, look);
    });
  }

  /** Puts what may be one object into one family. */
  private join(node: Node): void {
    if (node.kind !== 'op') return;
    const { local } = node.attributes;
    const [result] = node.results;
    switch (node.op) {
      case 'local.get':
        if (result && local !== undefined && isRecord(result.type)) this.link(result.id, local);
        break;
      case 'local.set': {
        const [value] = node.args;
        if (value && local !== undefined && isRecord(value.type)) this.link(value.id, local);
        break;
      }
      case 'rec.as':
      case 'select':
        for (const { id, type } of node.args)
          if (result && isRecord(type)) this.link(result.id, id);
        break;
      default:
        for (const { id, type } of node.results) if (isRecord(type)) this.link(id);
    }
  }

  private link(a: Key, b: Key = a): void {
    this.parents.set(this.find(a), this.find(b));
  }

  private find(key: Key): Key {
    const parent = this.parents.get(key) ?? key;
    if (parent === key) return key;
    const root = this.find(parent);
    this.parents.set(key, root);
    return root;
  }

  private draftOf({ id }: Value): Draft {
    const root = this.find(id);
    let draft = this.drafts.get(root);
    if (!draft) {
      draft = {
        values: [],
        locals: new Set(),
        sources: [],
        changes: [],
        copies: [],
        tests: [],
        escapes: false,
        isReturned: false,
      };
      this.drafts.set(root, draft);
    }
    return draft;
  }

  private note(node: Node): void {
    const used = usedValues(node).filter(({ type }) => isRecord(type));
    for (const { id } of used) {
      const users = this.users.get(id);
      if (users) users.push(node);
      else this.users.set(id, [node]);
    }
    if (node.kind === 'op') return this.noteOperation(node);
    for (const value of used) {
      const draft = this.draftOf(value);
      if (node.kind === 'return' && this.apart.result(this.fn.name)) draft.isReturned = true;
      else draft.escapes = true;
    }
  }

  private noteOperation(op: Operation): void {
    for (const value of op.results) {
      if (!isRecord(value.type)) continue;
      const draft = this.draftOf(value);
      draft.values.push(value);
      switch (op.op) {
        case 'rec.new':
          draft.sources.push(op);
          break;
        case 'local.get':
          draft.locals.add(op.attributes.local ?? '');
          break;
        case 'rec.as':
        case 'select':
        case 'null':
          break;
        default:
          if (op.op === 'call' && this.apart.result(op.attributes.callee ?? ''))
            draft.sources.push(op);
          else draft.escapes = true;
      }
    }
    op.args.forEach((value, index) => {
      if (!isRecord(value.type)) return;
      const draft = this.draftOf(value);
      switch (op.op) {
        case 'rec.get':
        case 'rec.as':
          break;
        case 'rec.set':
          if (index === 0) draft.changes.push(op);
          else draft.escapes = true;
          break;
        case 'local.set':
          draft.locals.add(op.attributes.local ?? '');
          draft.copies.push(op);
          break;
        case 'select':
          draft.copies.push(op);
          break;
        case 'is.null':
        case 'rec.is':
          draft.tests.push(op);
          break;
        default:
          if (op.op !== 'call' || !this.apart.param(op.attributes.callee ?? '', index))
            draft.escapes = true;
      }
    });
  }

  private settle(draft: Draft): Family | undefined {
    const { sources, locals, values, tests, isReturned } = draft;
    if (draft.escapes || sources.length === 0) return undefined;
    const [record, ...others] = new Set(sources.map((source) => this.recordOfSource(source)));
    if (!record || others.length > 0) return undefined;
    const own = this.records.get(recordName(record));
    if (!own || slotsOf(own).length > mostSlots) return undefined;
    const isParam = sources.some(({ kind }) => kind === 'param');
    // What a caller passes may be of a class that extends the parameter's; it is the caller's own, too.
    if (isParam && (isReturned || draft.changes.length > 0 || !this.isLast(own))) return undefined;
    const mayBeNull = tests.some(({ op }) => op === 'is.null');
    const hasNull = values.some((value) => this.definitionOf(value)?.op === 'null');
    if (isReturned && hasNull) return undefined;
    const holding = this.holdingOf(draft);
    return holding && { record, sources, locals, holding, mayBeNull, isReturned };
  }

  private recordOfSource(source: Source): RecordType | undefined {
    const type =
      source.kind === 'param'
        ? this.fn.params[source.index]?.value.type
        : source.op === 'call'
          ? this.apart.result(source.attributes.callee ?? '')
          : source.results[0]?.type;
    return type && isRecord(type) ? type : undefined;
  }

  /** Whether objects referred to as this record are of no other. */
  private isLast({ name, kind }: IrRecord): boolean {
    if (kind === 'union') return false;
    return [...this.records.keys()].every(
      (other) => other === name || !isKindOf(this.records, other, name),
    );
  }

  private holdingOf(draft: Draft): Holding | undefined {
    const { sources, locals, copies } = draft;
    if (sources.length === 1 && locals.size === 0 && copies.length === 0) return 'one';
    if (draft.changes.every((change) => this.isBeforeCopies(change, copies))) return 'copies';
    return this.isMoved(draft) ? 'moves' : undefined;
  }

  /** Whether what an operation changes is an object that was just made, and that nothing has a copy of yet. */
  private isBeforeCopies(change: Operation, copies: readonly Operation[]): boolean {
    const made = this.madeAs(change.args[0]);
    if (!made) return false;
    const at = this.within(made.region, change);
    return this.copiesOf(made.op, copies).every((copy) => at < this.within(made.region, copy));
  }

  private isMoved({ locals, copies, sources, values }: Draft): boolean {
    const [local] = locals;
    if (local === undefined || locals.size > 1) return false;
    if (copies.some(({ op }) => op === 'select')) return false;
    const isSet = (op: Operation): boolean =>
      op.op === 'local.set' && op.attributes.local === local;
    return (
      sources.every((source) => this.isMovedOnce(source, copies)) &&
      values.every((value) => {
        const place = this.places.get(value.id);
        if (place?.op.op !== 'local.get') return true;
        const users = new Set(this.usersOf(value));
        return (
          !copies.some((copy) => users.has(copy)) &&
          !usedAfterDisturbance(place.region, place.index + 1, users, isSet)
        );
      })
    );
  }

  /** Whether an object is put into a local at most once, and then used no more but through that. */
  private isMovedOnce(source: Source, copies: readonly Operation[]): boolean {
    if (source.kind === 'param') return false;
    const [result] = source.results;
    const made = result && this.places.get(result.id);
    if (!made) return false;
    const [copy, ...others] = this.copiesOf(source, copies);
    if (!copy) return true;
    if (others.length > 0) return false;
    const at = this.within(made.region, copy);
    return this.usersOf(result).every(
      (user) => user === copy || this.within(made.region, user) < at,
    );
  }

  private copiesOf(made: Operation, copies: readonly Operation[]): Operation[] {
    return copies.filter(({ args }) => args.some((arg) => this.madeAs(arg)?.op === made));
  }

  /** Where a value's object is made, if it is what an operation makes there. */
  private madeAs(value: Value | undefined): Place | undefined {
    const place = value && this.places.get(this.rootOf(value).id);
    return place?.op.op === 'rec.new' || place?.op.op === 'call' ? place : undefined;
  }

  /** The nodes that use a value, or a cast of it. */
  private usersOf(value: Value): Node[] {
    return (this.users.get(value.id) ?? []).flatMap((user) => {
      const [cast] = user.kind === 'op' && user.op === 'rec.as' ? user.results : [];
      return cast ? [user, ...this.usersOf(cast)] : [user];
    });
  }

  /** The index of the node of a region that a node is in. */
  private within(region: readonly Node[], node: Node): number {
    const wanted = new Set([node]);
    return region.findIndex((one) => contains(one, wanted));
  }
}
