/** Arrays, tuples and objects as machine types. */
import { isStruct } from './structs.ts';
import { ts } from '../ts-morph.ts';
import { codes } from '../diagnostics/codes.ts';
import type { Diagnostic, Place } from '../diagnostics/types.ts';
import { listOf, storageOf } from '../ir/records.ts';
import type { RecordMember } from '../ir/types.ts';
import { hintOfType } from './checked-types.ts';
import { literalsOf } from './discriminants.ts';
import { hintText, isHint, only } from './hint-types.ts';
import type { HintType } from './model.ts';
import { placeOfCompilerNode } from './places.ts';
import { propertiesInOrder } from './property-order.ts';
import { withTypes, type TypeContext } from './shapes.ts';
import { instantiate, internals, typeArgumentsIn, type TypeArguments } from './type-arguments.ts';
import { readType } from './types.ts';

/** `T[]`, `readonly T[]`, `Array<T>`. */
export function listType(
  type: ts.TypeReference,
  context: TypeContext,
  place: Place,
  text: string,
): HintType | Diagnostic {
  const [element] = context.checker.getTypeArguments(type);
  if (!element) return codes.unsupportedType(place, { type: text });
  const hint = hintOfType(element, context, place, context.checker.typeToString(element));
  return isHint(hint) ? listOfHint(hint, place, text) : hint;
}

/** The type node of the elements in `T[]`, `readonly T[]` and `Array<T>`, where hints keep their names. */
export function elementNodeOf(node: ts.TypeNode, checker: ts.TypeChecker): ts.TypeNode | undefined {
  if (ts.isArrayTypeNode(node)) return node.elementType;
  if (ts.isTypeOperatorNode(node) && node.operator === ts.SyntaxKind.ReadonlyKeyword)
    return elementNodeOf(node.type, checker);
  if (!ts.isTypeReferenceNode(node)) return undefined;
  const name = node.typeName.getText();
  if (name !== 'Array' && name !== 'ReadonlyArray') return undefined;
  return checker.isArrayType(checker.getTypeFromTypeNode(node))
    ? node.typeArguments?.[0]
    : undefined;
}

/** A list of elements whose type a type node says. */
export const listOfElements = (element: HintType, node: ts.TypeNode): HintType | Diagnostic =>
  listOfHint(element, placeOfCompilerNode(node), node.getText());

function listOfHint(element: HintType, place: Place, text: string): HintType | Diagnostic {
  const { type } = element;
  if (type === undefined) return codes.emptyType(place, { type: text });
  const elements = { ...element, type };
  return storageOf(elements) === 'tagged'
    ? codes.absentElements(place, { type: text })
    : only(listOf(elements));
}

/** `[A, B]`: a record whose members are called `0`, `1`, …. */
export function tupleType(
  type: ts.TypeReference,
  context: TypeContext,
  place: Place,
  text: string,
): HintType | Diagnostic {
  const { checker, shapes } = context;
  const { elementFlags } = type.target as ts.TupleType;
  if (elementFlags.some((flags) => !(flags & ts.ElementFlags.Required)))
    return codes.openTuple(place, { type: text });
  const shape = { type, kind: 'tuple', name: 'Tuple', sourceName: text } as const;
  const read = (): readonly RecordMember[] | Diagnostic =>
    members(
      checker
        .getTypeArguments(type)
        .map((element, index) => [
          String(index),
          hintOfType(element, context, place, checker.typeToString(element)),
        ]),
      place,
      text,
    );
  const record = shapes.recordOf(shape, read, () => codes.endlessType(place, { type: text }));
  return typeof record === 'string' ? only(record) : record;
}

/** An interface, a type literal, or what TypeScript infers for an object literal. */
export function objectType(
  type: ts.Type,
  context: TypeContext,
  place: Place,
  text: string,
): HintType | Diagnostic {
  const { checker, shapes } = context;
  const { name, sourceName, identity } = nameOf(type, context, place, text);
  const read = (): readonly RecordMember[] | Diagnostic =>
    members(
      propertiesInOrder(type, checker).map((property) => [
        property.name,
        propertyHint(property, type, context, place),
      ]),
      place,
      text,
      (member) => modifiersOf(type.getProperty(member), checker),
    );
  const struct = isStruct(type);
  const shape = { type, kind: 'object', name, sourceName, identity, struct } as const;
  const record = shapes.recordOf(shape, read, () => codes.endlessType(place, { type: text }));
  return typeof record === 'string' ? only(record) : record;
}

