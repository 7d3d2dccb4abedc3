/**
 * Bounds of integers over all rounds of a loop, computed before it: interval arithmetic whose ends are
 * values of the program instead of constants. A bound may be wider than needed, never narrower.
 *
 * What a value can be follows from its operation, from the conditions on the way to where it is used,
 * and for a local that is only counted up (or down) from what it is set to otherwise.
 */
import {
  integerBounds,
  isInteger,
  isReference,
  type Loop,
  type Operation,
  type Value,
} from '../../ir/types.ts';
import { mirrored, negated } from '../comparisons.ts';
import { factOfType, type Fact } from '../facts.ts';
import type { Ranges } from '../ranges.ts';
import { Counting } from './counting.ts';
import type { Condition, Place, Places } from './places.ts';
import type { Fixed, Prelude } from './prelude.ts';

export type Side = 'lo' | 'hi';

/** One end of an interval: an i64 before the loop, and where it lies itself. */
export interface Bound {
  readonly at: Fixed;
  readonly min: number;
  readonly max: number;
  /** What must hold before the loop for the bound to be right. */
  readonly needs: readonly Value[];
  /**
   * As far as can be seen, the value gets there when the loop runs to its end. Of another bound it isn't
   * known: a test of it may fail always, where one before a loop further inside would hold.
   */
  readonly isMet: boolean;
}

/** Bounds are computed as i64, and kept so near to 0 that they don't wrap. */
const far = 2 ** 62;
/** Factors this near give a product that is near enough. */
const near = 2 ** 31;

/** Numbers up to here, such as those of a byte or a mask, may well be indices of an array that was made for them. */
const farthest = 2 ** 16;

const opposite = (side: Side): Side => (side === 'lo' ? 'hi' : 'lo');

export class Hull {
  readonly places: Places;
  readonly prelude: Prelude;
  readonly loop: Loop;
  private readonly ranges: Ranges;
  private readonly counting: Counting;
  private readonly known = new Map<string, Bound | undefined>();
  private readonly running = new Set<string>();

  constructor(loop: Loop, places: Places, ranges: Ranges, prelude: Prelude) {
    this.loop = loop;
    this.places = places;
    this.ranges = ranges;
    this.prelude = prelude;
    this.counting = new Counting(this);
  }

  /** A bound of a value as it is at a place, over all times that is reached; undefined where none is known. */
  bound(value: Value, side: Side, place: Place): Bound | undefined {
    const key = `${value.id} ${side} ${place.id}`;
    if (this.known.has(key)) return this.known.get(key);
    // What depends on itself has no bound that way.
    if (this.running.has(key)) return undefined;
    this.running.add(key);
    const bound = this.find(value, side, place);
    this.running.delete(key);
    if (this.running.size === 0 || bound) this.known.set(key, bound);
    return bound;
  }

  /** What a value is before the loop, as i64, if it is the same in all rounds. */
  fixed(value: Value): Value | undefined {
    const { prelude, places } = this;
    const op = places.definitions.get(value.id);
    const inside = places.isIn(op, this.loop);
    const widened = (before: Value): Value | undefined =>
      before.type === 'i64'
        ? before
        : isSmall(before)
          ? prelude.add('conv', [before], 'i64')
          : undefined;
    if (!inside) return widened(value);
    if (op?.op === 'view.length') {
      const view = this.fixedView(op.args[0]);
      return view && prelude.add('view.length', [view], 'i64');
    }
    if (op?.op === 'local.get' && !this.isSet(op.attributes.local))
      return widened(prelude.add('local.get', [], value.type, op.attributes));
    if (op?.op === 'conv' && op.args[0] && isSmall(op.args[0]) && value.type === 'i64')
      return this.fixed(op.args[0]);
    return undefined;
  }

  /** The view that a value is in all rounds, before the loop. */
  fixedView(value: Value | undefined): Value | undefined {
    if (!value) return undefined;
    const op = this.places.definitions.get(value.id);
    if (!this.places.isIn(op, this.loop)) return value;
    if (op?.op === 'global.get')
      return this.prelude.add('global.get', [], value.type, op.attributes);
    if (op?.op === 'local.get' && !this.isSet(op.attributes.local))
      return this.prelude.add('local.get', [], value.type, op.attributes);
    return undefined;
  }

