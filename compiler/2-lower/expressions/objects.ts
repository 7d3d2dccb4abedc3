/** Members of objects of a fixed shape and of tuples, read and written. */
import type { Node } from '../../ts-morph.ts';
import type { HintType } from '../../1-read/model.ts';
import { hasOrderSlot, orderSlot, recordName, storageOf, tagSlot } from '../../ir/records.ts';
import {
  isRecord,
  Tag,
  type IrRecord,
  type IrType,
  type RecordMember,
  type RecordType,
  type Value,
} from '../../ir/types.ts';
import { fromStored, toHint, toStored } from '../convert.ts';
import type { Lowering } from '../lowering.ts';
import { jsType, type Operand, type OptionalOperand, type ValueOperand } from '../operands.ts';
import { oneOf } from '../sequences.ts';

/** The member that a name means in a record. */
export const memberOf = (record: IrRecord, name: string): RecordMember | undefined =>
  record.members.find((member) => member.name === name);

/** The tag of a value that is `undefined` where a slot's tag says that the property is missing. */
export const undefinedTag = (l: Lowering, tag: Value): Value =>
  l.b.op('select', [
    l.b.op('eq', [tag, l.constant('u8', Tag.missing)]),
    l.constant('u8', Tag.undefined),
    tag,
  ]);

/** A member's value. The object is there, and its record no union. */
export function readMember(
  l: Lowering,
  object: Value,
  member: RecordMember,
): ValueOperand | OptionalOperand {
  const tag =
    storageOf(member) === 'tagged'
      ? l.b.op('rec.get', [object], 'u8', { slot: tagSlot(member.name) })
      : undefined;
  const value = l.b.op('rec.get', [object], member.type, { slot: member.name });
  return fromStored(l, member, value, tag && member.optional ? undefinedTag(l, tag) : tag);
}

/** Sets a member. The object is there, and its record no union. */
export function writeMember(
  l: Lowering,
  object: Value,
  member: RecordMember,
  operand: Operand,
  node: Node,
): void {
  const values = toStored(l, operand, member, node, member.name);
  if (member.optional) noteOrder(l, object, member);
  const slots =
    storageOf(member) === 'tagged' ? [tagSlot(member.name), member.name] : [member.name];
  slots.forEach((slot, index) => {
    const value = values[index];
    if (value) l.b.effect('rec.set', [object, value], { slot });
  });
}

/** Before a property that may be missing is set: whether it comes behind one that stands after it in the record. */
function noteOrder(l: Lowering, object: Value, member: RecordMember): void {
  const record = l.module.reading.records.get(object.type as RecordType);
  if (!hasOrderSlot(record)) return;
  const later = record.members.slice(record.members.indexOf(member) + 1);
  if (later.length === 0) return;
  const isMissing = ({ name }: RecordMember): Value =>
    l.b.op('eq', [
      l.b.op('rec.get', [object], 'u8', { slot: tagSlot(name) }),
      l.constant('u8', Tag.missing),
    ]);
  l.b.if(isMissing(member), () => {
    const areMissing = later.every(({ optional }) => optional)
      ? later.map(isMissing).reduce((all, one) => l.b.op('and', [all, one]))
      : l.constant('bool', false);
    l.b.if(
      areMissing,
      () => {},
      () => l.b.effect('rec.set', [object, l.constant('bool', true)], { slot: orderSlot }),
    );
  });
}

/** A variant of a union with the member of it that a name means. */
interface VariantMember {
  readonly record: RecordType;
  readonly member: RecordMember;
}

/** The member of that name in each variant of a union; undefined where one has none, or it is no union. */
export function commonMember(
  l: Lowering,
  type: RecordType,
  name: string,
): readonly VariantMember[] | undefined {
  const { records } = l.module.reading;
  const { variants } = records.get(type);
  if (!variants) return undefined;
  const found = variants.flatMap((variant): VariantMember[] => {
    const member = memberOf(records.get(`rec.${variant}`), name);
    return member ? [{ record: `rec.${variant}`, member }] : [];
  });
  return found.length === variants.length ? found : undefined;
}

/** The type that holds a member of any variant; undefined where their types have nothing in common. */
export function commonType(
  l: Lowering,
  members: readonly VariantMember[],
  name: string,
): HintType | undefined {
  const types = [...new Set(members.map(({ member }) => member.type))];
  const type = ((): IrType | undefined => {
    if (types.length === 1) return types[0];
    if (types.every((one) => jsType(one) === 'number')) return 'f64';
    return types.every(isRecord) ? l.module.reading.records.unionOf(types, name) : undefined;
  })();
  if (type === undefined) return undefined;
  return {
    type,
    undefined: members.some(({ member }) => member.undefined),
    null: members.some(({ member }) => member.null),
  };
}

/** A member that all variants of a union have, of an object that is there. @param hint what `commonType` says */
export function readCommon(
  l: Lowering,
  object: Value,
  members: readonly VariantMember[],
  hint: HintType,
  node: Node,
): Operand {
  return oneOf(l, 'member', hint, (hold) =>
    forVariant(l, object, members, (variant, { member }) =>
      hold(toHint(l, readMember(l, variant, member), hint, node, member.name)),
    ),
  );
}

/** Sets a member that all variants of a union have. */
export function writeCommon(
  l: Lowering,
  object: Value,
  members: readonly VariantMember[],
  operand: Operand,
  node: Node,
): void {
  forVariant(l, object, members, (variant, { member }) =>
    writeMember(l, variant, member, operand, node),
  );
}

/** Runs what there is to do for the variant that an object is of. */
function forVariant(
  l: Lowering,
  object: Value,
  variants: readonly VariantMember[],
  run: (object: Value, variant: VariantMember) => void,
): void {
  const [first, ...others] = variants;
  if (!first) return;
  const here = (): void => run(l.b.op('rec.as', [object], first.record), first);
  if (others.length === 0) return here();
  const is = l.b.op('rec.is', [object], undefined, { record: recordName(first.record) });
  l.b.if(is, here, () => forVariant(l, object, others, run));
}
