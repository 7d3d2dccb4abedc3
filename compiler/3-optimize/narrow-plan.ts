/**
 * Decides which doubles are computed as i64.
 *
 * A value *can* be an integer where its fact says that it is one within ±(2^53 − 1), so that the double
 * and the i64 are the same number however they are computed (an index may be larger: see
 * `index-values.ts`), where it is never a −0 that can be
 * told from 0, and where its operation makes it of such integers. A local can where all it is set to can.
 * A value *shall* be one where something wants it so: an index, a conversion to an integer type, a
 * comparison with another, a remainder or truncated quotient, or another value that shall.
 */
import type { OpName } from '../ir/ops.ts';
import { isInteger, type IrFunction, type Operation, type Value } from '../ir/types.ts';
import { definitionsOf, walkOps } from '../ir/walk.ts';
import { comparisons } from './comparisons.ts';
import { fitsType, holdsZero, isSafeInteger, type Fact } from './facts.ts';
import { IndexValues } from './index-values.ts';
import type { Ranges } from './ranges.ts';
import { toldZeroSigns } from './zero-sign.ts';

export interface NarrowPlan {
  /** The f64 locals that become integers, and the types they get. */
  readonly locals: ReadonlyMap<string, 'i32' | 'i64'>;
  /** Whether an f64 value shall be computed as i64. */
  shall(value: Value | undefined): boolean;
  /** Whether an f64 value's operation would work on integers; what isn't wanted as one can still be had. */
  can(value: Value | undefined): boolean;
  /** The division whose truncated quotient an operation gives, where it can be done on integers. */
  quotient(op: Operation): Operation | undefined;
}

/**
 * @param isFixed whether a value stays the same while the loop around an operation repeats
 * @param given ids of doubles from other functions that can be integers if they are wanted
 */
export function planNarrowing(
  fn: IrFunction,
  ranges: Ranges,
  isFixed: (value: Value, op: Operation) => boolean,
  given: ReadonlySet<number> = new Set(),
): NarrowPlan {
  const planner = new Planner(fn, ranges, isFixed, given);
  planner.removeImpossible();
  planner.spreadWishes();
  planner.chooseWidths();
  return planner;
}

/** Uses that look at numbers whatever their type, and that 64 bits suit best: comparisons mostly end loops. */
export const counting: ReadonlySet<OpName> = new Set<OpName>([
  'check.bounds',
  'in.bounds',
  'fptoint',
  ...comparisons,
]);

class Planner implements NarrowPlan {
  readonly locals = new Map<string, 'i32' | 'i64'>();
  private readonly ranges: Ranges;
  private readonly isFixed: (value: Value, op: Operation) => boolean;
  private readonly given: ReadonlySet<number>;
  private readonly definitions: ReadonlyMap<number, Operation>;
  private readonly ops: Operation[] = [];
  private readonly sets = new Map<string, Value[]>();
  private readonly canBe = new Set<number>();
  private readonly localsThatCan = new Set<string>();
  private readonly wanted = new Set<number>();

  constructor(
    fn: IrFunction,
    ranges: Ranges,
    isFixed: (value: Value, op: Operation) => boolean,
    given: ReadonlySet<number>,
  ) {
    this.ranges = ranges;
    this.isFixed = isFixed;
    this.given = given;
    for (const id of given) this.canBe.add(id);
    this.definitions = definitionsOf(fn.body);
    const told = toldZeroSigns(fn, ranges);
    const indices = new IndexValues(fn, ranges);
    for (const { name, type } of fn.locals) if (type === 'f64') this.localsThatCan.add(name);
    walkOps(fn.body, (op) => {
      this.ops.push(op);
      const [value] = op.args;
      const { local } = op.attributes;
      const reached = ranges.operand(op, 0) !== undefined;
      if (op.op === 'local.set' && value && local !== undefined && reached)
        this.sets.set(local, [...(this.sets.get(local) ?? []), value]);
      const [result] = op.results;
      if (result?.type !== 'f64') return;
      const fact = ranges.fact(result);
      const signIsSafe = !fact.negativeZero || !told.has(result.id);
      if (indices.isExact(op, result, fact) && signIsSafe && this.operandsNeeded(op))
        this.canBe.add(result.id);
    });
  }

  can(value: Value | undefined): boolean {
    return value !== undefined && this.canBe.has(value.id);
  }

  shall(value: Value | undefined): boolean {
    return value !== undefined && this.canBe.has(value.id) && this.wanted.has(value.id);
  }

  quotient(op: Operation): Operation | undefined {
    const [result] = op.results;
    const division = this.integerDivision(op);
    if (!division || !division.args.every((arg) => this.can(arg))) return undefined;
    return op.op === 'toint' || this.shall(result) ? division : undefined;
  }

  /** Takes out values whose operands can't be integers, and locals that are set to others, until all is consistent. */
  removeImpossible(): void {
    for (let before = -1; before !== this.canBe.size + this.localsThatCan.size;) {
      before = this.canBe.size + this.localsThatCan.size;
      for (const local of this.localsThatCan)
        if (!(this.sets.get(local) ?? []).every((value) => this.can(value)))
          this.localsThatCan.delete(local);
      for (const op of this.ops) {
        const [result] = op.results;
        if (!result || !this.canBe.has(result.id) || this.given.has(result.id)) continue;
        const { local } = op.attributes;
        const possible =
          op.op === 'local.get'
            ? local !== undefined && this.localsThatCan.has(local)
            : this.operandsNeeded(op)?.every((value) => this.can(value));
        if (!possible) this.canBe.delete(result.id);
      }
    }
  }

