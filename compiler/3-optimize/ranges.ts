/**
 * Range analysis: abstract interpretation of a function's structured IR (Cousot and Cousot 1977) with the
 * facts of `facts.ts`. Loops are run until what holds at their head is stable, with widening, and twice more
 * to win back what widening gave away.
 *
 * Each value and local is known as `key + offset`: values that are surely the same number (a local
 * read twice, an integer as a double, `i + 1` of `i`) share a key, and so what a condition or a check
 * tells about one of them is known of all. A key stands for one number as long as it is in scope; a
 * loop gives new ones to the locals it sets each time around.
 */
import type {
  If,
  IrFunction,
  IrType,
  Loop,
  Node,
  Operation,
  Return,
  Try,
  Value,
} from '../ir/types.ts';
import { isReference, isScalar } from '../ir/types.ts';
import { walkNodes, walkOps } from '../ir/walk.ts';
import {
  factOfConstant,
  factOfType,
  implies,
  integerBetween,
  join,
  onlyValue,
  widen,
  type Fact,
} from './facts.ts';
import { evaluate, outcomeOf } from './evaluate.ts';
import { defineParameters, defineResults, passedFacts, returnedFacts } from './calls/across.ts';
import { anyOf, type Surroundings } from './calls/summaries.ts';
import { fork, Knowledge, since, type Form, type State } from './knowledge.ts';
import { Layers } from './layers.ts';
import { assume, assumeChecked } from './refine.ts';

/** What the analysis found out. Values and nodes that are never reached have no facts. */
export interface Ranges {
  /** What holds of a value whenever it is defined. */
  fact(value: Value): Fact;
  /** What holds of an operand of an operation when that runs; undefined where it never runs. */
  operand(op: Operation, index: number): Fact | undefined;
  /** What a comparison or check of an operation surely gives, where it runs; undefined where that isn't known. */
  outcome(op: Operation): boolean | undefined;
  /** What a call passes, for the called function's `Summary`; undefined where it never runs. */
  passed(call: Operation): readonly Fact[] | undefined;
  /** What each `return` gives that is reached. */
  readonly returned: ReadonlyMap<Return, readonly Fact[]>;
}

/** Operations that one function's analysis may visit, all rounds of loops together. */
const budget = 400_000;

class TooLong extends Error {}

/**
 * @param around what is known of the function's calls, and of what it calls
 * @param isWanted whether an operation's operands and outcome will be asked for; by default all may be
 * @returns undefined for functions whose loops nest too deeply for the budget
 */
export function analyzeRanges(
  fn: IrFunction,
  around: Surroundings,
  isWanted: (op: Operation) => boolean = () => true,
): Ranges | undefined {
  const analysis = new Analysis(fn, around, isWanted);
  try {
    analysis.run();
  } catch (error) {
    if (error instanceof TooLong) return undefined;
    throw error;
  }
  return analysis;
}

/** The breaks out of a block or loop. */
interface Jumps {
  /** What holds where the block or loop begins, which stays so while it runs. */
  readonly base: State;
  /** Layers over it. */
  readonly states: State[];
}

/** What is known of an operation from its last visit. */
interface Visit {
  readonly operands: readonly Fact[];
  readonly outcome: boolean | undefined;
}

class Analysis implements Ranges {
  readonly returned = new Map<Return, readonly Fact[]>();
  private readonly fn: IrFunction;
  private readonly around: Surroundings;
  private readonly isWanted: (op: Operation) => boolean;
  /** What all calls of the function pass. */
  private readonly params: readonly Fact[];
  private readonly calls = new Map<Operation, readonly Fact[]>();
  private readonly known = new Knowledge();
  private readonly visits = new Map<Operation, Visit>();
  private readonly results = new Map<number, Fact>();
  /** The states at breaks, by label. */
  private readonly jumps = new Map<string, Jumps>();
  private readonly loopLocals = new Map<Loop | Try, readonly string[]>();
  private readonly ids = new Map<Node, number>();
  private readonly localTypes: ReadonlyMap<string, IrType>;
  private steps = 0;

