/** Temporary folders that are gone when the work in them is done, however it ends. */
import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeAtExit } from './leftovers.ts';

/** Runs `work` with a new folder, which only this user can read, and removes it afterwards. */
export async function withScratch<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'tsnative-link-'));
  const options = { recursive: true, force: true } as const;
  const forget = removeAtExit(() => rmSync(folder, options));
  try {
    return await work(folder);
  } finally {
    await rm(folder, options);
    forget();
  }
}
