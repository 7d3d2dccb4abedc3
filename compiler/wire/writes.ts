/**
 * What code does to objects that it may have been given: which members and elements it changes, and
 * which types it compares by identity. Objects that it has just made are its own affair.
 *
 * The analysis goes by types: a change through a reference is one of every object of its type, unless
 * the reference is to an object that the function made itself, or to one that it got as a parameter,
 * which its callers then tell more about.
 */
import { valuesOfExtern } from '../ir/externs.ts';
import { entryOf, orderSlot, recordOf } from '../ir/records.ts';
import {
  isList,
  isRecord,
  type IrFunction,
  type IrModule,
  type IrType,
  type Operation,
  type Value,
} from '../ir/types.ts';
import { definitionsOf, reachedFrom, usesOf, walkOps } from '../ir/walk.ts';

/** What stands for the elements and the length of a list, and the entries of a map or set, among the names of members. */
export const elements = '[]';

export interface Effects {
  /** By type the members (tags count as their members) that may have changed; of a list `elements`. */
  readonly written: ReadonlyMap<IrType, ReadonlySet<string>>;
  /** Types of references that are compared. */
  readonly compared: ReadonlySet<IrType>;
  /** Functions of JavaScript may be called. */
  readonly callsJavaScript: boolean;
}

/** A function's effects on types, and on its parameters by their indices. */
interface Summary {
  readonly written: Map<IrType, Set<string>>;
  readonly compared: Set<IrType>;
  readonly params: Map<number, Set<string>>;
}

/** What a call of a function may do, by everything that it reaches. */
export function effectsOf(module: IrModule, root: string): Effects {
  const functions = new Map(module.functions.map((fn) => [fn.name, fn]));
  const reached = reachedFrom(root, functions);
  const summaries = new Map(reached.map((fn) => [fn.name, summaryOfExtern(fn, module)]));
  const tables = new Set<IrType>(
    module.records.filter((record) => entryOf(record)).map(({ name }): IrType => `rec.${name}`),
  );
  const readers = reached.map((fn) => new Reader(fn, summaries, tables));
  // Summaries only grow, so this ends.
  while (readers.map((reader) => reader.read()).some(Boolean));
  const written = new Map<IrType, Set<string>>();
  const compared = new Set<IrType>();
  for (const summary of summaries.values()) {
    for (const [type, names] of summary.written) for (const name of names) add(written, type, name);
    for (const type of summary.compared) compared.add(type);
  }
  const own = functions.get(root);
  for (const [index, names] of summaries.get(root)?.params ?? []) {
    const type = own?.params[index]?.value.type;
    if (type) for (const name of names) add(written, type, name);
  }
  const callsJavaScript = reached.some(({ foreign }) => foreign !== undefined);
  return { written, compared, callsJavaScript };
}

/** What C may do to the structures that it gets; nothing of another function is known yet. */
function summaryOfExtern({ extern, params }: IrFunction, module: IrModule): Summary {
  const summary = emptySummary();
  let at = 0;
  for (const param of extern?.params ?? []) {
    const index = at;
    at += valuesOfExtern(param);
    const type = params[index]?.value.type;
    if (param.way !== 'struct' || param.struct || param.readonly || !type) continue;
    for (const { name } of recordOf(module, type).members) add(summary.params, index, name);
  }
  return summary;
}

const emptySummary = (): Summary => ({
  written: new Map(),
  compared: new Set(),
  params: new Map(),
});

class Reader {
  private readonly fn: IrFunction;
  private readonly summaries: ReadonlyMap<string, Summary>;
  /** The types of maps and sets. */
  private readonly tables: ReadonlySet<IrType>;
  private readonly own: Summary;
  private readonly definitions: ReadonlyMap<number, Operation>;
  private readonly params: ReadonlyMap<number, number>;
  /** What each local is set to. */
  private readonly sets = new Map<string, Value[]>();
  private changed = false;

