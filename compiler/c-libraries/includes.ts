/** The project's own headers that a source in C includes, so that a change of one is seen. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * The files that a source includes, and these in turn: those in quotes, which the preprocessor looks for beside the file
 * first (ISO C 6.10.2). One that is left out by a condition counts too: it only costs a compilation.
 * @param folders where it looks then
 */
export function sourceClosure(source: string, folders: readonly string[]): string[] {
  const found = new Set<string>();
  const visit = (file: string): void => {
    for (const [, name = ''] of readFileSync(file, 'utf8').matchAll(
      /^[ \t]*#[ \t]*include[ \t]*"([^"\n]+)"/gm,
    )) {
      const path = [dirname(file), ...folders]
        .map((folder) => join(folder, name))
        .find((one) => existsSync(one));
      if (path === undefined || found.has(path)) continue;
      found.add(path);
      visit(path);
    }
  };
  visit(source);
  return [...found].sort();
}
