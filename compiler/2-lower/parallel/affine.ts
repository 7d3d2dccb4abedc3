/**
 * Indices as sums of products, and the proof that different iterations of a parallel loop have different ones:
 * `stride · i + rest`, where `rest` is the same for all iterations but for what stays within 0 … stride − 1.
 * The rest may be a number in mixed radix, as `y · width + x` is (Banerjee, "Dependence Analysis", 1997, has the
 * general theory; this is the part of it that people write).
 */
import type { Node } from '../../ts-morph.ts';

/** What a product is made of. */
export interface Factor {
  /** The same for the same thing. */
  readonly key: string;
  /**
   * `index`: the number of the iteration. `counter`: goes in steps of whole numbers from 0 or more to below `end`.
   * `fixed`: the same number in all iterations.
   */
  readonly kind: 'index' | 'counter' | 'fixed';
  /** Undefined where no product is known. */
  readonly end?: Term | undefined;
  /** An expression that gives it. */
  readonly node: Node;
}

/** A product of factors, in the order of their keys, with a number. */
export interface Term {
  readonly factors: readonly Factor[];
  readonly coefficient: number;
}

export type Sum = readonly Term[];

export const number = (value: number): Sum =>
  value === 0 ? [] : [{ factors: [], coefficient: value }];

export const factor = (one: Factor): Sum => [{ factors: [one], coefficient: 1 }];

const keyOf = ({ factors }: Term): string => factors.map(({ key }) => key).join('·');

export function add(a: Sum, b: Sum, sign: 1 | -1 = 1): Sum {
  const terms = new Map(a.map((term) => [keyOf(term), term]));
  for (const term of b) {
    const key = keyOf(term);
    const coefficient = (terms.get(key)?.coefficient ?? 0) + sign * term.coefficient;
    if (coefficient === 0) terms.delete(key);
    else terms.set(key, { factors: term.factors, coefficient });
  }
  return [...terms.values()];
}

/** Whether two sums have products of the same factors with different signs, which take each other away. */
export const cancel = (a: Sum, b: Sum, sign: 1 | -1): boolean =>
  a.some((x) =>
    b.some(
      (y) =>
        x.factors.length > 0 && keyOf(x) === keyOf(y) && x.coefficient * y.coefficient * sign < 0,
    ),
  );

/** Numbers up to this are small: a few of them, and their products with the number of an iteration, are exact. */
const small = 2 ** 8;

/**
 * Whether an index may be computed by way of numbers so large that they are rounded, so that indices which differ
 * by the rules of arithmetic are the same. It can't be where all is the number of the iteration and counters of
 * known ends, with small constants.
 */
export const mayRound = (sum: Sum): boolean =>
  sum.some(
    ({ factors, coefficient }) =>
      factors.length > 1 ||
      Math.abs(coefficient) > small ||
      factors.some(({ kind, end }) =>
        kind === 'counter'
          ? !end || end.factors.length > 0 || end.coefficient > 2 ** 31
          : kind === 'fixed',
      ),
  );

export const multiply = (a: Sum, b: Sum): Sum =>
  a
    .flatMap((x) =>
      b.map((y) => ({
        factors: [...x.factors, ...y.factors].sort((p, q) => (p.key < q.key ? -1 : 1)),
        coefficient: x.coefficient * y.coefficient,
      })),
    )
    .reduce<Sum>((sum, term) => add(sum, [term]), []);

/** The only product of a sum; undefined where there are more, or none. */
export const onlyTerm = (sum: Sum): Term | undefined => (sum.length === 1 ? sum[0] : undefined);

const isSame = (a: Term | undefined, b: Term | undefined): boolean =>
  a !== undefined && b !== undefined && keyOf(a) === keyOf(b) && a.coefficient === b.coefficient;

/** A product divided by another one that is a part of it; undefined where that is none. */
function divide(term: Term, by: Term): Term | undefined {
  const factors = [...term.factors];
  for (const { key } of by.factors) {
    const at = factors.findIndex((one) => one.key === key);
    if (at < 0) return undefined;
    factors.splice(at, 1);
  }
  const coefficient = term.coefficient / by.coefficient;
  return Number.isInteger(coefficient) ? { factors, coefficient } : undefined;
}

