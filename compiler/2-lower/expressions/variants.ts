/** Which variant of a union an object literal makes. */
import { ts, type ObjectLiteralExpression } from '../../ts-morph.ts';
import { placeOf } from '../../1-read/places.ts';
import { codes } from '../../diagnostics/codes.ts';
import { recordName } from '../../ir/records.ts';
import { isRecord, type RecordType } from '../../ir/types.ts';
import type { Lowering } from '../lowering.ts';

/**
 * The record that a literal makes where `type` is expected: that, or of a union the variant that TypeScript
 * takes the literal for, by its discriminant or its other properties.
 */
export function variantOf(
  l: Lowering,
  type: RecordType,
  node: ObjectLiteralExpression,
): RecordType {
  const { reading } = l.module;
  const { variants, sourceName } = reading.records.get(type);
  if (!variants) return type;
  const fitting = assignable(l, node).filter((record) => variants.includes(recordName(record)));
  const [only, second] = [...new Set(fitting)];
  if (only !== undefined && second === undefined) return only;
  return l.refuse(codes.unclearVariant(placeOf(node), { type: sourceName }));
}

/** The records of those types in a literal's context that it can be assigned to. */
function assignable(l: Lowering, node: ObjectLiteralExpression): RecordType[] {
  const { reading } = l.module;
  const checker = reading.program.getTypeChecker();
  const literal = checker.getTypeAtLocation(node.compilerNode);
  const context = checker.getContextualType(node.compilerNode);
  const candidates = context?.isUnion() ? context.types : context ? [context] : [literal];
  const names = new Set(checker.getPropertiesOfType(literal).map(({ name }) => name));
  const fits = candidates.filter(
    (candidate) =>
      (candidate.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)) !== 0 &&
      checker.isTypeAssignableTo(literal, candidate),
  );
  // An object of more properties than a type has can be assigned to it too, but isn't one natively.
  const exact = fits.filter((candidate) =>
    [...names].every((name) => candidate.getProperty(name) !== undefined),
  );
  return exact.flatMap((candidate) => {
    const hint = reading.hintOfType(candidate, node);
    return !('code' in hint) && hint.type !== undefined && isRecord(hint.type) ? [hint.type] : [];
  });
}