  constructor(fn: IrFunction, around: Surroundings, isWanted: (op: Operation) => boolean) {
    this.fn = fn;
    this.around = around;
    this.isWanted = isWanted;
    const types = fn.params.map(({ value }) => anyOf(value.type));
    this.params = around.summaryOf(fn.name)?.params ?? types;
    this.localTypes = new Map(fn.locals.map(({ name, type }) => [name, type]));
  }

  fact(value: Value): Fact {
    return this.results.get(value.id) ?? factOfType(value.type);
  }

  operand(op: Operation, index: number): Fact | undefined {
    return this.visits.get(op)?.operands[index];
  }

  outcome(op: Operation): boolean | undefined {
    return this.visits.get(op)?.outcome;
  }

  passed(call: Operation): readonly Fact[] | undefined {
    return this.calls.get(call);
  }

  run(): void {
    const { known, fn } = this;
    defineParameters(fn, this.params, known);
    const locals = fn.locals.map(({ name, type }): [string, Form] => [
      name,
      known.create(`start ${name}`, isReference(type) ? factOfType(type) : factOfConstant(type, 0)),
    ]);
    const start: State = { locals: Layers.of(locals), refined: Layers.of([]) };
    for (const { value } of fn.params)
      if (isScalar(value.type))
        this.results.set(value.id, known.factOf(start, known.formOf(value)));
    this.region(fn.body, start);
  }

  /** Runs a region on a state, which it changes; gives the state, undefined where the end isn't reached. */
  private region(nodes: readonly Node[], state: State): State | undefined {
    return nodes.every((node) => this.node(node, state)) ? state : undefined;
  }

  /** Gives the state, changed; undefined where nothing comes after the node. */
  private node(node: Node, state: State): State | undefined {
    if (++this.steps > budget) throw new TooLong();
    switch (node.kind) {
      case 'op':
        return this.operation(node, state);
      case 'if':
        return this.branch(node, state);
      case 'block': {
        const mark = this.known.now;
        const states: State[] = [];
        this.jumps.set(node.label, { base: state, states });
        const end = this.region(node.body, fork(state));
        return this.settle(state, end ? [end, ...states] : states, node, mark);
      }
      case 'loop':
        return this.loop(node, state);
      case 'try':
        return this.attempt(node, state);
      case 'break':
        this.jump(node.label, state);
        return undefined;
      case 'return':
        this.returned.set(
          node,
          returnedFacts(this.fn, node.values, this.params, state, this.known),
        );
        return undefined;
      case 'throw':
      case 'rethrow':
        return undefined;
    }
  }

  private operation(op: Operation, state: State): State | undefined {
    const { known } = this;
    const outcome = outcomeOf(op, state, known);
    if (this.isWanted(op)) {
      const operands = op.args.map((arg) => known.factOf(state, known.formOf(arg)));
      this.visits.set(op, { operands, outcome });
    }
    if (op.op === 'call') return this.call(op, state);
    if (!assumeChecked(op, state, known)) return undefined;
    const [result] = op.results;
    const slot = this.around.slotFact(op);
    if (slot && result) known.define(result, slot, op);
    const fact = slot ?? evaluate(op, outcome, state, known);
    if (result && fact) this.results.set(result.id, fact);
    return state;
  }

  private call(op: Operation, state: State): State | undefined {
    const { known } = this;
    const { callee: name = '' } = op.attributes;
    let callee = this.around.summaryOf(name);
    const passed = passedFacts(this.fn, op, callee?.values ?? [], state, known);
    this.calls.set(op, passed);
    if (callee && !callee.results && this.around.reached) {
      this.around.reached(name, passed);
      callee = this.around.summaryOf(name);
    }
    if (callee && !callee.results) return undefined; // it never returns
    defineResults(op, callee, state, known);
    for (const result of op.results)
      if (isScalar(result.type))
        this.results.set(result.id, known.factOf(state, known.formOf(result)));
    return state;
  }

