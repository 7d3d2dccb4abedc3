/** Where the modules of hints files and the imports inside them lead: to sources, not to declaration files. */
import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ts } from '../../ts-morph.ts';
import { inPackage } from '../hints.ts';
import type { HintsFile } from './hints-file.ts';

/** Options under which a module is its source and not its declaration file. Not in TypeScript's published types. */
const toSources = { noDtsResolution: true };

/**
 * The source of the module that a block names; undefined where there is none. A relative name counts from the
 * hints file or, where nothing is there, from the folders of the modules that are built.
 * @param mode how it is imported
 */
export function sourceOfBlock(
  specifier: string,
  hints: HintsFile,
  entries: readonly string[],
  options: ts.CompilerOptions,
  mode: ts.ResolutionMode = ts.ModuleKind.ESNext,
): string | undefined {
  const from = [hints.path, ...entries];
  for (const origin of from) {
    const found = sourceOf(specifier, origin, options, mode);
    if (found !== undefined) return found;
  }
  return undefined;
}

function sourceOf(
  specifier: string,
  origin: string,
  options: ts.CompilerOptions,
  mode: ts.ResolutionMode,
): string | undefined {
  if (isRelative(specifier)) {
    const file = path.posix.join(path.posix.dirname(origin), specifier);
    // TypeScript follows links too.
    if (existsSync(file) && /\.[cm]?[jt]sx?$/.test(file)) return realPath(file);
  }
  const { resolvedModule } = ts.resolveModuleName(
    specifier,
    origin,
    { ...options, ...toSources },
    ts.sys,
    undefined,
    undefined,
    mode,
  );
  const file = resolvedModule?.resolvedFileName;
  return file !== undefined && !/\.d\.[cm]?ts$/.test(file) ? file : undefined;
}

/** A file's own path, with forward slashes. */
export const realPath = (file: string): string => realpathSync(file).replaceAll(path.sep, '/');

const isRelative = (specifier: string): boolean => /^\.\.?\//.test(specifier);

/**
 * TypeScript's question where imports lead, answered for a build with hints: relative imports, and those of
 * modules with hints, lead to sources that belong to the build; others as ever.
 * @param hinted whether a file has a block in a hints file
 */
export function resolveImports(
  hinted: (file: string) => boolean,
): NonNullable<ts.CompilerHost['resolveModuleNameLiterals']> {
  return (literals, containingFile, redirected, options, containing) =>
    literals.map((literal) => {
      const mode = ts.getModeForUsageLocation(containing, literal, options);
      const resolve = (more: object): ts.ResolvedModuleFull | undefined =>
        ts.resolveModuleName(
          literal.text,
          containingFile,
          { ...options, ...more },
          ts.sys,
          undefined,
          redirected,
          mode,
        ).resolvedModule;
      // The hints themselves are declared: their package is none that is built.
      if (inPackage(containingFile)) return { resolvedModule: resolve({}) };
      const source = resolve(toSources);
      if (source && (isRelative(literal.text) || hinted(source.resolvedFileName)))
        return { resolvedModule: { ...source, isExternalLibraryImport: false } };
      const declared = resolve({});
      if (declared || literal.text !== 'tsnative') return { resolvedModule: declared };
      return { resolvedModule: ownPackage() };
    });
}

/** The hints, where no tsnative is installed beside the hints file: those of this compiler. */
function ownPackage(): ts.ResolvedModuleFull | undefined {
  const files = ['../../../runtime/index.d.ts', '../../../runtime/index.ts'];
  for (const file of files) {
    const resolvedFileName = fileURLToPath(new URL(file, import.meta.url));
    if (!existsSync(resolvedFileName)) continue;
    const extension = file.endsWith('.d.ts') ? ts.Extension.Dts : ts.Extension.Ts;
    return { resolvedFileName, extension, isExternalLibraryImport: true };
  }
  return undefined;
}
