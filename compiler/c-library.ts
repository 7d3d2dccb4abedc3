/** The part of the pipeline that makes libraries for C, and Python modules over them. */
import { dirname, join } from 'node:path';
import type { OutputFile } from './5-link/atomic.ts';
import { machineCode, type MachineCodeJob } from './5-link/machine-code.ts';
import { platformName, tuning } from './5-link/targets.ts';
import type { OptimizationLevel, Target } from './5-link/types.ts';
import { docCommentOf, type DocComment } from './1-read/doc-comments.ts';
import { relativeSpans } from './2-lower/relative-spans.ts';
import { optimize } from './3-optimize/index.ts';
import { emitHeader } from './4-emit/c/header.ts';
import { emitLibrary } from './4-emit/c/library.ts';
import { numberFormatter } from './4-emit/c/messages.ts';
import { planLibrary, type LibraryPlan } from './4-emit/c/plan.ts';
import { severalAtOnce } from './background.ts';
import type { BuildOptions } from './build-types.ts';
import type { LoweredProject } from './front-end.ts';
import type { IrModule } from './ir/types.ts';
import { reachedFrom } from './ir/walk.ts';
import { libraryFunction, linkLibrary } from './library.ts';
import { packageName } from './project-folder.ts';

type Sources = Pick<LoweredProject, 'reading' | 'lowering'>;

export interface LibraryIr {
  readonly module: IrModule;
  readonly plan: LibraryPlan;
}

/**
 * Better IR of what a library for C has of a project that isn't refused: the exports that C can call, with all that
 * they call. The lowering stays as it is.
 */
export function optimizedLibrary(
  { reading, lowering }: Sources,
  level: OptimizationLevel,
  assertElided = false,
): LibraryIr {
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
  if (!module.functions.some(({ name }) => name === numberFormatter))
    module.functions.push(libraryFunction(numberFormatter, module));
  linkLibrary(module);
  optimize(module, { level, libraryFunction, assertElided });
  return { module, plan };
}

export interface LibraryBuild extends Pick<
  MachineCodeJob,
  'toolchain' | 'cacheFolder' | 'started'
> {
  readonly options: BuildOptions;
  readonly targets: readonly Target[];
  /** Made before the lowering is optimised for the addon, which changes it. */
  readonly ir: LibraryIr;
  readonly outDir: string;
}

/** Compiles the library for all targets; gives its files. */
export async function compileLibrary(
  { reading }: Pick<Sources, 'reading'>,
  { options, targets, ir, outDir, ...job }: LibraryBuild,
  signal?: AbortSignal,
): Promise<OutputFile[]> {
  const { module, plan } = ir;
  const { level, isStatic = false, debug = false } = options;
  const docs = new Map(
    reading.functions.map((fn): [string, DocComment] => [fn.id, docCommentOf(fn.node)]),
  );
  const folder = join(outDir, 'native', 'c');
  const header = emitHeader({ plan, package: packageName(reading.configPath), docs });
  // WebAssembly's modules are no libraries that C could be linked with.
  const withLibrary = targets.filter(({ platform }) => platform !== 'wasm32');
  const emitted = withLibrary.map((target) => ({
    target,
    llvm: emitLibrary(module, plan, {
      dialect: job.toolchain.dialect,
      triple: target.triple,
      ...tuning(target),
      tiers: target.tiers,
      ...(debug && { debug: { directory: dirname(reading.configPath) } }),
      platform: target.platform,
      isStatic,
      separateBlocks: options.separateBlocks,
    }),
  }));
  const compiled = await severalAtOnce(emitted, async ({ target, llvm }) => {
    const library = libraryFiles(plan.prefix, target.platform, isStatic);
    const machine = await machineCode(
      { ...job, llvm, target, level, library, wantsAssembly: false, keepsSymbols: debug },
      signal,
    );
    const at = (file: string): string => join(folder, platformName(target), file);
    return [
      { path: at(library.file), data: machine.object },
      ...(machine.imports && library.imports
        ? [{ path: at(library.imports), data: machine.imports }]
        : []),
    ];
  });
  return [{ path: join(folder, `${plan.prefix}.h`), data: header }, ...compiled.flat()];
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
