/** Opens a TypeScript project as `tsc` would, and notes every file that was read on the way. */
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { ts } from '../ts-morph.ts';
import { codes } from '../diagnostics/codes.ts';
import type { Diagnostic } from '../diagnostics/types.ts';
import { programDiagnostics } from './compiler-diagnostics.ts';
import type { CheckedProgram, KeptProgram } from './kept.ts';
import type { ProjectFolder } from './model.ts';
import type { HintedModules } from './hinted/open.ts';
import { addHints, type ProjectHints } from './hinted/in-project.ts';
import { writeKernels, type Written } from './kernels/index.ts';
import { ownPath, plugAndPlayFile, seePlugAndPlay } from './plug-n-play.ts';
import { createProgram, withTexts, type ReadFile } from './program.ts';

export interface ReadOptions {
  /** Path of a tsconfig file, or of the folder that holds a `tsconfig.json`. */
  readonly project: string;
  /** Modules with hints files to read instead of a project; without entries, hints for what the project imports. */
  readonly modules?: HintedModules;
  /** Instead of the tsconfig's own `outDir`; relative to the current folder. */
  readonly outDir?: string;
  /** JavaScript will be written, so that options which say otherwise, such as `noEmit`, are errors. */
  readonly emits?: boolean;
  /** The JavaScript will be run at once, so it has source maps and no declarations, also where the tsconfig writes nothing. */
  readonly runs?: boolean;
  /** What this process keeps of the project between builds. */
  readonly kept?: KeptProgram;
}

export interface OpenedProject {
  readonly program: ts.Program;
  /** The program that TypeScript checks: that of the project as it stands; undefined where there is none. */
  readonly checked: ts.Program | CheckedProgram | undefined;
  readonly configPath: string;
  readonly folders: readonly ProjectFolder[];
  /** What is wrong with the options or the tsconfig file for tsnative alone. */
  readonly refusals: readonly Diagnostic[];
  /** Has TypeScript check the tsconfig file and the program, and returns what it finds. */
  readonly check: () => readonly Diagnostic[];
  /** Absolute paths of the files read. */
  readonly inputs: readonly string[];
  /** What native code calls in the place of vectorised functions with arrays, by the files' paths. */
  readonly arrayCalls?: Written['calls'];
  /** What hints files say of packages that the project imports. */
  readonly hinted?: ProjectHints;
}

/** Never throws for what a user can do wrong: that is in the diagnostics, with an empty program. */
export function openProject(options: ReadOptions): OpenedProject {
  const configPath = findConfig(options.project);
  const inputs = new Set<string>();
  seePlugAndPlay();
  const packages = plugAndPlayFile(path.posix.dirname(configPath));
  if (packages !== undefined) inputs.add(packages);
  const readFile = (file: string): string | undefined => {
    const text = ts.sys.readFile(file);
    if (text !== undefined) inputs.add(ownPath(file));
    return text;
  };
  if (!existsSync(configPath)) {
    const program = createProgram({ rootNames: [], options: { noLib: true } }, readFile);
    const refusals = [codes.noTsconfig(undefined, { path: options.project })];
    return {
      program,
      checked: undefined,
      configPath,
      folders: [],
      refusals,
      check: () => [],
      inputs: [],
    };
  }
  const config = parseConfig(configPath, options, readFile);
  const program = createProgram(
    {
      rootNames: config.fileNames,
      options: config.options,
      configFileParsingDiagnostics: config.errors,
      ...(config.projectReferences ? { projectReferences: config.projectReferences } : {}),
    },
    readFile,
    undefined,
    options.kept,
  );
  const checked = options.kept?.checked(program) ?? program;
  const { texts, calls } = writeKernels(program);
  const whole = texts.size > 0 ? withTexts(program, texts, options.kept) : program;
  const hinted =
    options.modules &&
    addHints(whole, options.modules.hints, (file) => texts.get(file) ?? readFile(file));
  const folders = Object.entries(config.wildcardDirectories ?? {}).map(([folder, flags]) => ({
    path: folder,
    recursive: (flags & ts.WatchDirectoryFlags.Recursive) !== 0,
  }));
  const read = [...inputs].sort();
  if (options.kept) Object.assign(options.kept, { inputs: read, folders });
  return {
    program: hinted?.program ?? whole,
    checked,
    configPath,
    folders,
    refusals: [...(options.emits ? unwritable(config.options) : []), ...(hinted?.refusals ?? [])],
    check: () => [...programDiagnostics(checked), ...(hinted?.check() ?? [])],
    inputs: read,
    arrayCalls: calls,
    ...(hinted && { hinted }),
  };
}

