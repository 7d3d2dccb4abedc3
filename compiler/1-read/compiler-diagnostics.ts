/** What TypeScript's own checker says, as diagnostics of the same words. */
import { setImmediate } from 'node:timers/promises';
import { ts } from '../ts-morph.ts';
import type { Diagnostic, Place } from '../diagnostics/types.ts';
import { inArrays } from './hints.ts';
import type { CheckedProgram } from './kept.ts';
import { placeOfRange } from './places.ts';
import { isLibraryFile } from './program.ts';

export function fromTypeScript(diagnostic: ts.Diagnostic): Diagnostic {
  const related = diagnostic.relatedInformation?.flatMap((information) => {
    const place = placeFromTypeScript(information);
    // TypeScript's libraries are carried in its code, in a form that nobody reads.
    const isLibrary = information.file && isLibraryFile(information.file.fileName);
    return place && !isLibrary ? [{ place, message: textOf(information.messageText) }] : [];
  });
  return {
    code: `TS${diagnostic.code}`,
    severity: diagnostic.category === ts.DiagnosticCategory.Error ? 'error' : 'warning',
    place: placeFromTypeScript(diagnostic),
    message: textOf(diagnostic.messageText),
    ...(related?.length ? { related } : {}),
  };
}

/** Everything that keeps `tsc` from being content with a program; its suggestions are left out. */
export function programDiagnostics(program: ts.Program | CheckedProgram): Diagnostic[] {
  const told = 'builder' in program ? keptDiagnostics(program) : ts.getPreEmitDiagnostics(program);
  return told.filter((one) => isProblem(one) && !isOfArrays(one.file)).map(fromTypeScript);
}

/** The sources of the package were checked with its own options. */
const isOfArrays = (file: ts.SourceFile | undefined): boolean =>
  file !== undefined && inArrays(file.fileName);

/** As `getPreEmitDiagnostics`, which doesn't know what of declarations is known. */
function keptDiagnostics(checked: CheckedProgram): readonly ts.Diagnostic[] {
  while (checked.checkNext());
  const { builder } = checked;
  const { declaration, composite } = builder.getCompilerOptions();
  return ts.sortAndDeduplicateDiagnostics([
    ...builder.getConfigFileParsingDiagnostics(),
    ...builder.getOptionsDiagnostics(),
    ...builder.getSyntacticDiagnostics(),
    ...builder.getGlobalDiagnostics(),
    ...builder.getSemanticDiagnostics(),
    ...(declaration || composite ? checked.declarationDiagnostics() : []),
  ]);
}

/**
 * Has TypeScript check a program one file after the other, and lets the process see to other work
 * in between. TypeScript keeps what it finds, so that `programDiagnostics` has it at once.
 * @throws the signal's reason
 */
export async function checkInTurns(
  program: ts.Program | CheckedProgram,
  signal?: AbortSignal,
): Promise<void> {
  if ('builder' in program) {
    while (program.checkNext()) {
      await setImmediate();
      signal?.throwIfAborted();
    }
    return;
  }
  for (const file of program.getSourceFiles()) {
    if (file.isDeclarationFile || isOfArrays(file)) continue;
    await setImmediate();
    signal?.throwIfAborted();
    program.getSemanticDiagnostics(file);
  }
}

const isProblem = ({ category }: ts.Diagnostic): boolean =>
  category === ts.DiagnosticCategory.Error || category === ts.DiagnosticCategory.Warning;

const textOf = (message: string | ts.DiagnosticMessageChain): string =>
  ts.flattenDiagnosticMessageText(message, '\n');

function placeFromTypeScript({
  file,
  start,
  length,
}: ts.DiagnosticRelatedInformation): Place | undefined {
  if (!file || start === undefined) return undefined;
  return placeOfRange(file, start, start + (length ?? 0));
}