/** What to call a type of objects, and what is the same for all that an interface makes of the same arguments. */
function nameOf(
  type: ts.Type,
  context: TypeContext,
  place: Place,
  text: string,
): { readonly name: string; readonly sourceName: string; readonly identity?: string } {
  const { checker, shapes } = context;
  const { aliasSymbol, aliasTypeArguments = [] } = type;
  const symbol = aliasSymbol ?? type.getSymbol();
  if (symbol === undefined || symbol.name.startsWith('__'))
    return { name: 'Object', sourceName: text };
  const isInterface = (symbol.flags & ts.SymbolFlags.Interface) !== 0;
  const args = aliasSymbol
    ? aliasTypeArguments
    : isInterface
      ? typeArgumentsIn(type, checker).types.filter((one) => one !== type)
      : [];
  if (args.length === 0) return { name: symbol.name, sourceName: symbol.name };
  const hints = args.map((one) => hintOfType(one, context, place, text));
  if (!hints.every(isHint)) return { name: symbol.name, sourceName: text };
  const sourceName = `${symbol.name}<${hints.map((hint) => hintText(hint, shapes)).join(', ')}>`;
  if (!isInterface) return { name: sourceName, sourceName };
  const declaration = symbol.declarations?.[0];
  const where = declaration && placeOfCompilerNode(declaration);
  const identity = JSON.stringify([symbol.name, where, hints]);
  return { name: sourceName, sourceName, identity };
}

function members(
  read: readonly (readonly [string, HintType | Diagnostic])[],
  place: Place,
  text: string,
  modifiers: (name: string) => Partial<RecordMember> = () => ({}),
): readonly RecordMember[] | Diagnostic {
  const made: RecordMember[] = [];
  for (const [name, hint] of read) {
    if (!isHint(hint)) return hint;
    const { type } = hint;
    if (type === undefined) return codes.emptyType(place, { type: `${text}.${name}` });
    made.push({ name, ...hint, type, ...modifiers(name) });
  }
  return made;
}

/** The type of a property, by its annotation where hints may be in it. */
function propertyHint(
  property: ts.Symbol,
  owner: ts.Type,
  context: TypeContext,
  place: Place,
): HintType | Diagnostic {
  const { checker } = context;
  const declaration = property.valueDeclaration ?? property.declarations?.[0];
  const optional = (property.flags & ts.SymbolFlags.Optional) !== 0;
  const annotation =
    declaration && ts.isPropertySignature(declaration) ? declaration.type : undefined;
  const type = checker.getTypeOfSymbol(property);
  const types = typeArgumentsIn(owner, checker);
  const hint =
    annotation && (!isGeneric(owner) || saysAll(annotation, type, types, checker))
      ? readType(annotation, withTypes(context, types))
      : hintOfType(type, context, place, checker.typeToString(type));
  return isHint(hint) && optional ? { ...hint, undefined: true } : hint;
}

/** Whether an annotation tells a property's type: what a mapped type makes of one is known to the checker alone. */
function saysAll(
  annotation: ts.TypeNode,
  type: ts.Type,
  types: TypeArguments,
  checker: ts.TypeChecker,
): boolean {
  const declared = instantiate(checker.getTypeFromTypeNode(annotation), types, checker);
  // An optional property may be undefined besides, also where a mapped type has made it optional.
  const optional = internals(checker).getUnionType([declared, checker.getUndefinedType()]);
  return type === declared || type === optional;
}

/** Whether a type comes of type arguments. */
const isGeneric = (type: ts.Type): boolean =>
  (type.aliasTypeArguments?.length ?? 0) > 0 ||
  ((type as ts.ObjectType).objectFlags & (ts.ObjectFlags.Mapped | ts.ObjectFlags.Instantiated)) !==
    0 ||
  ((type as Partial<ts.TypeReference>).target ?? type) !== type;

/** What a record tells of a property besides its type. */
function modifiersOf(
  property: ts.Symbol | undefined,
  checker: ts.TypeChecker,
): Partial<RecordMember> {
  const declaration = property?.valueDeclaration;
  const isReadonly =
    declaration !== undefined &&
    (ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Readonly) !== 0;
  const optional = property !== undefined && (property.flags & ts.SymbolFlags.Optional) !== 0;
  const literals = property && literalsOf(checker.getTypeOfSymbol(property));
  return {
    ...(isReadonly && { readonly: true }),
    ...(optional && { optional }),
    ...(literals && { literals }),
  };
}