  private branch(node: If, state: State): State | undefined {
    const { known } = this;
    const condition = onlyValue(known.factOf(state, known.formOf(node.condition)));
    const mark = known.now;
    const take = (truth: boolean, region: readonly Node[]): State | undefined => {
      if (condition === (truth ? 0 : 1)) return undefined;
      const inside = fork(state);
      if (!assume(node.condition, truth, inside, known)) return undefined;
      return this.region(region, inside);
    };
    const ends = [take(true, node.then), take(false, node.else)].filter((end) => end !== undefined);
    return this.settle(state, ends, node, mark);
  }

  private jump(label: string, state: State): void {
    const jumps = this.jumps.get(label);
    // What this is a layer over goes on.
    jumps?.states.push(since(state, jumps.base));
  }

  private loop(node: Loop, entry: State): State | undefined {
    if (node.rare) return this.skipped(node, entry);
    const { known } = this;
    const id = this.idOf(node);
    const entered = known.now;
    const locals = this.setIn(node);
    const starts = new Map(locals.map((local) => [local, this.localFact(entry, local)]));
    const before = [...this.jumps.values()].map(({ states }) => [states, states.length] as const);

    /** Runs the body once, from given facts of the locals at its head; gives those for the next head. */
    const round = (heads: ReadonlyMap<string, Fact>): Map<string, Fact> => {
      const mark = known.now;
      for (const [states, count] of before) states.length = count;
      this.jumps.set(node.label, { base: entry, states: [] });
      const state = fork(entry);
      for (const [local, fact] of heads)
        state.locals.set(local, known.create(`head ${id} ${local}`, fact));
      const end = this.region(node.body, state);
      return new Map(
        locals.map((local) => {
          const start = starts.get(local) ?? factOfType('f64');
          if (!end) return [local, start];
          const last = known.outliving(this.localFact(end, local), mark);
          return [local, known.joined(entry, start, end, last, mark)];
        }),
      );
    };

    let heads: ReadonlyMap<string, Fact> = starts;
    for (;;) {
      const next = round(heads);
      const stable = locals.every((local) => implies(of(next, local), of(heads, local)));
      if (stable) {
        // Whatever a round makes of sound facts is sound, and not wider than needed.
        for (let again = 0; again < 2; again++) {
          const closer: ReadonlyMap<string, Fact> = again === 0 ? next : round(heads);
          if (locals.every((local) => implies(of(heads, local), of(closer, local)))) break;
          heads = closer;
          if (again === 1) round(heads);
        }
        break;
      }
      const grown = heads;
      heads = new Map(
        locals.map((local) => {
          const type = this.localTypes.get(local) ?? 'f64';
          return [local, widen(of(grown, local), of(next, local), type)];
        }),
      );
    }
    return this.settle(entry, this.jumps.get(node.label)?.states ?? [], node, entered);
  }

  /** The handler may follow any operation of the body, so nothing is known there of what the body sets. */
  private attempt(node: Try, entry: State): State | undefined {
    const mark = this.known.now;
    const id = this.idOf(node);
    const forms = this.setIn(node).map((local): [string, Form] => {
      const fact = factOfType(this.localTypes.get(local) ?? 'f64');
      return [local, this.known.create(`caught ${id} ${local}`, fact)];
    });
    const caught = fork(entry);
    for (const [local, form] of forms) caught.locals.set(local, form);
    const ends = [this.region(node.body, fork(entry)), this.region(node.handler, caught)];
    return this.settle(
      entry,
      ends.filter((end) => end !== undefined),
      node,
      mark,
    );
  }

