/**
 * What range analysis knows about a number: an interval, whether it is an integer, whether it may be NaN
 * or −0, and by how much it is below other numbers. A fact holds for every value that may occur;
 * what isn't known is left wide.
 */
import { integerBounds, isInteger, type Constant, type IrType } from '../ir/types.ts';

export interface Fact {
  /**
   * Bounds, both included, of all values but NaN. Infinities may be reached. Bounds of 64-bit integers
   * beyond ±2^53 are doubles rounded away from the interval. A zero bound is +0.
   */
  readonly lo: number;
  readonly hi: number;
  /** Every finite value is an integer. */
  readonly integral: boolean;
  readonly nan: boolean;
  /** −0 may occur. Where 0 is within the bounds +0 always counts as possible. */
  readonly negativeZero: boolean;
  /**
   * By how much at least the value is below others: value ≤ other − distance, exactly. The others are
   * named by the analysis; they and the value are safe integers.
   */
  readonly below: ReadonlyMap<string, number>;
}

/** No relations. */
export const nothing: ReadonlyMap<string, number> = new Map();

/** More than so many relations of one value are not kept. */
const maxRelations = 6;

/** An integer between bounds that it may reach. */
export const integerBetween = (lo: number, hi: number): Fact => ({
  lo,
  hi,
  integral: true,
  nan: false,
  negativeZero: false,
  below: nothing,
});

const anyFloat: Fact = {
  lo: -Infinity,
  hi: Infinity,
  integral: false,
  nan: true,
  negativeZero: true,
  below: nothing,
};

export const anyBool = integerBetween(0, 1);

const anyInteger = new Map<IrType, Fact>();

/** All that a type allows; bools are 0 and 1. Views have no facts that matter. */
export function factOfType(type: IrType): Fact {
  if (type === 'bool') return anyBool;
  if (!isInteger(type)) return anyFloat;
  let fact = anyInteger.get(type);
  if (!fact) {
    const { min, max } = integerBounds(type);
    fact = integerBetween(Number(min), Number(max));
    anyInteger.set(type, fact);
  }
  return fact;
}

export function factOfConstant(type: IrType, value: Constant): Fact {
  const number = Number(value);
  if (Number.isNaN(number)) return anyFloat;
  // A wide integer may be no double; its type says enough.
  if (typeof value === 'bigint' && !Number.isSafeInteger(number)) return factOfType(type);
  return {
    ...integerBetween(number + 0, number + 0),
    integral: Number.isInteger(number) || !Number.isFinite(number),
    negativeZero: Object.is(number, -0),
  };
}

/** Never NaN, and an integer that doubles tell from its neighbours. */
export const isSafeInteger = (fact: Fact): boolean =>
  fact.integral &&
  !fact.nan &&
  fact.lo >= Number.MIN_SAFE_INTEGER &&
  fact.hi <= Number.MAX_SAFE_INTEGER;

export const holdsZero = ({ lo, hi }: Fact): boolean => lo <= 0 && hi >= 0;
/** The sign bit may be set. */
export const maybeNegative = ({ lo, negativeZero }: Fact): boolean => lo < 0 || negativeZero;
/** The sign bit may be clear; +0 counts wherever 0 is within the bounds. */
export const maybePositive = ({ hi }: Fact): boolean => hi >= 0;
export const maybeInfinite = ({ lo, hi }: Fact): boolean => lo === -Infinity || hi === Infinity;
/** The largest magnitude. */
export const magnitude = ({ lo, hi }: Fact): number => Math.max(Math.abs(lo), Math.abs(hi));

/** The only value there is: a number that is neither NaN nor −0; undefined where there are several. */
export const onlyValue = (fact: Fact): number | undefined =>
  fact.lo === fact.hi && !fact.nan && !fact.negativeZero ? fact.lo : undefined;

/** Surely an integer that an integer type holds; −0 counts as 0. */
export function fitsType(fact: Fact, type: IrType): boolean {
  const { lo, hi } = factOfType(type);
  // The upper bound of 64-bit types is the double above what they hold.
  const below = hi > Number.MAX_SAFE_INTEGER ? fact.hi < hi : fact.hi <= hi;
  return fact.integral && !fact.nan && fact.lo >= lo && below;
}

/** Whether one interval is inside another. */
export const isWithin = (inner: Fact, outer: Fact): boolean =>
  inner.lo >= outer.lo && inner.hi <= outer.hi;

