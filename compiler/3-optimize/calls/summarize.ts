/**
 * Range analysis across functions: the facts of a function's parameters are what holds in all its calls,
 * and those of its results what holds at all its returns. It begins where others may call in; what is
 * passed and returned grows until nothing changes, widened where it keeps growing, as recursion
 * makes it (Sharir and Pnueli 1981, the functional approach with one context a function). So do the facts
 * of slots of records, which all functions share.
 */
import type { IrFunction, IrModule, Operation } from '../../ir/types.ts';
import { isView } from '../../ir/types.ts';
import { walkNodes, walkOps } from '../../ir/walk.ts';
import { implies, widen, type Fact } from '../facts.ts';
import { keyOf } from '../knowledge.ts';
import { analyzeRanges } from '../ranges.ts';
import type { HeapPlace } from '../heap-writes.ts';
import { joinAll } from './across.ts';
import { callersOf, openFunctions } from './open.ts';
import { Slots, writesSlots, type SlotFacts } from './slots.ts';
import { anyOf, type Summary, type Surroundings } from './summaries.ts';

/** From so many visits of a function on, what still grows is widened. */
const patience = 3;
/** So often a function may be visited, on average; more is given up. */
const mostVisits = 20;
/** How often what widening gave away is looked for again. */
const rounds = 2;

/** What is known so far. */
interface Progress {
  readonly fn: IrFunction;
  readonly isOpen: boolean;
  /** The functions that call it. */
  readonly callers: Set<string>;
  /** Undefined until a call is reached. */
  params: readonly Fact[] | undefined;
  /** Undefined until a return is reached. */
  results: readonly Fact[] | undefined;
  visits: number;
  /** The functions that it calls. */
  readonly callees: ReadonlySet<string>;
  /** The slots that it reads. */
  readonly reads: ReadonlySet<HeapPlace>;
  /** What the last visit gave, and what it was made from. */
  last: { readonly from: readonly unknown[]; readonly visit: Visit } | undefined;
}

/** What one visit of a function gives. */
interface Visit {
  readonly calls: readonly (readonly [callee: string, passed: readonly Fact[]])[];
  readonly results: readonly Fact[] | undefined;
  readonly slots: ReturnType<Slots['writtenBy']>;
}

/** What is known of a module. */
export interface ModuleSummary {
  /** Of the functions that may run, by name. */
  readonly functions: ReadonlyMap<string, Summary>;
  readonly slots: SlotFacts;
}

/**
 * @param gone functions that have been inlined wherever they were called
 * @returns undefined where finding out takes too long
 */
export function summarize(
  module: IrModule,
  gone: ReadonlySet<string> = new Set(),
): ModuleSummary | undefined {
  const summarizer = new Summarizer(module, gone);
  if (!summarizer.grow()) return undefined;
  for (let round = 0; round < rounds; round++) if (!summarizer.shrink()) break;
  return { functions: summarizer.summaries(), slots: summarizer.slots.facts };
}

class Summarizer implements Surroundings {
  readonly slots: Slots;
  private readonly functions: ReadonlyMap<string, Progress>;
  /** What must be visited. */
  private readonly waiting = new Set<Progress>();
  /** What is being visited, the callers of one another. */
  private readonly visiting = new Set<Progress>();
  private isGrowing = true;
  /** How many visits are left. */
  private left: number;
  /** The functions that read a slot. */
  private readonly readers = new Map<string, Set<Progress>>();

  constructor(module: IrModule, gone: ReadonlySet<string>) {
    this.slots = new Slots(module);
    const callers = callersOf(module);
    const open = openFunctions(module, callers, gone);
    this.functions = new Map(
      module.functions.map((fn) => {
        const isOpen = open.has(fn.name);
        const params = isOpen ? fn.params.map(({ value }) => anyOf(value.type)) : undefined;
        const own = callers.get(fn.name) ?? new Set<string>();
        const known = { fn, isOpen, callers: own, params, results: undefined, visits: 0 };
        return [fn.name, { ...known, ...this.uses(fn), last: undefined }];
      }),
    );
    this.left = mostVisits * this.functions.size;
    for (const item of this.functions.values())
      for (const place of item.reads) {
        const known = this.readers.get(place);
        if (known) known.add(item);
        else this.readers.set(place, new Set([item]));
      }
  }