/** An index, taken apart. */
interface Place {
  /** What the iteration's number is multiplied with. */
  readonly stride: Term;
  /** The products with counters. */
  readonly inner: Sum;
  /** What is the same in all iterations, without the number. */
  readonly base: Sum;
  readonly constant: number;
}

function placeOf(sum: Sum): Place | undefined {
  const has = (term: Term, kind: Factor['kind']): boolean =>
    term.factors.some((one) => one.kind === kind);
  const own = sum.filter((term) => has(term, 'index'));
  const [first] = own;
  const index = first?.factors.find(({ kind }) => kind === 'index');
  if (own.length !== 1 || !first || !index) return undefined;
  const stride = divide(first, { factors: [index], coefficient: 1 });
  if (!stride || stride.factors.some(({ kind }) => kind !== 'fixed')) return undefined;
  const others = sum.filter((term) => term !== first);
  return {
    stride,
    inner: others.filter((term) => has(term, 'counter')),
    base: others.filter((term) => term.factors.length > 0 && !has(term, 'counter')),
    constant: others.find(({ factors }) => factors.length === 0)?.coefficient ?? 0,
  };
}

/** Numbers that have to be whole and at least 1 for a proof to hold. */
export type Guards = readonly Node[];

/**
 * Whether no two iterations have an index in common among these.
 * @returns what must hold besides; undefined where it isn't proved
 */
export function apart(indices: readonly (Sum | undefined)[]): Guards | undefined {
  const places = indices.map((sum) => sum && placeOf(sum));
  const [first] = places;
  if (!first) return undefined;
  const isKnown = (place: Place | undefined): place is Place => place !== undefined;
  if (!places.every(isKnown)) return undefined;
  const isLike = ({ stride, base }: Place): boolean =>
    isSame(stride, first.stride) && add(base, first.base, -1).length === 0;
  if (!places.every(isLike)) return undefined;
  const { stride } = first;
  if (stride.factors.length === 0) return fitsNumber(places, stride.coefficient) ? [] : undefined;
  const fits = places.every(
    ({ inner, constant }) => constant === first.constant && fitsProduct(inner, stride),
  );
  return fits ? stride.factors.map(({ node }) => node) : undefined;
}

/** Whether all that is added to `stride · i`, a number, spans less than it. */
function fitsNumber(places: readonly Place[], stride: number): boolean {
  if (!Number.isInteger(stride) || stride === 0) return false;
  let [least, most] = [Infinity, -Infinity];
  for (const { inner, constant } of places) {
    if (!Number.isInteger(constant)) return false;
    let [low, high] = [constant, constant];
    for (const { factors, coefficient } of inner) {
      const [counter] = factors;
      const end = counter?.end;
      const isSimple = factors.length === 1 && end?.factors.length === 0;
      if (!isSimple || !Number.isInteger(coefficient)) return false;
      const reach = coefficient * Math.max(0, Math.ceil(end.coefficient) - 1);
      low += Math.min(0, reach);
      high += Math.max(0, reach);
    }
    least = Math.min(least, low);
    most = Math.max(most, high);
  }
  return most - least < Math.abs(stride);
}

/** Whether a sum is within 0 to below a product: a digit below its end, and the other digits a multiple of that end. */
function fitsProduct(sum: Sum, stride: Term): boolean {
  if (sum.length === 0) return true;
  return sum.some((digit) => {
    const [counter] = digit.factors;
    const end = counter?.end;
    if (digit.factors.length !== 1 || digit.coefficient !== 1 || !end) return false;
    if (end.factors.some(({ kind }) => kind !== 'fixed')) return false;
    const others = sum.filter((term) => term !== digit);
    if (others.length === 0) return isSame(end, stride);
    const rest = divide(stride, end);
    const divided = others.map((term) => divide(term, end));
    const isWhole = (term: Term | undefined): term is Term => term !== undefined;
    return rest !== undefined && divided.every(isWhole) && fitsProduct(divided, rest);
  });
}
