/** What a project's folder tells: its package's name, and where caches go. */
import { existsSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';

/** The folders from that of a file upwards. */
function* upwards(path: string): Generator<string> {
  for (let folder = dirname(resolve(path)); ; folder = dirname(folder)) {
    yield folder;
    if (folder === dirname(folder)) return;
  }
}

/** The name in the nearest package.json, or that of the project's folder. */
export function packageName(tsconfig: string): string {
  for (const folder of upwards(tsconfig)) {
    const path = join(folder, 'package.json');
    if (!existsSync(path)) continue;
    try {
      const { name } = JSON.parse(readFileSync(path, 'utf8')) as { name?: unknown };
      if (typeof name === 'string' && name !== '') return name;
    } catch {
      // npm complains of a broken package.json; here the folder's name will do.
    }
    break;
  }
  return basename(dirname(resolve(tsconfig))) || 'native';
}

/** The folder of a project's caches: in the nearest node_modules, as tools do, or a temporary one. */
export function cacheFolder(tsconfig: string): string {
  for (const folder of upwards(tsconfig)) {
    const modules = join(folder, 'node_modules');
    if (existsSync(modules)) return join(modules, '.cache', 'tsnative');
  }
  return join(tmpdir(), 'tsnative-cache');
}