  private uses(fn: IrFunction): Pick<Progress, 'callees' | 'reads'> {
    const callees = new Set<string>();
    const reads = new Set<HeapPlace>();
    walkOps(fn.body, (op) => {
      if (op.attributes.callee !== undefined) callees.add(op.attributes.callee);
      const place = this.slots.read(op);
      if (place !== undefined) reads.add(place);
    });
    return { callees, reads };
  }

  summaryOf(name: string): Summary | undefined {
    const known = this.functions.get(name);
    if (!known) return undefined;
    const { fn, isOpen, params = [], results } = known;
    return { values: fn.params.map(({ value }) => value), isOpen, params, results };
  }

  slotFact(op: Operation): Fact | undefined {
    return this.slots.factOf(op);
  }

  /** Lets facts grow until they hold. Returns false where that takes too long. */
  grow(): boolean {
    const { waiting } = this;
    for (const item of this.functions.values()) if (item.params) waiting.add(item);
    // What is added again while the set is walked is visited again.
    for (const item of waiting) {
      if (this.left === 0) break;
      this.step(item);
    }
    const isDone = waiting.size === 0;
    waiting.clear();
    this.isGrowing = false;
    return isDone;
  }

  /** A function that a call reaches and that hasn't returned yet is visited at once, so that its caller needn't be again. */
  reached(name: string, passed: readonly Fact[]): void {
    const callee = this.functions.get(name);
    if (!this.isGrowing || !callee || this.left === 0 || this.visiting.has(callee)) return;
    if (this.pass(callee, passed)) this.waiting.add(callee);
    if (this.waiting.has(callee)) this.step(callee);
  }

  /** Visits a function, and notes whom what is new concerns. */
  private step(item: Progress): void {
    const { waiting } = this;
    waiting.delete(item);
    this.left--;
    this.visiting.add(item);
    const { calls, results, slots } = this.visit(item);
    this.visiting.delete(item);
    for (const [name, passed] of calls) {
      const callee = this.functions.get(name);
      if (callee && this.pass(callee, passed)) waiting.add(callee);
    }
    for (const place of this.slots.add(slots))
      for (const reader of this.readers.get(place) ?? []) if (reader.params) waiting.add(reader);
    if (!results || !this.give(item, results)) return;
    for (const name of item.callers) {
      const caller = this.functions.get(name);
      if (caller?.params) waiting.add(caller);
    }
  }

  /** Replaces all facts by what follows from them: that holds too, and may be less. Returns whether it is. */
  shrink(): boolean {
    const reached = [...this.functions.values()].filter(({ params }) => params);
    const visits = reached.map((item) => [item, this.visit(item)] as const);
    const passed = new Map<Progress, readonly Fact[]>();
    for (const [, { calls }] of visits)
      for (const [name, facts] of calls) {
        const callee = this.functions.get(name);
        if (!callee || callee.isOpen) continue;
        const before = passed.get(callee);
        passed.set(callee, before ? this.joined(callee, before, facts) : facts);
      }
    let changes = this.slots.replace(visits.map(([, { slots }]) => slots));
    for (const [item, { results }] of visits) {
      const params = passed.get(item) ?? item.params;
      const isSame = { params: same(item.params, params), results: same(item.results, results) };
      changes ||= !isSame.params || !isSame.results;
      // What stays is the same object, by which the next visit sees that.
      if (!isSame.params) item.params = params;
      if (!isSame.results) item.results = results;
    }
    return changes;
  }

  summaries(): Map<string, Summary> {
    const all = [...this.functions].flatMap(([name, { params }]) => {
      const summary = params && this.summaryOf(name);
      return summary ? [[name, summary] as const] : [];
    });
    return new Map(all);
  }