  /** Whether the loop sets a local. */
  isSet(local: string | undefined): boolean {
    return this.setsIn(local).length > 0;
  }

  /** What sets a local inside the loop. */
  setsIn(local: string | undefined): readonly Operation[] {
    return (this.places.setsOf.get(local ?? '') ?? []).filter((op) =>
      this.places.isIn(op, this.loop),
    );
  }

  fact(value: Value): Fact {
    return this.ranges.fact(value);
  }

  constant(value: number): Bound {
    return { at: BigInt(value), min: value, max: value, needs: [], isMet: true };
  }

  sum(a: Bound | undefined, b: Bound | undefined): Bound | undefined {
    return a && b && this.made('add', a, b, a.min + b.min, a.max + b.max);
  }

  difference(a: Bound | undefined, b: Bound | undefined): Bound | undefined {
    return a && b && this.made('sub', a, b, a.min - b.max, a.max - b.min);
  }

  product(a: Bound | undefined, b: Bound | undefined): Bound | undefined {
    if (!a || !b) return undefined;
    const ends = (x: Bound, y: Bound): number[] =>
      [x.min * y.min, x.min * y.max, x.max * y.min, x.max * y.max].map((end) => end + 0);
    const isNear = ends(a, b).every((end) => Math.abs(end) <= far);
    const [x, y] = isNear ? [a, b] : [this.within(a, near), this.within(b, near)];
    if (!x || !y) return undefined;
    return this.made('mul', x, y, Math.min(...ends(x, y)), Math.max(...ends(x, y)));
  }

  /** The bound as one that is surely that near to 0, at the price of a condition. */
  private within(bound: Bound, limit: number): Bound | undefined {
    const { at, min, max, needs, isMet } = bound;
    const tests = [
      max > limit ? this.prelude.compare('le', at, BigInt(limit)) : undefined,
      min < -limit ? this.prelude.compare('le', BigInt(-limit), at) : undefined,
    ];
    if (tests.includes(false)) return undefined;
    return {
      at,
      min: Math.max(min, -limit),
      max: Math.min(max, limit),
      needs: [...needs, ...tests.filter((test) => test !== undefined && test !== false)],
      isMet,
    };
  }

  /** The one end that holds for both: the wider one for what is either, the narrower one for what obeys both. */
  either(op: 'min' | 'max', a: Bound | undefined, b: Bound | undefined): Bound | undefined {
    return a && b && this.made(op, a, b, Math[op](a.min, b.min), Math[op](a.max, b.max));
  }

  /** Of two bounds of a value the one that tells more. */
  private nearer(side: Side, a: Bound, b: Bound): Bound | undefined {
    const bound = this.either(side === 'hi' ? 'min' : 'max', a, b);
    return bound && { ...bound, isMet: a.isMet || b.isMet };
  }

  private made(
    op: 'add' | 'sub' | 'mul' | 'min' | 'max',
    a: Bound,
    b: Bound,
    min: number,
    max: number,
  ): Bound | undefined {
    if (min < -far || max > far) {
      // A sum of what is half as far is near enough; the larger of two is where they are.
      const [x, y] = [this.within(a, far / 2), this.within(b, far / 2)];
      return x && y && this.made(op, x, y, Math.max(min, -far), Math.min(max, far));
    }
    const needs = [...new Set([...a.needs, ...b.needs])];
    return { at: this.prelude.compute(op, a.at, b.at), min, max, needs, isMet: a.isMet && b.isMet };
  }

  private find(value: Value, side: Side, place: Place): Bound | undefined {
    if (!isInteger(value.type) || value.type === 'u64') return undefined;
    const fact = this.fact(value);
    const fixed = this.fixed(value);
    if (fixed) {
      const constant = this.places.definitions.get(value.id)?.attributes.value;
      if (typeof constant === 'bigint' || typeof constant === 'number')
        return this.constant(Number(constant));
      return this.leaf(fixed, value);
    }
    const told = this.byConditions(value, side, place).filter((bound) => bound !== undefined);
    const op = this.places.definitions.get(value.id);
    // What a loop's condition says of its counter is better than what counting the rounds gives.
    const made =
      told.length > 0 && op?.op === 'local.get' ? undefined : this.byOperation(value, side, place);
    const best = [...told, ...(made ? [made] : [])].reduce<Bound | undefined>(
      (a, b) => (a ? this.nearer(side, a, b) : b),
      undefined,
    );
    // The analysis' own bound helps where there is no other, or where that may be too far out to compute with.
    const end = side === 'hi' ? fact.hi : fact.lo;
    if (!Number.isSafeInteger(end)) return best;
    // No array is as long as the largest number of a type, so that would be tested in vain.
    if (!best) return Math.abs(end) <= farthest ? this.constant(end) : undefined;
    const isTame = side === 'hi' ? best.max <= end * 4 + 2 ** 33 : best.min >= end * 4 - 2 ** 33;
    return isTame ? best : this.nearer(side, best, this.constant(end));
  }

