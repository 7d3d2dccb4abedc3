/** The whole pipeline: source → IR → better IR → LLVM IR → shared object → glue. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { ObjectCache, sha256 } from './5-link/cache.ts';
import { saveRecord, upToDate } from './5-link/record.ts';
import { writeAtomically, type OutputFile } from './5-link/atomic.ts';
import { selectToolchain } from './5-link/select.ts';
import { hostTarget, tuning } from './5-link/targets.ts';
import type { Target, Toolchain } from './5-link/types.ts';
import type { Build, BuildOptions, BuildResult, BuiltFile } from './build-types.ts';
import type { FrontEndResult } from './front-end.ts';
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
  const { compileProject } = await import('./front-end.ts');
  const front = compileProject(options.project, options.level, {
    emits: true,
    ...(options.outDir !== undefined && { outDir: options.outDir }),
  });
  if (!front.module) return done(summaryOf(front, [], undefined, undefined), false);
  signal?.throwIfAborted();

  const outputs = await emit(front, { options, target, toolchain, folder, events, signal });
  signal?.throwIfAborted();
  await writeAtomically(outputs.files);
  const built = outputs.files.map(({ path, data }) => ({ path, bytes: Buffer.byteLength(data) }));
  const addon = built.find(({ path }) => path === outputs.addon);
  const summary = summaryOf(front, built, addon, addon && toolchain.version);
  await saveRecord(recordPath, {
    key,
    startedAt,
    inputs: front.reading.inputs,
    folders: front.reading.folders,
    outputs: built.map(({ path }) => path),
    summary,
  });
  return done(summary, false);
};

async function check(options: BuildOptions): Promise<Summary> {
  const { compileProject } = await import('./front-end.ts');
  return summaryOf(compileProject(options.project, 0, {}), [], undefined, undefined);
}

interface EmitContext {
  readonly options: BuildOptions;
  readonly target: Target;
  readonly toolchain: Toolchain;
  readonly folder: string;
  readonly events: Parameters<Build>[1];
  readonly signal: AbortSignal | undefined;
}

/** Everything that the build writes, with the path of the addon if there is one. */
async function emit(
  front: FrontEndResult,
  context: EmitContext,
): Promise<{ files: OutputFile[]; addon: string | undefined }> {
  const { reading, lowering, module } = front;
  const { target, toolchain, options, events } = context;
  if (!module) throw new Error('nothing to emit');
  const { emitJavaScript } = await import('./4-emit/javascript.ts');
  const { binaryPath, emitGlue, gluePath } = await import('./4-emit/glue.ts');
  const name = packageName(reading.configPath);
  const outDir = outputFolder(front, options);
  const tagged = lowering.functions.filter((fn) => fn.tagged);
  const scripts = emitJavaScript(reading, tagged, lowering.globals, {
    gluePath: join(outDir, gluePath(name)),
  });
  const files: OutputFile[] = scripts.map(({ path, text }) => ({ path: resolve(path), data: text }));
  if (tagged.length === 0) return { files, addon: undefined };

  const { emitModule } = await import('./4-emit/module.ts');
  const { emitBoundary, methodUse } = await import('./4-emit/boundary/index.ts');
  const { printModule } = await import('./ir/print.ts');
  const ir = printModule(module);
  const hash = sha256(`${ir}\n${buildKey(options, target, toolchain)}`);
  const methods = methodUse(module);
  const emitted = emitModule(module, { dialect: toolchain.dialect, triple: target.triple, ...tuning(target) });
  emitBoundary(emitted.llvm, module, { throwing: emitted.throwing, platform: target.platform, hash, methods });
  const llvm = emitted.llvm.text();
  context.signal?.throwIfAborted();

  events.progress(`compiling ${lowering.functions.length} functions with LLVM`);
  const machine = await compileObject(llvm, context);
  const binary = binaryPath(name, `${target.platform}-${target.arch}`);
  const { exports, globals } = module;
  const glue = await emitGlue({ package: name, hash, exports, globals, sites: emitted.sites, methods });
  const extras: Partial<Record<string, string | Uint8Array>> = { ir, ll: llvm, asm: machine.assembly };
  for (const kind of options.emit) {
    const data = extras[kind];
    const suffix = kind === 'asm' ? 's' : kind;
    if (data !== undefined) files.push({ path: join(outDir, binary.replace(/node$/, suffix)), data });
  }
  files.push(...glue.map(({ path, text }) => ({ path: join(outDir, path), data: text })));
  const addon = join(outDir, binary);
  files.push({ path: addon, data: machine.object });
  return { files, addon };
}

/** Machine code from the cache, or from LLVM. */
async function compileObject(
  llvm: string,
  { target, toolchain, options, folder, signal }: EmitContext,
): Promise<{ object: Uint8Array; assembly: Uint8Array | undefined }> {
  const cache = new ObjectCache(join(folder, 'objects'));
  const wantsAssembly = options.emit.includes('asm');
  const cpu = target.cpu === 'native' ? cpus()[0]?.model : target.cpu;
  const key = sha256(JSON.stringify([llvm, target, cpu, options.level, toolchain.version]));
  const cached = await cache.get(key);
  const cachedAssembly = wantsAssembly ? await cache.get(`${key}.s`) : undefined;
  if (cached && (!wantsAssembly || cachedAssembly)) return { object: cached, assembly: cachedAssembly };
  const temporary = await mkdtemp(join(tmpdir(), 'tsnative-'));
  try {
    const output = join(temporary, 'object');
    const assembly = join(temporary, 'assembly');
    const { level } = options;
    await toolchain.compile({ llvm, target, level, output, ...(wantsAssembly && { assembly }) }, signal);
    const object = await readFile(output);
    const text = wantsAssembly ? await readFile(assembly) : undefined;
    await cache.put(key, object);
    if (text) await cache.put(`${key}.s`, text);
    return { object, assembly: text };
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

/** What besides files decides the outputs. */
const buildKey = (options: BuildOptions, target: Target, toolchain: Toolchain): string =>
  JSON.stringify([options, target, cpus()[0]?.model, toolchain.version, compilerIdentity()]);

/** Where the `native` folder goes: the project's `outDir`, or beside its sources. */
function outputFolder({ reading }: FrontEndResult, options: BuildOptions): string {
  const { outDir } = reading.program.getCompilerOptions();
  return resolve(options.outDir ?? outDir ?? dirname(reading.configPath));
}

function summaryOf(
  front: FrontEndResult,
  outputs: readonly BuiltFile[],
  addon: BuiltFile | undefined,
  toolchain: string | undefined,
): Summary {
  const functions = front.module ? front.lowering.functions : [];
  return {
    diagnostics: front.diagnostics,
    functions: functions.map(({ name, file, span, tagged, options, id }) => ({
      name,
      file: file.getFilePath(),
      line: span.line,
      tagged,
      options,
      ...(!tagged && { calledBy: front.lowering.callers.get(id) ?? [] }),
    })),
    outputs,
    addon,
    toolchain,
  };
}