  /** Adds what a call passes. Returns whether that is new. */
  private pass(callee: Progress, passed: readonly Fact[]): boolean {
    const { params, isOpen, fn, visits } = callee;
    if (isOpen || (params && allImply(passed, params))) return false;
    const types = fn.params.map(({ value }) => typeToWiden(value.type));
    const next = params && this.joined(callee, params, passed);
    // Relations that `passed` lacks may follow from its bounds.
    if (params && same(next, params)) return false;
    callee.params = params && next ? grown(params, next, types, visits) : passed;
    return true;
  }

  /** Adds what a function returns. Returns whether that is new. */
  private give(item: Progress, found: readonly Fact[]): boolean {
    const { results, fn, visits } = item;
    if (results && allImply(found, results)) return false;
    const params = byKey(fn, item.params ?? []);
    const types = fn.results.map(typeToWiden);
    const next = results && joinAll(results, found, params, params);
    if (results && same(next, results)) return false;
    item.results = results && next ? grown(results, next, types, visits) : found;
    return true;
  }

  private joined({ fn }: Progress, a: readonly Fact[], b: readonly Fact[]): readonly Fact[] {
    return joinAll(a, b, byKey(fn, a), byKey(fn, b));
  }

  /** What a visit gives; what the last one gave where nothing has changed that it asks for. */
  private visit(item: Progress): Visit {
    const { params, callees, reads, last } = item;
    const results = (): unknown[] => [...callees].map((name) => this.functions.get(name)?.results);
    const before = results();
    const others = [params, ...[...reads].map((place) => this.slots.facts.get(place))];
    const isKnown = (known: unknown, index: number): boolean => known === last?.from[index];
    if (last && [...others, ...before].every(isKnown)) return last.visit;
    item.visits++;
    const visit = this.analyze(item);
    // A function that hadn't returned has been visited when it was reached.
    const after = results();
    const from = [...others, ...before.map((known, index) => known ?? after[index])];
    item.last = { from, visit };
    return visit;
  }

  private analyze({ fn, params = [] }: Progress): Visit {
    const ranges = analyzeRanges(fn, this, writesSlots);
    const calls: [string, readonly Fact[]][] = [];
    walkOps(fn.body, (op: Operation) => {
      const { callee } = op.attributes;
      if (op.op !== 'call' || callee === undefined) return;
      const passed = ranges ? ranges.passed(op) : op.args.map(({ type }) => anyOf(type));
      if (passed) calls.push([callee, passed]);
    });
    let results: readonly Fact[] | undefined = (fn.foreign || fn.extern) && fn.results.map(anyOf);
    const own = byKey(fn, params);
    walkNodes(fn.body, (node) => {
      if (node.kind !== 'return') return;
      const found = ranges ? ranges.returned.get(node) : fn.results.map(anyOf);
      if (found) results = results ? joinAll(results, found, own, own) : found;
    });
    const slots = this.slots.writtenBy(fn, ranges);
    return { calls, results: fn.results.length > 0 ? results : [], slots };
  }
}

const byKey = ({ params }: IrFunction, facts: readonly Fact[]): ReadonlyMap<string, Fact> =>
  new Map(
    params.flatMap(({ value }, index) => {
      const fact = facts[index];
      return fact ? [[keyOf(value), fact] as const] : [];
    }),
  );

const typeToWiden = (type: Parameters<typeof anyOf>[0]): Parameters<typeof anyOf>[0] =>
  isView(type) ? 'u64' : type;

/** What is more than before, widened where it has grown for long. */
function grown(
  old: readonly Fact[],
  next: readonly Fact[],
  types: readonly Parameters<typeof anyOf>[0][],
  visits: number,
): readonly Fact[] {
  if (visits < patience) return next;
  return next.map((fact, index) => {
    const [before, type] = [old[index], types[index]];
    return before && type !== undefined ? widen(before, fact, type) : fact;
  });
}

const allImply = (facts: readonly Fact[], known: readonly Fact[]): boolean =>
  known.every((fact, index) => {
    const found = facts[index];
    return found !== undefined && implies(found, fact);
  });

const same = (a: readonly Fact[] | undefined, b: readonly Fact[] | undefined): boolean =>
  a === b || (a !== undefined && b !== undefined && allImply(a, b) && allImply(b, a));
