/**
 * The record of a build: what went in and what came out. It tells the next build, before anything
 * heavy is loaded, whether there is something to do.
 */
import { readFile, readdir, stat } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { isInstalled } from '../project-folder.ts';
import { writeAtomically } from './atomic.ts';
import { evictOldest, sha256 } from './cache.ts';

/** A file as it was: quick to compare by size and times, sure by its hash. */
interface FileState {
  readonly path: string;
  readonly size: number;
  /** When its contents changed, in milliseconds since 1970. */
  readonly modified: number;
  /** When anything of it changed: a tool can set the time above, but not this one. */
  readonly changed: number;
  /**
   * The times were old when the file was read. Until then, it can change again without a change of its
   * times, which some file systems count in steps of two seconds.
   */
  readonly settled: boolean;
  readonly hash: string;
}

interface Folder {
  readonly path: string;
  readonly recursive: boolean;
}

interface FolderState extends Folder {
  /** A hash of the names in it that could be inputs. */
  readonly listing: string;
}

export interface BuildRecord<Summary> {
  /** Options, tool versions and everything else that isn't a file. */
  readonly key: string;
  readonly inputs: readonly FileState[];
  readonly folders: readonly FolderState[];
  readonly outputs: readonly FileState[];
  /** What the build told its caller, to be told again; plain data. */
  readonly summary: Summary;
}

export interface FinishedBuild<Summary> {
  readonly key: string;
  /** When the build began, as `Date.now()` gives it; before any input was read. */
  readonly startedAt: number;
  /** Absolute paths of all files read, directly or through others. */
  readonly inputs: readonly string[];
  /** Folders whose files are inputs by a pattern. */
  readonly folders: readonly Folder[];
  /** Absolute paths of the files written. */
  readonly outputs: readonly string[];
  readonly summary: Summary;
}

/** The steps, in milliseconds, in which the coarsest file system (FAT) counts a file's time. */
const coarsestTime = 2000;
/** How much the records of a project's builds may take, in bytes: one for each set of options. */
const recordLimit = 16 * 2 ** 20;

/**
 * The record of the last build with this key where all of its inputs and outputs are as they were
 * and no file has come that could be an input; else undefined.
 */
export async function upToDate<Summary>(
  recordPath: string,
  key: string,
): Promise<BuildRecord<Summary> | undefined> {
  const record = await readRecord<Summary>(recordPath);
  if (record?.key !== key) return undefined;
  const [inputs, outputs, folders] = await Promise.all([
    allUnchanged(record.inputs),
    allUnchanged(record.outputs),
    Promise.all(record.folders.map(sameListing)),
  ]);
  if (!inputs || !outputs || folders.includes(false)) return undefined;
  const refreshed = [...inputs, ...outputs].some(
    (state, index) => state !== [...record.inputs, ...record.outputs][index],
  );
  // Files with other times but the same contents: the next build need not read them again.
  if (refreshed) await writeRecord(recordPath, { ...record, inputs, outputs });
  return record;
}

/**
 * Writes the record of a build whose outputs are in place. Writes none where an input has changed
 * since the build began, as nobody knows which of its contents was read; a record that can't be
 * written makes the next build slower and is no error.
 */
export async function saveRecord<Summary>(
  recordPath: string,
  { key, startedAt, inputs, folders, outputs, summary }: FinishedBuild<Summary>,
): Promise<void> {
  const [read, written] = await Promise.all([
    Promise.all(inputs.map(stateOf)),
    Promise.all(outputs.map(stateOf)),
  ]);
  const isOld = (state: FileState): boolean =>
    Math.floor(Math.max(state.modified, state.changed)) <= startedAt;
  if (!read.every(isPresent) || !written.every(isPresent) || !read.every(isOld)) return;
  const states = await Promise.all(
    searched(inputs, folders).map(async (folder) => ({
      ...folder,
      listing: await listing(folder),
    })),
  );
  await writeRecord(recordPath, { key, inputs: read, folders: states, outputs: written, summary });
}

async function readRecord<Summary>(path: string): Promise<BuildRecord<Summary> | undefined> {
  try {
    // Safe: the key has the compiler's identity, so only what this very compiler wrote is used.
    return JSON.parse(await readFile(path, 'utf8')) as BuildRecord<Summary>;
  } catch {
    return undefined;
  }
}

async function writeRecord(path: string, record: BuildRecord<unknown>): Promise<void> {
  try {
    await writeAtomically([{ path, data: JSON.stringify(record) }]);
    await evictOldest(dirname(path), recordLimit);
  } catch {
    // As when there was no build before.
  }
}

const isPresent = (state: FileState | undefined): state is FileState => state !== undefined;

/** A file's state; undefined where there is no file. The times are of before its contents were read. */
async function stateOf(path: string): Promise<FileState | undefined> {
  try {
    const now = Date.now();
    const { size, mtimeMs: modified, ctimeMs: changed } = await stat(path);
    const settled = Math.max(modified, changed) < now - coarsestTime;
    return { path, size, modified, changed, settled, hash: sha256(await readFile(path)) };
  } catch {
    return undefined;
  }
}

/** The states as they are now if all contents are as they were; the same objects where times are too. */
async function allUnchanged(states: readonly FileState[]): Promise<FileState[] | undefined> {
  const now = await Promise.all(
    states.map(async (old) => {
      const stats = await stat(old.path).catch(() => undefined);
      if (stats?.size !== old.size) return undefined;
      const sameTimes = stats.mtimeMs === old.modified && stats.ctimeMs === old.changed;
      if (sameTimes && old.settled) return old;
      const state = await stateOf(old.path);
      if (state?.hash !== old.hash) return undefined;
      return sameTimes && !state.settled ? old : state;
    }),
  );
  return now.every(isPresent) ? now : undefined;
}

/**
 * The folders in which a new file could become an input: those of the project's patterns, and those
 * of its files, where it could be what an import finds first. Packages change with package.json.
 */
function searched(inputs: readonly string[], folders: readonly Folder[]): Folder[] {
  const own = inputs.filter((path) => !isInstalled(path)).map(dirname);
  const isCovered = (path: string): boolean =>
    folders.some(
      (folder) => path === folder.path || (folder.recursive && path.startsWith(folder.path + sep)),
    );
  const others = [...new Set(own)].filter((path) => !isCovered(path));
  return [...folders, ...others.map((path) => ({ path, recursive: false }))];
}

const sameListing = async (folder: FolderState): Promise<boolean> =>
  (await listing(folder)) === folder.listing;

/** A hash of the names of sources in a folder, and of package.json files, which say how sources are read. */
async function listing(folder: Folder): Promise<string> {
  const names: string[] = [];
  const visit = async (path: string): Promise<void> => {
    const entries = await readdir(path, { withFileTypes: true }).catch(() => []);
    await Promise.all(
      entries.map(async (entry) => {
        // TypeScript's patterns skip them too.
        if (entry.name === 'node_modules' || entry.name.startsWith('.')) return;
        const inner = join(path, entry.name);
        if (entry.isDirectory()) {
          if (folder.recursive) await visit(inner);
        } else if (/\.([cm]?[jt]sx?|json)$/.test(entry.name)) names.push(inner);
      }),
    );
  };
  await visit(folder.path);
  return sha256(names.sort().join('\n'));
}