  /**
   * A bound that is a value before the loop. What the analysis knows of a value that the loop reads holds
   * where it is read, which may be never: so a local that may be anything is taken only near 0.
   */
  private leaf(at: Value, value: Value): Bound | undefined {
    const op = this.prelude.ops.find(({ results: [result] }) => result === at);
    if (op?.op === 'view.length') return { at, min: 0, max: 2 ** 53, needs: [], isMet: true };
    const [from] = op?.op === 'conv' ? op.args : [];
    const isDefined = !this.places.isIn(this.places.definitions.get(value.id), this.loop);
    const fact = isDefined ? this.fact(value) : factOfType(from?.type ?? value.type);
    return this.within(
      {
        at,
        min: Math.max(fact.lo, -2 * far),
        max: Math.min(fact.hi, 2 * far),
        needs: [],
        isMet: true,
      },
      2 ** 53,
    );
  }

  private byOperation(value: Value, side: Side, place: Place): Bound | undefined {
    const op = this.places.definitions.get(value.id);
    const [a, b, c] = op?.args ?? [];
    if (!op || !a) return op?.op === 'local.get' ? this.ofLocal(op, side) : undefined;
    const of = (operand: Value | undefined, end: Side): Bound | undefined =>
      operand && this.bound(operand, end, place);
    switch (op.op) {
      case 'conv':
      case 'fptoint':
        return this.keeps(a, value) ? of(a, side) : undefined;
      case 'check.range':
      case 'check.bounds':
        return isInteger(a.type) ? of(a, side) : undefined;
      case 'add':
        return this.isExact(op) ? this.sum(of(a, side), of(b, side)) : undefined;
      case 'sub':
        return this.isExact(op) ? this.difference(of(a, side), of(b, opposite(side))) : undefined;
      case 'neg':
        return this.isExact(op)
          ? this.difference(this.constant(0), of(a, opposite(side)))
          : undefined;
      case 'mul':
        return this.isExact(op) ? this.multiplied(op, side, place) : undefined;
      case 'shl': {
        const count = b && this.fact(b);
        if (!count || count.lo !== count.hi || count.lo < 0 || count.lo > 32) return undefined;
        return this.isExact(op)
          ? this.product(of(a, side), this.constant(2 ** count.lo))
          : undefined;
      }
      case 'shr': {
        const count = b && this.fact(b);
        if (!count || count.lo !== count.hi || count.lo < 0 || count.lo > 62) return undefined;
        const bound = this.fact(a).lo >= 0 ? of(a, side) : undefined;
        if (!bound || bound.min < 0) return undefined;
        const at = this.prelude.compute('shr', bound.at, BigInt(count.lo));
        const by = 2 ** count.lo;
        const [min, max] = [Math.floor(bound.min / by), Math.floor(bound.max / by)];
        return { ...bound, at, min, max };
      }
      case 'div': {
        const divisor = b && this.fact(b);
        if (!divisor || divisor.lo !== divisor.hi || divisor.lo <= 0) return undefined;
        const bound = of(a, side);
        return bound && Number.isSafeInteger(divisor.lo)
          ? this.divided(bound, divisor.lo)
          : undefined;
      }
      case 'min':
      case 'max':
        return this.ofExtreme(op.op, of(a, side), of(b, side), side);
      case 'select':
        return this.either(side === 'hi' ? 'max' : 'min', of(b, side), of(c, side));
      default:
        return undefined;
    }
  }

  /** The smaller or larger of two: where one bound isn't known, the other is enough on one side. */
  private ofExtreme(
    op: 'min' | 'max',
    a: Bound | undefined,
    b: Bound | undefined,
    side: Side,
  ): Bound | undefined {
    if (a && b) return this.either(op, a, b);
    return (op === 'min') === (side === 'hi') ? (a ?? b) : undefined;
  }

