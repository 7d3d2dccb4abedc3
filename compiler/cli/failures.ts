/** Errors that have something to say to the user. */
import { codes } from '../diagnostics/codes.ts';
import type { Diagnostic } from '../diagnostics/types.ts';

/** What an error says, where it is no bug of ours. */
export function diagnosticOf(error: unknown): Diagnostic | undefined {
  if (!(error instanceof Error)) return undefined;
  if ('diagnostic' in error) {
    // Safe: only a ToolchainError has the property.
    return error.diagnostic as Diagnostic;
  }
  // The system's own refusals: no permission, no space, a folder where a file should be.
  const { code, path, syscall }: NodeJS.ErrnoException = error;
  if (code === undefined || path === undefined || syscall === undefined) return undefined;
  const problem = error.message.replace(/^\w+: /, '').replace(/, \w+ '.*$/s, '');
  return codes.fileSystem(undefined, { path, problem, code });
}
