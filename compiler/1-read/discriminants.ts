/**
 * What tells the variants of a union of objects apart. Types of one shape share a record, whatever their literals,
 * so a union has the literals of its own types.
 */
import { ts } from '../ts-morph.ts';
import type { Discriminant, Literals } from '../ir/types.ts';

/** A type of a union, and the record that it has. */
export interface Leaf {
  readonly type: ts.Type;
  readonly record: string;
}

/** The types that a union is of, without `undefined` and `null`. */
export const leavesOf = (type: ts.Type): ts.Type[] =>
  type.isUnion()
    ? type.types.flatMap(leavesOf)
    : type.flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Null | ts.TypeFlags.Void)
      ? []
      : [type];

/**
 * The member that has other literals in each variant, by its name the first one; undefined where there is none.
 * @param variants the records' names, of which some may not have been read yet
 */
export function discriminantOf(
  variants: readonly string[],
  leaves: readonly Leaf[],
  checker: ts.TypeChecker,
): Discriminant | undefined {
  const names = leaves[0]
    ? checker.getPropertiesOfType(leaves[0].type).map(({ name }) => name)
    : [];
  for (const member of names.sort()) {
    const literals = variants.flatMap((variant) => {
      const types = leaves.filter(({ record }) => record === variant).map(({ type }) => type);
      const found = literalsIn(types, member, checker);
      return found ? [found] : [];
    });
    const all = literals.flat();
    if (literals.length === variants.length && new Set(all).size === all.length)
      return { member, literals };
  }
  return undefined;
}

/** The values that a property has in all types of a variant; undefined where it may have others, or be missing. */
function literalsIn(
  types: readonly ts.Type[],
  name: string,
  checker: ts.TypeChecker,
): Literals | undefined {
  const found = types.map((type) => {
    const property = checker.isTupleType(type) ? undefined : type.getProperty(name);
    const isThere = property && !(property.flags & ts.SymbolFlags.Optional);
    return isThere ? literalsOf(checker.getTypeOfSymbol(property)) : undefined;
  });
  const values = found.filter((one) => one !== undefined);
  if (values.length === 0 || values.length < found.length) return undefined;
  return [...new Set(values.flat())].sort((a, b) => (String(a) < String(b) ? -1 : 1));
}

/** The values of a type of string, number and boolean literals; undefined for one that has others. */
export function literalsOf(type: ts.Type): Literals | undefined {
  const values: (string | number | boolean)[] = [];
  for (const member of type.isUnion() ? type.types : [type]) {
    if (member.isStringLiteral() || member.isNumberLiteral()) values.push(member.value);
    else if (member.flags & ts.TypeFlags.BooleanLiteral)
      values.push((member as ts.Type & { intrinsicName: string }).intrinsicName === 'true');
    else return undefined;
  }
  return values;
}
