/** Asking the compiler for a report, with a progress line on a terminal. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Explained, ExplainOptions } from '../build-types.ts';
import { codes } from '../diagnostics/codes.ts';
import { displayPath } from '../diagnostics/list.ts';
import type { CliContext } from './context.ts';
import { progressLine } from './terminal.ts';

/** Paths of `options` may be relative to the context's folder. */
export async function explainProject(
  options: ExplainOptions,
  context: CliContext,
): Promise<Explained> {
  const project = resolve(context.cwd, options.project);
  if (!existsSync(project)) {
    const path = displayPath(project, context.cwd);
    return { diagnostics: [codes.noTsconfig(undefined, { path })], report: undefined };
  }
  const progress = progressLine(context.stderr);
  try {
    const explain = await context.loadExplain();
    return await explain({ ...options, project }, { progress: progress.show }, context.signal);
  } finally {
    progress.clear();
  }
}