/** What holds for all values of both. */
export function join(a: Fact, b: Fact): Fact {
  return {
    lo: Math.min(a.lo, b.lo),
    hi: Math.max(a.hi, b.hi),
    integral: a.integral && b.integral,
    nan: a.nan || b.nan,
    negativeZero: a.negativeZero || b.negativeZero,
    below: commonRelations(a.below, b.below),
  };
}

export function commonRelations(a: Fact['below'], b: Fact['below']): ReadonlyMap<string, number> {
  if (a.size === 0 || b.size === 0) return nothing;
  const common = new Map<string, number>();
  for (const [other, distance] of a) {
    const second = b.get(other);
    if (second !== undefined) common.set(other, Math.min(distance, second));
  }
  return common;
}

/** Relations that hold together. */
export function allRelations(a: Fact['below'], b: Fact['below']): ReadonlyMap<string, number> {
  if (b.size === 0) return a;
  if (a.size === 0 && b.size <= maxRelations) return b;
  const all = new Map(a);
  for (const [other, distance] of b) {
    const first = all.get(other);
    if (first !== undefined) all.set(other, Math.max(first, distance));
    else if (all.size < maxRelations) all.set(other, distance);
  }
  return all;
}

/** The fact with one more relation, which is kept before the others. */
export function withRelation(fact: Fact, other: string, distance: number): Fact {
  const below = new Map([[other, distance]]);
  for (const [key, far] of fact.below)
    if (key === other) below.set(key, Math.max(distance, far));
    else if (below.size < maxRelations) below.set(key, far);
  return withRelations(fact, below);
}

/** The fact with other relations. */
export const withRelations = (
  { lo, hi, integral, nan, negativeZero }: Fact,
  below: Fact['below'],
): Fact => ({ lo, hi, integral, nan, negativeZero, below });

/** Whether relations say at least as much as others. */
export function impliesRelations(a: Fact['below'], b: Fact['below']): boolean {
  for (const [other, distance] of b) if (!((a.get(other) ?? -Infinity) >= distance)) return false;
  return true;
}

/** A relation to something much further away is of no use. */
export const isNear = (distance: number): boolean => Math.abs(distance) <= 2 ** 16;

/** The relations of value + amount. */
export function movedRelations(below: Fact['below'], amount: number): ReadonlyMap<string, number> {
  if (below.size === 0 || amount === 0) return below;
  if (!isNear(amount)) return nothing;
  const all = new Map<string, number>();
  for (const [other, distance] of below)
    if (isNear(distance - amount)) all.set(other, distance - amount);
  return all;
}

/** The fact of value + amount, of a safe integer whose sum is one too. */
export const moved = (fact: Fact, amount: number): Fact =>
  amount === 0
    ? fact
    : {
        lo: fact.lo + amount,
        hi: fact.hi + amount,
        integral: true,
        nan: false,
        negativeZero: false,
        below: movedRelations(fact.below, amount),
      };

/** Whether the first fact says at least as much as the second. */
export const implies = (a: Fact, b: Fact): boolean =>
  a === b ||
  (isWithin(a, b) &&
    (a.integral || !b.integral) &&
    (!a.nan || b.nan) &&
    (!a.negativeZero || b.negativeZero) &&
    impliesRelations(a.below, b.below));

/** Where a growing bound stops once, if it is not above, before it goes to infinity: loops that count up to a length stay below. */
const stop = 2 ** 48;

/**
 * A fact that both imply, and that can grow only finitely often.
 * @param type of the value, which bounds it anyway
 */
export function widen(old: Fact, next: Fact, type: IrType): Fact {
  const both = join(old, next);
  const limits = isInteger(type) ? factOfType(type) : anyFloat;
  // What stays on its side of zero is likely to do so in all rounds.
  const lo = both.lo >= 0 ? 0 : both.lo < -stop ? -Infinity : -stop;
  const hi = both.hi <= 0 ? 0 : both.hi > stop ? Infinity : stop;
  return {
    ...both,
    lo: both.lo < old.lo ? Math.max(lo, limits.lo) : old.lo,
    hi: both.hi > old.hi ? Math.min(hi, limits.hi) : old.hi,
    below: new Map(
      [...both.below].filter(([other, distance]) => distance === old.below.get(other)),
    ),
  };
}