  private multiplied(op: Operation, side: Side, place: Place): Bound | undefined {
    const [a, b] = op.args;
    const [first, second] = [this.ranges.operand(op, 0), this.ranges.operand(op, 1)];
    if (!a || !b || !first || !second) return undefined;
    const of = (value: Value, end: Side): Bound | undefined => this.bound(value, end, place);
    // By a constant or by what isn't negative the ends stay ends.
    for (const [factor, y] of [[first, b] as const, [second, a] as const])
      if (factor.lo === factor.hi && Number.isSafeInteger(factor.lo))
        return this.product(this.constant(factor.lo), of(y, factor.lo < 0 ? opposite(side) : side));
    if (first.lo >= 0 && second.lo >= 0) {
      const [x, y] = [of(a, side), of(b, side)];
      // A bound may lie below what the value can be.
      return this.product(this.atLeast(x, 0), this.atLeast(y, 0));
    }
    const ends = [of(a, 'lo'), of(a, 'hi'), of(b, 'lo'), of(b, 'hi')];
    const [al, ah, bl, bh] = ends;
    const products = [
      this.product(al, bl),
      this.product(al, bh),
      this.product(ah, bl),
      this.product(ah, bh),
    ];
    const wider = side === 'hi' ? 'max' : 'min';
    return products.reduce((x, y) => this.either(wider, x, y));
  }

  /** For numbers that are none below `least`: the same bound, or `least`. */
  atLeast(bound: Bound | undefined, least: number): Bound | undefined {
    if (!bound || bound.min >= least) return bound;
    return this.either('max', bound, this.constant(least));
  }

  /** Divided by a positive constant and truncated. */
  divided(bound: Bound, divisor: number): Bound {
    const at = this.prelude.compute('div', bound.at, BigInt(divisor));
    return {
      ...bound,
      at,
      min: Math.trunc(bound.min / divisor),
      max: Math.trunc(bound.max / divisor),
    };
  }

  /** A local that the loop sets. */
  private ofLocal(op: Operation, side: Side): Bound | undefined {
    const { local } = op.attributes;
    const { places } = this;
    const wider = side === 'hi' ? 'max' : 'min';
    let bound: Bound | undefined;
    let isKnown = false;
    const include = (next: Bound | undefined): boolean => {
      bound = isKnown ? this.either(wider, bound, next) : next;
      isKnown = true;
      return bound !== undefined;
    };
    const steps: Operation[] = [];
    const others: Operation[] = [];
    for (const set of this.setsIn(local)) (this.counting.isStep(set) ? steps : others).push(set);
    const [result] = op.results;
    // A set that makes the local something else, whatever it was, on every way from the loop's head.
    const start = (places.of(op).sets.get(local ?? '') ?? []).findLast(
      (set) =>
        others.includes(set) && steps.every((step) => this.counting.isCountedSince(step, set)),
    );
    // Without one it may still be what it was before the loop, or counted from that.
    if (!start && result) {
      const before = this.prelude.add('local.get', [], result.type, op.attributes);
      const at = result.type === 'i64' ? before : this.prelude.add('conv', [before], 'i64');
      if (!include(this.leaf(at, result))) return undefined;
    }
    for (const set of others) {
      const [value] = set.args;
      if (!value || !include(this.bound(value, side, places.of(set)))) return undefined;
    }
    if (steps.length === 0) return bound;
    // Counted towards that side: as far as the rounds of the loops around take it.
    return this.counting.counted(op, steps, start, side, bound);
  }

  private byConditions(value: Value, side: Side, place: Place): (Bound | undefined)[] {
    return place.conditions.flatMap((condition) => this.byCondition(condition, value, side, place));
  }

