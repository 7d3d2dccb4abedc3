/** The whole pipeline: source → IR → better IR → LLVM IR → shared object → glue. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { sha256 } from './5-link/cache.ts';
import { saveRecord, upToDate } from './5-link/record.ts';
import { writeAtomically, type OutputFile } from './5-link/atomic.ts';
import { selectToolchain } from './5-link/select.ts';
import { platformName, targetKey, targetsFor } from './5-link/targets.ts';
import { ToolchainError, type Target, type Toolchain } from './5-link/types.ts';
import { inBackground } from './background.ts';
import type { Build, BuildOptions, BuildResult, BuiltFile } from './build-types.ts';
import { codes } from './diagnostics/codes.ts';
import { hasErrors } from './diagnostics/list.ts';
import type { LoweredProject } from './front-end.ts';
import { FirstHalfRecord } from './first-half.ts';
import type { KeptProject } from './kept.ts';
import type { MethodUse } from './4-emit/boundary/facts.ts';
import { compileNative, type NativeOutputs, type NativeSource } from './native-half.ts';
import { compilerIdentity } from './identity.ts';
import { packageName } from './project-folder.ts';
import { cacheFolder } from '../runtime/folders.ts';
import { isStackOverflow } from './stack.ts';
import { tooDeep } from './too-deep.ts';

/** What the record of a build keeps to tell it again. */
type Summary = Omit<BuildResult, 'upToDate' | 'milliseconds'>;

/** Builds a project, or finds that nothing has changed since it was built. See `Build`. */
export const build: Build = async (options, events, signal, kept) => {
  try {
    const result = await buildOnce(options, events, signal, kept);
    if (!result.diagnostics.some(({ code }) => code === tooDeep)) return result;
  } catch (error) {
    if (!isStackOverflow(error)) throw error;
  }
  const { deepBuild } = await import('./deep-build.ts');
  return deepBuild(options, events, signal);
};

/** The same with the stack that there is. @throws RangeError, as the engine does, where it ends */
export const buildOnce: Build = async (options, events, signal, kept) => {
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
  const context = { options, targets, toolchain, folder, events, kept };
  // A library is made of more than what is kept.
  const halves =
    kept || wantsLibrary(options) ? undefined : new FirstHalfRecord<Summary>(folder, options);
  const found = await halves?.find();
  if (found) {
    const { half, module, inputs, folders } = found;
    const source = { ...half, module: async () => module };
    const native = await compileNative(source, context, () => {}, signal);
    signal?.throwIfAborted();
    await writeAtomically(native.files);
    const summary = withNative(half.summary, native, toolchain);
    const outputs = summary.outputs.map(({ path }) => path);
    await saveRecord(recordPath, { key, startedAt, inputs, folders, outputs, summary });
    return done(summary, false);
  }

  events.progress('reading');
  const { lowerSources, lowerUnits } = await import('./front-end.ts');
  const { outDir, modules, runs = false } = options;
  const readOptions = {
    emits: true,
    runs,
    ...(outDir !== undefined && { outDir }),
    ...(modules && { modules }),
    ...(kept && { kept: kept.program }),
  };
  // A library is made of the whole.
  const project =
    kept && !modules && !wantsLibrary(options)
      ? lowerUnits(options.project, kept.units, readOptions)
      : lowerSources(options.project, readOptions);
  if (kept) kept.libraryInputs = project.libraries.inputs;
  if (project.isRefused) return done(summaryOf(project), false);

  // LLVM runs in a process of its own: TypeScript checks and prints JavaScript meanwhile.
  const source = sourceOf(project, options);
  const native = inBackground((started, stop) => {
    const make = (): Promise<NativeOutputs> => compileNative(source, context, started, stop);
    if (!kept) return make();
    const { configPath, outDir, libraries } = source;
    const ofC = [JSON.stringify(libraries), ...libraries.inputs.map(contentsOf)];
    return kept.nativeOf([project.hash(), packageName(configPath), outDir, ...ofC], make);
  }, signal);
  try {
    await native.started;
    const { checkInTurns } = await import('./1-read/compiler-diagnostics.ts');
    if (project.reading.checked) await checkInTurns(project.reading.checked, signal);
    if (hasErrors(project.diagnostics)) return done(summaryOf(project), false);
    const scripts = await emitScripts(project, options, kept);
    const made = await native.finished;
    const outputs = [...scripts, ...made.files];
    signal?.throwIfAborted();
    await writeAtomically(outputs);
    const half = summaryOf(project, scripts, made);
    const summary = withNative(half, made, toolchain);
    if (!kept) {
      const { folders } = project.reading;
      const inputs = [...project.reading.inputs, ...project.libraries.inputs];
      const paths = (files: readonly OutputFile[]): string[] => files.map(({ path }) => path);
      const finished = { startedAt, inputs, folders };
      await saveRecord(recordPath, { ...finished, key, outputs: paths(outputs), summary });
      const { configPath, outDir, functions, libraries } = source;
      if (halves && made.module) {
        const first = { summary: half, configPath, outDir, functions, libraries };
        await halves.keep(first, made.module, { ...finished, outputs: paths(scripts) });
      }
    }
    return done(summary, false);
  } finally {
    await native.stop();
  }
};

