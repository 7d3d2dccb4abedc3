/**
 * Functions of the library for maps and sets of any keys and values. Their IR is that of `rec.std.Table`, with keys
 * `rec.std.Key` and values `rec.std.Value` (`runtime/std/table.ts`); a copy for another table, such as
 * `std.table.set<Map>` for the record `Map`, has that record and its types in their places.
 */
import { elementOf } from './ir/records.ts';
import {
  isInteger,
  isList,
  isReference,
  isScalar,
  type IrFunction,
  type IrRecord,
  type IrType,
  type ListType,
  type Operation,
  type Value,
} from './ir/types.ts';
import { replaceUses, rewriteOps, walkOps } from './ir/walk.ts';

const prefix = 'std.table.';

/** The name of the copy of a library function for the table of a record. */
export const tableFunction = (name: string, record: string): string =>
  `${prefix}${name}<${record}>`;

/** The parts of such a name; undefined for that of another function. */
export function tableFunctionOf(
  name: string,
): { readonly template: string; readonly record: string } | undefined {
  const [, template, record] = /^(std\.table\..*)<(.*)>$/.exec(name) ?? [];
  return template === undefined || record === undefined ? undefined : { template, record };
}

/**
 * Makes a template the function for a table, in place.
 * @param fn a copy of its own of the template's IR
 * @throws Error for a record that is no table
 */
export function instantiateTable(fn: IrFunction, name: string, record: IrRecord): IrFunction {
  const [keys, values] = [listOf(record, 'keys'), listOf(record, 'values')];
  const types: Readonly<Record<string, IrType>> = {
    'rec.std.Table': `rec.${record.name}`,
    'rec.std.Key': elementOf(keys).type,
    'rec.std.Value': elementOf(values).type,
    'list.rec.std.Key': keys,
    'list.rec.std.Value': values,
  };
  const typeOf = (type: IrType): IrType => types[type] ?? type;
  const made = new Map<number, Value>();
  const valueOf = (value: Value): Value => {
    const known = made.get(value.id) ?? { ...value, type: typeOf(value.type) };
    made.set(value.id, known);
    return known;
  };
  fn.name = name;
  fn.params = fn.params.map((param) => ({ ...param, value: valueOf(param.value) }));
  fn.results = fn.results.map(typeOf);
  fn.locals = fn.locals.map((local) => ({ ...local, type: typeOf(local.type) }));
  walkOps(fn.body, (op) => {
    op.results = op.results.map(valueOf);
    const called = tableFunctionOf(op.attributes.callee ?? '');
    if (called)
      op.attributes = {
        ...op.attributes,
        callee: `${called.template}<${record.name}>`,
      };
  });
  replaceUses(fn.body, (value) => made.get(value.id));
  rewriteOps(fn.body, (op) => ofScalars(op, fn));
  return fn;
}

function listOf(record: IrRecord, name: string): ListType {
  const type = record.members.find((member) => member.name === name)?.type;
  if (type === undefined || !isList(type)) throw new Error(`${record.name} is no table`);
  return type;
}

/** What operations on references become where keys or values are none, or strings. */
function ofScalars(op: Operation, fn: IrFunction): Operation[] | undefined {
  const [operand] = op.args;
  const [result] = op.results;
  if (op.op === 'null' && result && !isReference(result.type)) {
    const isWide = result.type === 'i64' || result.type === 'u64';
    const value = result.type === 'bool' ? false : isWide ? 0n : 0;
    return [{ ...op, op: 'const', attributes: { value } }];
  }
  if (op.op !== 'ref.hash' || !operand) return undefined;
  if (operand.type === 'str') return [callOf(op, 'std.hashString', operand)];
  if (!isScalar(operand.type)) return undefined;
  const isWide = isInteger(operand.type) && /64/.test(operand.type);
  const wanted = isWide ? 'i64' : 'f64';
  const callee = isWide ? 'std.hashBigint' : 'std.hashNumber';
  if (operand.type === wanted) return [callOf(op, callee, operand)];
  const converted: Value = { id: fn.nextValue++, type: wanted };
  return [{ ...op, op: 'conv', results: [converted] }, callOf(op, callee, converted)];
}

const callOf = (op: Operation, callee: string, operand: Value): Operation => ({
  ...op,
  op: 'call',
  args: [operand],
  attributes: { callee },
});
