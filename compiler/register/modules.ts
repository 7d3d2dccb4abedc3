/** The modules of a project that has been compiled, by their sources. */
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** Plain data, which goes from thread to thread. All paths are absolute. */
export interface BuiltProject {
  readonly tsconfig: string;
  /** The JavaScript of sources. */
  readonly outputs: ReadonlyMap<string, string>;
  /** The sources of JavaScript. */
  readonly sources: ReadonlyMap<string, string>;
  /** All that was written. */
  readonly files: ReadonlySet<string>;
}

/** CommonJS leaves out extensions, and the name of a folder's index. */
const endings = ['', '.js', '.cjs', '.json', '/index.js', '/index.cjs'];

/**
 * What a source of a project imports relatively lies where the project was compiled to: its other modules, for which
 * their sources stand, and native code. Gives the URL; undefined for anything else.
 */
export function moduleOf(
  { outputs, sources, files }: BuiltProject,
  source: string,
  specifier: string,
): string | undefined {
  const emitted = outputs.get(source);
  if (emitted === undefined || !/^\.\.?(\/|$)/.test(specifier)) return undefined;
  const wanted = new URL(specifier, pathToFileURL(emitted));
  const path = fileURLToPath(wanted).replace(/[\\/]$/, '');
  const found = endings.map((ending) => resolve(path + ending)).find((file) => files.has(file));
  if (found === undefined) return undefined;
  const { href } = pathToFileURL(sources.get(found) ?? found);
  return href + wanted.search + wanted.hash;
}

const reference = /\n\/\/# sourceMappingURL=(\S+)\s*$/;

/** The text of an emitted module, with its source map inside, which names the source. */
export function runnable(emitted: string, source: string): string {
  const text = readFileSync(emitted, 'utf8');
  const [, name] = reference.exec(text) ?? [];
  if (name === undefined) return text;
  const map = JSON.parse(readFileSync(resolve(dirname(emitted), name), 'utf8')) as object;
  const own = { ...map, sourceRoot: '', sources: [pathToFileURL(source).href] };
  const encoded = Buffer.from(JSON.stringify(own)).toString('base64');
  return text.replace(
    reference,
    `\n//# sourceMappingURL=data:application/json;base64,${encoded}\n`,
  );
}