/** Absolute, with forward slashes as TypeScript has them. */
function findConfig(project: string): string {
  const absolute = path.resolve(project);
  const isFolder = statSync(absolute, { throwIfNoEntry: false })?.isDirectory() ?? false;
  const file = isFolder ? path.join(absolute, 'tsconfig.json') : absolute;
  return file.replaceAll(path.sep, '/');
}

function parseConfig(
  configPath: string,
  options: ReadOptions,
  readFile: ReadFile,
): ts.ParsedCommandLine {
  const host: ts.ParseConfigHost = {
    useCaseSensitiveFileNames: ts.sys.useCaseSensitiveFileNames,
    fileExists: ts.sys.fileExists,
    readDirectory: ts.sys.readDirectory,
    readFile,
  };
  const source = ts.readJsonConfigFile(configPath, readFile);
  const forced: ts.CompilerOptions = {
    // The libraries that come with TypeScript have no errors; looking for them takes a second.
    skipDefaultLibCheck: true,
    ...(options.outDir === undefined ? {} : { outDir: path.resolve(options.outDir) }),
    // Sources may lie anywhere.
    ...(options.runs && { ...toRun, rootDir: path.parse(path.resolve(configPath)).root }),
  };
  const parsed = ts.parseJsonSourceFileConfigFileContent(
    source,
    host,
    path.posix.dirname(configPath),
    forced,
    configPath,
  );
  // A syntax error is in the file's own list, not in that of its options.
  const syntax = (source as ts.TsConfigSourceFile & { parseDiagnostics?: ts.Diagnostic[] })
    .parseDiagnostics;
  const errors = new Set([...(syntax ?? []), ...parsed.errors]);
  return { ...parsed, options: withSources(parsed.options), errors: [...errors] };
}

/** The condition by which imports of the package's arrays lead to their sources; what has no `exports` can't have it. */
function withSources(options: ts.CompilerOptions): ts.CompilerOptions {
  const { Node16, NodeNext, Bundler } = ts.ModuleResolutionKind;
  const kind =
    options.moduleResolution ??
    (options.module === ts.ModuleKind.Node16
      ? Node16
      : options.module === ts.ModuleKind.NodeNext
        ? NodeNext
        : options.module === ts.ModuleKind.Preserve
          ? Bundler
          : undefined);
  if (kind !== Node16 && kind !== NodeNext && kind !== Bundler) return options;
  return { ...options, customConditions: [...(options.customConditions ?? []), 'tsnative'] };
}

/** `import './other.ts'` is left alone without the last one, or refused. */
const toRun: ts.CompilerOptions = {
  sourceMap: true,
  inlineSourceMap: false,
  declaration: false,
  declarationMap: false,
  composite: false,
  incremental: false,
  noEmit: false,
  emitDeclarationOnly: false,
  rewriteRelativeImportExtensions: true,
};

/** What in the options keeps JavaScript that calls native code from being written. */
function unwritable(options: ts.CompilerOptions): Diagnostic[] {
  const off = (['noEmit', 'emitDeclarationOnly'] as const).filter((name) => options[name]);
  const diagnostics = off.map((option) => codes.noEmit(undefined, { option }));
  const format = options.module;
  if (
    format === ts.ModuleKind.AMD ||
    format === ts.ModuleKind.UMD ||
    format === ts.ModuleKind.System
  ) {
    diagnostics.push(codes.moduleFormat(undefined, { format: ts.ModuleKind[format] }));
  }
  return diagnostics;
}