  constructor(
    fn: IrFunction,
    summaries: ReadonlyMap<string, Summary>,
    tables: ReadonlySet<IrType>,
  ) {
    this.fn = fn;
    this.tables = tables;
    this.summaries = summaries;
    this.own = summaries.get(fn.name) ?? emptySummary();
    this.definitions = definitionsOf(fn.body);
    this.params = new Map(fn.params.map(({ value }, index) => [value.id, index]));
    walkOps(fn.body, ({ op, args: [value], attributes: { local } }) => {
      if (op === 'local.set' && value && local !== undefined)
        this.sets.set(local, [...(this.sets.get(local) ?? []), value]);
    });
  }

  /** Adds to the function's summary what it does and what the summaries of its callees say; whether that was anything new. */
  read(): boolean {
    this.changed = false;
    walkOps(this.fn.body, (op) => this.operation(op));
    return this.changed;
  }

  private operation(op: Operation): void {
    const [a] = op.args;
    switch (op.op) {
      case 'eq':
      case 'ne':
        if (a && (isRecord(a.type) || isList(a.type)) && !this.own.compared.has(a.type)) {
          this.own.compared.add(a.type);
          this.changed = true;
        }
        return;
      case 'rec.set':
        // What the order slot tells follows from members that are set.
        if (a && this.tables.has(a.type)) this.write(a, elements);
        else if (op.attributes.slot !== orderSlot)
          this.write(a, (op.attributes.slot ?? '').replace(/\.tag$/, ''));
        return;
      case 'list.store':
      case 'list.push':
      case 'list.extend':
      case 'list.truncate':
        this.write(a, elements);
        return;
      case 'list.view':
        if (this.isWrittenView(op)) this.write(a, elements);
        return;
      case 'call': {
        const callee = this.summaries.get(op.attributes.callee ?? '');
        for (const [index, names] of callee?.params ?? [])
          for (const name of names) this.write(op.args[index], name);
        return;
      }
      default:
    }
  }

  /** Whether anything but reading is done with the view of a list. */
  private isWrittenView({ results: [view] }: Operation): boolean {
    this.uses ??= usesOf(this.fn.body);
    return (this.uses.get(view?.id ?? -1) ?? []).some(
      (user) => user.kind !== 'op' || !['view.load', 'view.length', 'view.apart'].includes(user.op),
    );
  }
  private uses: ReturnType<typeof usesOf> | undefined;

  private write(object: Value | undefined, name: string): void {
    if (!object || this.isFresh(object, new Set())) return;
    // The lists of a map or set are its own.
    const table = this.tableOf(object);
    if (table) return this.write(table, elements);
    const param = this.params.get(object.id);
    if (param === undefined) this.note(this.own.written, object.type, name);
    else this.note(this.own.params, param, name);
  }

  /** The map or set of which a list was just taken. */
  private tableOf(list: Value): Value | undefined {
    const op = this.definitions.get(list.id);
    const [owner] = op?.op === 'rec.get' ? op.args : [];
    return owner && this.tables.has(owner.type) ? owner : undefined;
  }

  private note<K>(into: Map<K, Set<string>>, key: K, name: string): void {
    if (into.get(key)?.has(name)) return;
    add(into, key, name);
    this.changed = true;
  }

  /** Whether a reference can only be null or to an object that this function made. */
  private isFresh(value: Value, seen: Set<string>): boolean {
    const op = this.definitions.get(value.id);
    switch (op?.op) {
      case 'rec.new':
      case 'list.new':
      case 'null':
        return true;
      case 'rec.as':
        return op.args.every((operand) => this.isFresh(operand, seen));
      case 'select':
        return op.args.slice(1).every((operand) => this.isFresh(operand, seen));
      case 'local.get': {
        const local = op.attributes.local ?? '';
        if (seen.has(local)) return true;
        seen.add(local);
        return (this.sets.get(local) ?? []).every((set) => this.isFresh(set, seen));
      }
      default:
        return false;
    }
  }
}

function add<K>(into: Map<K, Set<string>>, key: K, name: string): void {
  const known = into.get(key);
  if (known) known.add(name);
  else into.set(key, new Set([name]));
}
