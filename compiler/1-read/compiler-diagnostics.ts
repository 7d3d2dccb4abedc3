/** What TypeScript's own checker says, as diagnostics of the same words. */
import { ts } from 'ts-morph';
import type { Diagnostic, Place } from '../diagnostics/types.ts';
import { placeOfRange } from './places.ts';

export function fromTypeScript(diagnostic: ts.Diagnostic): Diagnostic {
  const related = diagnostic.relatedInformation?.flatMap((information) => {
    const place = placeFromTypeScript(information);
    return place ? [{ place, message: textOf(information.messageText) }] : [];
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
export function programDiagnostics(program: ts.Program): Diagnostic[] {
  return ts.getPreEmitDiagnostics(program).filter(isProblem).map(fromTypeScript);
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
