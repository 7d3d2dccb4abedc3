/**
 * Uses what range analysis proves: doubles that are integers are computed as i64, checks that cannot
 * fail are left out, comparisons with one possible outcome become constants.
 *
 * All integers made here are i64: indices need that width anyhow, and LLVM narrows what it
 * vectorises. Where a double is wanted beside the integer, it is converted by way of i32 if the range
 * allows, which vector units can do.
 */
import { wrap } from '../ir/scalars.ts';
import { opInfo, type OpName } from '../ir/ops.ts';
import {
  isFloat,
  isInteger,
  isScalar,
  type IntegerType,
  type IrFunction,
  type Operation,
  type ScalarType,
  type Value,
} from '../ir/types.ts';
import { replaceValues, rewriteOps } from '../ir/walk.ts';
import { mirrored, type Comparison } from './comparisons.ts';
import { factOfType, fitsType, isSafeInteger, onlyValue, type Fact } from './facts.ts';
import { BoundConverter } from './narrow-bounds.ts';
import { isShort, planNarrowing, type NarrowPlan } from './narrow-plan.ts';
import { noteNarrowing } from './narrow-notes.ts';
import type { Pass } from './pass.ts';
import { analyzeRanges, type Ranges } from './ranges.ts';
import { Replacement } from './replacement.ts';
import { widenCounters } from './widen-counters.ts';

export const narrow: Pass = (fn, context) => {
  const { note, assertElided } = context;
  const ranges = analyzeRanges(fn, context);
  if (!ranges) {
    const parts = ['Its loops nest too deeply for range analysis, so its checks stay.'];
    note?.({ kind: 'other', span: fn.span, outcome: 'not analysed', parts });
    return false;
  }
  const narrowing = new Narrowing(fn, ranges, assertElided);
  if (note) noteNarrowing(fn, ranges, narrowing.plan, context, note);
  return narrowing.run();
};

class Narrowing {
  private readonly fn: IrFunction;
  private readonly ranges: Ranges;
  readonly plan: NarrowPlan;
  private readonly bounds: BoundConverter;
  private readonly assertElided: boolean;
  /** The i64 that a double is also there as, by the double's id. */
  private readonly integers = new Map<number, Value>();
  /** The results of conversions that keep the number, by id. */
  private readonly kept = new Set<number>();
  /** What is used instead of a value, by its id. */
  private readonly replaced = new Map<number, Value>();

  constructor(fn: IrFunction, ranges: Ranges, assertElided: boolean) {
    this.fn = fn;
    this.assertElided = assertElided;
    this.ranges = ranges;
    this.bounds = new BoundConverter(fn);
    this.plan = planNarrowing(fn, ranges, (value, op) => this.bounds.isFixed(value, op));
  }

  run(): boolean {
    const changed = rewriteOps(this.fn.body, (op) => this.rewrite(op));
    this.fn.locals = this.fn.locals.map(({ name, type }) => ({
      name,
      type: this.plan.locals.get(name) ?? type,
    }));
    replaceValues(this.fn.body, this.replaced);
    widenCounters(this.fn, this.kept);
    return changed;
  }

  private rewrite(op: Operation): Operation[] | undefined {
    const [result] = op.results;
    const [a] = op.args;
    const to = new Replacement(this.fn, op);
    if (this.isDecided(op)) return this.decided(op, to);
    if (result && this.plan.shall(result)) {
      this.asInteger(op, result, to);
      return to.ops;
    }
    const integer = a && this.integers.get(a.id);
    switch (op.op) {
      case 'local.set':
        return this.set(op, integer, to);
      case 'local.get':
        if (!result || !this.plan.locals.has(op.attributes.local ?? '')) return undefined;
        this.asDouble(this.get(op, to), result, to);
        return to.ops;
      case 'check.bounds':
      case 'check.range':
      case 'in.bounds':
      case 'toint':
      case 'fptoint':
        return this.toInteger(op, integer, to);
      case 'eq':
      case 'ne':
      case 'lt':
      case 'le':
      case 'gt':
      case 'ge':
        return this.compare(op, op.op, to);
      case 'call':
        if (op.attributes.callee !== 'std.numberToString' || !integer || !result) return undefined;
        to.add('str.integer', [integer], result);
        return to.ops;
      case 'floor':
      case 'ceil':
      case 'trunc': {
        // An integer, an infinity or NaN is itself when rounded.
        const fact = this.ranges.operand(op, 0);
        if (!fact?.integral || !a || !result) return undefined;
        this.replaced.set(result.id, a);
        return [];
      }
      default:
        return undefined;
    }
  }

