/** Tells why `narrow` makes integers of some numbers and not of others, and why it leaves checks out. */
import type { OpName } from '../ir/ops.ts';
import type { IrFunction, Operation, Span, Value } from '../ir/types.ts';
import { definitionsOf, walkOps } from '../ir/walk.ts';
import type { Surroundings } from './calls/summaries.ts';
import { factOfType, isSafeInteger, maybeInfinite, type Fact } from './facts.ts';
import type { NarrowPlan } from './narrow-plan.ts';
import type { CheckReason, Note, Range, TypeReason } from './notes.ts';
import type { Ranges } from './ranges.ts';
import { toldZeroSigns } from './zero-sign.ts';

/** Notes the decisions of a plan, before the function is rewritten. */
export function noteNarrowing(
  fn: IrFunction,
  ranges: Ranges,
  plan: NarrowPlan,
  around: Surroundings,
  note: (note: Note) => void,
): void {
  if (!fn.span) return;
  const teller = new Teller(fn, ranges, plan);
  const isOpen = around.summaryOf(fn.name)?.isOpen ?? true;
  for (const { name, value } of fn.params)
    if (value.type === 'f64')
      note({
        kind: 'type',
        span: fn.span,
        subject: name,
        type: 'f64',
        wanted: teller.isConverted(value),
        reason: isOpen ? { name: 'parameter' } : teller.passed(value),
      });
  for (const { name, type } of fn.locals)
    if (type === 'f64' && teller.place(name))
      note({
        kind: 'type',
        span: teller.place(name),
        subject: name,
        type: plan.locals.get(name) ?? 'f64',
        wanted: teller.isConvertedLocal(name),
        reason: teller.local(name),
      });
  walkOps(fn.body, (op) => {
    const [result] = op.results;
    const { subject } = op.attributes;
    if (op.op === 'check.bounds' || op.op === 'check.range') {
      const reason = checkReason(op, ranges);
      const outcome = ranges.outcome(op) === true ? 'removed' : 'kept';
      const check = op.op === 'check.bounds' ? 'bounds' : 'range';
      if (reason) note({ kind: 'check', span: op.span, subject, check, outcome, reason });
    } else if (result?.type === 'f64' && result.hint !== undefined && op.op !== 'const')
      note({
        kind: 'type',
        span: op.span,
        subject: result.hint,
        type: plan.shall(result) ? 'i64' : 'f64',
        wanted: teller.isConverted(result),
        reason: teller.value(result),
      });
  });
}

/** What makes an integer of a double. */
const conversions: ReadonlySet<OpName> = new Set<OpName>([
  'check.bounds',
  'in.bounds',
  'check.range',
  'fptoint',
  'toint',
]);

/** What gives an integer where its operands are. */
const passing: ReadonlySet<OpName> = new Set<OpName>([
  'local.get',
  'add',
  'sub',
  'mul',
  'neg',
  'abs',
  'min',
  'max',
  'select',
]);

class Teller {
  private readonly ranges: Ranges;
  private readonly plan: NarrowPlan;
  private readonly definitions: ReadonlyMap<number, Operation>;
  private readonly told: ReadonlySet<number>;
  private readonly places = new Map<string, Span | undefined>();
  private readonly sets = new Map<string, Value[]>();
  private readonly gets = new Map<string, Value[]>();
  private readonly converted = new Set<number>();

  constructor(fn: IrFunction, ranges: Ranges, plan: NarrowPlan) {
    this.ranges = ranges;
    this.plan = plan;
    this.definitions = definitionsOf(fn.body);
    this.told = toldZeroSigns(fn, ranges);
    walkOps(fn.body, (op) => {
      const [value] = op.args;
      const [result] = op.results;
      const { local } = op.attributes;
      if (op.op === 'local.get' && local !== undefined && result)
        this.gets.set(local, [...(this.gets.get(local) ?? []), result]);
      if (op.op !== 'local.set' || local === undefined || !value) return;
      if (!this.places.has(local)) this.places.set(local, op.span);
      // What is never reached sets nothing.
      if (ranges.operand(op, 0)) this.sets.set(local, [...(this.sets.get(local) ?? []), value]);
    });
    walkOps(fn.body, ({ op, args: [value] }) => {
      if (value?.type === 'f64' && conversions.has(op)) this.converted.add(value.id);
    });
    // The set grows while it is walked.
    for (const id of this.converted) {
      const op = this.definitions.get(id);
      if (!op || !passing.has(op.op)) continue;
      const sources =
        op.op === 'local.get' ? (this.sets.get(op.attributes.local ?? '') ?? []) : op.args;
      for (const source of sources) if (source.type === 'f64') this.converted.add(source.id);
    }
  }

