/** The whole pipeline: source → IR → better IR → LLVM IR → shared object → glue. */
import { dirname, join, resolve } from 'node:path';
import { sha256 } from './5-link/cache.ts';
import { machineCode, type MachineCode } from './5-link/machine-code.ts';
import { saveRecord, upToDate } from './5-link/record.ts';
import { writeAtomically, type OutputFile } from './5-link/atomic.ts';
import { selectToolchain } from './5-link/select.ts';
import { hostTarget, targetKey, tuning } from './5-link/targets.ts';
import type { Target, Toolchain } from './5-link/types.ts';
import { inBackground } from './background.ts';
import type { Build, BuildOptions, BuildResult, BuiltFile } from './build-types.ts';
import { hasErrors } from './diagnostics/list.ts';
import type { LoweredProject } from './front-end.ts';
import { compilerIdentity } from './identity.ts';
import { cacheFolder, packageName } from './project-folder.ts';

/** What the record of a build keeps to tell it again. */
type Summary = Omit<BuildResult, 'upToDate' | 'milliseconds'>;

/** Builds a project, or finds that nothing has changed since it was built. See `Build`. */
export const build: Build = async (options, events, signal) => {
  const start = performance.now();
  const startedAt = Date.now();
  const done = (summary: Summary, fresh: boolean): BuildResult => ({
    ...summary,
    upToDate: fresh,
    milliseconds: performance.now() - start,
  });
  if (options.checkOnly) return done(await check(options), false);

  const target = hostTarget(options.cpu);
  const toolchain = await selectToolchain(options.toolchain);
  const key = buildKey(options, target, toolchain);
  const folder = cacheFolder(options.project);
  const recordPath = join(folder, 'builds', `${sha256(key).slice(0, 32)}.json`);
  const last = await upToDate<Summary>(recordPath, key);
  if (last) return done(last.summary, true);

  events.progress('reading');
  const { lowerSources } = await import('./front-end.ts');
  const { outDir } = options;
  const project = lowerSources(options.project, {
    emits: true,
    ...(outDir !== undefined && { outDir }),
  });
  if (project.isRefused) return done(summaryOf(project), false);

  // LLVM runs in a process of its own: TypeScript checks and prints JavaScript meanwhile.
  const context = { options, target, toolchain, folder, events };
  const native = inBackground(
    (started, stop) => compileNative(project, context, started, stop),
    signal,
  );
  try {
    await native.started;
    const { checkInTurns } = await import('./1-read/compiler-diagnostics.ts');
    await checkInTurns(project.reading.program, signal);
    if (hasErrors(project.diagnostics)) return done(summaryOf(project), false);
    const scripts = await emitScripts(project, options);
    const outputs = [...scripts, ...(await native.finished)];
    signal?.throwIfAborted();
    await writeAtomically(outputs);
    const summary = summaryOf(project, outputs, { toolchain, target });
    const { inputs, folders } = project.reading;
    const paths = outputs.map(({ path }) => path);
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

interface NativeContext {
  readonly options: BuildOptions;
  readonly target: Target;
  readonly toolchain: Toolchain;
  /** Of caches. */
  readonly folder: string;
  readonly events: Parameters<Build>[1];
}

/**
 * The addon with its glue, and what `--emit` asks for; nothing for a project without native functions.
 * @param started called when another process has the work
 */
async function compileNative(
  project: LoweredProject,
  { options, target, toolchain, folder, events }: NativeContext,
  started: () => void,
  signal: AbortSignal,
): Promise<OutputFile[]> {
  const { reading, lowering } = project;
  if (reading.functions.length === 0 && reading.wrapped.length === 0) return [];
  const { optimized } = await import('./front-end.ts');
  const { emitAddon } = await import('./4-emit/addon.ts');
  const { binaryPath, emitGlue } = await import('./4-emit/glue.ts');
  const { printModule } = await import('./ir/print.ts');
  const module = optimized(project, options.level, {
    assertElided: options.assertElided ?? false,
  });
  const ir = printModule(module);
  const hash = sha256(`${ir}\n${buildKey(options, target, toolchain)}`);
  const { platform } = target;
  const { llvm, sites, methods } = emitAddon(module, {
    dialect: toolchain.dialect,
    triple: target.triple,
    ...tuning(target),
    tiers: target.tiers,
    ...(options.debug && { debug: { directory: dirname(reading.configPath) } }),
    platform,
    hash,
  });

  events.progress(`compiling ${lowering.functions.length} functions with LLVM`);
  const wantsAssembly = options.emit.includes('asm');
  const cache = join(folder, 'objects');
  const job = {
    llvm,
    target,
    level: options.level,
    toolchain,
    wantsAssembly,
    keepsSymbols: options.debug ?? false,
    cacheFolder: cache,
    started,
  };
  const machine = await machineCode(job, signal);
  const name = packageName(reading.configPath);
  const { records, exports, globals } = module;
  const glue = await emitGlue({
    package: name,
    hash,
    records,
    exports,
    globals,
    sites,
    methods,
  });
  const outDir = outputFolder(project, options);
  const addon = join(outDir, binaryPath(name, `${platform}-${target.arch}`));
  return [
    ...extras(options, { ir, llvm, machine }, addon),
    ...glue.map(({ path, text }) => ({ path: join(outDir, path), data: text })),
    { path: addon, data: machine.object },
  ];
}

interface Stages {
  readonly ir: string;
  readonly llvm: string;
  readonly machine: MachineCode;
}

/** What `--emit` asks for, beside the addon. */
function extras(
  { emit }: BuildOptions,
  { ir, llvm, machine }: Stages,
  addon: string,
): OutputFile[] {
  const stages = { ir, ll: llvm, asm: machine.assembly };
  return emit.flatMap((kind) => {
    const data = stages[kind];
    const suffix = kind === 'asm' ? 's' : kind;
    return data === undefined ? [] : [{ path: addon.replace(/node$/, suffix), data }];
  });
}

/** The JavaScript and declarations. */
async function emitScripts(project: LoweredProject, options: BuildOptions): Promise<OutputFile[]> {
  const { emitJavaScript } = await import('./4-emit/javascript.ts');
  const { gluePath } = await import('./4-emit/glue.ts');
  const { reading, lowering } = project;
  const scripts = emitJavaScript(reading, reading.functions, lowering.globals, {
    gluePath: join(outputFolder(project, options), gluePath(packageName(reading.configPath))),
  });
  return scripts.map(({ path, text }) => ({ path: resolve(path), data: text }));
}

/** What besides files decides the outputs. */
const buildKey = (options: BuildOptions, target: Target, toolchain: Toolchain): string =>
  JSON.stringify([options, targetKey(target), toolchain.version, compilerIdentity()]);

/** Where the `native` folder goes: the project's `outDir`, or beside its sources. */
function outputFolder({ reading }: LoweredProject, options: BuildOptions): string {
  const { outDir } = reading.program.getCompilerOptions();
  return resolve(options.outDir ?? outDir ?? dirname(reading.configPath));
}

/** What to tell of a build that wrote `files`, or of one that wrote nothing. */
function summaryOf(
  { lowering, diagnostics }: LoweredProject,
  files: readonly OutputFile[] = [],
  used?: { readonly toolchain: Toolchain; readonly target: Target },
): Summary {
  const functions = hasErrors(diagnostics) ? [] : lowering.functions;
  const outputs = files.map(({ path, data }): BuiltFile => ({
    path,
    bytes: Buffer.byteLength(data),
  }));
  const addon = outputs.find(({ path }) => path.endsWith('.node'));
  return {
    diagnostics,
    functions: functions.map(({ name, file, span, tagged, options, id }) => ({
      name,
      file: file.getFilePath(),
      line: span.line,
      tagged,
      options,
      ...(!tagged && { calledBy: lowering.callers.get(id) ?? [] }),
    })),
    outputs,
    addon,
    toolchain: addon && used?.toolchain.version,
    cpus: addon && used ? used.target.tiers.map(({ name }) => name) : [],
  };
}
