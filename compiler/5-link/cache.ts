/** Machine code by the hash of what it was made from, in a folder that may be deleted at any time. */
import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { writeAtomically } from './atomic.ts';

export const sha256 = (data: string | Uint8Array): string =>
  createHash('sha256').update(data).digest('hex');

/** How much the objects of a project may take, in bytes. */
const defaultLimit = 256 * 2 ** 20;
/** A temporary file of this age, in milliseconds, is what a killed process has left. */
const oldestTemporary = 60 * 60 * 1000;
const digestBytes = 32;

/**
 * A folder of objects that several builds may use at once. Each is kept with its own hash, so that
 * a damaged one counts as none. Trouble with the folder makes builds slower, never fail.
 */
export class ObjectCache {
  private readonly folder: string;
  private readonly limit: number;

  /** @param limit in bytes; beyond it, what was used longest ago goes */
  constructor(folder: string, limit = defaultLimit) {
    this.folder = folder;
    this.limit = limit;
  }

  /** What was put under a key, a hash as `sha256` gives it. */
  async get(key: string): Promise<Uint8Array | undefined> {
    const path = join(this.folder, key);
    try {
      if (!(await isOwn(this.folder))) return undefined;
      const kept = await readFile(path);
      const data = kept.subarray(digestBytes);
      if (!digest(data).equals(kept.subarray(0, digestBytes))) return undefined;
      const now = new Date();
      await utimes(path, now, now).catch(() => {});
      return data;
    } catch {
      return undefined;
    }
  }

  /** Keeps an object, and makes room for it. */
  async put(key: string, data: Uint8Array): Promise<void> {
    try {
      // For this user alone: what is in it becomes code in a process.
      await mkdir(this.folder, { recursive: true, mode: 0o700 });
      if (!(await isOwn(this.folder))) return;
      const kept = Buffer.concat([digest(data), data]);
      await writeAtomically([{ path: join(this.folder, key), data: kept }]);
      await evictOldest(this.folder, this.limit);
    } catch {
      // The build has what it needs.
    }
  }
}

const digest = (data: Uint8Array): Buffer => createHash('sha256').update(data).digest();

/** Whether nobody else can have put files in a folder, as anybody could in a shared temporary folder. */
async function isOwn(folder: string): Promise<boolean> {
  const { uid, mode } = await stat(folder);
  // Windows has neither, and temporary folders for each user.
  if (process.getuid === undefined) return true;
  return uid === process.getuid() && (mode & 0o002) === 0;
}

/**
 * Removes the files of a folder that were changed longest ago until the others take no more than
 * `limit` bytes. Files that another process removes meanwhile are no trouble.
 */
export async function evictOldest(folder: string, limit: number): Promise<void> {
  const names = await readdir(folder);
  const found = await Promise.all(
    names.map(async (name) => {
      const path = join(folder, name);
      const stats = await stat(path).catch(() => undefined);
      return stats?.isFile() ? [{ path, size: stats.size, time: stats.mtimeMs }] : [];
    }),
  );
  const isTemporary = (path: string): boolean => path.endsWith('.tmp');
  let total = 0;
  for (const { path, size, time } of found.flat().sort((a, b) => b.time - a.time)) {
    if (isTemporary(path) && Date.now() - time < oldestTemporary) continue;
    total += size;
    if (total > limit || isTemporary(path)) await rm(path, { force: true });
  }
}