  /** What a condition tells of a value: `value < other` bounds it by the other's bound. */
  private byCondition(
    { value: tested, truth }: Condition,
    value: Value,
    side: Side,
    place: Place,
  ): (Bound | undefined)[] {
    const op = this.places.definitions.get(tested.id);
    const [a, b] = op?.args ?? [];
    if (!op || !a) return [];
    switch (op.op) {
      case 'not':
        return this.byCondition({ value: a, truth: !truth }, value, side, place);
      case 'and':
      case 'or':
        return (op.op === 'and') === truth && b
          ? [a, b].flatMap((part) => this.byCondition({ value: part, truth }, value, side, place))
          : [];
      case 'lt':
      case 'le':
      case 'gt':
      case 'ge':
      case 'eq':
      case 'ne': {
        if (!b || !isInteger(a.type)) return [];
        const [shifted, first, second] = [this.shifted(value), this.shifted(a), this.shifted(b)];
        const isFirst = first.from.id === shifted.from.id;
        if (isFirst === (second.from.id === shifted.from.id)) return [];
        const relation = truth ? op.op : negated[op.op];
        const [other, from] = isFirst ? [b, relation] : [a, mirrored[relation]];
        if (from === 'ne') return [];
        const isUpper = from === 'lt' || from === 'le' || from === 'eq';
        const isLower = from === 'gt' || from === 'ge' || from === 'eq';
        if (side === 'hi' ? !isUpper : !isLower) return [];
        const bound = this.bound(other, side, place);
        const away = from === 'lt' ? -1 : from === 'gt' ? 1 : 0;
        const more = shifted.by - (isFirst ? first : second).by;
        const end = this.sum(bound, this.constant(away + more));
        return [end && { ...end, isMet: end.isMet && this.counting.goesByOnes(shifted.from) }];
      }
      default:
        return [];
    }
  }

  /** The number that a value is more than another by, which doesn't change: `i + 2` is `i`, by 2. Nothing wraps on the way. */
  private shifted(value: Value, by = 0): { readonly from: Value; readonly by: number } {
    const op = this.places.definitions.get(value.id);
    const [a, b] = op?.args ?? [];
    if (!op || !a) return { from: value, by };
    if (op.op === 'conv' && this.keeps(a, value)) return this.shifted(a, by);
    if (!b || (op.op !== 'add' && op.op !== 'sub') || !this.isExact(op)) return { from: value, by };
    const [x, y] = [this.onlyValue(a), this.onlyValue(b)];
    if (y !== undefined && x === undefined)
      return this.shifted(a, op.op === 'add' ? by + y : by - y);
    return op.op === 'add' && x !== undefined && y === undefined
      ? this.shifted(b, by + x)
      : { from: value, by };
  }

  /** The one small number that a value is. */
  private onlyValue(value: Value): number | undefined {
    const { lo, hi } = this.fact(value);
    return lo === hi && Math.abs(lo) <= farthest ? lo : undefined;
  }

  /** Whether a conversion gives the same number. */
  keeps(from: Value, to: Value): boolean {
    if (!isInteger(from.type) || !isInteger(to.type)) return false;
    const { lo, hi } = this.fact(from);
    const { min, max } = integerBounds(to.type);
    return lo >= Number(min) && hi <= Number(max) && hi < 2 ** 63;
  }

  /** Whether an operation on integers surely doesn't wrap. */
  isExact(op: Operation): boolean {
    const [result] = op.results;
    if (!result || !isInteger(result.type) || result.type === 'u64') return false;
    const [a, b] = op.args.map((_, index) => this.ranges.operand(op, index));
    if (!a) return false;
    const ends = exactEnds(op, a, b);
    if (!ends) return false;
    const { min, max } = integerBounds(result.type);
    // The ends are rounded where they are large.
    const limit = result.type === 'i64' ? [-1.9 * far, 1.9 * far] : [Number(min), Number(max)];
    return ends.every((end) => end >= (limit[0] ?? 0) && end <= (limit[1] ?? 0));
  }
}

function exactEnds(op: Operation, a: Fact, b: Fact | undefined): number[] | undefined {
  if (op.op === 'neg') return [-a.lo, -a.hi];
  if (!b) return undefined;
  switch (op.op) {
    case 'add':
      return [a.lo + b.lo, a.hi + b.hi];
    case 'sub':
      return [a.lo - b.hi, a.hi - b.lo];
    case 'mul':
      return [a.lo * b.lo, a.lo * b.hi, a.hi * b.lo, a.hi * b.hi];
    case 'shl':
      return [a.lo * 2 ** b.hi, a.hi * 2 ** b.hi];
    default:
      return undefined;
  }
}

/** An integer type whose numbers i64 holds. */
const isSmall = ({ type }: Value): boolean =>
  !isReference(type) && isInteger(type) && type !== 'u64' && type !== 'i64';
