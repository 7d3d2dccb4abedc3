/** Printing diagnostics and JSON; the renderer is loaded when there is something to render. */
import { readFileSync } from 'node:fs';
import type { Diagnostic } from '../diagnostics/types.ts';
import type { CliContext } from './context.ts';

/** Writes diagnostics to stderr, where they stay out of what a tool reads from stdout. */
export async function printDiagnostics(
  diagnostics: readonly Diagnostic[],
  context: CliContext,
): Promise<void> {
  if (diagnostics.length === 0) return;
  const { colour } = context.stderr;
  context.stderr.write(await rendered(diagnostics, { colour, cwd: context.cwd }));
}

/** Diagnostics with their lines of the source, as they are printed. */
export async function rendered(
  diagnostics: readonly Diagnostic[],
  options: Pick<CliContext, 'cwd'> & Pick<CliContext['stderr'], 'colour'>,
): Promise<string> {
  const { renderDiagnostics } = await import('../diagnostics/render.ts');
  const sources = new Map<string, string | undefined>();
  const readSource = (file: string): string | undefined => {
    if (!sources.has(file)) sources.set(file, readOrUndefined(file));
    return sources.get(file);
  };
  return renderDiagnostics(diagnostics, { ...options, readSource });
}

/** Writes one JSON object to stdout. */
export function printJson(value: object, context: CliContext): void {
  context.stdout.write(`${JSON.stringify(value, undefined, 2)}\n`);
}

function readOrUndefined(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined; // The place is shown without its source line.
  }
}
