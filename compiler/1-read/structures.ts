/** Arrays, tuples and objects as machine types. */
import { ts } from '../ts-morph.ts';
import { codes } from '../diagnostics/codes.ts';
import type { Diagnostic, Place } from '../diagnostics/types.ts';
import { listOf, storageOf } from '../ir/records.ts';
import type { RecordMember } from '../ir/types.ts';
import { hintOfType } from './checked-types.ts';
import { isHint, only } from './hint-types.ts';
import type { HintType } from './model.ts';
import { placeOfCompilerNode } from './places.ts';
import type { TypeContext } from './shapes.ts';
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
  const record = shapes.recordOf(shape, () =>
    members(
      checker
        .getTypeArguments(type)
        .map((element, index) => [
          String(index),
          hintOfType(element, context, place, checker.typeToString(element)),
        ]),
      place,
      text,
    ),
  );
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
  const symbol = type.aliasSymbol ?? type.getSymbol();
  const isNamed = symbol !== undefined && !symbol.name.startsWith('__');
  const name = isNamed ? symbol.name : 'Object';
  const shape = { type, kind: 'object', name, sourceName: isNamed ? name : text } as const;
  const record = shapes.recordOf(shape, () =>
    members(
      inheritedFirst(type, checker).map((property) => [
        property.name,
        propertyHint(property, type, context, place),
      ]),
      place,
      text,
      (name) => type.getProperty(name),
    ),
  );
  return typeof record === 'string' ? only(record) : record;
}

function members(
  read: readonly (readonly [string, HintType | Diagnostic])[],
  place: Place,
  text: string,
  propertyOf: (name: string) => ts.Symbol | undefined = () => undefined,
): readonly RecordMember[] | Diagnostic {
  const made: RecordMember[] = [];
  for (const [name, hint] of read) {
    if (!isHint(hint)) return hint;
    const { type } = hint;
    if (type === undefined) return codes.emptyType(place, { type: `${text}.${name}` });
    const property = propertyOf(name);
    const isOptional = ((property?.flags ?? 0) & ts.SymbolFlags.Optional) !== 0;
    made.push({
      name,
      ...hint,
      type,
      ...(isReadonly(property) && { readonly: true }),
      ...(isOptional && { optional: true }),
    });
  }
  return made;
}

/** The properties in the order in which an object literal would have them: those that an interface extends come first. */
function inheritedFirst(type: ts.Type, checker: ts.TypeChecker): ts.Symbol[] {
  const properties = checker.getPropertiesOfType(type);
  const declarations: readonly ts.Node[] = type.getSymbol()?.declarations ?? [];
  const isOwn = (property: ts.Symbol): boolean =>
    property.declarations?.some((one) => declarations.includes(one.parent)) ?? true;
  return [
    ...properties.filter((property) => !isOwn(property)),
    ...properties.filter((property) => isOwn(property)),
  ];
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
  // What a type parameter stands for is known to the checker alone.
  const hint =
    annotation && !isGeneric(owner)
      ? readType(annotation, context)
      : hintOfType(
          checker.getTypeOfSymbol(property),
          context,
          place,
          checker.typeToString(checker.getTypeOfSymbol(property)),
        );
  return isHint(hint) && optional ? { ...hint, undefined: true } : hint;
}

/** Whether a type comes of type arguments. */
function isGeneric(type: ts.Type): boolean {
  const reference = type as Partial<ts.TypeReference>;
  return (
    (type.aliasTypeArguments?.length ?? 0) > 0 ||
    ((type as ts.ObjectType).objectFlags &
      (ts.ObjectFlags.Mapped | ts.ObjectFlags.Instantiated)) !==
      0 ||
    (reference.target !== undefined && reference.target !== type)
  );
}

function isReadonly(property: ts.Symbol | undefined): boolean {
  const declaration = property?.valueDeclaration;
  return (
    declaration !== undefined &&
    (ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Readonly) !== 0
  );
}
