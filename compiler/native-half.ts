/** The second half of the pipeline: IR → LLVM IR → a shared object for each target → glue. */
import { dirname, extname, join } from 'node:path';
import { sha256 } from './5-link/cache.ts';
import { machineCode, type MachineCode } from './5-link/machine-code.ts';
import type { OutputFile } from './5-link/atomic.ts';
import { nodeImportsOf } from './5-link/runtime-sources.ts';
import { platformName, tuning } from './5-link/targets.ts';
import type { Target, Toolchain } from './5-link/types.ts';
import type { EmittedAddon } from './4-emit/addon.ts';
import { severalAtOnce } from './background.ts';
import type { Build, BuildOptions, EmitKind } from './build-types.ts';
import type { CLibraries } from './c-libraries/config.ts';
import type { LibrarySource } from './c-library.ts';
import type { IrModule } from './ir/types.ts';
import type { KeptProject } from './kept.ts';
import { packageName } from './project-folder.ts';
import type { Crossing } from './wire/crossings.ts';

/** What the first half hands over. */
export interface NativeSource {
  readonly configPath: string;
  /** Where the `native` folder goes. */
  readonly outDir: string;
  /** How many functions are native. */
  readonly functions: number;
  /** The project's own C libraries. */
  readonly libraries: CLibraries;
  /** The optimised IR; undefined for a project without native functions. */
  module(): Promise<IrModule | undefined>;
  /** What a library for C is made of, where `--emit` wants one. It is asked for before the module, which changes what was read. */
  library?(): Promise<LibrarySource>;
}

export interface NativeContext {
  readonly options: BuildOptions;
  readonly targets: readonly Target[];
  readonly toolchain: Toolchain;
  /** Of caches. */
  readonly folder: string;
  readonly events: Parameters<Build>[1];
  readonly kept: KeptProject | undefined;
}

/** What LLVM made, and for which platform. */
interface Addon {
  readonly target: Target;
  readonly path: string;
}

export interface NativeOutputs {
  readonly module: IrModule | undefined;
  readonly files: readonly OutputFile[];
  readonly addons: readonly Addon[];
  /** By the functions' ids. */
  readonly crossings: ReadonlyMap<string, Crossing>;
}

/**
 * An addon for each target with the glue for all, and what `--emit` asks for; nothing for a project without
 * native functions.
 * @param started called when another process has the work
 */
export async function compileNative(
  {
    configPath,
    outDir,
    functions,
    libraries: own,
    module: makeModule,
    library: readLibrary,
  }: NativeSource,
  { options, targets, toolchain, folder, events, kept }: NativeContext,
  started: () => void,
  signal?: AbortSignal,
): Promise<NativeOutputs> {
  const source = await readLibrary?.();
  const module = await makeModule();
  if (!module) return { module, files: [], addons: [], crossings: new Map() };
  const { emitAddon } = await import('./4-emit/addon.ts');
  const { binaryPath, emitGlue } = await import('./4-emit/glue.ts');
  const { planLibraries } = await import('./c-libraries/plan.ts');
  const { fastCallScripts, hasFastCalls } = await import('./4-emit/boundary/fast-calls.ts');
  const { hashModule } = await import('./ir/hash.ts');
  const { printModule } = await import('./ir/print.ts');
  const { crossingsOf } = await import('./wire/crossings.ts');
  const { level, debug = false } = options;
  const forRebuilds = kept !== undefined;
  const text = (): string => printModule(module);
  // The same in all folders and on all machines, so that binaries are.
  const content = forRebuilds ? hashModule(module) : text();
  const hash = sha256(JSON.stringify([content, level, options.cpu, debug]));
  const libraries = planLibraries(module, own, { targets, toolchain });
  const emit = (target: Target): EmittedAddon =>
    emitAddon(module, {
      linked: libraries.linkedNames,
      dialect: toolchain.dialect,
      triple: target.triple,
      ...tuning(target),
      tiers: target.tiers,
      ...(debug && { debug: { directory: dirname(configPath) } }),
      platform: target.platform,
      hash,
      nodeImports: nodeImportsOf,
      filesOf: libraries.filesFor(target),
      separateBlocks: options.separateBlocks,
      kept: kept?.emission,
    });

  const many = targets.length > 1 ? ` for ${targets.length} platforms` : '';
  events.progress(`compiling ${functions} functions${many} with LLVM`);
  const name = packageName(configPath);
  // LLVM compiles for one target while the next one's assembly is written.
  const compiled = await severalAtOnce(targets, async (target) => {
    const emitted = emit(target);
    const { parts, sites, methods, read } = emitted;
    const isRead = debug || ['ll', 'asm'].some((kind) => options.emit.includes(kind as EmitKind));
    const llvm = isRead || !forRebuilds || parts.length < 2 ? emitted.llvm : emitted.head;
    const machine = await machineCode(
      {
        llvm,
        parts,
        linked: libraries.linkedFor(target),
        target,
        level,
        toolchain,
        wantsAssembly: options.emit.includes('asm'),
        keepsSymbols: debug,
        kept: kept?.objectsFor(target),
        cacheFolder: join(folder, 'objects'),
        started,
      },
      signal,
    );
    const platform = platformName(target);
    const path = join(outDir, binaryPath(name, platform));
    const facts = { sites, methods, read };
    return { target, path, machine, facts, extras: extras(options, { text, llvm, machine }, path) };
  });
  const libraryJob = {
    ...{ options, targets, toolchain, outDir, started, own },
    cacheFolder: join(folder, 'objects'),
  };
  const library =
    source && (await (await import('./c-library.ts')).compileLibrary(source, libraryJob, signal));
  const { records, exports, globals } = module;
  // They don't depend on the target.
  const [{ facts } = { facts: { sites: [], methods: new Map(), read: [] } }] = compiled;
  const binaries = Object.fromEntries(
    compiled.map(({ target, machine }) => [platformName(target), sha256(machine.object)]),
  );
  const glue = await emitGlue({
    package: name,
    hash,
    binaries,
    records,
    exports,
    globals,
    ...facts,
    libraries: libraries.infos,
    needed: libraries.neededBy,
    ...(targets.some(({ platform, triple }) => hasFastCalls(platform, triple)) && {
      fastCalls: fastCallScripts(module),
    }),
  });
  return {
    module,
    crossings: crossingsOf(module),
    addons: compiled,
    files: [
      ...compiled.flatMap((addon) => addon.extras),
      ...(library ?? []),
      ...glue.map(({ path, text }) => ({ path: join(outDir, path), data: text })),
      ...compiled.map(({ path, machine }) => ({ path, data: machine.object })),
    ],
  };
}

interface Stages {
  readonly text: () => string;
  readonly llvm: string;
  readonly machine: MachineCode;
}

/** What `--emit` asks for, beside the addon. */
function extras(
  { emit }: BuildOptions,
  { text, llvm, machine }: Stages,
  addon: string,
): OutputFile[] {
  const stem = addon.slice(0, -extname(addon).length);
  const stages: Partial<Record<EmitKind, string | Uint8Array | undefined>> = {
    ...{ ll: llvm, asm: machine.assembly, ...(emit.includes('ir') && { ir: text() }) },
  };
  return emit.flatMap((kind) => {
    const data = stages[kind];
    const suffix = kind === 'asm' ? 's' : kind;
    return data === undefined ? [] : [{ path: `${stem}.${suffix}`, data }];
  });
}
