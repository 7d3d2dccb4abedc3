/** Finding programs on the PATH without running them. */
import { constants } from 'node:fs';
import { access, realpath, stat } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * All programs of these names on the PATH: by name in the order given, then by folder.
 * A program that is found under several names counts once.
 */
export async function findPrograms(
  names: readonly string[],
  env: Environment = process.env,
): Promise<string[]> {
  // Empty entries mean the current folder: a project's files are no tools.
  const folders = (env['PATH'] ?? env['Path'] ?? '').split(delimiter).filter(Boolean);
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const candidates = names.flatMap((name) => folders.map((folder) => join(folder, name + suffix)));
  const found = await Promise.all(candidates.map(programAt));
  const seen = new Set<string>();
  return candidates.filter((_, index) => {
    const real = found[index];
    if (real === undefined || seen.has(real)) return false;
    seen.add(real);
    return true;
  });
}

/** The file that a path leads to, if it can be run. */
async function programAt(path: string): Promise<string | undefined> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile() ? await realpath(path) : undefined;
  } catch {
    return undefined;
  }
}
