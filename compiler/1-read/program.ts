/** Makes TypeScript's program, and ts-morph's nodes for its files. */
import { createWrappedNode, Project, ts, type SourceFile } from '../ts-morph.ts';
import { inArrays, inPackage } from './hints.ts';
import type { KeptProgram } from './kept.ts';

/** The sources of the package named tsnative that become native. */
const ownSource = /[\\/]node_modules[\\/]tsnative[\\/]runtime[\\/]/;

export type ReadFile = (file: string) => string | undefined;

/** Where ts-morph pretends to keep the libraries that it carries in its own code. */
const libraryFolder = '/node_modules/typescript/lib';

export const isLibraryFile = (file: string): boolean => file.startsWith(libraryFolder);

/** For programs whose sources are in packages too. */
export interface OtherModules {
  /** Where imports lead. */
  readonly resolve: NonNullable<ts.CompilerHost['resolveModuleNameLiterals']>;
}

const isDeclarationFile = (file: string): boolean => /\.d\.[cm]?ts$/.test(file);

/**
 * A program whose files are read through `readFile`. It isn't made by ts-morph's `Project`, which
 * doesn't tell CommonJS files from ECMAScript modules (TypeScript's `impliedNodeFormat`).
 *
 * Its nodes know their parents only once its checker has been asked for: TypeScript sets them when
 * it binds names, as it does in any case.
 * @param kept what there is of the program before an edit
 */
export function createProgram(
  options: Omit<ts.CreateProgramOptions, 'host'>,
  readFile: ReadFile,
  modules?: OtherModules,
  kept?: KeptProgram,
): ts.Program {
  kept?.begin(options.options);
  const host = ts.createCompilerHost(options.options);
  const usual = host.getSourceFile;
  const readSource: typeof usual = (file, sourceOptions, ...rest) => {
    const text = kept && host.readFile(file);
    return kept && text !== undefined
      ? kept.source(file, text, sourceOptions)
      : usual(file, sourceOptions, ...rest);
  };
  host.readFile = readFile;
  host.getDefaultLibLocation = () => libraryFolder;
  host.getDefaultLibFileName = (compilerOptions) =>
    `${libraryFolder}/${ts.getDefaultLibFileName(compilerOptions)}`;
  host.getSourceFile = (file, sourceOptions, ...rest) => {
    if (isLibraryFile(file)) return libraryFile(file, sourceOptions);
    const isPackage = file.includes('/node_modules/') && (!modules || isDeclarationFile(file));
    return readSource(file, isPackage ? briefly(sourceOptions) : sourceOptions, ...rest);
  };
  keepOwnSources(host, options.options);
  const { fileExists } = host;
  host.fileExists = (file) =>
    isLibraryFile(file) ? libraryText(file) !== undefined : fileExists(file);
  if (modules) host.resolveModuleNameLiterals = modules.resolve;
  return ts.createProgram({ ...options, ...(kept?.old && { oldProgram: kept.old }), host });
}

/**
 * Lets the package's own sources be those of a package wherever they are: where it is linked, and in its own repository.
 * They are not the project's to write.
 */
function keepOwnSources(host: ts.CompilerHost, options: ts.CompilerOptions): void {
  const { realpath } = host;
  if (realpath) host.realpath = (file) => (ownSource.test(file) ? file : realpath(file));
  const cache = ts.createModuleResolutionCache(
    host.getCurrentDirectory(),
    (file) => host.getCanonicalFileName(file),
    options,
  );
  host.resolveModuleNameLiterals = (literals, file, redirected, compilerOptions, containing) =>
    literals.map((literal) => {
      const mode = ts.getModeForUsageLocation(containing, literal, compilerOptions);
      return asPackage(
        ts.resolveModuleName(literal.text, file, compilerOptions, host, cache, redirected, mode),
      );
    });
}

/** What an import leads to; the package's own sources are in a package. */
export function asPackage(
  found: ts.ResolvedModuleWithFailedLookupLocations,
): ts.ResolvedModuleWithFailedLookupLocations {
  const { resolvedModule } = found;
  const file = resolvedModule?.resolvedFileName ?? '';
  if (!resolvedModule || isDeclarationFile(file) || !(inArrays(file) || inPackage(file)))
    return found;
  return { ...found, resolvedModule: { ...resolvedModule, isExternalLibraryImport: true } };
}

/**
 * The same program with other texts of some files, by path. It isn't for TypeScript to check.
 * @param kept what there is of the program before an edit
 */
export function withTexts(
  program: ts.Program,
  texts: ReadonlyMap<string, string>,
  kept?: KeptProgram,
): ts.Program {
  const options = { ...program.getCompilerOptions(), noEmitOnError: false };
  const host = ts.createCompilerHost(options);
  const { getSourceFile } = host;
  host.getDefaultLibLocation = () => libraryFolder;
  host.getDefaultLibFileName = (compilerOptions) =>
    `${libraryFolder}/${ts.getDefaultLibFileName(compilerOptions)}`;
  host.getSourceFile = (file, sourceOptions, ...rest) => {
    const written = texts.get(file);
    const known = written === undefined ? program.getSourceFile(file) : undefined;
    if (known) return known;
    const text = written ?? (kept && host.readFile(file));
    if (text === undefined) return getSourceFile(file, sourceOptions, ...rest);
    return kept
      ? kept.writtenSource(file, text, sourceOptions)
      : ts.createSourceFile(file, text, sourceOptions);
  };
  keepOwnSources(host, options);
  const whole = ts.createProgram({
    rootNames: program.getRootFileNames(),
    options,
    host,
    oldProgram: kept?.whole ?? program,
  });
  if (kept) kept.whole = whole;
  return whole;
}

type SourceOptions = ts.ScriptTarget | ts.CreateSourceFileOptions;

/** Options that leave out comments but for what errors can come from, as `tsc` does in all files. */
const briefly = (options: SourceOptions): ts.CreateSourceFileOptions => ({
  ...(typeof options === 'object' ? options : { languageVersion: options }),
  jsDocParsingMode: ts.JSDocParsingMode.ParseForTypeErrors,
});

const libraries = new Map<string, ts.SourceFile>();

/** A file of TypeScript's libraries. They never change, so the builds of a process share them. */
function libraryFile(file: string, options: SourceOptions): ts.SourceFile | undefined {
  const known = libraries.get(file);
  if (known) return known;
  const text = libraryText(file);
  if (text === undefined) return undefined;
  const parsed = ts.createSourceFile(file, text, briefly(options));
  libraries.set(file, parsed);
  return parsed;
}

let libraryHost: ts.ModuleResolutionHost | undefined;

function libraryText(file: string): string | undefined {
  libraryHost ??= new Project({ skipFileDependencyResolution: true }).getModuleResolutionHost();
  return libraryHost.readFile(file);
}

/** The ts-morph nodes of a program's files, one for each file. */
export class Wrapper {
  private readonly files = new Map<ts.SourceFile, SourceFile>();
  private readonly program: ts.Program;

  constructor(program: ts.Program) {
    this.program = program;
  }

  wrap(file: ts.SourceFile): SourceFile {
    const known = this.files.get(file);
    if (known) return known;
    const compilerOptions = this.program.getCompilerOptions();
    const typeChecker = this.program.getTypeChecker();
    const wrapped = createWrappedNode(file, { compilerOptions, typeChecker });
    this.files.set(file, wrapped);
    return wrapped;
  }
}