/** What a file holds, in a hash; of one that has just gone nothing. */
const contentsOf = (path: string): string => (existsSync(path) ? sha256(readFileSync(path)) : '');

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

/** A file with what it was made of. */
interface Script extends OutputFile {
  readonly source?: string;
}

/** The JavaScript and declarations. */
async function emitScripts(
  project: LoweredProject,
  options: BuildOptions,
  kept: KeptProject | undefined,
): Promise<Script[]> {
  const { emitJavaScript } = await import('./4-emit/javascript.ts');
  const { methodUse } = await import('./4-emit/boundary/facts.ts');
  const { handedFunctions } = await import('./2-lower/handed.ts');
  const { gluePath } = await import('./4-emit/glue.ts');
  const { reading, lowering } = project;
  const { hinted, functions } = reading;
  const outDir = outputFolder(project, options);
  const glue = { gluePath: join(outDir, gluePath(packageName(reading.configPath))) };
  const globals = [...lowering.globals, ...lowering.endings];
  const paths = { outDir, ...glue };
  let use: MethodUse | undefined;
  const methods = (): MethodUse => (use ??= methodUse(lowering.module));
  const scripts =
    hinted?.inProject === false
      ? (await import('./4-emit/copies.ts')).emitCopies(
          { ...reading, hinted, functions },
          { receivers: lowering.receivers, globals, methods },
          paths,
        )
      : emitJavaScript(
          reading,
          { globals, receivers: lowering.receivers, methods, handed: handedFunctions(lowering) },
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

/** Whether `--emit` asks for something that is made of a library for C. */
const wantsLibrary = ({ emit }: BuildOptions): boolean =>
  emit.includes('c') || emit.includes('python');

/** What the second half needs of a project. */
function sourceOf(project: LoweredProject, options: BuildOptions): NativeSource {
  const { reading } = project;
  const hasNative = reading.functions.length > 0 || reading.wrapped.length > 0;
  return {
    configPath: reading.configPath,
    outDir: outputFolder(project, options),
    functions: project.shown.length,
    libraries: project.libraries,
    ...(hasNative &&
      wantsLibrary(options) && {
        async library() {
          const { optimizedLibrary } = await import('./c-library.ts');
          return optimizedLibrary(project, options);
        },
      }),
    async module() {
      if (!hasNative) return undefined;
      const { level, assertElided = false } = options;
      const symbolsOf = packageName(reading.configPath);
      return project.optimize(level, { assertElided, symbolsOf });
    },
  };
}

/** What to tell of a build that wrote `files` of JavaScript, or of one that wrote nothing. */
function summaryOf(
  { lowering, diagnostics, shown }: LoweredProject,
  files: readonly Script[] = [],
  made?: NativeOutputs,
): Summary {
  const functions = hasErrors(diagnostics) ? [] : shown;
  return {
    diagnostics,
    functions: functions.map(({ name, line, fn }) => {
      const { file, tagged, options, id } = fn;
      const crossing = made?.crossings.get(lowering.receivers.get(id)?.callee ?? id);
      return {
        name,
        file: file.getFilePath(),
        line,
        tagged,
        options,
        ...(!tagged && { calledBy: lowering.callers.get(id) ?? [] }),
        ...(crossing && { crossing }),
      };
    }),
    callbacks: hasErrors(diagnostics) ? [] : lowering.callbacks,
    parallel: hasErrors(diagnostics) ? [] : lowering.parallel,
    plain: hasErrors(diagnostics) ? [] : lowering.plain,
    outputs: files.map(builtFile),
    addons: [],
    toolchain: undefined,
  };
}

/** The same with what is native. */
function withNative(
  half: Summary,
  { files, addons }: NativeOutputs,
  toolchain: Toolchain,
): Summary {
  const native = files.map(builtFile);
  const told = addons.flatMap(({ target, path }) => {
    const file = native.find((output) => output.path === path);
    const cpus = target.tiers.map(({ name }) => name);
    return file ? [{ ...file, platform: platformName(target), cpus }] : [];
  });
  return {
    ...half,
    outputs: [...half.outputs, ...native],
    addons: told,
    toolchain: told.length > 0 ? toolchain.version : undefined,
  };
}

const builtFile = ({ path, data, source }: Script): BuiltFile => ({
  path,
  bytes: Buffer.byteLength(data),
  ...(source !== undefined && { source }),
});
