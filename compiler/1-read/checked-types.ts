/** Types as TypeScript's checker knows them, to machine types. */
import { ts } from '../ts-morph.ts';
import { codes } from '../diagnostics/codes.ts';
import type { Diagnostic, Place } from '../diagnostics/types.ts';
import { isView, viewClass, viewKind, type ViewKind } from '../ir/types.ts';
import { collectionKind, collectionType } from './collections.ts';
import { absent, isHint, only, unionOf } from './hint-types.ts';
import { functionSignature, functionType } from './function-types.ts';
import { hintOfMarker } from './hint-markers.ts';
import { isOfPackage } from './hints.ts';
import { withTypes, type TypeContext } from './shapes.ts';
import { instantiate, noTypeArguments } from './type-arguments.ts';
import { listType, objectType, tupleType } from './structures.ts';
import type { HintType } from './model.ts';

const viewKinds = new Map(
  Object.entries(viewClass).map(([kind, name]) => [name, kind as ViewKind]),
);

/**
 * @param place where a refusal points
 * @param text how it calls the type
 * @returns a refusal with a rewrite for what native code can't hold
 */
export const hintOfType = (
  type: ts.Type,
  context: TypeContext,
  place: Place,
  text: string,
): HintType | Diagnostic =>
  context.shapes.inside(
    () =>
      hintOfInstance(
        instantiate(type, context.types, context.checker),
        withTypes(context, noTypeArguments),
        place,
        text,
      ),
    () => codes.typeOfItself(place, { type: text }),
  );

/** Of a type that has no type parameters. */
function hintOfInstance(
  type: ts.Type,
  context: TypeContext,
  place: Place,
  text: string,
): HintType | Diagnostic {
  const { flags } = type;
  const hint = hintOfMarker(type);
  if (hint) return only(hint);
  if (isHandle(type)) return only('u64');
  if (flags & ts.TypeFlags.NumberLike) return only('f64');
  if (flags & ts.TypeFlags.BooleanLike) return only('bool');
  if (flags & ts.TypeFlags.StringLike) return only('str');
  if (flags & ts.TypeFlags.Void) return only(undefined);
  if (flags & ts.TypeFlags.Undefined) return absent('undefined');
  if (flags & ts.TypeFlags.Null) return absent('null');
  if (type.isUnion()) return hintOfUnion(type, context, place, text);
  const kind = viewKindOf(type, context);
  if (kind !== undefined) return only(`view.${kind}`);
  const { checker } = context;
  const collection = collectionKind(type);
  if (collection) return collectionType(type as ts.TypeReference, collection, context, place, text);
  if (checker.isTupleType(type)) return tupleType(type as ts.TypeReference, context, place, text);
  if (checker.isArrayType(type)) return listType(type as ts.TypeReference, context, place, text);
  const symbol = type.getSymbol();
  const isOwn = !symbol?.declarations?.some((one) => isFromLibrary(one, context));
  if (symbol && symbol.flags & ts.SymbolFlags.Class && isOwn) {
    const record = context.classes.read(type, place, text);
    if (typeof record !== 'string') return record;
    return only(context.classes.get(record)?.error ? 'error' : record);
  }
  const implemented = context.classes.implementing(type, text);
  if (implemented) return typeof implemented === 'string' ? only(implemented) : implemented;
  const signature = functionSignature(type, checker);
  if (signature) return functionType(signature, context, place, text);
  return isPlainObject(type, context)
    ? objectType(type, context, place, text)
    : refuse(type, context, place, text);
}

function hintOfUnion(
  union: ts.UnionType,
  context: TypeContext,
  place: Place,
  text: string,
): HintType | Diagnostic {
  const hints: HintType[] = [];
  for (const member of union.types) {
    const hint = hintOfType(member, context, place, text);
    if (!isHint(hint)) return hint;
    hints.push(hint);
  }
  return unionOf(hints, context, text, () => union) ?? refuseUnion(hints, place, text);
}

/** Whether `undefined` is a value of a type. */
export const includesUndefined = (type: ts.Type): boolean =>
  (type.isUnion() ? type.types : [type]).some(({ flags }) => flags & ts.TypeFlags.Undefined);

/** A union of several machine types. @param text how the message calls it */
export function refuseUnion(hints: readonly HintType[], place: Place, text: string): Diagnostic {
  const type = hints.find((hint) => hint.type !== undefined)?.type ?? 'f64';
  const example = isView(type) ? viewClass[viewKind(type)] : type;
  return codes.mixedUnion(place, { type: text, example });
}

/** The kind of typed array that a type is an instance of; a class that a user gave such a name is none. */
function viewKindOf(type: ts.Type, context: TypeContext): ViewKind | undefined {
  const symbol = type.getSymbol();
  const kind = symbol && viewKinds.get(symbol.name);
  return symbol?.declarations?.some((one) => isFromLibrary(one, context)) ? kind : undefined;
}

