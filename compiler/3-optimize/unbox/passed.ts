/**
 * Which objects go from function to function as the values of their slots, in registers: parameters that
 * their function only reads, and results that it has just made, as in Peyton Jones and Launchbury, "Unboxed
 * values as first class citizens" (FPCA 1991), and Baker-Finch, Glynn and Peyton Jones, "Constructed product
 * result analysis for Haskell" (JFP 14(2), 2004). It is done where it saves an object.
 */
import { isKindOf, recordName, slotsOf } from '../../ir/records.ts';
import {
  isRecord,
  parameterMayBeNull,
  type IrFunction,
  type IrModule,
  type IrRecord,
  type IrType,
  type Operation,
  type RecordType,
} from '../../ir/types.ts';
import { definitionsOf, walkNodes, walkOps } from '../../ir/walk.ts';
import { callersOf, openFunctions } from '../calls/open.ts';
import { heapWrites, slotPlace, type WritesOf } from '../heap-writes.ts';
import { Flow, type Apart, type Family } from './flow.ts';

/** An object of more slots isn't passed in registers. */
const mostPassed = 8;

/** What goes apart; both are made smaller until all of it can. */
export class Passed implements Apart {
  /** The indices of parameters, by function. */
  readonly params = new Map<string, Set<number>>();
  readonly results = new Map<string, RecordType>();
  private readonly functions: readonly IrFunction[];
  private readonly records: ReadonlyMap<string, IrRecord>;
  private readonly slots = new Map<IrRecord, ReturnType<typeof slotsOf> | undefined>();
  private readonly flows = new Map<string, Flow>();
  /** The functions of which something has been dropped since the flows were made. */
  private readonly dropped = new Set<string>();

  constructor(module: IrModule, records: ReadonlyMap<string, IrRecord>) {
    this.records = records;
    this.functions = module.functions.filter(hasRecords);
    const callers = callersOf(module);
    const open = openFunctions(module, callers);
    const writesOf = heapWrites(module, seen());
    for (const fn of this.functions) if (!open.has(fn.name)) this.propose(fn, writesOf);
    while (this.params.size + this.results.size > 0) {
      // What is dropped changes the flow of its function, and of those that call it.
      for (const fn of this.functions)
        if (!this.flows.has(fn.name)) this.flows.set(fn.name, new Flow(fn, records, this));
      if (!this.dropImpossible() && !this.dropUseless()) break;
      for (const name of this.dropped)
        for (const stale of [name, ...(callers.get(name) ?? [])]) this.flows.delete(stale);
      this.dropped.clear();
    }
  }

  param(fn: string, index: number): boolean {
    return this.params.get(fn)?.has(index) === true;
  }

  result(fn: string): RecordType | undefined {
    return this.results.get(fn);
  }

  /** Adds all of a function that its signature allows. */
  private propose(fn: IrFunction, writesOf: WritesOf): void {
    const writes = writesOf(fn.name);
    const types = fn.params.map(({ value }) => value.type);
    const indices = types.flatMap((type, index) => {
      const slots = this.slotsOfOnly(type);
      // What others change meanwhile must be seen.
      if (!slots || parameterMayBeNull(fn.params, index) || !writes) return [];
      return slots.some(({ name }) => writes.has(slotPlace(type, name, this.records)))
        ? []
        : [index];
    });
    if (indices.length > 0) this.params.set(fn.name, new Set(indices));
    const [result, ...others] = fn.results;
    if (result && isRecord(result) && others.length === 0 && this.slotsOfOnly(result))
      this.results.set(fn.name, result);
  }

  private slotsOfOnly(type: IrType): ReturnType<typeof slotsOf> | undefined {
    const record = isRecord(type) ? this.records.get(recordName(type)) : undefined;
    if (!record) return undefined;
    if (!this.slots.has(record)) this.slots.set(record, this.onlySlots(record));
    return this.slots.get(record);
  }

