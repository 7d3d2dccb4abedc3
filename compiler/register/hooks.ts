/** What Node asks when it loads modules: TypeScript's are those that its project was compiled to. */
import type { InitializeHook, LoadHook, ResolveHook } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { MessagePort } from 'node:worker_threads';
import { init, parse } from 'es-module-lexer';
import { isInstalled } from '../project-folder.ts';
import { moduleOf, runnable } from './modules.ts';
import { builtProject, foundProject, onBuilt } from './projects.ts';

export const initialize: InitializeHook<{ readonly port: MessagePort }> = ({ port }) =>
  onBuilt((project) => port.postMessage(project));

export const resolve: ResolveHook = (specifier, context, next) => {
  const parent = pathOf(context.parentURL);
  const project = parent === undefined ? undefined : foundProject(parent);
  const url = project && parent !== undefined && moduleOf(project, parent, specifier);
  return url ? { url, shortCircuit: true } : next(specifier, context);
};

export const load: LoadHook = async (url, context, next) => {
  const path = pathOf(url);
  if (path === undefined || !isTypeScript(path)) return next(url, context);
  const project = await builtProject(path);
  const emitted = project.outputs.get(path);
  if (emitted === undefined)
    throw new Error(
      `${path} is none of the files of ${project.tsconfig}: add it to "include" there, or run it from a project of its own`,
    );
  const source = runnable(emitted, path);
  await init;
  const [, , , isModule] = parse(source);
  return { format: isModule ? 'module' : 'commonjs', source, shortCircuit: true };
};

/** Packages are JavaScript. */
const isTypeScript = (path: string): boolean =>
  /(?<!\.d)\.[cm]?tsx?$/.test(path) && !isInstalled(path);

const pathOf = (url: string | undefined): string | undefined =>
  url?.startsWith('file:') ? fileURLToPath(new URL(url)) : undefined;
