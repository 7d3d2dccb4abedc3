/**
 * Facts on their way from one function to another. Bounds go as they are. That a number is below another
 * is told by keys of one function, so it is put into those of the other: between the arguments of a
 * call, such as an index and the length of an array, and between a result and the arguments.
 */
import {
  isFloat,
  isNumeric,
  isView,
  type IrFunction,
  type Operation,
  type Value,
} from '../../ir/types.ts';
import { isNear, isSafeInteger, join, type Fact } from '../facts.ts';
import { keyOf, type Form, type Knowledge, type State } from '../knowledge.ts';
import { anyOf, type Summary } from './summaries.ts';

/** So many relations of one number are told at most: what conditions add later should have room. */
const mostTold = 3;

/** A number that both functions know. */
interface Common {
  /** Its key in the function that is called. */
  readonly key: string;
  readonly form: Form;
  /** A bound that the called function knows anyway. */
  readonly least: number;
}

/** The number that facts of a value are about: of a view its length. */
const formOf = (value: Value, known: Knowledge): Form =>
  isView(value.type) ? known.lengthOf(known.formOf(value)) : known.formOf(value);

/**
 * What a call passes.
 * @param values the parameters of what is called; empty where those aren't known
 */
export function passedFacts(
  fn: IrFunction,
  call: Operation,
  values: readonly Value[],
  state: State,
  known: Knowledge,
): Fact[] {
  const all = call.args.flatMap((arg, index): Common[] => {
    const value = values[index];
    const form = formOf(arg, known);
    return value && isNumber(arg)
      ? [{ key: keyOf(value), form, least: known.factOf(state, form).lo }]
      : [];
  });
  return call.args.map((arg, index) => {
    const own = values[index];
    const others = all.filter(({ key }) => own && key !== keyOf(own));
    return fact(fn, arg, others, state, known);
  });
}

/** What a function gives at a `return`. */
export function returnedFacts(
  fn: IrFunction,
  values: readonly Value[],
  params: readonly Fact[],
  state: State,
  known: Knowledge,
): Fact[] {
  const all = fn.params.flatMap(({ value }, index): Common[] => {
    const least = (params[index] ?? anyOf(value.type)).lo;
    return isNumber(value) ? [{ key: keyOf(value), form: formOf(value, known), least }] : [];
  });
  return values.map((value) => fact(fn, value, all, state, known));
}

/** Has a number, or a length, that others can be compared with. */
const isNumber = ({ type }: Value): boolean => isNumeric(type) || isView(type);

function fact(
  fn: IrFunction,
  value: Value,
  others: readonly Common[],
  state: State,
  known: Knowledge,
): Fact {
  // `fastmath` may compute another number than the one that the analysis saw.
  if (fn.options.fastmath && isFloat(value.type)) return anyOf(value.type);
  const form = formOf(value, known);
  const own = known.factOf(state, form);
  const below = new Map<string, number>();
  if (!isNumber(value) || !isSafeInteger(own)) return { ...own, below };
  for (const { key, form: other, least } of others) {
    if (below.size === mostTold || !isSafeInteger(known.factOf(state, other))) continue;
    const most = known.difference(state, form, other);
    // What follows from the bounds need not be told.
    if (isNear(most) && most < own.hi - least) below.set(key, -most + 0);
  }
  return { ...own, below };
}

/** Makes the parameters known, with what all calls pass. */
export function defineParameters(
  fn: IrFunction,
  facts: readonly Fact[] | undefined,
  known: Knowledge,
): void {
  const safe = new Set<string>();
  const described = fn.params.map(({ value }, index) => {
    const own = facts?.[index] ?? anyOf(value.type);
    if (isSafeInteger(own)) safe.add(keyOf(value));
    return { value, own };
  });
  for (const { value, own } of described) {
    const below = new Map([...own.below].filter(([key]) => safe.has(key) && isSafeInteger(own)));
    known.defineWith(value, { ...own, below });
  }
}

/** Makes the results of a call known. */
export function defineResults(
  call: Operation,
  callee: Summary | undefined,
  state: State,
  known: Knowledge,
): void {
  call.results.forEach((result, index) => {
    const told = callee?.results?.[index] ?? anyOf(result.type);
    const below = new Map<string, number>();
    for (const [key, distance] of told.below) {
      const arg = call.args[callee?.values.findIndex((value) => keyOf(value) === key) ?? -1];
      if (!arg) continue;
      const { key: own, offset } = formOf(arg, known);
      if (isNear(distance - offset) && isSafeInteger(known.factOf(state, { key: own, offset: 0 })))
        below.set(own, Math.max(distance - offset, below.get(own) ?? -Infinity));
    }
    known.defineWith(result, { ...told, below }, call);
  });
}

/**
 * What holds for both of two lists of facts. A relation that one of them lacks may follow from its bounds.
 * @param inA the facts of the numbers that relations name, where the first list holds
 */
export function joinAll(
  a: readonly Fact[],
  b: readonly Fact[],
  inA: ReadonlyMap<string, Fact>,
  inB: ReadonlyMap<string, Fact>,
): Fact[] {
  return a.flatMap((first, index) => {
    const second = b[index];
    if (!second) return [];
    const below = new Map<string, number>();
    for (const key of new Set([...first.below.keys(), ...second.below.keys()])) {
      const distances = [distance(first, key, inA), distance(second, key, inB)];
      const [x, y] = distances;
      if (x !== undefined && y !== undefined && below.size < mostTold)
        below.set(key, Math.min(x, y));
    }
    return [{ ...join(first, second), below }];
  });
}

function distance(from: Fact, key: string, others: ReadonlyMap<string, Fact>): number | undefined {
  const told = from.below.get(key);
  const other = others.get(key);
  if (told !== undefined || !other || !isSafeInteger(from) || !isSafeInteger(other)) return told;
  const least = other.lo - from.hi;
  return isNear(least) ? least : undefined;
}
