/** One operation in range analysis: what is known of its result, and which number that is. */
import type { OpName } from '../ir/ops.ts';
import { isReference, type Operation, type Value } from '../ir/types.ts';
import { comparisons } from './comparisons.ts';
import {
  allRelations,
  factOfConstant,
  factOfType,
  fitsType,
  integerBetween,
  isSafeInteger,
  magnitude,
  movedRelations,
  onlyValue,
  type Fact,
} from './facts.ts';
import { maxElements, maxUnits, type Form, type Knowledge, type State } from './knowledge.ts';
import { assume } from './refine.ts';
import { isExactDivision } from './multiples.ts';
import { transfer } from './transfer.ts';

/** The operations that have an outcome. */
const tests: ReadonlySet<string> = new Set<OpName>([
  'check.range',
  'check.bounds',
  'in.bounds',
  ...comparisons,
]);

/** Whether a comparison or check surely holds (true) or surely does not, before it runs. */
export function outcomeOf(op: Operation, state: State, known: Knowledge): boolean | undefined {
  const [a, b] = op.args;
  const [result] = op.results;
  if (!a || isReference(a.type) || !tests.has(op.op)) return undefined;
  const x = known.formOf(a);
  const fact = known.factOf(state, x);
  if (op.op === 'check.range') return result && fitsType(fact, result.type) ? true : undefined;
  if (!b) return undefined;
  const y = known.formOf(b);
  const noNaN = !fact.nan && !known.factOf(state, y).nan;
  const less = known.difference(state, x, y);
  const more = known.difference(state, y, x);
  const decide = (holds: boolean, fails: boolean): boolean | undefined =>
    holds && noNaN ? true : fails ? false : undefined;
  switch (op.op) {
    case 'check.bounds':
    case 'in.bounds':
      if (fact.integral && fact.lo >= 0) return decide(less < 0, false);
      return undefined;
    case 'lt':
      return decide(less < 0, more <= 0);
    case 'le':
      return decide(less <= 0, more < 0);
    case 'gt':
      return decide(more < 0, less <= 0);
    case 'ge':
      return decide(more <= 0, less < 0);
    case 'eq':
    case 'ne': {
      const equal = decide(less <= 0 && more <= 0, less < 0 || more < 0);
      return equal === undefined ? undefined : equal === (op.op === 'eq');
    }
    default:
      return undefined;
  }
}

/**
 * Runs an operation that is no call on the state. Checks have been assumed to hold.
 * @returns the fact of the result, undefined where there is none
 */
export function evaluate(
  op: Operation,
  outcome: boolean | undefined,
  state: State,
  known: Knowledge,
): Fact | undefined {
  const [result] = op.results;
  const [first] = op.args;
  const { local, value } = op.attributes;
  if (op.op === 'local.set') {
    if (first && local !== undefined) state.locals.set(local, known.formOf(first));
    return undefined;
  }
  if (!result) return undefined;
  const same = sameNumber(op, result, state, known);
  if (same) {
    known.alias(result, same);
    return known.factOf(state, same);
  }
  const fact =
    outcome !== undefined && result.type === 'bool'
      ? integerBetween(outcome ? 1 : 0, outcome ? 1 : 0)
      : op.op === 'const' && value !== undefined
        ? factOfConstant(result.type, value)
        : computed(op, result, state, known);
  known.define(result, fact, op);
  const units = lengthOfText(op);
  if (units !== undefined) known.fixLength(result, units);
  if (op.op === 'view.new' && first) known.setLength(result, known.formOf(first));
  if (op.op === 'view.sub' && op.args[2]) known.setLength(result, known.formOf(op.args[2]));
  return fact;
}

/** How long a string is that an operation gives; undefined where that isn't known. */
const lengthOfText = ({ op, attributes }: Operation): number | undefined =>
  op === 'str.const' ? attributes.text?.length : op === 'str.char' ? 1 : undefined;

/** The number that is there already and that the result surely is. */
function sameNumber(
  op: Operation,
  result: Value,
  state: State,
  known: Knowledge,
): Form | undefined {
  const [a, b, c] = op.args;
  const { local, global } = op.attributes;
  if (op.op === 'global.get')
    return global === undefined ? undefined : known.global(global, result);
  if (op.op === 'local.get') return local === undefined ? undefined : known.localForm(state, local);
  if (!a) return undefined;
  const form = known.formOf(a);
  if (op.op === 'view.length') return known.lengthOf(form);
  if (op.op === 'str.length') return known.lengthOf(form, maxUnits);
  if (isReference(result.type) || isReference(a.type)) return undefined;
  const fact = known.factOf(state, form);
  switch (op.op) {
    case 'conv':
      if (result.type === 'f64') return isSafeInteger(fact) || a.type === 'f32' ? form : undefined;
      if (result.type === 'f32')
        return isSafeInteger(fact) && magnitude(fact) <= 2 ** 24 ? form : undefined;
      return isSafeInteger(fact) && fitsType(fact, result.type) ? form : undefined;
    case 'toint':
    case 'fptoint':
    case 'check.range':
    case 'check.bounds':
      // Integers have no −0.
      return isSafeInteger(fact) && fitsType(fact, result.type) && !fact.negativeZero
        ? form
        : undefined;
    case 'floor':
    case 'ceil':
    case 'trunc':
      return fact.integral ? form : undefined;
    case 'abs':
      return fact.lo >= 0 && !fact.negativeZero ? form : undefined;
    case 'select': {
      const chosen = onlyValue(fact);
      const value = chosen === undefined ? undefined : chosen === 1 ? b : c;
      return value && known.formOf(value);
    }
    case 'add':
      if (!b) return undefined;
      return (
        sum(form, onlyValue(known.factOf(state, known.formOf(b))), fact, result) ??
        sum(known.formOf(b), onlyValue(fact), known.factOf(state, known.formOf(b)), result)
      );
    case 'sub': {
      const amount = b && onlyValue(known.factOf(state, known.formOf(b)));
      return amount === undefined ? undefined : sum(form, -amount, fact, result);
    }
    default:
      return undefined;
  }
}

