/** Writing files so that whoever reads, or finds them after a crash, sees the old or the new ones. */
import { rmSync } from 'node:fs';
import { chmod, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { removeAtExit } from './leftovers.ts';

export interface OutputFile {
  /** Absolute. */
  readonly path: string;
  readonly data: string | Uint8Array;
  /** The file's permissions where there is none yet, as `chmod` takes them. */
  readonly mode?: number;
}

interface Staged {
  readonly path: string;
  /** The temporary file that becomes it. */
  readonly beside: string;
}

let counter = 0;

/**
 * Writes all files or, where one can't be written, none: each is first written beside its place,
 * and only when all are there they are renamed. A file that has these very bytes is left alone,
 * with its times; one that is replaced keeps its permissions.
 * @returns the paths of the files that were written
 * @throws the system's error; no temporary file is left
 */
export async function writeAtomically(files: readonly OutputFile[]): Promise<string[]> {
  const staged: Staged[] = [];
  const forget = removeAtExit(() => {
    for (const { beside } of staged) rmSync(beside, { force: true });
  });
  try {
    for (const file of files) {
      const data = typeof file.data === 'string' ? Buffer.from(file.data) : file.data;
      const old = await stat(file.path).catch(absent);
      if (old?.size === data.length && (await hasBytes(file.path, data))) continue;
      await mkdir(dirname(file.path), { recursive: true });
      const name = `.${basename(file.path)}.${process.pid}-${counter++}.tmp`;
      const beside = join(dirname(file.path), name);
      staged.push({ path: file.path, beside });
      await writeFile(beside, data, { flag: 'wx' });
      const mode = old?.mode ?? file.mode;
      if (mode !== undefined) await chmod(beside, mode & 0o7777);
      // Else the rename would fail only after others had been done.
      if (old?.isDirectory()) await rename(beside, file.path);
    }
    for (const { path, beside } of staged) await rename(beside, path);
    return staged.map(({ path }) => path);
  } catch (error) {
    await Promise.all(staged.map(({ beside }) => rm(beside, { force: true })));
    throw named(error, staged);
  } finally {
    forget();
  }
}

/** An error of the system about a temporary file, under the name of the file that was to be written. */
function named(error: unknown, staged: readonly Staged[]): unknown {
  if (error instanceof Error && 'path' in error) {
    const file = staged.find(({ beside }) => beside === error.path);
    if (file) error.path = file.path;
  }
  return error;
}

async function hasBytes(path: string, data: Uint8Array): Promise<boolean> {
  const found = await readFile(path).catch(() => undefined);
  return found !== undefined && found.equals(data);
}

/** For `catch`: undefined where the file isn't there. */
function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
