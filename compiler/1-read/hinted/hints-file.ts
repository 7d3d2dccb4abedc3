/**
 * Reads a hints file: a declaration file whose `declare module 'x' { … }` blocks type modules that are not the
 * user's. TypeScript would take such a block for an addition to the module, so it gets to see a namespace in
 * its place; everything keeps its line and column.
 */
import { ts } from '../../ts-morph.ts';

/** One `declare module` of a hints file. */
export interface HintsBlock {
  /** The module as the block names it. */
  readonly specifier: string;
  /** The index of its statement in the file. */
  readonly index: number;
  /** Where the name starts and ends, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
}

export interface HintsFile {
  /** Absolute, with forward slashes. */
  readonly path: string;
  readonly blocks: readonly HintsBlock[];
  /** What TypeScript reads instead of the file's own text. */
  readonly text: string;
}

/** All blocks are one namespace, so that the types of one are known in the others. */
const namespace = 'declare namespace $hints';

const hintNames = ['i8', 'u8', 'i16', 'u16', 'i32', 'u32', 'i64', 'u64', 'f32', 'f64', 'bool'];

/** @param text the file's own */
export function parseHintsFile(path: string, text: string): HintsFile {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true);
  const blocks: HintsBlock[] = [];
  let shown = '';
  let end = 0;
  file.statements.forEach((statement, index) => {
    if (!ts.isModuleDeclaration(statement) || !ts.isStringLiteral(statement.name)) return;
    const { name } = statement;
    blocks.push({ specifier: name.text, index, start: name.getStart(file), end: name.end });
    const start = statement.getStart(file);
    const length = statement.name.end - start;
    shown += text.slice(end, start) + namespace.padEnd(length);
    end = statement.name.end;
  });
  shown += text.slice(end);
  return { path, blocks, text: `${shown}\n${missingImport(file)}` };
}

/** An import of the hints that a file neither imports nor declares. It stands behind everything else. */
function missingImport(file: ts.SourceFile): string {
  const known = new Set(file.statements.flatMap(declaredNames));
  const missing = hintNames.filter((name) => !known.has(name));
  return `import type { ${missing.join(', ')} } from 'tsnative';\n`;
}

function declaredNames(statement: ts.Statement): string[] {
  if (ts.isTypeAliasDeclaration(statement) || ts.isInterfaceDeclaration(statement))
    return [statement.name.text];
  if (!ts.isImportDeclaration(statement)) return [];
  const bindings = statement.importClause?.namedBindings;
  return bindings && ts.isNamedImports(bindings)
    ? bindings.elements.map(({ name }) => name.text)
    : [];
}
