/** `require` of TypeScript's modules, which asks no loader. */
import Module from 'node:module';
import { fileURLToPath } from 'node:url';
import { receiveMessageOnPort, type MessagePort } from 'node:worker_threads';
import { moduleOf, runnable, type BuiltProject } from './modules.ts';

/** What of Node's `Module` isn't in its types, and is what all loaders change. */
interface Internals {
  _resolveFilename(request: string, parent: NodeJS.Module | undefined, ...rest: unknown[]): string;
  readonly _extensions: Record<string, (module: Compiling, file: string) => void>;
}

interface Compiling extends NodeJS.Module {
  _compile(text: string, file: string): void;
}

/** @param port tells of projects that have been compiled in the loader's thread */
export function extendRequire(port: MessagePort): void {
  const node = Module as unknown as Internals;
  const projects: BuiltProject[] = [];
  const projectOf = (source: string): BuiltProject | undefined => {
    for (let told; (told = receiveMessageOnPort(port) as { message: BuiltProject } | undefined);)
      projects.push(told.message);
    return projects.find(({ outputs }) => outputs.has(source));
  };
  const usual = node._resolveFilename.bind(node);
  node._resolveFilename = (request, parent, ...rest) => {
    const project = parent?.filename ? projectOf(parent.filename) : undefined;
    const url = project && parent && moduleOf(project, parent.filename, request);
    return url === undefined ? usual(request, parent, ...rest) : fileURLToPath(url);
  };
  for (const extension of ['.ts', '.tsx', '.cts']) {
    const before = node._extensions[extension] ?? node._extensions['.js'];
    node._extensions[extension] = (module, file) => {
      const emitted = projectOf(file)?.outputs.get(file);
      if (emitted === undefined) before?.(module, file);
      else module._compile(runnable(emitted, file), file);
    };
  }
}
