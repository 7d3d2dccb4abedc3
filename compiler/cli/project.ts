/** Compiling a project for a command, with a progress line on a terminal. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { BuildOptions, BuildResult } from '../build-types.ts';
import type { Diagnostic } from '../diagnostics/types.ts';
import { codes } from '../diagnostics/codes.ts';
import { displayPath } from '../diagnostics/list.ts';
import type { KeptProject } from '../kept.ts';
import type { CliContext } from './context.ts';
import { progressLine } from './terminal.ts';

/**
 * Runs the compiler; paths of `options` may be relative to the context's folder.
 * @param kept as `Build` takes it
 */
export async function compileProject(
  options: BuildOptions,
  context: CliContext,
  kept?: KeptProject,
): Promise<BuildResult> {
  const project = resolve(context.cwd, options.project);
  if (!existsSync(project))
    return nothingBuilt([codes.noTsconfig(undefined, { path: displayPath(project, context.cwd) })]);
  const progress = progressLine(context.stderr);
  try {
    const build = await context.loadBuild();
    const outDir = options.outDir && resolve(context.cwd, options.outDir);
    return await build(
      { ...options, project, ...(outDir && { outDir }) },
      { progress: progress.show },
      context.signal,
      kept,
    );
  } finally {
    progress.clear();
  }
}

/** The result of a build that could not begin. */
export function nothingBuilt(diagnostics: readonly Diagnostic[]): BuildResult {
  return {
    diagnostics,
    upToDate: false,
    functions: [],
    callbacks: [],
    parallel: [],
    plain: [],
    outputs: [],
    addons: [],
    toolchain: undefined,
    milliseconds: 0,
  };
}
