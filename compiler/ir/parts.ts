/** What types are made of, and what they are called. */
import { elementOf, entryOf, recordOf, type Records } from './records.ts';
import { isList, isRecord, isView, viewClass, viewKind, type IrType } from './types.ts';

/** The types that a reference of a type leads to directly: those of its members, elements, entries or variants. */
export function partsOf({ records }: Records, type: IrType): IrType[] {
  if (isList(type)) return [elementOf(type).type];
  if (!isRecord(type)) return [];
  const record = records.find(({ name }) => `rec.${name}` === type);
  const entry = record && entryOf(record);
  if (entry) return [entry.key.type, ...(entry.value ? [entry.value.type] : [])];
  return [
    ...(record?.members.map((member) => member.type) ?? []),
    ...(record?.variants?.map((variant): IrType => `rec.${variant}`) ?? []),
  ];
}

const words: Readonly<Partial<Record<IrType, string>>> = {
  f64: 'number',
  bool: 'boolean',
  str: 'string',
  error: 'Error',
  js: 'function',
};

/** A type as the source would have it. */
export function typeName(module: Records, type: IrType): string {
  if (isRecord(type)) return recordOf(module, type).sourceName;
  if (isView(type)) return viewClass[viewKind(type)];
  if (!isList(type)) return words[type] ?? type;
  const element = elementOf(type);
  const own = typeName(module, element.type);
  const union = [
    own,
    ...(element.undefined ? ['undefined'] : []),
    ...(element.null ? ['null'] : []),
  ];
  return union.length > 1 ? `(${union.join(' | ')})[]` : `${own}[]`;
}
