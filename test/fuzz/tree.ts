/**
 * Programs as trees of text: a tree is text with other trees between. Each tree says what stands
 * there, a statement or a value of some kind, so that shrinking can put another one in its place
 * without knowing the syntax.
 */
import type { ValueKind } from './types.ts';

export type TreeKind = ValueKind | 'statement';

export interface Tree {
  readonly kind: TreeKind;
  readonly parts: readonly Part[];
}

/** Text that only TypeScript has, such as a type annotation. */
export interface TypeText {
  readonly ts: string;
}

/** Text that only JavaScript has. */
export interface ScriptText {
  readonly js: string;
}

/** Statements in braces. */
export interface Block {
  readonly statements: readonly Tree[];
}

export type Part = string | TypeText | ScriptText | Tree | Block;

export const isTree = (part: Part): part is Tree => typeof part === 'object' && 'parts' in part;
export const isBlock = (part: Part): part is Block =>
  typeof part === 'object' && 'statements' in part;

export const ts = (text: string): TypeText => ({ ts: text });
export const js = (text: string): ScriptText => ({ js: text });
export const block = (statements: readonly Tree[]): Block => ({ statements });

type Template = (text: TemplateStringsArray, ...holes: readonly (Part | number)[]) => Tree;

/** Makes trees of a kind from template literals. */
export const made =
  (kind: TreeKind): Template =>
  (text, ...holes) => ({
    kind,
    parts: text.flatMap((piece, index): Part[] => {
      const hole = holes[index];
      const parts = piece === '' ? [] : [piece];
      if (hole === undefined) return parts;
      return [...parts, typeof hole === 'number' ? String(hole) : hole];
    }),
  });

export const statement = made('statement');
export const number = made('number');
export const integer = made('integer');
export const single = made('single');
export const boolean = made('boolean');

/** Trees with a text between each two. */
export const joined = (trees: readonly Part[], between = ', '): Part[] =>
  trees.flatMap((tree, index) => (index === 0 ? [tree] : [between, tree]));

/** A tree with the same text of another kind. */
export const as = (kind: TreeKind, { parts }: Tree): Tree => ({ kind, parts });

export type Dialect = 'ts' | 'js';

/** The text of a tree as TypeScript, or without types as JavaScript. */
export function print(part: Part, dialect: Dialect): string {
  if (typeof part === 'string') return part;
  if ('ts' in part) return dialect === 'ts' ? part.ts : '';
  if ('js' in part) return dialect === 'js' ? part.js : '';
  if ('statements' in part) {
    const lines = part.statements.map((statement) => print(statement, dialect));
    return lines.length === 0 ? '{}' : `{\n${lines.join('\n').replace(/^/gm, '  ')}\n}`;
  }
  return part.parts.map((inner) => print(inner, dialect)).join('');
}

/** How many trees there are, as a measure of size. */
export function sizeOf(part: Part): number {
  if (isTree(part)) return part.parts.reduce((sum, inner) => sum + sizeOf(inner), 1);
  return isBlock(part) ? part.statements.reduce((sum, inner) => sum + sizeOf(inner), 0) : 0;
}
