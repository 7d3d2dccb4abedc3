/** How records and lists hold what the source puts into them. */
import {
  isList,
  isRecord,
  isReference,
  isScalar,
  isView,
  viewClass,
  viewKind,
  type BoundaryType,
  type IrRecord,
  type IrType,
  type ListType,
  type RecordType,
} from './types.ts';

/** A place in a record that holds one value. */
export interface Slot {
  readonly name: string;
  readonly type: IrType;
  /** It is a reference that is null where nothing is there, and no tag tells that. */
  readonly mayBeNull?: true;
}

/**
 * How a value that may be absent is kept: as it is, where it is always there; as a reference that is null
 * where it isn't, which tells apart no more than "there" and one kind of absence; or behind a tag, as what
 * may be missing is.
 */
export function storageOf(
  type: BoundaryType & { readonly optional?: boolean },
): 'plain' | 'nullable' | 'tagged' {
  if (type.optional) return 'tagged';
  if (!type.undefined && !type.null) return 'plain';
  return isReference(type.type) && type.undefined !== type.null ? 'nullable' : 'tagged';
}

/** The name of the slot that holds a member's tag. */
export const tagSlot = (member: string): string => `${member}.tag`;

/**
 * The slot that tells whether the object's properties stand in another order than the members: one that
 * was missing was added behind others. JavaScript must not get such an object in the members' order.
 */
export const orderSlot = '.order';

/** Whether properties may be added to objects of a record behind others that come later in it. */
export const hasOrderSlot = ({ kind, members }: IrRecord): boolean =>
  kind === 'object' && members.slice(0, -1).some(({ optional }) => optional);

/** A record's slots in their order. A tagged member has two, the tag first; the order slot comes last. */
export const slotsOf = (record: IrRecord): Slot[] => [
  ...record.members.flatMap((member): Slot[] => [
    ...(storageOf(member) === 'tagged'
      ? [{ name: tagSlot(member.name), type: 'u8' } as const]
      : []),
    {
      name: member.name,
      type: record.keeps && isView(member.type) ? 'js' : member.type,
      ...(storageOf(member) === 'nullable' && { mayBeNull: true as const }),
    },
  ]),
  ...(hasOrderSlot(record) ? [{ name: orderSlot, type: 'bool' } as const] : []),
];

export const recordName = (type: RecordType): string => type.slice(4);

export interface Records {
  readonly records: readonly IrRecord[];
}

/** The record of a type. @throws Error where the module has none of that name */
export function recordOf(module: Records, type: IrType): IrRecord {
  const record = isRecord(type) && module.records.find(({ name }) => name === recordName(type));
  if (!record) throw new Error(`there is no record ${type}`);
  return record;
}

/** What stands in each entry of a map or, without a value, of a set; undefined for another record. */
export function entryOf({
  kind,
  members,
}: IrRecord): { readonly key: BoundaryType; readonly value: BoundaryType | undefined } | undefined {
  if (kind !== 'map' && kind !== 'set') return undefined;
  const elements = (name: string): BoundaryType => {
    const type = members.find((member) => member.name === name)?.type;
    if (type === undefined || !isList(type)) throw new Error(`a table has ${name}`);
    return elementOf(type);
  };
  return { key: elements('keys'), value: kind === 'map' ? elements('values') : undefined };
}

/** The classes of errors; JavaScript knows them by their indices. */
export const errorRecords = (records: readonly IrRecord[]): readonly IrRecord[] =>
  records.filter(({ error }) => error !== undefined);

/** A reference to an instance of any class of errors: a union, which is there where there are such classes. */
export const anyInstance: RecordType = 'rec.errors';

/** Whether references of a type are to instances that JavaScript has wrappers of: of a class, or of one of several. */
export function isWrapped(module: Records, type: IrType): type is RecordType {
  if (!isRecord(type)) return false;
  const { variants, wrapped } = recordOf(module, type);
  return variants ? variants.every((name) => isWrapped(module, `rec.${name}`)) : wrapped === true;
}

/** Whether values of a type are functions. */
export const isCallable = (module: Records, type: IrType): type is RecordType =>
  isRecord(type) && recordOf(module, type).callable === true;

/** Whether an object of the record `name` is one of `wanted`: that record, a class that extends it, a variant of it. */
export function isKindOf(
  records: ReadonlyMap<string, IrRecord>,
  name: string,
  wanted: string,
): boolean {
  if (name === wanted) return true;
  if (records.get(wanted)?.variants?.some((variant) => isKindOf(records, name, variant)))
    return true;
  const base = records.get(name)?.base;
  return base !== undefined && isKindOf(records, base, wanted);
}

/** The type of a list of such elements. */
export const listOf = ({
  type,
  undefined: mayBeUndefined,
  null: mayBeNull,
}: BoundaryType): ListType =>
  `list.${mayBeUndefined ? 'undefined.' : ''}${mayBeNull ? 'null.' : ''}${type}`;

/** What a list's elements are. */
export function elementOf(list: ListType): BoundaryType {
  const [, mayBeUndefined, mayBeNull, type] =
    /^list\.(undefined\.)?(null\.)?(.*)$/.exec(list) ?? [];
  return {
    type: type as IrType,
    undefined: mayBeUndefined !== undefined,
    null: mayBeNull !== undefined,
  };
}

/** Whether a text is a type, of records that there may be. */
export function isType(text: string): text is IrType {
  const type = text as IrType;
  if (isScalar(type) || type === 'str' || type === 'error' || type === 'js') return true;
  if (isView(type)) return Object.hasOwn(viewClass, viewKind(type));
  if (text.startsWith('list.')) {
    const element = elementOf(text as ListType);
    return storageOf(element) !== 'tagged' && isType(element.type);
  }
  return /^rec\.[\w$.]+$/.test(text);
}
