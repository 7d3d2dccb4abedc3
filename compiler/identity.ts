/** Which compiler this is, so that a cache made by another one isn't used. */
import { createHash } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { libraryPath } from './library-path.ts';

let identity: string | undefined;

/** A hash over the compiler's own files by name, size and time: an edit of the compiler changes it, as an update does. */
export function compilerIdentity(): string {
  identity ??= measure();
  return identity;
}

function measure(): string {
  const hash = createHash('sha256');
  const visit = (folder: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) visit(path);
      else add(path);
    }
  };
  const add = (path: string): void => {
    const { size, mtimeMs } = statSync(path);
    hash.update(`${path} ${size} ${mtimeMs}\n`);
  };
  visit(fileURLToPath(new URL('.', import.meta.url)));
  visit(fileURLToPath(new URL('../runtime/', import.meta.url)));
  add(libraryPath());
  return hash.digest('hex');
}
