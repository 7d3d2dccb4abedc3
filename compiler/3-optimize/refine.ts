/** What conditions and passed checks say about the numbers they look at. */
import { isFloat, isReference, type Operation, type Value } from '../ir/types.ts';
import { negated, type Comparison } from './comparisons.ts';
import { factOfType, isSafeInteger, movedRelations, onlyValue } from './facts.ts';
import { assumeZero } from './multiples.ts';
import { maxLength, type Form, type Knowledge, type State } from './knowledge.ts';

/** Adds to the state that a bool value is so. Returns false where it can't be. */
export function assume(value: Value, truth: boolean, state: State, known: Knowledge): boolean {
  const form = known.formOf(value);
  const bit = truth ? 1 : 0;
  if (!known.refine(state, form, { lo: bit, hi: bit })) return false;
  const op = known.definition(form);
  const [a, b] = op?.args ?? [];
  if (!op || !a) return true;
  switch (op.op) {
    case 'not':
      return assume(a, !truth, state, known);
    case 'and':
    case 'or':
      if (truth !== (op.op === 'and') || !b) return true;
      return assume(a, truth, state, known) && assume(b, truth, state, known);
    case 'in.bounds':
      return !truth || !b || assumeIndex(a, b, state, known);
    case 'eq':
    case 'ne':
    case 'lt':
    case 'le':
    case 'gt':
    case 'ge':
      return (
        !b ||
        isReference(a.type) ||
        assumeCompared(op.op, truth, known.formOf(a), known.formOf(b), state, known)
      );
    default:
      return true;
  }
}

/** Adds what is known after a check that did not throw. Returns false where it always throws. */
export function assumeChecked(op: Operation, state: State, known: Knowledge): boolean {
  const [a, b] = op.args;
  const [result] = op.results;
  if (!a || !result) return true;
  if (op.op === 'check.bounds' && b) return assumeIndex(a, b, state, known);
  const length = op.op === 'view.new' ? a : op.op === 'view.sub' ? op.args[2] : undefined;
  if (length) return known.refine(state, known.formOf(length), { lo: 0, hi: maxLength });
  if (op.op !== 'check.range' && op.op !== 'fptoint') return true;
  const { lo, hi } = factOfType(result.type);
  return known.refine(state, known.formOf(a), { lo, hi, integral: true });
}

/** An index within a length. */
function assumeIndex(index: Value, length: Value, state: State, known: Knowledge): boolean {
  const form = known.formOf(index);
  const integral = known.refine(state, form, { lo: 0, integral: true });
  return integral && assumeLess(form, known.formOf(length), true, state, known);
}

function assumeCompared(
  op: Comparison,
  truth: boolean,
  a: Form,
  b: Form,
  state: State,
  known: Knowledge,
): boolean {
  const mayBeNaN = known.factOf(state, a).nan || known.factOf(state, b).nan;
  // With NaN every comparison but `ne` is false, which then says nothing of the order.
  if (!truth && mayBeNaN && op !== 'eq' && op !== 'ne') return true;
  switch (truth ? op : negated[op]) {
    case 'lt':
      return assumeLess(a, b, true, state, known);
    case 'le':
      return assumeLess(a, b, false, state, known);
    case 'gt':
      return assumeLess(b, a, true, state, known);
    case 'ge':
      return assumeLess(b, a, false, state, known);
    case 'eq':
      for (const [value, other] of [[a, b] as const, [b, a] as const]) {
        const { lo, hi } = known.factOf(state, other);
        if (lo === 0 && hi === 0) assumeZero(value, state, known);
      }
      return assumeEqual(a, b, state, known) && assumeEqual(b, a, state, known);
    case 'ne':
      return assumeOther(a, b, state, known) && assumeOther(b, a, state, known);
  }
}

/** a < b, or a ≤ b; neither is NaN. */
function assumeLess(a: Form, b: Form, strictly: boolean, state: State, known: Knowledge): boolean {
  const [first, second] = [known.factOf(state, a), known.factOf(state, b)];
  // Between integers there is a step, as long as the numbers are exact.
  const under = (bound: number): number =>
    strictly && first.integral && Number.isSafeInteger(Math.ceil(bound))
      ? Math.ceil(bound) - 1
      : bound;
  const over = (bound: number): number =>
    strictly && second.integral && Number.isSafeInteger(Math.floor(bound))
      ? Math.floor(bound) + 1
      : bound;
  if (!known.refine(state, a, { hi: under(second.hi) })) return false;
  if (!known.refine(state, b, { lo: over(first.lo) })) return false;
  if (!assumeRoot(a, second.hi, state, known)) return false;
  const [smaller, larger] = [known.factOf(state, a), known.extendedFact(state, b)];
  if (!isSafeInteger(smaller) || !isSafeInteger(larger)) return true;
  return known.refine(state, a, { below: movedRelations(larger.below, strictly ? -1 : 0) });
}

/** Where a is the square of a number, and at most that large, so is the number at most its root. */
function assumeRoot(a: Form, most: number, state: State, known: Knowledge): boolean {
  const op = a.offset === 0 ? known.definition(a) : undefined;
  const [x, y] = op?.args ?? [];
  if (op?.op !== 'mul' || !x || !y || !isFloat(x.type)) return true;
  const [root, other] = [known.formOf(x), known.formOf(y)];
  if (root.key !== other.key || root.offset !== other.offset) return true;
  // Both the square and the root may have been rounded down, the square of a small number even to zero.
  const [relative, absolute] = x.type === 'f32' ? [2 ** -20, 2 ** -70] : [2 ** -50, 2 ** -500];
  const bound = Math.sqrt(Math.max(most, 0)) * (1 + relative) + absolute;
  return known.refine(state, root, { lo: -bound, hi: bound });
}

/** a equals b: what holds of b holds of a, but for the sign of zero. */
function assumeEqual(a: Form, b: Form, state: State, known: Knowledge): boolean {
  const { lo, hi, integral, below } = known.extendedFact(state, b);
  return known.refine(state, a, { lo, hi, integral, below });
}

/** a is not b: an integer at the end of its range moves away from the end. a may be NaN. */
function assumeOther(a: Form, b: Form, state: State, known: Knowledge): boolean {
  const fact = known.factOf(state, a);
  const other = onlyValue({ ...known.factOf(state, b), negativeZero: false });
  if (other === undefined || !fact.integral || !Number.isSafeInteger(other)) return true;
  return known.refine(state, a, {
    nan: true,
    ...(fact.lo === other && { lo: other + 1 }),
    ...(fact.hi === other && { hi: other - 1 }),
  });
}
