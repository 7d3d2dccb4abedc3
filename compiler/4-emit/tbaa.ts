/**
 * Type-based alias analysis: what memory an access touches, as LLVM's metadata.
 *
 * Memory of one kind is never used as another within code that LLVM sees in one piece: blocks of the heap
 * start with a header, also while they are free, and change between records, lists, strings and
 * elements only in functions that are never inlined.
 */
import type { LlvmModule } from './writer.ts';

/**
 * - `element`: numbers of typed arrays and lists; `item`: references in lists
 * - `view`: the fields of views and lists
 * - `field`: what records hold; `header`: what stands before records, lists and strings
 * - `string`: the units of strings, their length and form
 * - `heap`: the heap's own state
 *
 * So a loop that stores elements needn't load lengths or fields again.
 */
export type MemoryKind =
  'element' | 'item' | 'view' | 'field' | 'header' | 'string' | 'context' | 'global' | 'heap';

/** The suffix of a load or store that tells its alignment in bytes and what it touches. */
export function access(llvm: LlvmModule, kind: MemoryKind, align: number): string {
  const root = llvm.node('!{!"tsnative"}');
  const type = llvm.node(`!{!"${kind}", ${root}, i64 0}`);
  return `, align ${align}, !tbaa ${llvm.node(`!{${type}, ${type}, i64 0}`)}`;
}
