/** What a project's folder tells: its package's name, and which files are its own. */
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { upwards } from '../runtime/folders.ts';

/** The name in the nearest package.json, or that of the project's folder. */
export const packageName = (tsconfig: string): string =>
  packageField(tsconfig, 'name') ?? (basename(dirname(resolve(tsconfig))) || 'native');

/** The version in the nearest package.json, or `0.0.0`. */
export const packageVersion = (tsconfig: string): string =>
  packageField(tsconfig, 'version') ?? '0.0.0';

/** A text in the nearest package.json; undefined where there is none. */
function packageField(tsconfig: string, name: 'name' | 'version'): string | undefined {
  for (const folder of upwards(tsconfig)) {
    const path = join(folder, 'package.json');
    if (!existsSync(path)) continue;
    try {
      const fields = JSON.parse(readFileSync(path, 'utf8')) as Readonly<Record<string, unknown>>;
      const value = fields[name];
      if (typeof value === 'string' && value !== '') return value;
    } catch {
      // npm complains of a broken package.json; here what is usual will do.
    }
    break;
  }
  return undefined;
}

/** Whether a file or folder is there because a package manager put it there. */
export const isInstalled = (path: string): boolean =>
  path.split(/[\\/]/).includes('node_modules') || path.endsWith('.pnp.cjs');
