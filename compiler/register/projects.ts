/** The projects of the modules that are loaded, each compiled once. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, upwards } from '../../runtime/folders.ts';
import { sha256 } from '../5-link/cache.ts';
import { rendered } from '../cli/print.ts';
import { outputTo } from '../cli/terminal.ts';
import { ToolchainError } from '../5-link/types.ts';
import { hasErrors } from '../diagnostics/list.ts';
import type { Diagnostic } from '../diagnostics/types.ts';
import type { BuiltProject } from './modules.ts';

const projects = new Map<string, Promise<BuiltProject>>();
/** By their sources, once they are compiled. */
const finished = new Map<string, BuiltProject>();
let told: (project: BuiltProject) => void = () => {};

/** Has a function told of each project that is compiled from now on. */
export function onBuilt(listener: (project: BuiltProject) => void): void {
  told = listener;
}

/** The project of a source that has been compiled; undefined for any other file. */
export const foundProject = (source: string): BuiltProject | undefined => finished.get(source);

/**
 * Compiles the project of a source unless that has been done: the nearest tsconfig.json above it.
 * @throws Error without one, and for a project with errors: its message is what `tsnative build` prints of them
 */
export function builtProject(source: string): Promise<BuiltProject> {
  const tsconfig = [...upwards(source)]
    .map((folder) => join(folder, 'tsconfig.json'))
    .find((path) => existsSync(path));
  if (tsconfig === undefined)
    throw new Error(`there is no tsconfig.json above ${source}; npx tsnative init makes one`);
  const known = projects.get(tsconfig) ?? compile(tsconfig);
  projects.set(tsconfig, known);
  return known;
}

async function compile(tsconfig: string): Promise<BuiltProject> {
  const { build } = await import('../build.ts');
  const outDir = join(cacheFolder(tsconfig), 'run', sha256(tsconfig).slice(0, 16));
  const options = { project: tsconfig, outDir, runs: true, checkOnly: false } as const;
  const { diagnostics, outputs } = await build(
    { ...options, emit: [], toolchain: 'auto', level: 3 },
    { progress() {} },
  ).catch((error: unknown) => {
    if (!(error instanceof ToolchainError)) throw error;
    return { diagnostics: [error.diagnostic], outputs: [] };
  });
  await tell(diagnostics, tsconfig);
  const scripts = outputs.flatMap(({ path, source }) =>
    source !== undefined && /\.[cm]?js$/.test(path) ? [[source, path] as const] : [],
  );
  const project = {
    tsconfig,
    outputs: new Map(scripts),
    sources: new Map(scripts.map(([source, path]) => [path, source])),
    files: new Set(outputs.map(({ path }) => path)),
  };
  for (const [source] of scripts) finished.set(source, project);
  told(project);
  return project;
}

/** Prints warnings, and throws errors. */
async function tell(diagnostics: readonly Diagnostic[], tsconfig: string): Promise<void> {
  if (diagnostics.length === 0) return;
  const { colour } = outputTo(process.stderr, process.env);
  const text = await rendered(diagnostics, { colour, cwd: process.cwd() });
  if (!hasErrors(diagnostics)) {
    process.stderr.write(text);
    return;
  }
  const error = new Error(`the project has errors\n\n${text}`);
  // Where in tsnative it was thrown helps nobody.
  error.stack = `${error.message}\n    at tsnative/register (${tsconfig})`;
  throw error;
}