  /** The slots of a record whose objects are of no other, and small. */
  private onlySlots(record: IrRecord): ReturnType<typeof slotsOf> | undefined {
    if (record.kind === 'union') return undefined;
    const isKind = (other: string): boolean => isKindOf(this.records, other, record.name);
    if ([...this.records.keys()].some((other) => other !== record.name && isKind(other)))
      return undefined;
    const slots = slotsOf(record);
    return slots.length <= mostPassed ? slots : undefined;
  }

  /** Drops what its function does more with; returns whether there was any. */
  private dropImpossible(): boolean {
    let dropped = false;
    for (const fn of this.functions) {
      const flow = this.flows.get(fn.name);
      for (const index of this.params.get(fn.name) ?? [])
        if (!flow?.familyOf(fn.params[index]?.value)) dropped = this.dropParam(fn.name, index);
      if (this.results.has(fn.name) && !givesNew(fn, flow)) dropped = this.dropResult(fn.name);
    }
    return dropped;
  }

  /** Drops what saves no object; returns whether there was any. */
  private dropUseless(): boolean {
    const useful = this.useful();
    let dropped = false;
    for (const [fn, indices] of this.params)
      for (const index of indices)
        if (!useful.has(paramKey(fn, index))) dropped = this.dropParam(fn, index);
    for (const fn of this.results.keys()) if (!useful.has(fn)) dropped = this.dropResult(fn);
    return dropped;
  }

  private dropParam(fn: string, index: number): true {
    const indices = this.params.get(fn);
    indices?.delete(index);
    if (indices?.size === 0) this.params.delete(fn);
    this.dropped.add(fn);
    return true;
  }

  private dropResult(fn: string): true {
    this.results.delete(fn);
    this.dropped.add(fn);
    return true;
  }

  /** The parameters that are passed, and the functions that give, an object which somewhere needs no memory then. */
  private useful(): ReadonlySet<string> {
    const useful = new Set<string>();
    for (let before = -1; before < useful.size;) {
      before = useful.size;
      for (const fn of this.functions) {
        const flow = this.flows.get(fn.name);
        walkOps(fn.body, ({ op, args, results: [result], attributes: { callee = '' } }) => {
          if (op !== 'call') return;
          if (flow?.familyOf(result) && this.results.has(callee)) useful.add(callee);
          args.forEach((arg, index) => {
            const family = flow?.familyOf(arg);
            if (family && this.param(callee, index) && isSaved(fn, family, useful))
              useful.add(paramKey(callee, index));
          });
        });
      }
    }
    return useful;
  }
}

const paramKey = (fn: string, index: number): string => `${index} of ${fn}`;

/** Whether there would be an object of a family if it weren't passed apart. */
const isSaved = ({ name }: IrFunction, { sources }: Family, useful: ReadonlySet<string>): boolean =>
  sources.some((source) => source.kind === 'op' || useful.has(paramKey(name, source.index)));

/** Whether each return of a function gives an object that only it knows. */
function givesNew(fn: IrFunction, flow: Flow | undefined): boolean {
  let isNew = true;
  walkNodes(fn.body, (node) => {
    if (node.kind === 'return' && !flow?.familyOf(node.values[0])) isNew = false;
  });
  return isNew;
}

function hasRecords({ params, body }: IrFunction): boolean {
  let found = params.some(({ value }) => isRecord(value.type));
  walkOps(body, ({ results: [result] }) => {
    if (result && isRecord(result.type)) found = true;
  });
  return found;
}

/** Leaves out of what functions write the filling of objects that they have just made, which no parameter is. */
function seen(): (op: Operation, fn: IrFunction) => boolean {
  const known = new Map<IrFunction, ReturnType<typeof definitionsOf>>();
  return (op, fn) => {
    if (op.op !== 'rec.set') return true;
    const definitions = known.get(fn) ?? definitionsOf(fn.body);
    known.set(fn, definitions);
    let made = definitions.get(op.args[0]?.id ?? -1);
    while (made?.op === 'rec.as') made = definitions.get(made.args[0]?.id ?? -1);
    return made?.op !== 'rec.new';
  };
}
