/**
 * Passes objects as the values of their slots. Inside, an object is made of them again, which is then only
 * the function's own (`replace.ts` leaves none of them).
 */
import { recordName, slotsOf, type Slot } from '../../ir/records.ts';
import {
  isRecord,
  type IrFunction,
  type IrModule,
  type IrRecord,
  type IrType,
  type Node,
  type Operation,
  type Parameter,
  type Value,
} from '../../ir/types.ts';
import { mapNodes, replaceValues, rewriteOps } from '../../ir/walk.ts';
import { Replacement } from '../replacement.ts';
import type { Passed } from './passed.ts';

/** Changes all signatures and calls. @returns the functions that it has changed */
export function passApart(
  module: IrModule,
  records: ReadonlyMap<string, IrRecord>,
  passed: Passed,
): IrFunction[] {
  const slots = (type: IrType): Slot[] => {
    const record = isRecord(type) ? records.get(recordName(type)) : undefined;
    return record ? slotsOf(record) : [];
  };
  const changed = new Set<IrFunction>();
  // Calls first, while the values that they pass are those of the parameters.
  for (const fn of module.functions)
    if (rewriteOps(fn.body, (op) => changeCall(fn, op, passed, slots))) changed.add(fn);
  for (const fn of module.functions) {
    const result = passed.result(fn.name);
    if (result) returnApart(fn, slots(result));
    if (passed.params.has(fn.name)) takeApart(fn, passed, slots);
    if (result || passed.params.has(fn.name)) changed.add(fn);
  }
  return [...changed];
}

/** No place of the source makes it. */
const made = { kind: 'op', op: 'rec.new', attributes: {}, span: undefined } as const;

type SlotsOf = (type: IrType) => Slot[];

const get = (to: Replacement, object: Value, { name, type }: Slot): Value =>
  to.add('rec.get', [object], type, { slot: name });

function changeCall(
  fn: IrFunction,
  op: Operation,
  passed: Passed,
  slots: SlotsOf,
): Operation[] | undefined {
  const { callee } = op.attributes;
  if (op.op !== 'call' || callee === undefined) return undefined;
  const record = passed.result(callee);
  if (!record && !passed.params.has(callee)) return undefined;
  const to = new Replacement(fn, op);
  const args = op.args.flatMap((arg, index) =>
    passed.param(callee, index) ? slots(arg.type).map((slot) => get(to, arg, slot)) : [arg],
  );
  const [result] = op.results;
  if (!record || !result) return [...to.ops, { ...op, args }];
  const parts = slots(record).map(({ type }): Value => ({ id: fn.nextValue++, type }));
  to.ops.push({ ...op, args, results: parts });
  to.ops.push({ ...made, args: parts, results: [result] });
  return to.ops;
}

function returnApart(fn: IrFunction, slots: readonly Slot[]): void {
  fn.results = slots.map(({ type }) => type);
  mapNodes(fn.body, (node): Node[] | undefined => {
    const [object] = node.kind === 'return' ? node.values : [];
    if (node.kind !== 'return' || !object) return undefined;
    const to = new Replacement(fn, node);
    const values = slots.map((slot) => get(to, object, slot));
    return [...to.ops, { ...node, values }];
  });
}

function takeApart(fn: IrFunction, passed: Passed, slots: SlotsOf): void {
  const boxes: Operation[] = [];
  const objects = new Map<number, Value>();
  fn.params = fn.params.flatMap((param, index): Parameter[] => {
    if (!passed.param(fn.name, index)) return [param];
    const { value, name } = param;
    const parts = slots(value.type).map((slot): Parameter => {
      const part = `${name}.${slot.name}`;
      const value = { id: fn.nextValue++, type: slot.type, hint: part };
      return { name: part, value, ...(slot.mayBeNull && { mayBeNull: slot.mayBeNull }) };
    });
    const object = { ...value, id: fn.nextValue++ };
    objects.set(value.id, object);
    const args = parts.map((part) => part.value);
    boxes.push({ ...made, args, results: [object] });
    return parts;
  });
  replaceValues(fn.body, objects);
  const [first] = fn.body;
  fn.body.splice(first?.kind === 'op' && first.op === 'check.stack' ? 1 : 0, 0, ...boxes);
}
