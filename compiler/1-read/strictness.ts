/** Where TypeScript's checker looks for `undefined` that a type doesn't allow. */
import { ts, type SourceFile } from '../ts-morph.ts';

/** Whether in a file functions must return and variables be assigned before they are read. */
export function isStrictlyChecked(file: SourceFile, options: ts.CompilerOptions): boolean {
  if (/^\s*\/\/\s*@ts-nocheck\b/m.test(file.getFullText())) return false;
  const isStrict = options.strictNullChecks ?? options.strict ?? true;
  const isJavaScript = (file.compilerNode.flags & ts.NodeFlags.JavaScriptFile) !== 0;
  return isStrict && (!isJavaScript || options.checkJs === true);
}
