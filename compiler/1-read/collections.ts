/** Maps and sets as records: the table of `runtime/std/table.ts`. */
import { ts } from '../ts-morph.ts';
import { codes } from '../diagnostics/codes.ts';
import type { Diagnostic, Place } from '../diagnostics/types.ts';
import { listOf, storageOf } from '../ir/records.ts';
import type { BoundaryType, IrType, RecordMember } from '../ir/types.ts';
import { hintOfType } from './checked-types.ts';
import { isHint, only } from './hint-types.ts';
import type { HintType } from './model.ts';
import type { Shapes, TypeContext } from './shapes.ts';

/** Which of both a type is; undefined for a type of another class. */
export function collectionKind(type: ts.Type): 'map' | 'set' | undefined {
  const symbol = type.getSymbol();
  const [, name] = /^(?:Readonly)?(Map|Set)$/.exec(symbol?.name ?? '') ?? [];
  const isStandard = symbol?.declarations?.some((one) => one.getSourceFile().isDeclarationFile);
  if (name === undefined || !isStandard) return undefined;
  return name === 'Map' ? 'map' : 'set';
}

/** `Map<K, V>`, `Set<K>` and their read-only kin. */
export function collectionType(
  type: ts.TypeReference,
  kind: 'map' | 'set',
  context: TypeContext,
  place: Place,
  text: string,
): HintType | Diagnostic {
  const parts = context.checker
    .getTypeArguments(type)
    .map((part) => hintOfType(part, context, place, context.checker.typeToString(part)));
  return collectionOf(kind, parts, context.shapes, place, text);
}

/** The type nodes of keys and values in `Map<K, V>` and `Set<K>`, where hints keep their names. */
export function collectionNodes(
  node: ts.TypeNode,
  checker: ts.TypeChecker,
): { readonly kind: 'map' | 'set'; readonly parts: readonly ts.TypeNode[] } | undefined {
  if (!ts.isTypeReferenceNode(node) || !node.typeArguments) return undefined;
  if (!/^(Readonly)?(Map|Set)$/.test(node.typeName.getText())) return undefined;
  const kind = collectionKind(checker.getTypeFromTypeNode(node));
  return kind && { kind, parts: node.typeArguments };
}

/** @param parts the types of keys and, for a map, of values */
export function collectionOf(
  kind: 'map' | 'set',
  parts: readonly (HintType | Diagnostic)[],
  shapes: Shapes,
  place: Place,
  text: string,
): HintType | Diagnostic {
  const [key, value = only('bool')] = parts;
  if (!key || !isHint(key)) return key ?? codes.unsupportedType(place, { type: text });
  if (!isHint(value)) return value;
  if (key.type === undefined || key.undefined || key.null)
    return codes.absentKeys(place, { type: text });
  if (value.type === undefined) return codes.emptyType(place, { type: text });
  const values = { ...value, type: value.type };
  if (storageOf(values) === 'tagged') return codes.absentElements(place, { type: text });
  return only(shapes.collectionOf(kind, tableMembers({ ...key, type: key.type }, values), text));
}

/** The members of `Table`. */
function tableMembers(key: BoundaryType, value: BoundaryType): RecordMember[] {
  const member = (name: string, type: IrType): RecordMember => ({
    name,
    type,
    undefined: false,
    null: false,
  });
  return [
    member('keys', listOf(key)),
    member('values', listOf(value)),
    member('hashes', 'list.i32'),
    member('links', 'list.i32'),
    member('buckets', 'list.i32'),
    member('ids', 'list.f64'),
    member('nextId', 'f64'),
    member('size', 'f64'),
    member('gaps', 'f64'),
  ];
}
