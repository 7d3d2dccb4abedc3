/**
 * A user's project with hints for packages that it imports. TypeScript checks the project as it stands, by the
 * packages' own declarations; native code is made of a second program, which has the packages' sources too.
 */
import path from 'node:path';
import { ts } from '../../ts-morph.ts';
import type { Diagnostic } from '../../diagnostics/types.ts';
import { codes } from '../../diagnostics/codes.ts';
import { existsSync } from 'node:fs';
import { fromTypeScript } from '../compiler-diagnostics.ts';
import { asPackage, createProgram, type Wrapper, type ReadFile } from '../program.ts';
import { parseHintsFile, type HintsFile } from './hints-file.ts';
import type { Hints } from './match.ts';
import { matchAll, type SourceOfBlock } from './open.ts';
import { realPath, resolveImports, sourceOfBlock } from './resolution.ts';

export interface ProjectHints {
  readonly program: ts.Program;
  readonly refusals: readonly Diagnostic[];
  /** What TypeScript finds in the hints files. */
  readonly check: () => readonly Diagnostic[];
  /** The sources that hints type. */
  readonly sources: readonly string[];
  readonly match: (wrapper: Wrapper) => Hints;
}

/**
 * @param plain the project's program without hints
 * @param names paths of hints files
 */
export function addHints(
  plain: ts.Program,
  names: readonly string[],
  readFile: ReadFile,
): ProjectHints {
  const refusals: Diagnostic[] = [];
  const options = plain.getCompilerOptions();
  const hints = names.flatMap((name): HintsFile[] => {
    if (existsSync(name)) {
      const file = realPath(name);
      return [parseHintsFile(file, readFile(file) ?? '')];
    }
    refusals.push(codes.noHintsFile(undefined, { path: name }));
    return [];
  });
  const own = plain.getRootFileNames();
  const [first] = own;
  const mode =
    options.module === ts.ModuleKind.CommonJS
      ? ts.ModuleKind.CommonJS
      : ((first === undefined ? undefined : plain.getSourceFile(first)?.impliedNodeFormat) ??
        ts.ModuleKind.ESNext);
  const byBlock = new Map<string, string | undefined>();
  const sourceOf: SourceOfBlock = (file, specifier) => byBlock.get(`${file.path} ${specifier}`);
  for (const file of hints)
    for (const { specifier } of file.blocks)
      byBlock.set(`${file.path} ${specifier}`, sourceOfBlock(specifier, file, [], options, mode));
  const sources = [...new Set([...byBlock.values()].flatMap((source) => source ?? []))];
  const resolveInPackages = resolveImports((file) => sources.includes(file));
  const program = createProgram(
    {
      rootNames: [...own, ...sources, ...hints.map(({ path: file }) => file)],
      options: {
        ...options,
        allowJs: true,
        // Nobody wants to hear of the sources, but which variables are read unassigned is asked for.
        checkJs: undefined,
        noCheck: undefined,
        // The packages' files would move the root, and TypeScript has found their errors where they are the project's.
        rootDir: options.rootDir ?? rootOf(plain),
        noEmitOnError: false,
        composite: false,
        incremental: false,
      },
    },
    (file) => hints.find((one) => one.path === file)?.text ?? readFile(file),
    {
      resolve: (literals, file, redirected, ...rest) =>
        file.includes('/node_modules/')
          ? resolveInPackages(literals, file, redirected, ...rest)
          : literals.map((literal) => resolvePlainly(literal, file, redirected, rest[0], rest[1])),
    },
  );
  return {
    program,
    refusals,
    check: () =>
      hints.flatMap(({ path: file }) => {
        const source = program.getSourceFile(file);
        return source ? program.getSemanticDiagnostics(source).map(fromTypeScript) : [];
      }),
    sources,
    match: (wrapper) => matchAll(program, hints, sourceOf, wrapper),
  };
}

function resolvePlainly(
  literal: ts.StringLiteralLike,
  file: string,
  redirected: ts.ResolvedProjectReference | undefined,
  options: ts.CompilerOptions,
  containing: ts.SourceFile,
): ts.ResolvedModuleWithFailedLookupLocations {
  const mode = ts.getModeForUsageLocation(containing, literal, options);
  return asPackage(
    ts.resolveModuleName(literal.text, file, options, ts.sys, undefined, redirected, mode),
  );
}

/** The folder from which TypeScript counts where the project's files go. */
function rootOf(program: ts.Program): string {
  // Not in TypeScript's published types.
  const { getCommonSourceDirectory } = program as ts.Program & {
    getCommonSourceDirectory(): string;
  };
  return path.posix.normalize(getCommonSourceDirectory());
}
