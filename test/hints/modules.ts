/** Modules with hints files in temporary folders, built by the real compiler. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { BuildOptions, BuildResult } from '../../compiler/build-types.ts';
import { build } from '../../compiler/build.ts';

export type Files = Readonly<Record<string, string>>;

export interface Modules {
  readonly folder: string;
  path(name: string): string;
  /** Builds copies of the entries into `native/`. */
  build(entries: readonly string[], options?: Partial<BuildOptions>): Promise<BuildResult>;
  /** Imports a file of the folder. */
  load(name: string): Promise<Record<string, (...args: never[]) => unknown>>;
  remove(): void;
}

/** Makes a folder with these files; `hints.d.ts` is the hints file. */
export function makeModules(files: Files): Modules {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'tsnative-hints-')));
  const path = (name: string): string => join(folder, name);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(path(name)), { recursive: true });
    writeFileSync(path(name), text);
  }
  return {
    folder,
    path,
    build: (entries, options = {}) =>
      build(
        {
          project: path(entries[0] ?? ''),
          modules: { hints: [path('hints.d.ts')], entries: entries.map(path) },
          outDir: path('native'),
          emit: [],
          toolchain: 'bundled',
          level: 3,
          checkOnly: false,
          ...options,
        },
        { progress: () => {} },
      ),
    load: async (name) => {
      const module: unknown = await import(pathToFileURL(path(name)).href);
      return module as Record<string, (...args: never[]) => unknown>;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
