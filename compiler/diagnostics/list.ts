/** Lists of diagnostics: their order, what they come to, and as plain data for tools. */
import { isAbsolute, relative } from 'node:path';
import type { Diagnostic, Place } from './types.ts';

/** A `Diagnostic` with its place flattened, as `--json` prints it. */
export interface JsonDiagnostic {
  readonly code: string;
  readonly severity: 'error' | 'warning';
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  readonly endLine?: number;
  readonly endColumn?: number;
  readonly message: string;
  readonly why?: string;
  readonly rewrite?: string;
  readonly related?: readonly JsonRelated[];
}

export interface JsonRelated extends Place {
  readonly message: string;
}

/** Plain data for tools, in the order that `renderDiagnostics` uses; paths stay absolute. */
export function toJson(diagnostics: readonly Diagnostic[]): JsonDiagnostic[] {
  return inOrder(diagnostics).map(({ place, related, ...rest }) => ({
    ...rest,
    ...place,
    ...(related && {
      related: related.map(({ place: at, message }) => ({ ...at, message })),
    }),
  }));
}

/** Whether any of them is an error. */
export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ severity }) => severity === 'error');
}

/** A path as people want to read it: relative where it lies below `cwd`, with forward slashes. */
export function displayPath(file: string, cwd: string): string {
  const path = relative(cwd, file);
  const shown = path === '' || path.startsWith('..') || isAbsolute(path) ? file : path;
  return shown.replaceAll('\\', '/');
}

/** What has no place first, then by file, line and column. */
export function inOrder(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return [...diagnostics].sort(({ place: a }, { place: b }) => {
    if (a === undefined || b === undefined)
      return Number(a !== undefined) - Number(b !== undefined);
    if (a.file !== b.file) return a.file < b.file ? -1 : 1;
    return a.line - b.line || a.column - b.column;
  });
}
