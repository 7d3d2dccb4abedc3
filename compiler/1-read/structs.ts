/** Interfaces marked `@struct`, whose objects native memory has as C lays them out. */
import { ts } from '../ts-morph.ts';
import { codes } from '../diagnostics/codes.ts';
import type { Diagnostic, Place } from '../diagnostics/types.ts';
import { storageOf } from '../ir/records.ts';
import { bitWidth, isScalar, type IrRecord, type IrType } from '../ir/types.ts';

/**
 * What keeps a record from being the C structure that a type node names.
 * @param type how the node calls it
 * @param isFunction whether a type is one of functions
 */
export function structProblem(
  record: IrRecord,
  declarations: readonly ts.Declaration[],
  place: Place,
  type: string,
  isFunction: (type: IrType) => boolean,
): Diagnostic | undefined {
  const marked = declarations.map(sizeOfTag).find((size) => size !== undefined);
  if (!marked) return codes.notStruct(place, { type });
  const wrong = record.members.find(
    (member) =>
      storageOf(member) !== 'plain' || !(isScalar(member.type) || isFunction(member.type)),
  );
  if (wrong) return codes.structMember(place, { type, member: wrong.name });
  const size = structSize(record);
  const { size: wanted } = marked;
  if (wanted === undefined || wanted === size) return undefined;
  return codes.structSize(place, { type, size: String(size), wanted: String(wanted) });
}

/** The bytes of a structure, as C's `sizeof`: each member at the next multiple of its size, the whole a multiple of the largest. */
export function structSize({ members }: Pick<IrRecord, 'members'>): number {
  let end = 0;
  let largest = 1;
  for (const { type } of members) {
    const size = bytesOf(type);
    end = Math.ceil(end / size) * size + size;
    largest = Math.max(largest, size);
  }
  return Math.ceil(end / largest) * largest;
}

const bytesOf = (type: IrType): number => (isScalar(type) ? Math.max(8, bitWidth(type)) / 8 : 8);

/** Whether a declaration is marked as a structure of C. */
export const isStruct = (declaration: ts.Declaration): boolean =>
  sizeOfTag(declaration) !== undefined;

/** The `@struct` of a declaration, with the size that it tells; undefined where it has none. */
function sizeOfTag(declaration: ts.Declaration): { size: number | undefined } | undefined {
  const owner = ts.isTypeLiteralNode(declaration) ? declaration.parent : declaration;
  if (!ts.isInterfaceDeclaration(owner) && !ts.isTypeAliasDeclaration(owner)) return undefined;
  const { text } = owner.getSourceFile();
  const comment = (ts.getLeadingCommentRanges(text, owner.pos) ?? []).findLast(({ pos }) =>
    text.startsWith('/**', pos),
  );
  if (!comment) return undefined;
  const tag = /@struct(?![\w-])[ \t]*(\d+)?/.exec(text.slice(comment.pos, comment.end));
  return tag ? { size: tag[1] === undefined ? undefined : Number(tag[1]) } : undefined;
}
