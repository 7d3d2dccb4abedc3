/** Type arguments by the native types of what is passed, where those say more than TypeScript's. */
import { ts } from '../ts-morph.ts';
import { elementOf } from '../ir/records.ts';
import { isList, isRecord, isScalar, type IrType } from '../ir/types.ts';
import { hintOfType } from './checked-types.ts';
import type { Generic } from './generic-calls.ts';
import { markerOf } from './hint-markers.ts';
import { isHint } from './hint-types.ts';
import type { HintType } from './model.ts';
import { placeOfCompilerNode } from './places.ts';
import type { TypeContext } from './shapes.ts';
import { internals, typeParametersOf } from './type-arguments.ts';

interface Call {
  readonly generic: Generic;
  /** What TypeScript infers. */
  readonly inferred: readonly ts.Type[];
  /** The native types of the arguments, where they are known. */
  readonly given: readonly (HintType | undefined)[];
  readonly expected: HintType | undefined;
}

/** How deep to look for a type parameter inside the parameters' types. */
const deepest = 4;

/**
 * The types that TypeScript infers, but for those whose native form is fixed by an array or an object that
 * is passed, or by one that the result is stored to: a `T[]` for which there is an `i32[]` makes `T` an `i32`.
 */
export function nativeTypes(
  { generic, inferred, given, expected }: Call,
  context: TypeContext,
): readonly ts.Type[] {
  const { checker } = context;
  const parameters = typeParametersOf(generic.declaration).map((one) =>
    checker.getTypeAtLocation(one),
  );
  const place = placeOfCompilerNode(generic.declaration);
  const found = new Map<ts.Type, ts.Type>();
  const add = (parameter: ts.Type, native: HintType): void => {
    if (found.has(parameter)) return;
    const type = typeOf(native, context);
    if (type) found.set(parameter, type);
  };
  given.forEach((native, index) => {
    const node = generic.parameters[index];
    if (native && node)
      match(checker.getTypeAtLocation(node), native, { parameters, add, context, depth: 0 });
  });
  if (expected && generic.result)
    match(generic.result, expected, { parameters, add, context, depth: 0 });
  return parameters.flatMap((parameter, index) => {
    const type = found.get(parameter);
    const plain = inferred[index];
    if (!type || !plain) return type ?? plain ?? [];
    // Hints alone are lost on TypeScript's way; what else there is it knows better.
    const isKnown = isHint(hintOfType(plain, context, place, ''));
    const wide = checker.getBaseTypeOfLiteralType(plain);
    const isSame = checker.isTypeAssignableTo(wide, type) && checker.isTypeAssignableTo(type, wide);
    return isKnown && !isSame ? plain : type;
  });
}

interface Search {
  readonly parameters: readonly ts.Type[];
  readonly add: (parameter: ts.Type, native: HintType) => void;
  readonly context: TypeContext;
  readonly depth: number;
}

/** Finds type parameters in a type that something of a native type is passed for. */
function match(type: ts.Type, native: HintType, search: Search): void {
  const { parameters, context, depth } = search;
  const { checker } = context;
  if (depth > deepest || native.type === undefined) return;
  if (parameters.includes(type)) {
    // A number by itself is converted where it is passed.
    if (depth > 0 || !isScalar(native.type)) search.add(type, native);
    return;
  }
  if (type.isUnion()) {
    const there = checker.getNonNullableType(type);
    if (!there.isUnion()) match(there, { ...native, undefined: false, null: false }, search);
    return;
  }
  const inner = { ...search, depth: depth + 1 };
  if (isList(native.type)) {
    const element = checker.isArrayType(type)
      ? checker.getTypeArguments(type as ts.TypeReference)[0]
      : undefined;
    if (element) match(element, elementOf(native.type), inner);
  } else if (isRecord(native.type)) matchRecord(type, native.type, inner);
}

function matchRecord(type: ts.Type, record: IrType & `rec.${string}`, search: Search): void {
  const { checker, shapes } = search.context;
  const { kind, members } = shapes.get(record);
  if (kind === 'map' || kind === 'set') {
    const names = ['keys', 'values'];
    checker.getTypeArguments(type as ts.TypeReference).forEach((part, index) => {
      const list = members.find(({ name }) => name === names[index])?.type;
      if (list !== undefined && isList(list)) match(part, elementOf(list), search);
    });
    return;
  }
  for (const property of checker.getPropertiesOfType(type)) {
    const member = members.find(({ name }) => name === property.name);
    if (member) match(checker.getTypeOfSymbol(property), member, search);
  }
}

/** The type for a native type; undefined for what only the checker has one for. */
function typeOf(native: HintType, context: TypeContext): ts.Type | undefined {
  const { checker, shapes } = context;
  const { type } = native;
  if (type === undefined) return undefined;
  const there = ((): ts.Type | undefined => {
    if (isScalar(type)) return markerOf(type, checker);
    if (type === 'str') return checker.getStringType();
    if (isRecord(type)) return shapes.typesOf(type)[0];
    if (!isList(type)) return undefined;
    const element = typeOf(elementOf(type), context);
    return element && internals(checker).createArrayType(element);
  })();
  if (!there) return undefined;
  return internals(checker).getUnionType([
    there,
    ...(native.undefined ? [checker.getUndefinedType()] : []),
    ...(native.null ? [checker.getNullType()] : []),
  ]);
}
