/** Compiling a project for a command, with a progress line on a terminal. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { BuildOptions, BuildResult } from '../build-types.ts';
import { codes } from '../diagnostics/codes.ts';
import { displayPath } from '../diagnostics/list.ts';
import type { CliContext } from './context.ts';
import { progressLine } from './terminal.ts';

/** Runs the compiler; paths of `options` may be relative to the context's folder. */
export async function compileProject(
  options: BuildOptions,
  context: CliContext,
): Promise<BuildResult> {
  const project = resolve(context.cwd, options.project);
  if (!existsSync(project)) return withoutProject(displayPath(project, context.cwd));
  const progress = progressLine(context.stderr);
  try {
    const build = await context.loadBuild();
    const outDir = options.outDir && resolve(context.cwd, options.outDir);
    return await build(
      { ...options, project, ...(outDir && { outDir }) },
      { progress: progress.show },
      context.signal,
    );
  } finally {
    progress.clear();
  }
}

function withoutProject(path: string): BuildResult {
  return {
    diagnostics: [codes.noTsconfig(undefined, { path })],
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
