/** Where TypeScript's checker looks for `undefined` that a type doesn't allow. */
import { ts, type SourceFile } from '../ts-morph.ts';

/** Whether in a file functions must return and variables be assigned before they are read. */
export function isStrictlyChecked(file: SourceFile, options: ts.CompilerOptions): boolean {
  if (/^\s*\/\/\s*@ts-nocheck\b/m.test(file.getFullText())) return false;
  const isJavaScript = (file.compilerNode.flags & ts.NodeFlags.JavaScriptFile) !== 0;
  return hasStrictNulls(options) && (!isJavaScript || options.checkJs === true);
}

/** Whether types tell of `undefined`, also in files that nobody checks. */
export const hasStrictNulls = (options: ts.CompilerOptions): boolean =>
  options.strictNullChecks ?? options.strict ?? true;
