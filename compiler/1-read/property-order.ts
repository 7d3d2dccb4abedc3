/** The order in which JavaScript has the properties of objects of a type. */
import { ts } from '../ts-morph.ts';

/** Whether a name is an array index, which comes before others, by its size (ECMA-262 10.1.11.1). */
export const isIndex = (name: string): boolean =>
  /^(0|[1-9]\d{0,9})$/.test(name) && Number(name) < 2 ** 32 - 1;

/** Names in the order that properties have which are made in this one. */
function inPropertyOrder(names: readonly string[]): string[] {
  const indices = names.filter(isIndex).sort((a, b) => Number(a) - Number(b));
  return [...indices, ...names.filter((name) => !isIndex(name))];
}

/**
 * The properties of a type as a literal is expected to have them: those of a type that an interface extends
 * come first; what a spread copies stands where the spread does; those that a mapped type such as `Pick`
 * takes from one type are in the order of that.
 */
export function propertiesInOrder(type: ts.Type, checker: ts.TypeChecker): ts.Symbol[] {
  const properties = checker.getPropertiesOfType(type);
  const names = inPropertyOrder([...new Set(namesInOrder(type, checker, properties))]);
  return names.flatMap((name) => properties.find((property) => property.name === name) ?? []);
}

function namesInOrder(
  type: ts.Type,
  checker: ts.TypeChecker,
  properties: readonly ts.Symbol[],
): string[] {
  const own = properties.map(({ name }) => name);
  const literal = type.getSymbol()?.declarations?.[0];
  if (literal && ts.isObjectLiteralExpression(literal)) {
    const written = literal.properties.flatMap((property) => namesOf(property, checker));
    return [...written, ...own];
  }
  const { objectFlags } = type as ts.ObjectType;
  if (objectFlags & ts.ObjectFlags.Mapped) return mappedNames(properties, checker);
  const target = (type as Partial<ts.TypeReference>).target ?? type;
  if (!target.isClassOrInterface()) return own;
  const inherited = checker
    .getBaseTypes(target)
    .flatMap((base) => namesInOrder(base, checker, checker.getPropertiesOfType(base)));
  return [...inherited, ...own];
}

/** The names that a part of an object literal sets. */
function namesOf(property: ts.ObjectLiteralElementLike, checker: ts.TypeChecker): string[] {
  if (ts.isSpreadAssignment(property)) {
    const spread = checker.getNonNullableType(checker.getTypeAtLocation(property.expression));
    return propertiesInOrder(spread, checker).map(({ name }) => name);
  }
  const name = checker.getSymbolAtLocation(property.name)?.name;
  return name === undefined ? [] : [name];
}

/** TypeScript has them by when it first saw their names; where they are declared tells more. */
function mappedNames(properties: readonly ts.Symbol[], checker: ts.TypeChecker): string[] {
  const placed = properties.map((property) => ({
    name: property.name,
    declaration: property.declarations?.[0],
  }));
  const parents = [...new Set(placed.map(({ declaration }) => declaration?.parent))]
    .map((parent) => ({ parent, depth: parent ? depthOf(parent, checker) : 0 }))
    .sort((a, b) => a.depth - b.depth)
    .map(({ parent }) => parent);
  return parents.flatMap((parent) =>
    placed
      .filter(({ declaration }) => declaration?.parent === parent)
      .sort((a, b) => (a.declaration?.pos ?? 0) - (b.declaration?.pos ?? 0))
      .map(({ name }) => name),
  );
}

/** How many types an interface extends, one above the other. */
function depthOf(node: ts.Node, checker: ts.TypeChecker): number {
  const above = (type: ts.Type): number =>
    type.isClassOrInterface()
      ? Math.max(0, ...checker.getBaseTypes(type).map((base) => 1 + above(base)))
      : 0;
  return ts.isInterfaceDeclaration(node) ? above(checker.getTypeAtLocation(node)) : 0;
}
