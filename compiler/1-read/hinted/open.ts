/** Opens modules that are not the user's, with the hints files that type them. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { ts } from '../../ts-morph.ts';
import { codes } from '../../diagnostics/codes.ts';
import type { Diagnostic } from '../../diagnostics/types.ts';
import { fromTypeScript } from '../compiler-diagnostics.ts';
import type { OpenedProject } from '../open.ts';
import { placeOfRange } from '../places.ts';
import { createProgram, Wrapper } from '../program.ts';
import { parseHintsFile, type HintsFile } from './hints-file.ts';
import { Hints } from './match.ts';
import { realPath, resolveImports, sourceOfBlock } from './resolution.ts';

/** What `tsnative build --hints` names. */
export interface HintedModules {
  /** Paths of hints files. */
  readonly hints: readonly string[];
  /** Paths of the modules to make copies of. */
  readonly entries: readonly string[];
}

export interface OpenedModules extends OpenedProject {
  /** Absolute paths of the modules to copy that there are. */
  readonly sources: readonly string[];
  /** Matches the hints; TypeScript's checker must have been asked for, since it binds names. */
  readonly match: (wrapper: Wrapper) => Hints;
}

/** Sources stay as they are but for their types, whatever their modules are in. */
const compilerOptions: ts.CompilerOptions = {
  target: ts.ScriptTarget.ESNext,
  lib: ['lib.esnext.d.ts'],
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  allowJs: true,
  resolveJsonModule: true,
  strict: true,
  // Where files go is decided by `4-emit/copies.ts`; TypeScript writes none over its sources.
  outDir: '/tsnative-copies',
  // A script or CommonJS module that isn't strict must not become so.
  alwaysStrict: false,
  moduleDetection: ts.ModuleDetectionKind.Legacy,
  types: [],
  skipLibCheck: true,
};

/** Never throws for what a user can do wrong: that is in the refusals. */
export function openModules({ hints: names, entries }: HintedModules): OpenedModules {
  const inputs = new Set<string>();
  const refusals: Diagnostic[] = [];
  const present = (file: string): string[] => {
    if (existsSync(file)) return [realPath(file)];
    refusals.push(codes.noHintsFile(undefined, { path: file }));
    return [];
  };
  const sources = entries.flatMap(present);
  const hints = names.flatMap(present).map((file) => {
    inputs.add(file);
    return parseHintsFile(file, ts.sys.readFile(file) ?? '');
  });
  const byBlock = new Map<string, string | undefined>();
  const sourceOf: SourceOfBlock = (file, specifier) => byBlock.get(`${file.path} ${specifier}`);
  for (const file of hints)
    for (const { specifier } of file.blocks)
      byBlock.set(
        `${file.path} ${specifier}`,
        sourceOfBlock(specifier, file, sources, compilerOptions),
      );
  const hinted = new Set([...byBlock.values()].flatMap((source) => source ?? []));
  const program = createProgram(
    {
      rootNames: [...sources, ...hinted, ...hints.map(({ path: file }) => file)],
      options: compilerOptions,
    },
    (file) => {
      const shown = hints.find((one) => one.path === file)?.text;
      const text = shown ?? ts.sys.readFile(file);
      if (text !== undefined) inputs.add(file);
      return text;
    },
    { resolve: resolveImports((file) => hinted.has(file)) },
  );
  // JavaScript must not be seen with the types that are lent to it.
  const syntax = program.getSourceFiles().flatMap((file) => program.getSyntacticDiagnostics(file));
  return {
    program,
    checked: undefined,
    configPath: sources[0] ?? path.resolve('tsnative'),
    folders: [],
    refusals,
    check: () => problems(program, hints, syntax),
    inputs: [...inputs].sort(),
    sources,
    match: (wrapper) => matchAll(program, hints, sourceOf, wrapper),
  };
}

/**
 * What TypeScript finds in hints files, and syntax errors everywhere. What it thinks of the types in a module
 * that isn't the user's is no use to the user.
 */
function problems(
  program: ts.Program,
  hints: readonly HintsFile[],
  syntax: readonly ts.Diagnostic[],
): Diagnostic[] {
  const semantic = hints.flatMap(({ path: file }) => {
    const source = program.getSourceFile(file);
    return source ? program.getSemanticDiagnostics(source) : [];
  });
  return [...syntax, ...semantic].map(fromTypeScript);
}

/** The source that a block is about. */
export type SourceOfBlock = (file: HintsFile, specifier: string) => string | undefined;

export function matchAll(
  program: ts.Program,
  files: readonly HintsFile[],
  sourceOf: SourceOfBlock,
  wrapper: Wrapper,
): Hints {
  const hints = new Hints();
  for (const file of files) {
    const shown = program.getSourceFile(file.path);
    for (const { specifier, index, start, end } of file.blocks) {
      const block = shown?.statements[index];
      if (!block || !ts.isModuleDeclaration(block)) continue;
      const path = sourceOf(file, specifier);
      const source = path === undefined ? undefined : program.getSourceFile(path);
      if (source) hints.add(block, wrapper.wrap(source));
      else
        hints.diagnostics.push(codes.unknownModule(placeOfRange(shown, start, end), { specifier }));
    }
    if (file.blocks.length === 0)
      hints.diagnostics.push(codes.emptyHints(undefined, { path: file.path }));
  }
  return hints;
}
