/** Folders above a file, and the one where caches go. */
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/** The folders from that of a file upwards. */
export function* upwards(path: string): Generator<string> {
  for (let folder = dirname(resolve(path)); ; folder = dirname(folder)) {
    yield folder;
    if (folder === dirname(folder)) return;
  }
}

/** Where caches of what belongs to a file go: in the nearest node_modules, as tools do, or a temporary folder. */
export function cacheFolder(path: string): string {
  for (const folder of upwards(path)) {
    const modules = join(folder, 'node_modules');
    if (existsSync(modules)) return join(modules, '.cache', 'tsnative');
  }
  return join(tmpdir(), 'tsnative-cache');
}
