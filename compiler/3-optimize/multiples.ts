/**
 * Numbers that are multiples of a constant, whose quotients by it are integers: `x − x % 10`, and x where `x % 2 === 0` or
 * `(x & 1) === 0` holds.
 *
 * Where x % c is 0 as a double (c an integer, not 0), x is an exact multiple of c, however large; the quotient as a real
 * number is an integer, and so is the double next to it. x − x % c is an exact multiple where x is a safe integer, so that
 * the difference is exact too; beyond 2^53, or 2^24 in an f32, it may be rounded to a number that is none.
 */
import type { Operation, Value } from '../ir/types.ts';
import { isSafeInteger, onlyValue } from './facts.ts';
import type { Form, Knowledge, State } from './knowledge.ts';

/** What stands in a state for "the number is a multiple of the constant": 1 where it is one. */
const multipleOf = ({ key, offset }: Form, divisor: number): Form => ({
  key: `${key} + ${offset} % ${Math.abs(divisor)}`,
  offset: 0,
});

/** Adds to the state what is known where a value is zero: a remainder, or a masked integer. */
export function assumeZero(value: Form, state: State, known: Knowledge): void {
  const op = value.offset === 0 ? known.definition(value) : undefined;
  const divided = op && dividedBy(op, state, known);
  if (divided)
    known.refine(state, multipleOf(divided.form, divided.divisor), {
      lo: 1,
      hi: 1,
      integral: true,
    });
}

/** Whether a division by a constant surely gives an integer. */
export function isExactDivision(op: Operation, state: State, known: Knowledge): boolean {
  const [a, b] = op.args;
  if (op.op !== 'div' || !a || !b) return false;
  const divisor = constantOf(b, state, known);
  if (divisor === undefined) return false;
  const form = known.formOf(a);
  if (onlyValue(known.factOf(state, multipleOf(form, divisor))) === 1) return true;
  const difference = form.offset === 0 ? known.definition(form) : undefined;
  const [x, rest] = difference?.op === 'sub' ? difference.args : [];
  if (!x || !rest || x.type === 'f32') return false;
  const [whole, part] = [known.formOf(x), known.formOf(rest)];
  const remainder = part.offset === 0 ? known.definition(part) : undefined;
  const divided = remainder?.op === 'rem' ? dividedBy(remainder, state, known) : undefined;
  return (
    divided !== undefined &&
    Math.abs(divided.divisor) === Math.abs(divisor) &&
    divided.form.key === whole.key &&
    divided.form.offset === whole.offset &&
    isSafeInteger(known.factOf(state, whole))
  );
}

/** The number and the constant whose remainder an operation gives, or what is zero where that is. */
function dividedBy(
  { op, args: [a, b] }: Operation,
  state: State,
  known: Knowledge,
): { readonly form: Form; readonly divisor: number } | undefined {
  const constant = b && constantOf(b, state, known);
  if (!a || constant === undefined) return undefined;
  if (op === 'rem') return { form: known.formOf(a), divisor: constant };
  // All bits below a power of two.
  const divisor = constant + 1;
  if (op !== 'and' || constant < 0 || !Number.isInteger(Math.log2(divisor))) return undefined;
  return { form: known.formOf(a), divisor };
}

/** The safe integer, not 0, that a value always is. */
function constantOf(value: Value, state: State, known: Knowledge): number | undefined {
  const constant = onlyValue(known.factOf(state, known.formOf(value)));
  return constant !== undefined && constant !== 0 && Number.isSafeInteger(constant)
    ? constant
    : undefined;
}
