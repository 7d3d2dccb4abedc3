/**
 * What a project's package.json says of its C libraries:
 *
 *     "tsnative": {
 *       "sources": ["vendor/median.c"],
 *       "libraries": {
 *         "z": "vendor/libz.a",
 *         "simplex": { "linux": "libsimplex.so.2", "darwin": "libsimplex.2.dylib", "package": "libsimplex2" },
 *         "filters": { "sources": ["vendor/a.c", "vendor/b.c"], "include": ["vendor"], "flags": ["-DFAST"] }
 *       }
 *     }
 */
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { upwards } from '../../runtime/folders.ts';
import { codes } from '../diagnostics/codes.ts';
import type { Diagnostic } from '../diagnostics/types.ts';
import { sourceClosure } from './includes.ts';

/** A source in C with all that is compiled with it. */
export interface CSource {
  /** Absolute. */
  readonly path: string;
  /** Absolute folders of headers. */
  readonly include: readonly string[];
  readonly flags: readonly string[];
  /** Absolute paths of the files that it includes. */
  readonly headers: readonly string[];
}

/** A library whose code becomes part of the addon. */
export interface LinkedLibrary {
  readonly name: string;
  readonly sources: readonly CSource[];
  /** Absolute paths of archives, by platform, such as `linux-x64`; under an empty name those of all. */
  readonly archives: Readonly<Record<string, readonly string[]>>;
}

/** A library that is opened when the addon is loaded. */
export interface SharedLibrary {
  readonly name: string;
  /** The names of files by system, such as `linux`, or platform. */
  readonly files: Readonly<Record<string, readonly string[]>>;
  /** What has to be installed. */
  readonly package?: string;
}

export interface CLibraries {
  readonly linked: readonly LinkedLibrary[];
  readonly shared: readonly SharedLibrary[];
  /** Absolute paths of the files that the addon is made of. */
  readonly inputs: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

/** @param tsconfig of the project */
export function readLibraries(tsconfig: string): CLibraries {
  const manifest = [...upwards(tsconfig)]
    .map((folder) => join(folder, 'package.json'))
    .find((path) => existsSync(path));
  const reader = new Reader(manifest ?? tsconfig);
  if (manifest !== undefined) reader.read();
  const { linked, shared, inputs, diagnostics } = reader;
  return { linked, shared, inputs, diagnostics };
}

const isArchive = (file: string): boolean => /\.(a|lib|o|obj)$/.test(file);
const isSource = (file: string): boolean => extname(file) === '.c';

class Reader implements CLibraries {
  readonly linked: LinkedLibrary[] = [];
  readonly shared: SharedLibrary[] = [];
  readonly diagnostics: Diagnostic[] = [];
  private readonly files = new Set<string>();
  private readonly manifest: string;

  constructor(manifest: string) {
    this.manifest = manifest;
  }

  get inputs(): readonly string[] {
    return [...this.files];
  }

  read(): void {
    let settings: unknown;
    try {
      settings = (JSON.parse(readFileSync(this.manifest, 'utf8')) as { tsnative?: unknown })
        .tsnative;
    } catch {
      // npm complains of a broken package.json.
      return;
    }
    if (settings === undefined) return;
    this.files.add(this.manifest);
    if (!isObject(settings)) return this.wrong('tsnative', 'an object');
    const { sources = [], libraries = {}, ...more } = settings;
    const [unknown] = Object.keys(more);
    if (unknown !== undefined)
      return this.wrong(`tsnative.${unknown}`, 'left out: there are sources and libraries');
    if (!isList(sources)) return this.wrong('tsnative.sources', 'a list of files');
    for (const file of sources) {
      const name = basename(file, '.c');
      if (!isSource(file)) this.wrong('tsnative.sources', 'a list of files that end with .c');
      else this.addSources(name, [file], [], []);
    }
    if (!isObject(libraries)) return this.wrong('tsnative.libraries', 'an object');
    for (const [name, library] of Object.entries(libraries)) this.library(name, library);
  }

  private library(name: string, library: unknown): void {
    const where = `tsnative.libraries.${name}`;
    if (typeof library === 'string') return this.file(name, library);
    if (!isObject(library)) return this.wrong(where, 'a file, or an object');
    const { sources, include = [], flags = [], package: bringing, ...files } = library;
    if (sources !== undefined) {
      if (!isList(sources) || !isList(include) || !isList(flags))
        return this.wrong(where, 'lists of texts for sources, include and flags');
      return this.addSources(name, sources, include, flags);
    }
    const lists: Record<string, readonly string[]> = {};
    for (const [system, given] of Object.entries(files)) {
      const list = typeof given === 'string' ? [given] : given;
      if (!isList(list)) return this.wrong(`${where}.${system}`, 'a file, or a list of files');
      lists[system] = list;
    }
    const all = Object.values(lists).flat();
    if (all.some(isArchive)) {
      const archives = Object.fromEntries(
        Object.entries(lists).map(([system, list]) => [system, list.map((one) => this.input(one))]),
      );
      this.linked.push({ name, sources: [], archives });
      return;
    }
    this.shared.push({
      name,
      files: lists,
      ...(typeof bringing === 'string' && { package: bringing }),
    });
  }

  private file(name: string, file: string): void {
    if (isSource(file)) this.addSources(name, [file], [], []);
    else if (isArchive(file))
      this.linked.push({ name, sources: [], archives: { '': [this.input(file)] } });
    else this.shared.push({ name, files: { '': [file] } });
  }

  private addSources(
    name: string,
    sources: readonly string[],
    include: readonly string[],
    flags: readonly string[],
  ): void {
    const folders = include.map((folder) => resolve(dirname(this.manifest), folder));
    const made = sources.flatMap((file): CSource[] => {
      const path = this.input(file);
      if (!existsSync(path)) return [];
      const headers = sourceClosure(path, folders);
      for (const header of headers) this.files.add(header);
      return [{ path, include: folders, flags, headers }];
    });
    this.linked.push({ name, sources: made, archives: {} });
  }

  /** The absolute path of a file that must be there. */
  private input(file: string): string {
    const path = resolve(dirname(this.manifest), file);
    if (existsSync(path)) this.files.add(path);
    else
      this.diagnostics.push(codes.missingCFile(undefined, { file: path, manifest: this.manifest }));
    return path;
  }

  private wrong(setting: string, wanted: string): void {
    this.diagnostics.push(
      codes.badLibrary(undefined, { setting, wanted, manifest: this.manifest }),
    );
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isList = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string');
