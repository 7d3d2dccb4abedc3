/** Other forms of a kernel's source. */
import ts from 'typescript';

/** The source with `number` for each hint: what someone writes who doesn't know of them. */
export const withoutHints = (source: string): string =>
  source
    .replace(/^import type \{[^}]*\} from 'tsnative';\n+/m, '')
    .replace(/(?<=[:,] |<)(?:[iu](?:8|16|32)|f64)\b/g, 'number');

/** The source with the option that drops bounds checks. */
export const unchecked = (source: string): string => {
  const text = source.replace(/@native\b/g, '@native bounds: unchecked');
  // What the kernel calls has options of its own.
  return text.replace(/^function /gm, '/** @native bounds: unchecked */\nfunction ');
};

/** The source as a CommonJS module in JavaScript, without anything of tsnative. */
export const asJavaScript = (source: string): string =>
  ts.transpileModule(source, {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS },
  }).outputText;
