/** One mistake, told twice: by TypeScript's checker, and by us as a consequence of it. */
import { ts } from '../ts-morph.ts';
import type { Diagnostic, Place } from '../diagnostics/types.ts';

/** Codes about types that don't fit each other, which TypeScript tells too, at another part of the statement. */
const aboutTypes = /^TSN21/;

/**
 * Leaves out what TypeScript has told already: what is at the same place, and what is about the
 * types of a statement in which it has found a mistake.
 *
 * @param told diagnostics of TypeScript among others
 */
export function withoutEchoes(
  program: ts.Program,
  told: readonly Diagnostic[],
  diagnostics: readonly Diagnostic[],
): Diagnostic[] {
  const checked = told.flatMap(({ code, severity, place }) =>
    place && severity === 'error' && code.startsWith('TS') && !code.startsWith('TSN')
      ? [place]
      : [],
  );
  return diagnostics.filter(({ code, place }) => {
    if (!place) return true;
    const here = checked.filter(({ file }) => file === place.file);
    if (here.some((other) => overlap(place, other))) return false;
    if (!aboutTypes.test(code) || here.length === 0) return true;
    const statement = statementAt(program, place);
    return !here.some((other) => statementAt(program, other) === statement);
  });
}

function overlap(a: Place, b: Place): boolean {
  const isBefore = (x: Place, y: Place): boolean =>
    x.endLine < y.line || (x.endLine === y.line && x.endColumn <= y.column);
  return !isBefore(a, b) && !isBefore(b, a);
}

/** The innermost statement around the start of a place, not counting blocks. */
function statementAt(program: ts.Program, place: Place): ts.Node | undefined {
  const file = program.getSourceFile(place.file);
  if (!file) return undefined;
  const position = file.getPositionOfLineAndCharacter(place.line - 1, place.column - 1);
  let found: ts.Node | undefined;
  const visit = (node: ts.Node): void => {
    if (position < node.getStart(file) || position >= node.getEnd()) return;
    if (ts.isStatement(node) && !ts.isBlock(node)) found = node;
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(file, visit);
  return found;
}