  /** Where a local is first set. */
  place(local: string): Span | undefined {
    return this.places.get(local);
  }

  /** Whether a value, or what is made of it by sums and the like, is made an integer somewhere. */
  isConverted(value: Value): boolean {
    return this.converted.has(value.id);
  }

  isConvertedLocal(local: string): boolean {
    return this.gets.get(local)?.some((value) => this.isConverted(value)) ?? false;
  }

  local(name: string): TypeReason {
    const values = this.sets.get(name) ?? [];
    const culprit = values.find((value) => !this.plan.can(value));
    if (culprit) return this.obstacle(culprit, new Set());
    const all = values.map((value) => rangeOf(this.ranges.fact(value)));
    const range = {
      lo: Math.min(...all.map(({ lo }) => lo)),
      hi: Math.max(...all.map(({ hi }) => hi)),
    };
    if (this.plan.locals.has(name)) return { name: 'integers', range };
    return { name: 'unneeded', range };
  }

  /** Why a parameter is no integer though all calls of the function are known. */
  passed(param: Value): TypeReason {
    const fact = this.ranges.fact(param);
    return this.obstacleIn(fact, param, undefined) ?? { name: 'unneeded', range: rangeOf(fact) };
  }

  value(value: Value): TypeReason {
    const range = rangeOf(this.ranges.fact(value));
    if (this.plan.shall(value)) return { name: 'integers', range };
    if (this.plan.can(value)) return { name: 'unneeded', range };
    return this.obstacle(value, new Set());
  }

  /** What keeps a value from being an integer. */
  private obstacle(value: Value, seen: Set<number>): TypeReason {
    seen.add(value.id);
    const definition = this.definitions.get(value.id);
    if (!definition) return { name: 'parameter' };
    const { span: at } = definition;
    const fact = this.ranges.fact(value);
    if (this.isFine(value) && definition.op !== 'local.get') return { name: 'operation', at };
    // A value that is computed from another culprit is none itself.
    const sources =
      definition.op === 'local.get'
        ? (this.sets.get(definition.attributes.local ?? '') ?? [])
        : definition.args;
    const source = sources.find(
      (arg) => arg.type === 'f64' && !this.plan.can(arg) && !seen.has(arg.id),
    );
    if (source && definition.op !== 'div' && !this.isFine(source))
      return this.obstacle(source, seen);
    return this.obstacleIn(fact, value, at) ?? { name: 'operation', at };
  }

  /** What in a fact keeps a value from being an integer. */
  private obstacleIn(fact: Fact, value: Value, at: Span | undefined): TypeReason | undefined {
    if (!fact.integral) return { name: 'fraction', at };
    if (!isSafeInteger({ ...fact, nan: false })) return { name: 'large', at, range: rangeOf(fact) };
    if (fact.nan) return { name: 'nan', at };
    if (fact.negativeZero && this.told.has(value.id)) return { name: 'negativeZero', at };
    return undefined;
  }

  private isFine(value: Value): boolean {
    const fact = this.ranges.fact(value);
    return isSafeInteger(fact) && !(fact.negativeZero && this.told.has(value.id));
  }
}

const rangeOf = ({ lo, hi }: Fact): Range => ({ lo, hi });

/** Why a check can't fail or, where it may, the first thing that is missing for a proof; undefined where it never runs. */
function checkReason(op: Operation, ranges: Ranges): CheckReason | undefined {
  const fact = ranges.operand(op, 0);
  const [result] = op.results;
  if (!fact || !result) return undefined;
  const range = rangeOf(fact);
  const proven = ranges.outcome(op) === true;
  if (op.op === 'check.range') {
    const { type } = result;
    if (proven) return { name: 'fits', value: range, type };
    if (fact.nan) return { name: 'nan', value: range };
    if (!fact.integral || maybeInfinite(fact)) return { name: 'fraction', value: range };
    return { name: 'misfits', value: range, type };
  }
  const length = rangeOf(ranges.operand(op, 1) ?? factOfType('i64'));
  if (proven)
    return range.hi < length.lo
      ? { name: 'interval', index: range, length }
      : { name: 'relation', index: range };
  if (fact.nan) return { name: 'nan', value: range };
  if (!fact.integral) return { name: 'fraction', value: range };
  if (fact.lo < 0) return { name: 'negative', index: range };
  return { name: 'beyond', index: range, length };
}
