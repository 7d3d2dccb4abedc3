/** What a project's folder tells: its package's name, and which files are its own. */
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { upwards } from '../runtime/folders.ts';

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

/** Whether a file or folder is there because a package manager put it there. */
export const isInstalled = (path: string): boolean =>
  path.split(/[\\/]/).includes('node_modules') || path.endsWith('.pnp.cjs');