/** TypeScript's own libraries and @types/node are declaration files; sources may only add members. */
function isFromLibrary(declaration: ts.Declaration, { hints }: TypeContext): boolean {
  const file = declaration.getSourceFile();
  return file.isDeclarationFile && hints?.isHintsFile(file) !== true && !isOut(declaration);
}

/** Whether a declaration is that of `Out` of the tsnative package. */
const isOut = (declaration: ts.Declaration): boolean =>
  ts.isInterfaceDeclaration(declaration) &&
  declaration.name.text === 'Out' &&
  isOfPackage(declaration);

/** Whether a type is a `Handle` of the tsnative package, which is a bigint with a property that no value has. */
const isHandle = (type: ts.Type): boolean =>
  type.isIntersection() &&
  type.types.some(({ flags }) => flags & ts.TypeFlags.BigInt) &&
  type
    .getProperties()
    .some(
      ({ escapedName, declarations = [] }) =>
        String(escapedName).startsWith('__@handle@') && declarations.some(isOfPackage),
    );

/** Whether a type's values are objects with nothing but properties, of no class. */
function isPlainObject(type: ts.Type, context: TypeContext): boolean {
  const { checker } = context;
  if (type.isIntersection()) {
    // One of a primitive type, such as `number & { unit: 'm' }`, is no object.
    if (!type.types.every((part) => isPlainObject(part, context))) return false;
  } else if (!(type.flags & ts.TypeFlags.Object)) return false;
  const symbol = type.getSymbol();
  if (symbol && symbol.flags & (ts.SymbolFlags.Class | ts.SymbolFlags.Enum)) return false;
  // What `Pick` and the like make is declared by a library, but its properties aren't.
  const isMapped = ((type as ts.ObjectType).objectFlags & ts.ObjectFlags.Mapped) !== 0;
  if (!isMapped && symbol?.declarations?.some((one) => isFromLibrary(one, context))) return false;
  return (
    checker.getSignaturesOfType(type, ts.SignatureKind.Call).length === 0 &&
    checker.getSignaturesOfType(type, ts.SignatureKind.Construct).length === 0 &&
    checker.getIndexInfosOfType(type).length === 0
  );
}

function refuse(type: ts.Type, context: TypeContext, place: Place, text: string): Diagnostic {
  const { checker } = context;
  const named = { type: text };
  const { flags } = type;
  if (flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) {
    return codes.anyType(place, named);
  }
  if (flags & ts.TypeFlags.BigIntLike) return codes.plainBigint(place, named);
  if (flags & ts.TypeFlags.Never) return codes.emptyType(place, named);
  const element = checker.getIndexTypeOfType(type, ts.IndexKind.Number);
  const hasLength = type.getProperty('length') !== undefined;
  if (element && hasLength && flags & ts.TypeFlags.Object) {
    return codes.arrayType(place, { ...named, rewrite: arrayRewrite([element], context, place) });
  }
  const dictionary = element ?? checker.getIndexTypeOfType(type, ts.IndexKind.String);
  if (dictionary && flags & ts.TypeFlags.Object) {
    const key = checker.getIndexTypeOfType(type, ts.IndexKind.String) ? 'string' : 'number';
    const rewrite = `Map<${key}, ${checker.typeToString(dictionary)}>`;
    return codes.dictionaryType(place, { ...named, rewrite });
  }
  const name = type.getSymbol()?.name ?? '';
  if (/^Weak(Map|Set|Ref)$/.test(name)) return codes.collectionType(place, named);
  if (/^(Shared)?ArrayBuffer$/.test(name)) return codes.bufferType(place, named);
  if (checker.getSignaturesOfType(type, ts.SignatureKind.Call).length > 0 || name === 'Function') {
    return codes.functionType(place, named);
  }
  return flags & (ts.TypeFlags.Object | ts.TypeFlags.NonPrimitive)
    ? codes.objectType(place, named)
    : codes.unsupportedType(place, named);
}

/** The typed array to take instead of a plain array or tuple. */
export function arrayRewrite(
  elements: readonly ts.Type[],
  context: TypeContext,
  place: Place,
): string {
  const hints = elements.map((element) => hintOfType(element, context, place, ''));
  const isAll = (wanted: HintType['type']): boolean =>
    hints.length > 0 && hints.every((hint) => isHint(hint) && hint.type === wanted);
  if (isAll('bool')) return 'Uint8Array';
  if (elements.every((element) => element.flags & ts.TypeFlags.BigIntLike)) return 'BigInt64Array';
  return isAll('f64')
    ? 'Float64Array'
    : 'One typed array for each field, for example Float64Array.';
}
