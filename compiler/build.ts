/** The whole pipeline: source → IR → better IR → LLVM IR → shared object → glue. */
import { dirname, extname, join, resolve } from 'node:path';
import { sha256 } from './5-link/cache.ts';
import { machineCode, type MachineCode } from './5-link/machine-code.ts';
import { saveRecord, upToDate } from './5-link/record.ts';
import { writeAtomically, type OutputFile } from './5-link/atomic.ts';
import { selectToolchain } from './5-link/select.ts';
import { platformName, targetKey, targetsFor, tuning } from './5-link/targets.ts';
import { ToolchainError, type Target, type Toolchain } from './5-link/types.ts';
import { inBackground, severalAtOnce } from './background.ts';
import type { Build, BuildOptions, BuildResult, BuiltFile, EmitKind } from './build-types.ts';
import { codes } from './diagnostics/codes.ts';
import { hasErrors } from './diagnostics/list.ts';
import type { LoweredProject } from './front-end.ts';
import type { KeptProject } from './kept.ts';
import type { Crossing } from './wire/crossings.ts';
import { compilerIdentity } from './identity.ts';
import { packageName } from './project-folder.ts';
import { cacheFolder } from '../runtime/folders.ts';

/** What the record of a build keeps to tell it again. */
type Summary = Omit<BuildResult, 'upToDate' | 'milliseconds'>;

/** Builds a project, or finds that nothing has changed since it was built. See `Build`. */
export const build: Build = async (options, events, signal, kept) => {
  const start = performance.now();
  const startedAt = Date.now();
  const done = (summary: Summary, fresh: boolean): BuildResult => ({
    ...summary,
    upToDate: fresh,
    milliseconds: performance.now() - start,
  });
  if (options.checkOnly) return done(await check(options), false);

  const targets = targetsFor(options.targets ?? [platformName(process)], options.cpu);
  const toolchain = await selectToolchain(options.toolchain);
  for (const target of targets)
    if (!toolchain.supports(target)) throw unsupported(toolchain, target);
  const key = JSON.stringify([
    options,
    targets.map(targetKey),
    toolchain.version,
    compilerIdentity(),
  ]);
  const folder = cacheFolder(options.project);
  const recordPath = join(folder, 'builds', `${sha256(key).slice(0, 32)}.json`);
  const last = kept ? undefined : await upToDate<Summary>(recordPath, key);
  if (last) return done(last.summary, true);

  events.progress('reading');
  const { lowerSources } = await import('./front-end.ts');
  const { outDir, modules, runs = false } = options;
  const project = lowerSources(options.project, {
    emits: true,
    runs,
    ...(outDir !== undefined && { outDir }),
    ...(modules && { modules }),
    ...(kept && { kept: kept.program }),
  });
  if (project.isRefused) return done(summaryOf(project), false);

  // LLVM runs in a process of its own: TypeScript checks and prints JavaScript meanwhile.
  const context = { options, targets, toolchain, folder, events, kept };
  const native = inBackground(
    (started, stop) => compileNative(project, context, started, stop),
    signal,
  );
  try {
    await native.started;
    const { checkInTurns } = await import('./1-read/compiler-diagnostics.ts');
    if (project.reading.checked) await checkInTurns(project.reading.checked, signal);
    if (hasErrors(project.diagnostics)) return done(summaryOf(project), false);
    const scripts = await emitScripts(project, options, kept);
    const { files, ...used } = await native.finished;
    const outputs = [...scripts, ...files];
    signal?.throwIfAborted();
    await writeAtomically(outputs);
    const summary = summaryOf(project, outputs, { toolchain, ...used });
    const { inputs, folders } = project.reading;
    const paths = outputs.map(({ path }) => path);
    if (!kept)
      await saveRecord(recordPath, { key, startedAt, inputs, folders, outputs: paths, summary });
    return done(summary, false);
  } finally {
    await native.stop();
  }
};

async function check(options: BuildOptions): Promise<Summary> {
  const { lowerSources } = await import('./front-end.ts');
  return summaryOf(lowerSources(options.project));
}

function unsupported({ name }: Toolchain, target: Target): ToolchainError {
  const own = platformName(process);
  return new ToolchainError(
    codes.foreignTarget(undefined, { toolchain: name, target: platformName(target), own }),
  );
}

