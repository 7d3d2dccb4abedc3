/** Types as TypeScript's checker knows them, to machine types. */
import { ts } from '../ts-morph.ts';
import { codes } from '../diagnostics/codes.ts';
import type { Diagnostic, Place } from '../diagnostics/types.ts';
import { isView, viewClass, viewKind, type ViewKind } from '../ir/types.ts';
import { absent, isHint, only, unionOf } from './hint-types.ts';
import type { HintType } from './model.ts';

const viewKinds = new Map(
  Object.entries(viewClass).map(([kind, name]) => [name, kind as ViewKind]),
);

/**
 * @param place where a refusal points
 * @param text how it calls the type
 * @returns a refusal with a rewrite for what native code can't hold
 */
export function hintOfType(
  type: ts.Type,
  checker: ts.TypeChecker,
  place: Place,
  text: string,
): HintType | Diagnostic {
  const { flags } = type;
  if (flags & ts.TypeFlags.EnumLike) return refuseEnum(type, place, text);
  if (flags & ts.TypeFlags.NumberLike) return only('f64');
  if (flags & ts.TypeFlags.BooleanLike) return only('bool');
  if (flags & ts.TypeFlags.Void) return only(undefined);
  if (flags & ts.TypeFlags.Undefined) return absent('undefined');
  if (flags & ts.TypeFlags.Null) return absent('null');
  if (type.isUnion()) return hintOfUnion(type, checker, place, text);
  const kind = viewKindOf(type);
  return kind === undefined ? refuse(type, checker, place, text) : only(`view.${kind}`);
}

function hintOfUnion(
  union: ts.UnionType,
  checker: ts.TypeChecker,
  place: Place,
  text: string,
): HintType | Diagnostic {
  const hints: HintType[] = [];
  for (const member of union.types) {
    const hint = hintOfType(member, checker, place, text);
    if (!isHint(hint)) return hint;
    hints.push(hint);
  }
  return unionOf(hints) ?? refuseUnion(hints, place, text);
}

/** A union of several machine types. @param text how the message calls it */
export function refuseUnion(hints: readonly HintType[], place: Place, text: string): Diagnostic {
  const type = hints.find((hint) => hint.type !== undefined)?.type ?? 'f64';
  const example = isView(type) ? viewClass[viewKind(type)] : type;
  return codes.mixedUnion(place, { type: text, example });
}

function refuseEnum(type: ts.Type, place: Place, text: string): Diagnostic {
  const declarations = type.getSymbol()?.declarations ?? [];
  const members = declarations.find(ts.isEnumMember)?.parent;
  const declaration = declarations.find(ts.isEnumDeclaration) ?? members;
  const rewrite = declaration ? `number, with ${constantsOf(declaration)}` : 'number';
  return codes.enumType(place, { type: text, rewrite });
}

/** Constants that stand for the members of an enum. */
export function constantsOf(declaration: ts.EnumDeclaration): string {
  let next = 0;
  const constants = declaration.members.map(({ name, initializer }) => {
    const value = initializer?.getText() ?? String(next);
    next = Number(value) + 1;
    return `${name.getText()} = ${value}`;
  });
  return `const ${constants.join(', ')};`;
}

/** The kind of typed array that a type is an instance of; a class that a user gave such a name is none. */
function viewKindOf(type: ts.Type): ViewKind | undefined {
  const symbol = type.getSymbol();
  const kind = symbol && viewKinds.get(symbol.name);
  return symbol?.declarations?.some(isFromLibrary) ? kind : undefined;
}

/** TypeScript's own libraries and @types/node are declaration files; sources may only add members. */
function isFromLibrary(declaration: ts.Declaration): boolean {
  return declaration.getSourceFile().isDeclarationFile;
}

function refuse(type: ts.Type, checker: ts.TypeChecker, place: Place, text: string): Diagnostic {
  const named = { type: text };
  const { flags } = type;
  if (flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) {
    return codes.anyType(place, named);
  }
  if (flags & ts.TypeFlags.StringLike) return codes.stringType(place, named);
  if (flags & ts.TypeFlags.BigIntLike) return codes.plainBigint(place, named);
  if (flags & ts.TypeFlags.Never) return codes.emptyType(place, named);
  if (checker.isArrayType(type) || checker.isTupleType(type)) {
    const elements = checker.getTypeArguments(type as ts.TypeReference);
    return codes.arrayType(place, { ...named, rewrite: arrayRewrite(elements, checker, place) });
  }
  const element = checker.getIndexTypeOfType(type, ts.IndexKind.Number);
  if (element && flags & ts.TypeFlags.Object) {
    return codes.arrayType(place, { ...named, rewrite: arrayRewrite([element], checker, place) });
  }
  const name = type.getSymbol()?.name ?? '';
  if (/^(Readonly|Weak)?(Map|Set)$/.test(name)) return codes.collectionType(place, named);
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
  checker: ts.TypeChecker,
  place: Place,
): string {
  const hints = elements.map((element) => hintOfType(element, checker, place, ''));
  const isAll = (wanted: HintType['type']): boolean =>
    hints.length > 0 && hints.every((hint) => isHint(hint) && hint.type === wanted);
  if (isAll('bool')) return 'Uint8Array';
  if (elements.every((element) => element.flags & ts.TypeFlags.BigIntLike)) return 'BigInt64Array';
  return isAll('f64')
    ? 'Float64Array'
    : 'One typed array for each field, for example Float64Array.';
}
