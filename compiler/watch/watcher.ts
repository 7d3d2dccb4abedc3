/**
 * Tells of files that change, come or go where a project has its inputs. By chokidar, as `fs.watch` alone loses files
 * that editors replace, keeps folders from being deleted on Windows, and can't watch trees on every system.
 */
import { existsSync, statSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { watch, type FSWatcher } from 'chokidar';
import { upwards } from '../../runtime/folders.ts';
import { isInstalled } from '../project-folder.ts';

export interface Inputs {
  /** Absolute paths of the files that were read. */
  readonly inputs: readonly string[];
  /** Folders whose files are inputs by a pattern. */
  readonly folders: readonly { readonly path: string; readonly recursive: boolean }[];
}

/** What has happened, by absolute paths. */
export interface Changes {
  readonly paths: readonly string[];
  /** Some of the files have come or gone, so that imports may lead elsewhere. */
  readonly cameOrWent: boolean;
}

/** What package managers write when they have installed something. */
const installed = [
  'node_modules/.package-lock.json',
  'node_modules/.modules.yaml',
  'node_modules/.yarn-state.yml',
  '.pnp.cjs',
];
/** What could become an input by its name. */
const source = /\.([cm]?[jt]sx?|json)$/;
/** Editors write a file in several steps; so long, in milliseconds, nothing must happen. */
const quiet = 15;
/** Of two changes of a file within 50 ms, chokidar tells the first alone; so long after a build, files are looked at again. */
const untold = 60;

export class ProjectWatcher {
  /** Each tells once when all that it was made for is watched. */
  private readonly watchers: FSWatcher[] = [];
  private readonly files = new Set<string>();
  /** Whether all below is watched, by path. */
  private readonly folders = new Map<string, boolean>();
  private readonly installations: readonly string[];
  /** Which have come or gone, by paths. */
  private changed = new Map<string, boolean>();
  private told: () => void = () => {};
  private lateLook: NodeJS.Timeout | undefined;
  /** When files had been written that were found to be newer than a build: a file server's clock may be ahead. */
  private readonly looked = new Map<string, number>();

  /** @param project the tsconfig file, absolute */
  constructor(project: string) {
    this.files.add(project);
    this.installations = [...upwards(project)].flatMap((folder) =>
      installed.map((name) => join(folder, name)).filter((path) => existsSync(path)),
    );
    for (const path of this.installations) this.files.add(path);
  }

  /**
   * Watches what a build has read, beside all before.
   * @param since when it began, as `Date.now()` gives it: what has changed from then on counts as changed now
   */
  async follow({ inputs, folders }: Inputs, since: number): Promise<void> {
    const own = inputs.map((path) => resolve(path)).filter((path) => !isInstalled(path));
    for (const path of own) this.files.add(path);
    const wanted = [
      ...folders.map(({ path, recursive }) => ({ path: resolve(path), recursive })),
      ...[...this.files]
        .filter((path) => !isInstalled(path))
        .map((path) => ({ path: dirname(path), recursive: false })),
    ];
    const added = this.watchers.length === 0 ? [...this.installations] : [];
    for (const { path, recursive } of wanted) {
      if (this.isCovered(path, recursive)) continue;
      this.folders.set(path, recursive);
      added.push(path);
    }
    if (added.length > 0) await this.watch(added);
    const look = (): void => {
      for (const path of own) {
        const stats = statSync(path, { throwIfNoEntry: false });
        const time = stats?.mtimeMs;
        if (time !== undefined && (time <= since || time === this.looked.get(path))) continue;
        if (time !== undefined) this.looked.set(path, time);
        this.note(path, !stats);
      }
    };
    look();
    this.lateLook = setTimeout(look, untold);
  }

  /**
   * Waits until something has happened, and then until nothing more does.
   * @param outputs what the project's builds write: no inputs
   * @throws the signal's reason
   */
  async next(outputs: ReadonlySet<string>, signal: AbortSignal): Promise<Changes> {
    for (;;) {
      signal.throwIfAborted();
      const changed = [...this.changed].filter(([path]) => !outputs.has(path));
      this.changed = new Map();
      if (changed.length > 0) {
        // The build that follows sees what is late.
        clearTimeout(this.lateLook);
        const cameOrWent = changed.some(([path, is]) => is || isInstalled(path));
        return { paths: changed.map(([path]) => path), cameOrWent };
      }
      await this.settled(signal);
    }
  }

  async close(): Promise<void> {
    clearTimeout(this.lateLook);
    await Promise.all(this.watchers.map((watcher) => watcher.close()));
  }

  private async watch(paths: readonly string[]): Promise<void> {
    const watcher = watch([...paths], {
      ignoreInitial: true,
      ignored: (path, stats) => this.isIgnored(resolve(path), stats?.isDirectory()),
    });
    this.watchers.push(watcher);
    watcher.on('all', (event, path) => {
      if (event !== 'addDir') this.note(resolve(path), event !== 'change');
    });
    // What can't be watched, such as beyond the system's limit, is not told of; the rest is.
    watcher.on('error', () => {});
    await new Promise<void>((ready) => watcher.once('ready', ready));
  }

  private note(path: string, cameOrWent: boolean): void {
    if (!this.files.has(path) && !cameOrWent) return;
    this.changed.set(path, cameOrWent || this.changed.get(path) === true);
    this.told();
  }

  private settled(signal: AbortSignal): Promise<void> {
    return new Promise((done) => {
      let timer: NodeJS.Timeout | undefined;
      const finish = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', finish);
        this.told = () => {};
        done();
      };
      this.told = () => {
        clearTimeout(timer);
        timer = setTimeout(finish, quiet);
      };
      signal.addEventListener('abort', finish);
      if (this.changed.size > 0) this.told();
    });
  }

  private isCovered(path: string, recursive: boolean): boolean {
    const known = this.folders.get(path);
    if (known !== undefined && (known || !recursive)) return true;
    return [...this.folders].some(([folder, deep]) => deep && path.startsWith(folder + sep));
  }

  private isIgnored(path: string, isFolder: boolean | undefined): boolean {
    if (this.files.has(path) || this.folders.has(path)) return false;
    const [folder, deep] = [...this.folders].find(
      ([known, all]) => (all && path.startsWith(known + sep)) || dirname(path) === known,
    ) ?? ['', false];
    if (folder === '') return true;
    const names = path.slice(folder.length + 1).split(sep);
    if (names.some((name) => name === 'node_modules' || name.startsWith('.'))) return true;
    if (isFolder === undefined) return false;
    return isFolder ? !deep : !source.test(path);
  }
}