  /** Finds what wants integers, and what these are made of. */
  spreadWishes(): void {
    for (const op of this.ops) for (const value of this.wishes(op)) this.wanted.add(value.id);
    this.spread(this.wanted, (local) => this.locals.set(local, 'i64'));
  }

  /**
   * Chooses i32 for locals of that range that neither count nor index: LLVM then keeps what is computed
   * from them in 32 bits. Counters and indices are best as wide as addresses.
   */
  chooseWidths(): void {
    const wide = new Set<number>();
    const wideLocals = new Set<string>();
    for (const op of this.ops) if (counting.has(op.op)) for (const { id } of op.args) wide.add(id);
    this.spread(wide, (local) => wideLocals.add(local));
    for (const local of this.locals.keys()) {
      const values = this.sets.get(local) ?? [];
      const short = values.every((value) => fitsType(this.ranges.fact(value), 'i32'));
      if (short && !wideLocals.has(local)) this.locals.set(local, 'i32');
    }
  }

  /** Adds to values what they are made of, as integers. The locals on the way are told. */
  private spread(ids: Set<number>, tell: (local: string) => void): void {
    // The set grows while it is walked.
    for (const id of ids) {
      const op = this.definitions.get(id);
      if (!op || !this.canBe.has(id)) continue;
      for (const value of this.operandsNeeded(op) ?? []) ids.add(value.id);
      const { local } = op.attributes;
      if (op.op !== 'local.get' || local === undefined) continue;
      tell(local);
      for (const value of this.sets.get(local) ?? []) ids.add(value.id);
    }
  }

  private wishes(op: Operation): readonly Value[] {
    const [a, b] = op.args;
    const [result] = op.results;
    if (!a) return [];
    switch (op.op) {
      case 'check.bounds':
      case 'in.bounds':
      case 'check.range':
      case 'fptoint':
        return [a];
      case 'call':
        return op.attributes.callee === 'std.numberToString' ? [a] : [];
      case 'toint': {
        const division = this.integerDivision(op);
        return division?.args.every((arg) => this.can(arg)) ? division.args : [a];
      }
      case 'eq':
      case 'ne':
      case 'lt':
      case 'le':
      case 'gt':
      case 'ge':
        // Where only one can be an integer, `narrow-bounds.ts` may make one of the other.
        if (!b) return [];
        return [
          ...(this.can(b) || this.isFixed(b, op) ? [a] : []),
          ...(this.can(a) || this.isFixed(a, op) ? [b] : []),
        ];
      case 'rem':
      case 'div':
      case 'trunc':
      case 'floor':
        return result && this.can(result) ? [result] : [];
      default:
        return [];
    }
  }

  /** The doubles that an operation's result as an integer is made of; undefined where there is no such way. */
  private operandsNeeded(op: Operation): readonly Value[] | undefined {
    const { args } = op;
    const [a, b, c] = args;
    switch (op.op) {
      case 'const':
      case 'local.get':
        return [];
      case 'conv':
        return a && (isInteger(a.type) || a.type === 'bool') ? [] : undefined;
      case 'add':
      case 'sub':
      case 'mul':
      case 'neg':
      case 'abs':
      case 'min':
      case 'max':
        return args;
      case 'rem':
        return this.divides(op) ? args : undefined;
      case 'div':
        return this.isExact(op) ? args : undefined;
      case 'select':
        return b && c && [b, c];
      case 'trunc':
      case 'floor':
      case 'ceil':
        return this.integerDivision(op)?.args ?? args;
      default:
        return undefined;
    }
  }

  /**
   * A division of a safe integer by a constant whose quotient is known to be an integer. Were it rounded to one, the real
   * quotient would be within half of its last place of it, but it is at least 1/b away.
   */
  private isExact(op: Operation): boolean {
    const [result] = op.results;
    const [x, y] = [this.ranges.operand(op, 0), this.ranges.operand(op, 1)];
    if (!result || !x || !y || !isSafeInteger(x) || !isSafeInteger(y)) return false;
    return this.ranges.fact(result).integral && y.lo === y.hi && y.lo !== 0;
  }

  /** The divisor is never 0. */
  private divides(op: Operation): boolean {
    const divisor = this.ranges.operand(op, 1);
    return divisor !== undefined && !holdsZero(divisor);
  }

  /**
   * The division of safe integers whose quotient is rounded by `op`. The double nearest to a quotient
   * of integers below 2^53 is never rounded up to the next integer: the quotient is at least 1/b short
   * of it, which is more than half of its last place.
   */
  private integerDivision(op: Operation): Operation | undefined {
    const [a] = op.args;
    const division = a && this.definitions.get(a.id);
    if (division?.op !== 'div' || a?.type !== 'f64' || !this.divides(division)) return undefined;
    const [x, y] = [this.ranges.operand(division, 0), this.ranges.operand(division, 1)];
    if (!x || !y || !isSafeInteger(x) || !isSafeInteger(y)) return undefined;
    // A machine's 64-bit division by an unknown number is slower than one of doubles.
    if (y.lo !== y.hi && !(isShort(x) && isShort(y))) return undefined;
    if (op.op === 'floor') return y.lo > 0 && (x.lo >= 0 || y.lo === y.hi) ? division : undefined;
    return op.op === 'trunc' || op.op === 'toint' ? division : undefined;
  }
}

/** Fits 32 bits, and so does a quotient by −1. */
export const isShort = ({ lo, hi }: Fact): boolean => lo > -(2 ** 31) && hi < 2 ** 31;
