/** Which variant of a union an object literal makes. */
import type { ObjectLiteralExpression } from '../../ts-morph.ts';
import { placeOf } from '../../1-read/places.ts';
import { codes } from '../../diagnostics/codes.ts';
import { literalsOf } from '../../1-read/discriminants.ts';
import type { Discriminant, RecordType } from '../../ir/types.ts';
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
  const { variants, sourceName, discriminant } = reading.records.get(type);
  if (!variants) return type;
  const told = discriminant && toldVariant(l, node, variants, discriminant);
  if (told !== undefined) return told;
  const fitting = assignable(l, node, variants);
  const [only, second] = fitting;
  if (only !== undefined && second === undefined) return only;
  return l.refuse(codes.unclearVariant(placeOf(node), { type: sourceName }));
}

/** The variant that has the literal's discriminant; undefined where it may be that of several. */
function toldVariant(
  l: Lowering,
  node: ObjectLiteralExpression,
  variants: readonly string[],
  { member, literals }: Discriminant,
): RecordType | undefined {
  const checker = l.module.reading.program.getTypeChecker();
  const type = l.module.reading.instantiate(checker.getTypeAtLocation(node.compilerNode));
  const property = type.getProperty(member);
  const values = property && literalsOf(checker.getTypeOfSymbol(property));
  const fitting = variants.filter(
    (_, index) => values?.every((value) => literals[index]?.includes(value)) === true,
  );
  return fitting.length === 1 ? `rec.${fitting[0] ?? ''}` : undefined;
}

/** The variants whose types a literal can be assigned to. */
function assignable(
  l: Lowering,
  node: ObjectLiteralExpression,
  variants: readonly string[],
): RecordType[] {
  const { program, records } = l.module.reading;
  const checker = program.getTypeChecker();
  const literal = l.module.reading.instantiate(checker.getTypeAtLocation(node.compilerNode));
  const names = checker.getPropertiesOfType(literal).map(({ name }) => name);
  return variants
    .map((name): RecordType => `rec.${name}`)
    .filter((variant) =>
      // An object of more properties than a type has can be assigned to it too, but isn't one natively.
      records
        .typesOf(variant)
        .some(
          (type) =>
            checker.isTypeAssignableTo(literal, type) &&
            names.every((name) => type.getProperty(name) !== undefined),
        ),
    );
}
