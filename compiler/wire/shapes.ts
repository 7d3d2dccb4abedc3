/** What the loader must know of the types of objects to say what is wrong with an argument. */
import type { ClassInfo, PlaceInfo, ShapeInfo } from '../../runtime/manifest.ts';
import { getterName, setterName } from '../ir/class-names.ts';
import { elementOf, entryOf, isCallable, isWrapped, recordOf } from '../ir/records.ts';
import {
  isList,
  isRecord,
  isView,
  viewClass,
  viewKind,
  type BoundaryType,
  type IrExport,
  type IrRecord,
} from '../ir/types.ts';
import { partsOf, typeName } from '../ir/parts.ts';
import { kindsOf, wrappedClasses } from './instances.ts';

/** The shapes of the objects that exports take, by their types. */
export function shapesOf({
  records,
  exports,
}: {
  readonly records: readonly IrRecord[];
  readonly exports: readonly IrExport[];
}): Record<string, ShapeInfo> {
  const module = { records };
  const types = new Set(exports.flatMap(({ wire }) => wire?.params.map(({ type }) => type) ?? []));
  // The set grows while it is walked.
  for (const type of types)
    if (!isWrapped(module, type) && !isCallable(module, type))
      for (const part of partsOf(module, type)) types.add(part);
  const shapes: Record<string, ShapeInfo> = {};
  for (const type of types) {
    if (isView(type)) shapes[type] = { name: viewClass[viewKind(type)], view: true };
    if (isList(type))
      shapes[type] = { name: typeName(module, type), elements: placeOf(elementOf(type)) };
    if (!isRecord(type)) continue;
    const { sourceName, kind, members, spread, variants, callable, array } = recordOf(module, type);
    if (callable) {
      shapes[type] = { name: 'function', callable };
      continue;
    }
    if (isWrapped(module, type)) {
      shapes[type] = { name: sourceName, kinds: kindsOf(records, type) };
      continue;
    }
    const { discriminant } = recordOf(module, type);
    if (variants && discriminant) {
      const { member, literals } = discriminant;
      const cases = variants.map((variant, index) => ({
        type: `rec.${variant}`,
        literals: literals[index] ?? [],
      }));
      shapes[type] = { name: sourceName, discriminant: { member, cases } };
      continue;
    }
    const entry = entryOf(recordOf(module, type));
    if (entry) {
      const value = entry.value && placeOf(entry.value);
      shapes[type] = {
        name: sourceName,
        entries: { key: placeOf(entry.key), ...(value && { value }) },
      };
      continue;
    }
    shapes[type] = {
      name: sourceName,
      members: members.map((member) => ({
        name: member.name,
        ...placeOf(member),
        ...(member.optional && { optional: true }),
      })),
      ...(kind === 'tuple' && { tuple: true }),
      ...(array && { array }),
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

/** The classes that JavaScript has too; the index of one is its kind. */
export function classesOf({
  records,
  exports,
}: {
  readonly records: readonly IrRecord[];
  readonly exports: readonly IrExport[];
}): ClassInfo[] {
  const classes = wrappedClasses(records);
  const ids = new Set(exports.map(({ wire, callee }) => wire?.callee ?? callee));
  return classes.map(({ name, sourceName, base, members }) => {
    const fields = members.flatMap((member) => {
      const [get, set] = [
        getterName(`rec.${name}`, member.name),
        setterName(`rec.${name}`, member.name),
      ];
      return ids.has(get) ? [{ name: member.name, get, ...(ids.has(set) && { set }) }] : [];
    });
    const parent = classes.findIndex((other) => other.name === base);
    return { id: name, name: sourceName, ...(parent >= 0 && { base: parent }), fields };
  });
}
