/** What a pass is, and what it may know about the module around its function. */
import type { IrFunction, IrModule } from '../ir/types.ts';
import { walkOps } from '../ir/walk.ts';
import type { Summary, Surroundings } from './calls/summaries.ts';
import type { Fact } from './facts.ts';
import { heapWrites, readPlace, type HeapPlace, type WritesOf } from './heap-writes.ts';
import type { Note } from './notes.ts';

export interface PassContext extends Surroundings {
  readonly module: IrModule;
  /** Checks that are proved never to fail stay as assertions (`Attributes.elided`). */
  readonly assertElided: boolean;
  /** The names of the functions that a function of the module calls; empty for one that isn't there. */
  calleesOf(name: string): readonly string[];
  /** The functions that `inline` has put in the place of all their calls. */
  readonly gone: Set<string>;
  /** What `across-calls` has found out, by the functions' names. */
  readonly summaries: Map<string, Summary>;
  /** What it has found out of slots of records, by their places. */
  readonly slots: Map<HeapPlace, Fact>;
  /** What a function of the module and all that it calls may replace on the heap. */
  readonly writesOf: WritesOf;
  /** Tells a decision about the function; undefined where nobody wants to know. */
  readonly note?: (note: Note) => void;
  /** The same about a function of that name. */
  readonly noteOf?: (fn: string, note: Note) => void;
}

/** Changes a function in place; returns whether it did. */
export type Pass = (fn: IrFunction, context: PassContext) => boolean;

/** Changes functions of a module in place; returns those that it has changed. */
export type ModulePass = (module: IrModule, context: PassContext) => readonly IrFunction[];

interface Row {
  readonly name: string;
  /** Names of passes that must have run before. */
  readonly after: readonly string[];
  /** `always` is for what correctness needs, `optimizing` for what level 0 leaves out. */
  readonly when: 'always' | 'optimizing';
  /** What the pass is for, and why it stands after the others. */
  readonly why: string;
}

/** A pass over one function after the other. */
export interface FunctionPassRow extends Row {
  readonly run: Pass;
}

/** A pass that looks at all functions at once, when all have been through the passes before it. */
export interface ModulePassRow extends Row {
  readonly runOnModule: ModulePass;
}

export type PassRow = FunctionPassRow | ModulePassRow;

/** The context for passes over functions of a module. Calls are looked up when first asked for. */
export function passContext(module: IrModule, assertElided = false): PassContext {
  const known = new Map<string, readonly string[]>();
  const summaries = new Map<string, Summary>();
  const slots = new Map<HeapPlace, Fact>();
  const records = new Map(module.records.map((record) => [record.name, record]));
  let writes: WritesOf | undefined;
  let functions = 0;
  return {
    module,
    assertElided,
    gone: new Set(),
    summaries,
    slots,
    summaryOf: (name) => summaries.get(name),
    slotFact(op) {
      const place = op.op === 'rec.get' ? readPlace(op, records) : undefined;
      return place === undefined ? undefined : slots.get(place);
    },
    writesOf(name) {
      // Functions of the library that passes call are added meanwhile.
      if (!writes || module.functions.length !== functions) {
        functions = module.functions.length;
        writes = heapWrites(module);
      }
      return writes(name);
    },
    calleesOf(name) {
      let callees = known.get(name);
      if (callees === undefined) {
        const fn = module.functions.find((candidate) => candidate.name === name);
        if (!fn) return [];
        callees = calledBy(fn);
        known.set(name, callees);
      }
      return callees;
    },
  };
}

/** The names of what a function calls, each once. */
export function calledBy(fn: IrFunction): string[] {
  const names = new Set<string>();
  walkOps(fn.body, ({ attributes: { callee } }) => {
    if (callee !== undefined) names.add(callee);
  });
  return [...names];
}
