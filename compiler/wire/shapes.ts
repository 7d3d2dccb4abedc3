/** What the loader must know of the types of objects to say what is wrong with an argument. */
import type { PlaceInfo, ShapeInfo } from '../../runtime/manifest.ts';
import { elementOf } from '../ir/records.ts';
import {
  isList,
  isRecord,
  type BoundaryType,
  type IrExport,
  type IrRecord,
  type IrType,
} from '../ir/types.ts';
import { recordNamed } from './format.ts';
import { partsOf } from './writes.ts';

/** The shapes of the objects that exports take, by their types. */
export function shapesOf({
  records,
  exports,
}: {
  readonly records: readonly IrRecord[];
  readonly exports: readonly IrExport[];
}): Record<string, ShapeInfo> {
  const module = { records: [...records] };
  const types = new Set(exports.flatMap(({ wire }) => wire?.params.map(({ type }) => type) ?? []));
  // The set grows while it is walked.
  for (const type of types) for (const part of partsOf(module, type)) types.add(part);
  const shapes: Record<string, ShapeInfo> = {};
  for (const type of types) {
    if (isList(type))
      shapes[type] = { name: typeName(module, type), elements: placeOf(elementOf(type)) };
    if (!isRecord(type)) continue;
    const { sourceName, kind, members, spread } = recordNamed(module, type);
    shapes[type] = {
      name: sourceName,
      members: members.map((member) => ({
        name: member.name,
        ...placeOf(member),
        ...(member.optional && { optional: true }),
      })),
      ...(kind === 'tuple' && { tuple: true }),
      ...(spread && { spread: true }),
    };
  }
  return shapes;
}

const placeOf = (place: BoundaryType): PlaceInfo => ({
  type: place.type,
  ...(place.undefined && { undefined: true }),
  ...(place.null && { null: true }),
});

const words: Readonly<Partial<Record<IrType, string>>> = {
  f64: 'number',
  bool: 'boolean',
  str: 'string',
};

/** A type as the source would have it. */
export function typeName(module: { readonly records: IrRecord[] }, type: IrType): string {
  if (isRecord(type)) return recordNamed(module, type).sourceName;
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
