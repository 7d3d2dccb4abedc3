/** The part of the pipeline that makes libraries for C, and Python modules over them. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { OutputFile } from './5-link/atomic.ts';
import { machineCode, type MachineCodeJob } from './5-link/machine-code.ts';
import { platformName, tuning } from './5-link/targets.ts';
import type { Target } from './5-link/types.ts';
import { docCommentOf, type DocComment } from './1-read/doc-comments.ts';
import { relativeSpans } from './2-lower/relative-spans.ts';
import { optimize } from './3-optimize/index.ts';
import { emitHeader } from './4-emit/c/header.ts';
import { emitLibrary } from './4-emit/c/library.ts';
import { emitPython, libraryFolder } from './4-emit/python/module.ts';
import { planLibraries } from './c-libraries/plan.ts';
import type { CLibraries } from './c-libraries/config.ts';
import { planLibrary, type LibraryPlan } from './4-emit/c/plan.ts';
import { severalAtOnce } from './background.ts';
import type { BuildOptions } from './build-types.ts';
import type { LoweredProject } from './front-end.ts';
import type { IrModule } from './ir/types.ts';
import { reachedFrom } from './ir/walk.ts';
import { libraryFunction, linkLibrary } from './library.ts';
import { packageName, packageVersion } from './project-folder.ts';

type Sources = Pick<LoweredProject, 'reading' | 'lowering'>;

/** What a library is made of. */
export interface LibrarySource {
  readonly module: IrModule;
  readonly plan: LibraryPlan;
  /** Of the project. */
  readonly configPath: string;
  /** By the names of the functions that exports call. */
  readonly docs: ReadonlyMap<string, DocComment>;
}

/**
 * Better IR of what a library for C has of a project that isn't refused: the exports that C can call, with all that
 * they call. The lowering stays as it is.
 */
export function optimizedLibrary(
  { reading, lowering }: Sources,
  { level, assertElided = false }: Pick<BuildOptions, 'level' | 'assertElided'>,
): LibrarySource {
  const own = structuredClone(lowering.module);
  const module = relativeSpans(own, dirname(reading.configPath));
  linkLibrary(module);
  const plan = planLibrary(module, packageName(reading.configPath));
  const functions = new Map(module.functions.map((fn) => [fn.name, fn]));
  const needed = new Set(
    plan.functions.flatMap(({ exported }) => reachedFrom(exported.callee, functions)),
  );
  module.functions = module.functions.filter((fn) => needed.has(fn));
  module.exports = plan.functions.map(({ exported }) => exported);
  module.globals = [];
  linkLibrary(module);
  optimize(module, { level, libraryFunction, assertElided });
  const docs = new Map(
    reading.functions.map((fn): [string, DocComment] => [fn.id, docCommentOf(fn.node)]),
  );
  return { module, plan, docs, configPath: reading.configPath };
}

export interface LibraryBuild extends Pick<
  MachineCodeJob,
  'toolchain' | 'cacheFolder' | 'started'
> {
  readonly options: BuildOptions;
  readonly targets: readonly Target[];
  readonly outDir: string;
  /** The project's own C libraries. */
  readonly own: CLibraries;
}

/** Compiles the library for all targets; gives the files that `--emit` asks for. */
export async function compileLibrary(
  source: LibrarySource,
  { options, targets, outDir, own, ...job }: LibraryBuild,
  signal?: AbortSignal,
): Promise<OutputFile[]> {
  const { plan, configPath, docs } = source;
  const about = { plan, package: packageName(configPath), docs };
  const files: OutputFile[] = [];
  const compile = (isStatic: boolean): Promise<CompiledLibrary[]> =>
    compileFor(source, { options, targets, isStatic, own, ...job }, signal);
  const shared = options.emit.includes('python') ? await compile(false) : undefined;
  if (options.emit.includes('c')) {
    const { isStatic = false } = options;
    const folder = join(outDir, 'native', 'c');
    files.push({ path: join(folder, `${plan.prefix}.h`), data: emitHeader(about) });
    for (const { platform, made } of isStatic
      ? await compile(true)
      : (shared ?? (await compile(false))))
      for (const { file, data } of made) files.push({ path: join(folder, platform, file), data });
  }
  if (shared) {
    const folder = join(outDir, 'native', 'python');
    const native = readFileSync(new URL('../runtime/python/_native.py', import.meta.url), 'utf8');
    const version = packageVersion(configPath);
    for (const { path, text } of emitPython({ ...about, version, native }))
      files.push({ path: join(folder, path), data: text });
    for (const { platform, made } of shared) {
      const [library] = made;
      if (!library) continue;
      const path = join(folder, libraryFolder(plan, platform), library.file);
      files.push({ path, data: library.data });
    }
  }
  return files;
}

interface CompiledLibrary {
  readonly platform: string;
  /** The library, and on Windows its import library. */
  readonly made: readonly { readonly file: string; readonly data: Uint8Array }[];
}

/** Compiles for all targets but WebAssembly, whose modules are no libraries that C could be linked with. */
function compileFor(
  { module, plan, configPath }: LibrarySource,
  {
    options,
    targets,
    isStatic,
    own,
    ...job
  }: Omit<LibraryBuild, 'outDir'> & { readonly isStatic: boolean },
  signal?: AbortSignal,
): Promise<CompiledLibrary[]> {
  const { level, debug = false } = options;
  const libraries = planLibraries(module, own, { targets, toolchain: job.toolchain });
  const emitted = targets
    .filter(({ platform }) => platform !== 'wasm32')
    .map((target) => ({
      target,
      llvm: emitLibrary(module, plan, {
        dialect: job.toolchain.dialect,
        triple: target.triple,
        ...tuning(target),
        tiers: target.tiers,
        ...(debug && { debug: { directory: dirname(configPath) } }),
        platform: target.platform,
        isStatic,
        linked: libraries.linkedNames,
        filesOf: libraries.filesFor(target),
        separateBlocks: options.separateBlocks,
      }),
    }));
  return severalAtOnce(emitted, async ({ target, llvm }) => {
    const library = libraryFiles(plan.prefix, target.platform, isStatic);
    const machine = await machineCode(
      {
        ...{ ...job, llvm, target, level, library, keepsSymbols: debug, wantsAssembly: false },
        // Whoever links a static library links archives beside it.
        linked: { ...libraries.linkedFor(target), ...(isStatic && { archives: [] }) },
      },
      signal,
    );
    const { imports = '' } = library;
    return {
      platform: platformName(target),
      made: [
        { file: library.file, data: machine.object },
        ...(machine.imports ? [{ file: imports, data: machine.imports }] : []),
      ],
    };
  });
}

/** What a library's files are called on a platform. */
function libraryFiles(
  stem: string,
  platform: string,
  isStatic: boolean,
): { readonly file: string; readonly isStatic: boolean; readonly imports?: string } {
  if (platform === 'win32')
    return isStatic
      ? { file: `${stem}.lib`, isStatic }
      : { file: `${stem}.dll`, isStatic, imports: `${stem}.lib` };
  const shared = platform === 'darwin' ? 'dylib' : 'so';
  return { file: `lib${stem}.${isStatic ? 'a' : shared}`, isStatic };
}
