/**
 * Strings that need not be made: comparing a string of one unit, as `text[i]` is, compares the unit, and the
 * lengths and units of constants are constants.
 */
import { mirrored } from './comparisons.ts';
import type { OpName } from '../ir/ops.ts';
import type { Constant, IrType, Operation, Value } from '../ir/types.ts';

/** What the identities know of values. */
export interface KnownStrings {
  readonly definitions: ReadonlyMap<number, Operation>;
  readonly constants: ReadonlyMap<number, Constant>;
  /** A value of a type, with an id of its own. */
  fresh(type: IrType): Value;
}

/** Operations that give the same as one on strings; undefined where there is nothing better. */
export function withoutStrings(op: Operation, known: KnownStrings): Operation[] | undefined {
  const [a, b] = op.args;
  if (!a) return undefined;
  switch (op.op) {
    case 'eq':
    case 'ne':
      return b && a.type === 'str' ? equality(op, a, b, known) : undefined;
    case 'lt':
    case 'le':
    case 'gt':
    case 'ge':
      return b ? ordering(op, op.op, a, b, known) : undefined;
    case 'str.length': {
      const length = lengthOf(a, known);
      return length === undefined ? undefined : [constant(op, BigInt(length))];
    }
    case 'str.unit': {
      const made = known.definitions.get(a.id);
      const index = b && known.constants.get(b.id);
      const unit = made?.attributes.text?.charCodeAt(Number(index ?? -1));
      return unit === undefined || Number.isNaN(unit) ? undefined : [constant(op, unit)];
    }
    default:
      return undefined;
  }
}

function equality(op: Operation, a: Value, b: Value, known: KnownStrings): Operation[] | undefined {
  const [first, second] = [textOf(a, known), textOf(b, known)];
  if (first !== undefined && second !== undefined)
    return [constant(op, (first === second) === (op.op === 'eq'))];
  const [x, y] = [lengthOf(a, known), lengthOf(b, known)];
  // Nothing else has no units.
  if (first === '' || second === '') {
    const length = known.fresh('i64');
    const zero = known.fresh('i64');
    return [
      made(op, 'str.length', [first === '' ? b : a], length),
      constant(op, 0n, zero),
      { ...op, args: [length, zero] },
    ];
  }
  if (x !== undefined && y !== undefined && x !== y) return [constant(op, op.op === 'ne')];
  return compared(op, op.op, a, b, known);
}

/** `str.compare(a, b) < 0` and its kin. */
function ordering(
  op: Operation,
  relation: 'lt' | 'le' | 'gt' | 'ge',
  a: Value,
  b: Value,
  known: KnownStrings,
): Operation[] | undefined {
  const isZero = (value: Value): boolean => known.constants.get(value.id) === 0;
  const left = known.definitions.get(a.id);
  const right = known.definitions.get(b.id);
  const [order, sense] =
    left?.op === 'str.compare' && isZero(b)
      ? [left, relation]
      : right?.op === 'str.compare' && isZero(a)
        ? [right, mirrored[relation]]
        : [undefined, relation];
  const [first, second] = order?.args ?? [];
  return first && second && sense ? compared(op, sense, first, second, known) : undefined;
}

/** The relation of two strings of one unit as that of the units. */
function compared(
  op: Operation,
  relation: OpName,
  a: Value,
  b: Value,
  known: KnownStrings,
): Operation[] | undefined {
  const x = unitOf(op, a, known);
  const y = unitOf(op, b, known);
  return x && y && [...x.made, ...y.made, { ...op, op: relation, args: [x.unit, y.unit] }];
}

/** The unit of a string that has one, and what makes it. */
function unitOf(
  op: Operation,
  text: Value,
  known: KnownStrings,
): { readonly unit: Value; readonly made: readonly Operation[] } | undefined {
  const definition = known.definitions.get(text.id);
  const [source] = definition?.args ?? [];
  if (definition?.op === 'str.char' && source) return { unit: source, made: [] };
  const constantText = textOf(text, known);
  if (constantText?.length !== 1) return undefined;
  const unit = known.fresh('u16');
  return { unit, made: [constant(op, constantText.charCodeAt(0), unit)] };
}

const textOf = (value: Value, { definitions }: KnownStrings): string | undefined =>
  definitions.get(value.id)?.attributes.text;

function lengthOf(value: Value, known: KnownStrings): number | undefined {
  if (known.definitions.get(value.id)?.op === 'str.char') return 1;
  return textOf(value, known)?.length;
}

/** A constant in place of an operation, or before it as another value. */
const constant = (op: Operation, value: Constant, result?: Value): Operation => ({
  ...op,
  op: 'const',
  args: [],
  results: result ? [result] : op.results,
  attributes: { value },
});

const made = (op: Operation, name: OpName, args: Value[], result: Value): Operation => ({
  ...op,
  op: name,
  args,
  results: [result],
  attributes: {},
});
