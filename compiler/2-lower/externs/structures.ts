/** Objects as the structures of C that a call copies: their leaves go there one by one, and come back. */
import {
  isGivenBack,
  layoutOf,
  type CLeaf,
  type CStruct,
  type PlacedLeaf,
} from '../../ir/c-structs.ts';
import { slotsOf } from '../../ir/records.ts';
import { isRecord, isView, type IrRecord, type IrType, type Value } from '../../ir/types.ts';
import type { Lowering } from '../lowering.ts';

/** A leaf, and where native code has it. */
interface Held {
  readonly placed: PlacedLeaf;
  readonly type: IrType;
}

const recordOf = (l: Lowering, type: IrType): IrRecord => {
  if (!isRecord(type)) throw new Error('a structure is an object');
  return l.module.reading.records.get(type);
};

const slotType = (l: Lowering, type: IrType, name: string): IrType => {
  const slot = slotsOf(recordOf(l, type)).find((one) => one.name === name);
  if (!slot) throw new Error(`a structure has ${name}`);
  return slot.type;
};

/** The leaves of a structure, with the types that objects of a record have them in. */
export const heldLeaves = (l: Lowering, type: IrType, struct: CStruct): Held[] =>
  layoutOf(struct).leaves.map((placed) => ({
    placed,
    type: placed.path.reduce<IrType>((owner, name) => slotType(l, owner, name), type),
  }));

/** The object that a leaf is a member of. */
const ownerOf = (l: Lowering, object: Value, path: readonly string[]): Value =>
  path
    .slice(0, -1)
    .reduce(
      (owner, name) => l.b.op('rec.get', [owner], slotType(l, owner.type, name), { slot: name }),
      object,
    );

const slotOf = (path: readonly string[]): string => path.at(-1) ?? '';

/**
 * Reads a leaf of an object.
 * @param what what messages call the object and the function
 */
export function readLeaf(
  l: Lowering,
  object: Value,
  { placed: { leaf, path }, type }: Held,
  what: { readonly name: string; readonly of: string },
): Value {
  const slot = slotOf(path);
  const value = l.b.op('rec.get', [ownerOf(l, object, path)], type, { slot });
  if (leaf.kind === 'array') checkLength(l, value, leaf.count, [what.name, ...path], what.of);
  return value;
}

function checkLength(
  l: Lowering,
  array: Value,
  count: number,
  path: readonly string[],
  of: string,
): void {
  const length = l.b.op('view.length', [array]);
  const isOther = l.b.op('ne', [length, l.b.const('i64', BigInt(count))]);
  const title = `'${path.join('.')}' of ${of} has `;
  l.b.if(isOther, () => l.b.failCheck('RangeError', [title, length, ` elements, and C ${count}`]));
}

/** Sets a leaf of an object to what C has given. */
export const setLeaf = (l: Lowering, object: Value, { path }: PlacedLeaf, value: Value): void =>
  l.b.effect('rec.set', [ownerOf(l, object, path), value], { slot: slotOf(path) });

/** New typed arrays for those in a structure that C gives. */
export const newArrays = (l: Lowering, held: readonly Held[]): Value[] =>
  held.flatMap(({ placed: { leaf }, type }) => {
    if (leaf.kind !== 'array' || !isView(type)) return [];
    const own = type === 'view.buffer' ? 'view.u8' : type;
    return [l.b.op('view.new', [l.b.const('i64', BigInt(leaf.count))], own)];
  });

/**
 * A new object of what C has given.
 * @param values of the leaves that are none of arrays, in their order
 * @param arrays those of the others
 */
export function newStructure(
  l: Lowering,
  type: IrType,
  struct: CStruct,
  values: readonly Value[],
  arrays: readonly Value[],
): Value {
  const rest = { values: [...values], arrays: [...arrays] };
  const next = ({ kind }: CLeaf): Value => {
    const value = kind === 'array' ? rest.arrays.shift() : rest.values.shift();
    if (!value) throw new Error('C has given less than the structure has');
    return value;
  };
  const make = (own: IrType, { members }: CStruct): Value => {
    const made = new Map(
      members.map(({ name, part }) => [
        name,
        part.kind === 'struct' ? make(slotType(l, own, name), part) : next(part),
      ]),
    );
    const slots = slotsOf(recordOf(l, own)).map(({ name }) => {
      const value = made.get(name);
      if (!value) throw new Error(`a structure has ${name}`);
      return value;
    });
    return l.b.op('rec.new', slots, own);
  };
  return make(type, struct);
}

/** The leaves that come back of a structure as values. */
export const givenBack = (held: readonly Held[]): Held[] =>
  held.filter(({ placed: { leaf } }) => isGivenBack(leaf));