/** A number plus a constant, where that is exact. */
function sum(form: Form, amount: number | undefined, fact: Fact, result: Value): Form | undefined {
  if (amount === undefined || !Number.isSafeInteger(amount) || !isSafeInteger(fact))
    return undefined;
  if (amount === 0 && fact.negativeZero) return undefined;
  const exact = integerBetween(fact.lo + amount, fact.hi + amount);
  const offset = form.offset + amount;
  if (!isSafeInteger(exact) || !Number.isSafeInteger(offset)) return undefined;
  if (
    result.type === 'f32'
      ? magnitude(exact) > 2 ** 24
      : result.type !== 'f64' && !fitsType(exact, result.type)
  )
    return undefined;
  return { key: form.key, offset };
}

/** The operations whose results are below something because an operand is. */
const related: ReadonlySet<string> = new Set<OpName>([
  'add',
  'sub',
  'rem',
  'and',
  'shr',
  'min',
  'max',
  'abs',
  'floor',
  'ceil',
  'trunc',
  'conv',
  'fptoint',
  'check.range',
  'check.bounds',
]);

/** The fact by the operation's rule, with what relations between the operands add. */
function computed(op: Operation, result: Value, state: State, known: Knowledge): Fact {
  const type = op.args[op.op === 'select' ? 1 : 0]?.type ?? result.type;
  const [a, b, c] = op.args;
  if (isReference(result.type)) return factOfType(result.type);
  if (op.op === 'select' && a && b && c) return chosen(a, b, c, state, known);
  if (op.op === 'list.length') return integerBetween(0, maxElements);
  const isRelated = related.has(op.op);
  const facts = op.args.map((arg) => {
    if (isReference(arg.type)) return factOfType(arg.type);
    const form = known.formOf(arg);
    return isRelated ? known.extendedFact(state, form) : known.factOf(state, form);
  });
  const [x, y] = facts;
  const fact = transfer(op.op, facts, type, result.type);
  if (x && y && result.type === 'f64' && isExactDivision(op, state, known))
    return exactQuotient(fact, x, y);
  if (!x || !y || !b || !a || !isSafeInteger(fact) || !isSafeInteger(x) || !isSafeInteger(y))
    return fact;
  // A sum may be rounded to one further away than what was added.
  if (result.type === 'f32' && magnitude(fact) > 2 ** 24) return fact;
  switch (op.op) {
    case 'add':
      if (fact.lo !== x.lo + y.lo || fact.hi !== x.hi + y.hi) return fact; // it may wrap
      return {
        ...fact,
        below: allRelations(movedRelations(x.below, y.hi), movedRelations(y.below, x.hi)),
      };
    case 'sub': {
      if (fact.lo !== x.lo - y.hi || fact.hi !== x.hi - y.lo) return fact; // it may wrap
      const [forward, backward] = [known.formOf(a), known.formOf(b)];
      const lo = Math.max(fact.lo, -known.difference(state, backward, forward)) + 0;
      const hi = Math.min(fact.hi, known.difference(state, forward, backward)) + 0;
      const below = movedRelations(x.below, -y.lo);
      return lo <= hi ? { ...fact, lo, hi, below } : fact;
    }
    case 'rem':
      // Less than a positive divisor.
      if (x.lo < 0 || y.lo <= 0) return fact;
      return { ...fact, below: allRelations(movedRelations(y.below, -1), x.below) };
    case 'and':
    case 'shr':
      // Not more than an operand that is not negative.
      return {
        ...fact,
        below: allRelations(
          x.lo >= 0 ? x.below : fact.below,
          op.op === 'and' && y.lo >= 0 ? y.below : fact.below,
        ),
      };
    default:
      return fact;
  }
}

/** The fact of a quotient that is an integer, of what may only be 0 where that is no −0. */
function exactQuotient(quotient: Fact, x: Fact, y: Fact): Fact {
  const [lo, hi] = [Math.ceil(quotient.lo) + 0, Math.floor(quotient.hi) + 0];
  if (!(lo <= hi)) return quotient;
  const zero = isSafeInteger(x) && y.lo > 0 ? x.negativeZero : quotient.negativeZero;
  return { ...quotient, lo, hi, integral: true, negativeZero: zero };
}

/** Each side of a select only counts where the condition allows it. */
function chosen(condition: Value, yes: Value, no: Value, state: State, known: Knowledge): Fact {
  const sides = (
    [
      [true, yes],
      [false, no],
    ] as const
  ).flatMap(([truth, value]) => {
    const inside: State = { locals: state.locals, refined: state.refined.over() };
    if (!assume(condition, truth, inside, known)) return [];
    return [{ fact: known.extendedFact(inside, known.formOf(value)), inside }];
  });
  const [first, second] = sides;
  if (!first) return factOfType(yes.type);
  return second
    ? known.joined(first.inside, first.fact, second.inside, second.fact, known.now)
    : first.fact;
}
