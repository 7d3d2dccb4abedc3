/** Where TypeScript's checker looks for `undefined` that a type doesn't allow. */
import { ts, type SourceFile } from '../ts-morph.ts';

/** Whether in a file functions must return and variables be assigned before they are read. */
export function isStrictlyChecked(file: SourceFile, options: ts.CompilerOptions): boolean {
  if (!isLookedAt(file, options)) return false;
  const isJavaScript = (file.compilerNode.flags & ts.NodeFlags.JavaScriptFile) !== 0;
  return hasStrictNulls(options) && (!isJavaScript || options.checkJs === true);
}

/**
 * Whether TypeScript looks at what a file does at all, be it to tell only of the worst, as in JavaScript that nobody
 * asked to check.
 */
export function isLookedAt(file: SourceFile, options: ts.CompilerOptions): boolean {
  // What `// @ts-check` and `// @ts-nocheck` ask for isn't in TypeScript's published types.
  const { flags, checkJsDirective } = file.compilerNode as ts.SourceFile & {
    readonly checkJsDirective?: { readonly enabled: boolean };
  };
  const isLeftOut = (flags & ts.NodeFlags.JavaScriptFile) !== 0 && options.checkJs === false;
  return options.noCheck !== true && (checkJsDirective?.enabled ?? !isLeftOut);
}

/** Whether types tell of `undefined`, also in files that nobody checks. */
export const hasStrictNulls = (options: ts.CompilerOptions): boolean =>
  options.strictNullChecks ?? options.strict ?? true;