  /** Whether an operation without effects gives the same constant always. */
  private isDecided(op: Operation): boolean {
    const [result] = op.results;
    const { effect } = opInfo(op.op);
    if (!result || !isScalar(result.type) || op.op === 'const') return false;
    if (effect !== 'none' && op.op !== 'local.get') return false;
    const value = onlyValue(this.ranges.fact(result));
    // A single equals a number that is none only where nothing is reached.
    return value !== undefined && (result.type !== 'f32' || Math.fround(value) === value);
  }

  private decided(op: Operation, to: Replacement): Operation[] {
    const [result] = op.results;
    const value = result && onlyValue(this.ranges.fact(result));
    if (!result || value === undefined) return [op];
    const { type } = result;
    if (this.plan.shall(result)) this.integers.set(result.id, to.constant('i64', BigInt(value)));
    const constant =
      type === 'bool' ? value === 1 : isInteger(type) ? wrap(type, BigInt(value)) : value;
    to.add('const', [], result, { value: constant });
    return to.ops;
  }

  /** Computes a double as an i64, and the double from that for those who still want it. */
  private asInteger(op: Operation, result: Value, to: Replacement): void {
    const [a, b, c] = op.args;
    const { value } = op.attributes;
    const division = this.plan.quotient(op);
    switch (op.op) {
      case 'const':
        this.integers.set(result.id, to.constant('i64', BigInt(Number(value))));
        to.ops.push(op);
        return;
      case 'conv':
        if (a) this.integers.set(result.id, a.type === 'i64' ? a : to.add('conv', [a], 'i64'));
        to.ops.push(op);
        return;
      case 'local.get':
        return this.asDouble(this.get(op, to), result, to);
      case 'select':
        if (!a) return;
        return this.asDouble(
          to.add('select', [a, this.integer(b), this.integer(c)], 'i64'),
          result,
          to,
        );
      case 'abs': {
        const integer = this.integer(a);
        return this.asDouble(
          to.add('max', [integer, to.add('neg', [integer], 'i64', { exact: true })], 'i64'),
          result,
          to,
        );
      }
      case 'rem':
      case 'div':
        return this.asDouble(this.divide(op, op.op, to), result, to);
      case 'floor':
      case 'ceil':
      case 'trunc':
        return this.asDouble(
          division ? this.quotient(op.op, division, to) : this.integer(a),
          result,
          to,
        );
      default:
        return this.asDouble(
          to.add(
            op.op,
            op.args.map((arg) => this.integer(arg)),
            'i64',
            op.op === 'min' || op.op === 'max' ? {} : { exact: true },
          ),
          result,
          to,
        );
    }
  }

  private get(op: Operation, to: Replacement): Value {
    const type = this.plan.locals.get(op.attributes.local ?? '') ?? 'i64';
    const value = to.add('local.get', [], type, op.attributes);
    return type === 'i64' ? value : to.add('conv', [value], 'i64');
  }

  private set(op: Operation, integer: Value | undefined, to: Replacement): Operation[] | undefined {
    const type = this.plan.locals.get(op.attributes.local ?? '');
    if (type === undefined) return undefined;
    // Only what is never reached sets something else.
    const value = integer ?? to.constant('i64', 0n);
    to.ops.push({
      ...op,
      args: [type === 'i64' ? value : to.add('conv', [value], type, { exact: true })],
    });
    return to.ops;
  }

  private asDouble(integer: Value, result: Value, to: Replacement): void {
    this.integers.set(result.id, integer);
    const short = fitsType(this.ranges.fact(result), 'i32');
    to.add('conv', [short ? to.add('conv', [integer], 'i32', { exact: true }) : integer], result);
  }

  /** The i64 of a double that shall be one; its definition comes before every use. */
  private integer(value: Value | undefined): Value {
    const integer = value && this.integers.get(value.id);
    if (!integer) throw new Error(`${this.fn.name}: %${value?.id} was not narrowed`);
    return integer;
  }

