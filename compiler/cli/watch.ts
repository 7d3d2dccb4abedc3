/** `tsnative build --watch`: a build after each edit, and a line of each build. */
import { resolve } from 'node:path';
import type { BuildOptions, BuildResult } from '../build-types.ts';
import { displayPath, hasErrors } from '../diagnostics/list.ts';
import type { Diagnostic } from '../diagnostics/types.ts';
import { KeptProject } from '../kept.ts';
import { ProjectWatcher } from '../watch/watcher.ts';
import type { CliContext } from './context.ts';
import { diagnosticOf } from './failures.ts';
import { plural, seconds } from './format.ts';
import { compileProject } from './project.ts';

/** More changed files than this are counted, not named. */
const mostNamed = 3;

/**
 * Builds a project, and again whenever its sources or its tsconfig change, until the context's signal ends it.
 * @param tell tells of the first build, or with `--json` of each, as if it were the only one
 * @throws the signal's reason
 */
export async function watchProject(
  options: BuildOptions,
  tell: (result: BuildResult) => Promise<void>,
  { json }: { readonly json: boolean },
  context: CliContext,
): Promise<never> {
  const { signal } = context;
  const kept = new KeptProject();
  const watcher = new ProjectWatcher(resolve(context.cwd, options.project));
  const outputs = new Set<string>();
  const build = async (): Promise<BuildResult> => {
    const since = Date.now();
    const result = await resultOf(() => compileProject(options, context, kept));
    for (const { path } of result.outputs) outputs.add(resolve(path));
    await watcher.follow(kept, since);
    return result;
  };
  try {
    await tell(await build());
    if (!json) context.stdout.write('watching for changes; Ctrl-C ends\n');
    for (;;) {
      const { paths, cameOrWent } = await watcher.next(outputs, signal);
      if (cameOrWent) kept.program.filesChanged();
      const result = await build();
      if (json) await tell(result);
      else await printLine(result, paths, context);
    }
  } finally {
    await watcher.close();
  }
}

/** A build's result, also where it failed by what an edit or a command can mend. */
async function resultOf(build: () => Promise<BuildResult>): Promise<BuildResult> {
  const start = performance.now();
  try {
    return await build();
  } catch (error) {
    const diagnostic = diagnosticOf(error);
    if (!diagnostic) throw error;
    const { nothingBuilt } = await import('./project.ts');
    return { ...nothingBuilt([diagnostic]), milliseconds: performance.now() - start };
  }
}

/** When, what came out and how soon, what has changed; and the errors, a line each. */
async function printLine(
  { diagnostics, milliseconds, outputs }: BuildResult,
  paths: readonly string[],
  context: CliContext,
): Promise<void> {
  const { default: picocolors } = await import('picocolors');
  const pc = picocolors.createColors(context.stdout.colour);
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const outcome = hasErrors(diagnostics)
    ? pc.red(`${plural(errors.length, 'error')} in ${seconds(milliseconds)}`)
    : pc.green(`built in ${seconds(milliseconds)}`);
  const named = paths.slice(0, mostNamed).map((path) => displayPath(path, context.cwd));
  const more = paths.length > mostNamed ? ` and ${paths.length - mostNamed} more` : '';
  const time = pc.dim(new Date().toTimeString().slice(0, 8));
  const size = outputs.length === 0 ? '' : `, ${plural(outputs.length, 'file')}`;
  context.stdout.write(`${time} ${outcome}${size}: ${named.join(', ')}${more}\n`);
  if (diagnostics.length > 0) context.stderr.write(await lines(diagnostics, context));
}

async function lines(diagnostics: readonly Diagnostic[], context: CliContext): Promise<string> {
  const { formatters } = await import('../diagnostics/formats.ts');
  return formatters.unix(diagnostics, context);
}
