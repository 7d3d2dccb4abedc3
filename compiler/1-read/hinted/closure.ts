/** Which files a native copy of modules has, and where. */
import path from 'node:path';
import type { ts } from '../../ts-morph.ts';
import type { Hinted } from '../model.ts';
import type { Hints } from './match.ts';

/**
 * The entries and, in turn, what they import relatively; and the packages among their imports that hints type,
 * which go into a node_modules folder of the copy, where Node finds them first.
 * @param inProject the entries are packages that a project imports
 */
export function hintedModules(
  entries: readonly string[],
  program: ts.Program,
  hints: Hints,
  inProject: boolean,
): Hinted {
  const own = inProject ? [] : reached(entries, program, isRelative);
  const all = inProject ? reached(entries, program, isRelative) : reached(own, program, () => true);
  const root = commonFolder(own);
  const copies = all.flatMap((file): [string, string][] => {
    if (own.includes(file)) return [[file, path.posix.relative(root, file)]];
    const [, inPackage] = /.*\/node_modules\/(.*)$/.exec(file) ?? [];
    return inPackage === undefined ? [] : [[file, `node_modules/${inPackage}`]];
  });
  return { files: new Map(copies), root, inProject, release: () => hints.release() };
}

/** Files and what they import, directly or not. */
function reached(
  files: readonly string[],
  program: ts.Program,
  follows: (specifier: string) => boolean,
): string[] {
  const found = new Set(files);
  // The set grows while it is walked.
  for (const file of found) {
    const source = program.getSourceFile(file);
    if (!source) continue;
    for (const { specifier, target } of importsOf(source, program))
      if (follows(specifier)) found.add(target);
  }
  return [...found];
}

/** The imports of a file that lead to sources of the build. */
function importsOf(
  source: ts.SourceFile,
  program: ts.Program,
): { readonly specifier: string; readonly target: string }[] {
  // Neither is in TypeScript's published types.
  const { imports = [] } = source as { imports?: readonly ts.StringLiteralLike[] };
  const { getResolvedModuleFromModuleSpecifier } = program as ts.Program & {
    getResolvedModuleFromModuleSpecifier(
      specifier: ts.StringLiteralLike,
      source: ts.SourceFile,
    ): { resolvedModule?: ts.ResolvedModuleFull } | undefined;
  };
  return imports.flatMap((specifier) => {
    const found = getResolvedModuleFromModuleSpecifier(specifier, source)?.resolvedModule;
    const isSource = found && !found.isExternalLibraryImport;
    return isSource ? [{ specifier: specifier.text, target: found.resolvedFileName }] : [];
  });
}

const isRelative = (specifier: string): boolean => /^\.\.?\//.test(specifier);

function commonFolder(files: readonly string[]): string {
  const folders = files.map((file) => path.posix.dirname(file).split('/'));
  const [first = []] = folders;
  const length = first.findIndex((part, index) => folders.some((other) => other[index] !== part));
  return (length < 0 ? first : first.slice(0, length)).join('/') || '/';
}
