/** What tells the variants of a union apart in JavaScript's objects. */
import { isScalar, type IrType, type RecordMember } from './types.ts';
import { recordOf, type Records } from './records.ts';

type Literals = NonNullable<RecordMember['literals']>;

export interface Discriminant {
  readonly member: string;
  /** The values that the member has, by the variant's index. */
  readonly literals: readonly Literals[];
}

/** A member that all variants of a union have, with other literals in each; undefined where there is none. */
export function discriminantOf(module: Records, union: IrType): Discriminant | undefined {
  const variants = (recordOf(module, union).variants ?? []).map((name) =>
    recordOf(module, `rec.${name}`),
  );
  for (const { name } of variants[0]?.members ?? []) {
    const literals = variants.flatMap(({ kind, members }) => {
      const member = members.find((candidate) => candidate.name === name);
      const isTelling =
        kind === 'object' &&
        member !== undefined &&
        !member.optional &&
        (member.type === 'str' || isScalar(member.type));
      return isTelling && member.literals ? [member.literals] : [];
    });
    const all = literals.flat();
    if (literals.length === variants.length && new Set(all).size === all.length)
      return { member: name, literals };
  }
  return undefined;
}
