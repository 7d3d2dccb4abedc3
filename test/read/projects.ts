/** Small TypeScript projects in temporary folders, read in process. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Diagnostic } from '../../compiler/diagnostics/types.ts';
import type { Reading } from '../../compiler/1-read/model.ts';
import { readProject, type ReadOptions } from '../../compiler/1-read/project.ts';

export type Files = Readonly<Record<string, string>>;

/** Stands for the installed package, whose hints alone reading needs. */
const hintsPackage: Files = {
  'node_modules/tsnative/package.json': JSON.stringify({
    name: 'tsnative',
    exports: { '.': { types: './dist/runtime/index.d.ts' } },
  }),
  'node_modules/tsnative/dist/runtime/index.d.ts': [
    ...['i8', 'u8', 'i16', 'u16', 'i32', 'u32', 'f32', 'f64'].map(
      (name) => `export type ${name} = number;`,
    ),
    'export type i64 = bigint; export type u64 = bigint; export type bool = boolean;',
  ].join('\n'),
};

export const compilerOptions = {
  target: 'ES2022',
  lib: ['ES2023'],
  types: [],
  module: 'NodeNext',
  strict: true,
  skipLibCheck: true,
  rootDir: 'src',
  outDir: 'out',
};

const folders: string[] = [];

/** Makes a folder with these files, ESM unless they have another package.json; returns its path. */
export function makeFolder(files: Files, options: object = {}): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'tsnative-read-')));
  folders.push(folder);
  const all: Files = {
    'package.json': JSON.stringify({ name: 'test', type: 'module' }),
    'tsconfig.json': JSON.stringify({
      compilerOptions: { ...compilerOptions, ...options },
      include: ['src'],
    }),
    ...hintsPackage,
    ...files,
  };
  for (const [name, text] of Object.entries(all)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

export function readFiles(
  files: Files,
  options: object = {},
  readOptions: Partial<ReadOptions> = {},
): Reading {
  return readProject({ project: makeFolder(files, options), ...readOptions });
}

/** Reads one file, with all hints imported, that has to be without errors. */
export function readSource(source: string, more: Files = {}): Reading {
  const reading = readFiles({ 'src/main.ts': `${allHints}${source}`, ...more });
  if (reading.diagnostics.length > 0) throw new Error(summary(reading.diagnostics));
  return reading;
}

export const allHints =
  "import type { i8, u8, i16, u16, i32, u32, i64, u64, f32, f64, bool } from 'tsnative'; ";

export const summary = (diagnostics: readonly Diagnostic[]): string =>
  diagnostics
    .map(({ code, place, message }) => `${place?.line}:${place?.column} ${code} ${message}`)
    .join('\n');

export const codesOf = (reading: Reading): string[] => reading.diagnostics.map(({ code }) => code);

export function removeFolders(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}