  /** The rounded quotient of integers. `floor` has a positive divisor: what was truncated upwards is one too much. */
  private quotient(rounding: OpName, division: Operation, to: Replacement): Value {
    const truncated = this.divide(division, 'div', to);
    const [x, y] = division.args;
    if (rounding !== 'floor' || (this.ranges.operand(division, 0)?.lo ?? 0) >= 0) return truncated;
    const exact = { exact: true };
    const multiple = to.add('mul', [truncated, this.integer(y)], 'i64', exact);
    const less = to.add('sub', [truncated, to.constant('i64', 1n)], 'i64', exact);
    const isUp = to.add('lt', [this.integer(x), multiple], 'bool');
    return to.add('select', [isUp, less, truncated], 'i64');
  }

  /** The quotient or remainder of integers, in the narrowest type; unsigned is quicker by constants. */
  private divide(op: Operation, name: 'div' | 'rem', to: Replacement): Value {
    const facts = op.args.map((_, index) => this.ranges.operand(op, index) ?? factOfType('f64'));
    const type = divisionType(facts);
    const operands = op.args.map((arg) => {
      const integer = this.integer(arg);
      return type === 'i64' ? integer : to.add('conv', [integer], type);
    });
    // A quotient that is asked for as such, and not to be rounded, is an integer.
    const exact = name === 'div' && op.results.every((result) => this.plan.shall(result));
    const divided = to.add(name, operands, type, exact ? { exact } : {});
    return type === 'i64' ? divided : to.add('conv', [divided], 'i64');
  }

  /** A check or conversion that gives an integer, or `in.bounds`. */
  private toInteger(
    op: Operation,
    integer: Value | undefined,
    to: Replacement,
  ): Operation[] | undefined {
    const [a, ...rest] = op.args;
    const [result] = op.results;
    const fact = this.ranges.operand(op, 0);
    if (!a || !result || !fact) return undefined;
    const check = op.op === 'check.bounds' || op.op === 'check.range';
    const proven = check && this.ranges.outcome(op) === true;
    if (proven && this.assertElided) {
      const attributes = { ...op.attributes, elided: true };
      return [{ ...op, args: [integer ?? a, ...rest], attributes }];
    }
    const division = op.op === 'toint' ? this.plan.quotient(op) : undefined;
    if (division) {
      const quotient = this.divide(division, 'div', to);
      this.resize(quotient, result, to);
      return to.ops;
    }
    if (op.op === 'in.bounds' || (check && !proven))
      return integer && [{ ...op, args: [integer, ...rest] }];
    if (integer || isInteger(a.type)) {
      if (check) this.kept.add(result.id);
      this.resize(integer ?? a, result, to, check || fitsType(fact, result.type));
      return to.ops;
    }
    return this.fromFloat(op, a, result, fact, to);
  }

  /** A conversion of a float whose range is known is a plain instruction. */
  private fromFloat(
    op: Operation,
    a: Value,
    result: Value,
    fact: Fact,
    to: Replacement,
  ): Operation[] | undefined {
    if (op.op === 'fptoint' || !isFloat(a.type)) return undefined;
    const truncated: Fact = {
      ...fact,
      lo: Math.trunc(fact.lo),
      hi: Math.trunc(fact.hi),
      integral: true,
    };
    if (fact.nan || !isSafeInteger(truncated)) return undefined;
    const whole = fact.integral ? a : to.add('trunc', [a], a.type as ScalarType);
    if (fitsType(truncated, result.type)) to.add('fptoint', [whole], result);
    else this.resize(to.add('fptoint', [whole], 'i64'), result, to);
    return to.ops;
  }

  /** @param exact whether the result's type surely holds the integer */
  private resize(integer: Value, result: Value, to: Replacement, exact = false): void {
    if (integer.type === result.type) this.replaced.set(result.id, integer);
    else to.add('conv', [integer], result, exact ? { exact } : {});
  }

  private compare(op: Operation, name: Comparison, to: Replacement): Operation[] | undefined {
    const [a, b] = op.args;
    if (a?.type !== 'f64' || !b) return undefined;
    const [x, y] = [this.integers.get(a.id), this.integers.get(b.id)];
    if (x && y) return [{ ...op, args: [x, y] }];
    if (x) return this.bounds.compare(op, name, x, b, to);
    if (y) return this.bounds.compare(op, mirrored[name], y, a, to);
    return undefined;
  }
}

function divisionType(facts: readonly Fact[]): IntegerType {
  if (facts.every((fact) => fitsType(fact, 'u32'))) return 'u32';
  if (facts.every(isShort)) return 'i32';
  return facts.every(({ lo }) => lo >= 0) ? 'u64' : 'i64';
}
