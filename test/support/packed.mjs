// Loads the compiler and the runtime from dist/, as users get them, where a test imports their sources:
// what is tested is what is shipped, and a process begins four seconds earlier than with tsx for all of it.
// `npm test` uses it (dist is up to date then); a single test that is run by hand needn't.
import { existsSync } from 'node:fs';
import { register } from 'node:module';
import { fileURLToPath } from 'node:url';
import { isMainThread } from 'node:worker_threads';

const root = new URL('../../', import.meta.url).href;

/** What makes the library of dist from the repository. */
const maker = new URL('compiler/library-build.ts', root).href;

/** The module in dist that was made of a source of the compiler's or the runtime's, where there is one. */
function packed(url) {
  if (url === maker) return undefined;
  const source = /^(?:compiler|runtime)\/.*(?<!\.d)\.(?<kind>[cm]?)ts$/.exec(
    url.startsWith(root) ? url.slice(root.length) : '',
  );
  if (!source?.groups) return undefined;
  const made = new URL(`dist/${source[0].replace(/[cm]?ts$/, `${source.groups.kind}js`)}`, root);
  return existsSync(fileURLToPath(made)) ? made.href : undefined;
}

export async function resolve(specifier, context, next) {
  const found = await next(specifier, context);
  const url = packed(found.url);
  if (url === undefined) return found;
  return { url, format: url.endsWith('.cjs') ? 'commonjs' : 'module', shortCircuit: true };
}

if (isMainThread) register(import.meta.url);
