/** What code may replace in the memory of native code, so that a reference read from there before is nobody's any more. */
import {
  isList,
  isRecord,
  type IrFunction,
  type IrModule,
  type IrRecord,
  type IrType,
  type Operation,
} from '../ir/types.ts';
import type { OpName } from '../ir/ops.ts';
import { recordName, slotsOf } from '../ir/records.ts';
import { walkOps } from '../ir/walk.ts';

/** A slot of a record and of those that extend it, the elements of a type of lists, their lengths, or a global, as one word. */
export type HeapPlace = string;

/** Asked what a function and all that it calls may change; undefined: anything. */
export type WritesOf = (name: string) => ReadonlySet<HeapPlace> | undefined;

/** The place that an operation reads its result from; undefined for others. */
export function readPlace(
  op: Operation,
  records: ReadonlyMap<string, IrRecord>,
): HeapPlace | undefined {
  const type = op.args[0]?.type;
  switch (op.op) {
    case 'rec.get':
      return slotPlace(type, op.attributes.slot, records);
    case 'list.load':
      return type;
    case 'state.get':
      return globalPlace(op);
    default:
      return undefined;
  }
}

/** The place where an operation may replace references; undefined for others. */
export function writtenPlace(
  op: Operation,
  records: ReadonlyMap<string, IrRecord>,
): HeapPlace | undefined {
  const type = op.args[0]?.type;
  switch (op.op) {
    case 'rec.set':
      return slotPlace(type, op.attributes.slot, records);
    case 'state.set':
      return globalPlace(op);
    case 'list.length':
    case 'list.load':
    case 'list.view':
    case 'list.push':
    case 'list.extend':
      return undefined;
    default:
      // What else is done to a list may move or drop its elements.
      return op.op.startsWith('list.') && type && isList(type) ? type : undefined;
  }
}

/** The place of the lengths of lists that an operation reads; undefined for others. */
export const readLength = (op: Operation): HeapPlace | undefined =>
  op.op === 'list.length' && op.args[0] ? lengthPlace(op.args[0].type) : undefined;

/** The place of the lengths of lists that an operation may change; undefined for others. */
export function writtenLength({ op, args: [list] }: Operation): HeapPlace | undefined {
  if (!list || !isList(list.type) || !op.startsWith('list.')) return undefined;
  return keepLength.has(op) ? undefined : lengthPlace(list.type);
}

const keepLength: ReadonlySet<string> = new Set<OpName>([
  'list.length',
  'list.load',
  'list.store',
  'list.view',
]);

const lengthPlace = (type: IrType): HeapPlace => `length ${type}`;

const globalPlace = ({ attributes: { global } }: Operation): HeapPlace => `global ${global}`;

/** Names a slot by the record that has it first: a class's is also one of those that extend it. */
export function slotPlace(
  type: IrType | undefined,
  slot: string | undefined,
  records: ReadonlyMap<string, IrRecord>,
): HeapPlace {
  let owner = type && isRecord(type) ? recordName(type) : '';
  for (;;) {
    const base = records.get(records.get(owner)?.base ?? '');
    if (!base || !slotsOf(base).some(({ name }) => name === slot)) return `${owner}.${slot}`;
    owner = base.name;
  }
}

/**
 * Looks functions of a module up when they are first asked for.
 * @param counts whether an operation of a function counts; by default all do
 */
export function heapWrites(
  module: IrModule,
  counts: (op: Operation, fn: IrFunction) => boolean = () => true,
): WritesOf {
  const functions = new Map(module.functions.map((fn) => [fn.name, fn]));
  const records = new Map(module.records.map((record) => [record.name, record]));
  const known = new Map<string, ReadonlySet<HeapPlace> | undefined>();
  return (name) => {
    if (!known.has(name)) known.set(name, collect(name));
    return known.get(name);
  };

  function collect(root: string): ReadonlySet<HeapPlace> | undefined {
    const places = new Set<HeapPlace>();
    const reached = new Set([root]);
    // The set grows while it is walked.
    for (const name of reached) {
      const fn = functions.get(name);
      if (!fn || fn.foreign || fn.extern) return undefined;
      walkOps(fn.body, (op) => {
        for (const place of [writtenPlace(op, records), writtenLength(op)])
          if (place !== undefined && counts(op, fn)) places.add(place);
        if (op.attributes.callee !== undefined) reached.add(op.attributes.callee);
      });
    }
    return places;
  }
}
