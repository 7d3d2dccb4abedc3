/** How a worker gets the function that it is to run. */
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Located } from './locate.ts';

/**
 * @param user what the messages of errors begin with
 * @throws TypeError where the module that is there exports no such function
 */
export async function importFunction(
  { url, name }: Located,
  user: 'jobs' | 'graphs',
): Promise<(...args: unknown[]) => unknown> {
  const fn = (await importModule(url))[name];
  if (typeof fn !== 'function')
    throw new TypeError(`${user}: ${url} doesn't export ${name} in workers`);
  return fn as (...args: unknown[]) => unknown;
}

type Module = Readonly<Record<string, unknown>>;

async function importModule(url: string): Promise<Module> {
  try {
    return (await import(url)) as Module;
  } catch (error) {
    const { code } = error as { readonly code?: unknown };
    if (code !== 'ERR_UNKNOWN_FILE_EXTENSION') throw error;
    // tsx and ts-node extend `require` in workers, but `import` only in the main thread.
    const path = fileURLToPath(url);
    return createRequire(path)(path) as Module;
  }
}