  /** A loop that isn't worth the time: anything may happen in it to the locals that it sets. */
  private skipped(node: Loop, entry: State): State | undefined {
    const types = (values: readonly Value[]): Fact[] => values.map(({ type }) => anyOf(type));
    walkOps([node], (op) => {
      const operands = op.args.map(({ type }) => factOfType(type));
      this.visits.set(op, { operands, outcome: undefined });
      if (op.op === 'call') this.calls.set(op, types(op.args));
    });
    const forms = this.setIn(node).map((local): [string, Form] => {
      const fact = factOfType(this.localTypes.get(local) ?? 'f64');
      return [local, this.known.create(`skipped ${this.idOf(node)} ${local}`, fact)];
    });
    const after = fork(entry);
    for (const [local, form] of forms) after.locals.set(local, form);
    let isLeft = false;
    walkNodes([node], (inner) => {
      if (inner.kind === 'return') this.returned.set(inner, types(inner.values));
      if (inner.kind !== 'break') return;
      if (inner.label === node.label) isLeft = true;
      else this.jump(inner.label, after);
    });
    return isLeft ? this.settle(entry, [after], node, this.known.now) : undefined;
  }

  private localFact(state: State, local: string): Fact {
    return this.known.extendedFact(state, this.known.localForm(state, local));
  }

  /**
   * Makes of a state what it is where layers over it meet again, which parted at `mark`: only what they set
   * differs from it. Locals that differ get new keys.
   * @returns undefined where there are no layers
   */
  private settle(
    state: State,
    layers: readonly State[],
    node: Node,
    mark: number,
  ): State | undefined {
    const [first, ...others] = layers;
    if (!first) return undefined;
    const { locals, refined } =
      others.length === 0
        ? { locals: first.locals.changes, refined: first.refined.changes }
        : this.met(
            layers,
            {
              locals: new Set(layers.flatMap((layer) => [...layer.locals.changes.keys()])),
              refined: new Set(layers.flatMap((layer) => [...layer.refined.changes.keys()])),
            },
            node,
            mark,
          );
    for (const [local, form] of locals) state.locals.set(local, form);
    for (const [key, fact] of refined) state.refined.set(key, fact);
    return state;
  }

  /** What holds of some locals and keys where several states meet. */
  private met(
    states: readonly State[],
    keys: { readonly locals: Iterable<string>; readonly refined: Iterable<string> },
    node: Node,
    mark: number,
  ): { readonly locals: Map<string, Form>; readonly refined: Map<string, Fact> } {
    const { known } = this;
    const id = this.idOf(node);
    const [first, ...rest] = states;
    const refined = new Map<string, Fact>();
    const locals = new Map<string, Form>();
    if (!first) return { locals, refined };
    for (const key of keys.refined) {
      let all = first.refined.get(key);
      for (const state of rest) {
        const other = state.refined.get(key);
        all = all && other && (other === all ? all : join(all, other));
      }
      if (all) refined.set(key, all);
    }
    for (const local of keys.locals) {
      const form = known.localForm(first, local);
      const same = rest.every((state) => {
        const other = state.locals.get(local);
        return other?.key === form.key && other.offset === form.offset;
      });
      if (same) {
        locals.set(local, form);
        continue;
      }
      const fact = rest.reduce(
        (all, state) => known.joined(first, all, state, this.localFact(state, local), mark),
        this.localFact(first, local),
      );
      locals.set(local, known.create(`join ${id} ${local}`, fact));
    }
    return { locals, refined };
  }

  private idOf(node: Node): number {
    const id = this.ids.get(node) ?? this.ids.size;
    this.ids.set(node, id);
    return id;
  }

  /** The locals that a node's body sets. */
  private setIn(node: Loop | Try): readonly string[] {
    let locals = this.loopLocals.get(node);
    if (!locals) {
      const names = new Set<string>();
      walkOps(node.body, ({ op, attributes: { local } }) => {
        if (op === 'local.set' && local !== undefined) names.add(local);
      });
      locals = [...names];
      this.loopLocals.set(node, locals);
    }
    return locals;
  }
}

const of = (facts: ReadonlyMap<string, Fact>, local: string): Fact =>
  facts.get(local) ?? integerBetween(0, 0);