interface NativeContext {
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

interface NativeOutputs {
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
async function compileNative(
  project: LoweredProject,
  { options, targets, toolchain, folder, events, kept }: NativeContext,
  started: () => void,
  signal: AbortSignal,
): Promise<NativeOutputs> {
  const { reading } = project;
  if (reading.functions.length === 0 && reading.wrapped.length === 0)
    return { files: [], addons: [], crossings: new Map() };
  const { optimized } = await import('./front-end.ts');
  const { emitAddon } = await import('./4-emit/addon.ts');
  const { binaryPath, emitGlue } = await import('./4-emit/glue.ts');
  const { printModule } = await import('./ir/print.ts');
  const { crossingsOf } = await import('./wire/crossings.ts');
  const { level, debug = false } = options;
  const forRebuilds = kept !== undefined;
  const libraries = wantsLibrary(options) ? await import('./c-library.ts') : undefined;
  const libraryIr = libraries?.optimizedLibrary(project, level, options.assertElided);
  const module = optimized(project, level, { assertElided: options.assertElided ?? false });
  const ir = printModule(module);
  // The same in all folders and on all machines, so that binaries are.
  const hash = sha256(JSON.stringify([ir, level, options.cpu, debug]));
  const emitted = targets.map((target) => ({
    target,
    ...emitAddon(module, {
      dialect: toolchain.dialect,
      triple: target.triple,
      ...tuning(target),
      tiers: target.tiers,
      ...(debug && { debug: { directory: dirname(reading.configPath) } }),
      platform: target.platform,
      hash,
      separateBlocks: options.separateBlocks,
      forRebuilds,
    }),
  }));

  const many = targets.length > 1 ? ` for ${targets.length} platforms` : '';
  events.progress(`compiling ${project.shown.length} functions${many} with LLVM`);
  const name = packageName(reading.configPath);
  const outDir = outputFolder(project, options);
  const compiled = await severalAtOnce(emitted, async ({ target, llvm, parts }) => {
    const machine = await machineCode(
      {
        llvm,
        parts,
        target,
        level,
        toolchain,
        wantsAssembly: options.emit.includes('asm'),
        keepsSymbols: debug,
        forRebuilds,
        cacheFolder: join(folder, 'objects'),
        started,
      },
      signal,
    );
    const platform = platformName(target);
    const path = join(outDir, binaryPath(name, platform));
    return { target, path, machine, extras: extras(options, { ir, llvm, machine }, path) };
  });
  const library =
    libraryIr &&
    (await libraries?.compileLibrary(
      project,
      {
        ...{ options, targets, toolchain, outDir, started },
        ir: libraryIr,
        cacheFolder: join(folder, 'objects'),
      },
      signal,
    ));
  const { records, exports, globals } = module;
  // They don't depend on the target.
  const [{ sites, methods, read } = { sites: [], methods: new Map(), read: [] }] = emitted;
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
    sites,
    methods,
    read,
  });
  return {
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

const wantsLibrary = ({ emit }: BuildOptions): boolean =>
  emit.includes('c') || emit.includes('python');

interface Stages {
  readonly ir: string;
  readonly llvm: string;
  readonly machine: MachineCode;
}

/** A file with what it was made of. */
interface Script extends OutputFile {
  readonly source?: string;
}

/** What `--emit` asks for, beside the addon. */
function extras(
  { emit }: BuildOptions,
  { ir, llvm, machine }: Stages,
  addon: string,
): OutputFile[] {
  const stem = addon.slice(0, -extname(addon).length);
  const stages: Partial<Record<EmitKind, string | Uint8Array | undefined>> = {
    ...{ ir, ll: llvm, asm: machine.assembly },
  };
  return emit.flatMap((kind) => {
    const data = stages[kind];
    const suffix = kind === 'asm' ? 's' : kind;
    return data === undefined ? [] : [{ path: `${stem}.${suffix}`, data }];
  });
}

/** The JavaScript and declarations. */
async function emitScripts(
  project: LoweredProject,
  options: BuildOptions,
  kept: KeptProject | undefined,
): Promise<Script[]> {
  const { emitJavaScript } = await import('./4-emit/javascript.ts');
  const { handedFunctions } = await import('./2-lower/handed.ts');
  const { gluePath } = await import('./4-emit/glue.ts');
  const { reading, lowering } = project;
  const { hinted, functions } = reading;
  const outDir = outputFolder(project, options);
  const glue = { gluePath: join(outDir, gluePath(packageName(reading.configPath))) };
  const globals = [...lowering.globals, ...lowering.endings];
  const paths = { outDir, ...glue };
  const scripts =
    hinted?.inProject === false
      ? (await import('./4-emit/copies.ts')).emitCopies(
          { ...reading, hinted, functions },
          { ...lowering, globals },
          paths,
        )
      : emitJavaScript(
          reading,
          { globals, receivers: lowering.receivers, handed: handedFunctions(lowering) },
          { ...paths, kept: kept?.scripts },
        );
  return scripts.map(({ path, text, source }) => ({
    path: resolve(path),
    data: text,
    ...(source !== undefined && { source: resolve(source) }),
  }));
}

/** Where the `native` folder goes: the project's `outDir`, or beside its sources. */
function outputFolder({ reading }: LoweredProject, options: BuildOptions): string {
  const { outDir } = reading.program.getCompilerOptions();
  return resolve(options.outDir ?? outDir ?? dirname(reading.configPath));
}

/** What to tell of a build that wrote `files`, or of one that wrote nothing. */
function summaryOf(
  { lowering, diagnostics, shown }: LoweredProject,
  files: readonly Script[] = [],
  used?: { readonly toolchain: Toolchain } & Omit<NativeOutputs, 'files'>,
): Summary {
  const functions = hasErrors(diagnostics) ? [] : shown;
  const outputs = files.map(({ path, data, source }): BuiltFile => ({
    path,
    bytes: Buffer.byteLength(data),
    ...(source !== undefined && { source }),
  }));
  const addons = (used?.addons ?? []).flatMap(({ target, path }) => {
    const file = outputs.find((output) => output.path === path);
    const cpus = target.tiers.map(({ name }) => name);
    return file ? [{ ...file, platform: platformName(target), cpus }] : [];
  });
  return {
    diagnostics,
    functions: functions.map(({ name, file, span, tagged, options, id }) => {
      const crossing = used?.crossings.get(lowering.receivers.get(id)?.callee ?? id);
      return {
        name,
        file: file.getFilePath(),
        line: span.line,
        tagged,
        options,
        ...(!tagged && { calledBy: lowering.callers.get(id) ?? [] }),
        ...(crossing && { crossing }),
      };
    }),
    callbacks: hasErrors(diagnostics) ? [] : lowering.callbacks,
    parallel: hasErrors(diagnostics) ? [] : lowering.parallel,
    plain: hasErrors(diagnostics) ? [] : lowering.plain,
    outputs,
    addons,
    toolchain: addons.length > 0 ? used?.toolchain.version : undefined,
  };
}
