/** Machine code from the cache, or from LLVM. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ObjectCache, sha256 } from './cache.ts';
import { runtimeSources } from './runtime-sources.ts';
import { withScratch } from './scratch.ts';
import { targetKey } from './targets.ts';
import type { CompileJob, LibraryJob, LinkedCode, ObjectStore, Toolchain } from './types.ts';

export interface MachineCode {
  /** The addon: a shared object. */
  readonly object: Uint8Array;
  /** For people; undefined unless asked for. */
  readonly assembly: Uint8Array | undefined;
  /** Of a library for Windows. */
  readonly imports?: Uint8Array | undefined;
}

/** What it is made from. */
type Sources = Omit<CompileJob, 'output' | 'assembly' | 'remarks' | 'objects' | 'library'> & {
  /** As `CompileJob` has it; where the import library goes is found out here. */
  readonly library?: (Omit<LibraryJob, 'imports'> & { readonly imports?: string }) | undefined;
};

export interface MachineCodeJob extends Sources {
  readonly toolchain: Toolchain;
  readonly wantsAssembly: boolean;
  /** Each part's object file in memory, as most of them are the same in the next build; else only the whole is kept. */
  readonly kept?: Map<string, Uint8Array> | undefined;
  /** Where objects are kept. */
  readonly cacheFolder: string;
}

/** @throws as `Toolchain.compile` does */
export async function machineCode(
  { toolchain, wantsAssembly, cacheFolder, kept, ...job }: MachineCodeJob,
  signal?: AbortSignal,
): Promise<MachineCode> {
  const cache = new ObjectCache(cacheFolder);
  const compile = (objects?: ObjectStore): Promise<MachineCode> =>
    compiled(toolchain, { ...job, ...(objects && { objects }) }, wantsAssembly, signal);
  if (kept) {
    const objects = new PartObjects(cache, toolchain.version, kept);
    const made = await compile(objects);
    await objects.saved();
    return made;
  }
  const key = await keyOf(job, toolchain);
  const [assemblyKey, importsKey] = [`${key}.s`, `${key}.lib`];
  const hasImports = job.library?.imports !== undefined;
  const known = await cache.get(key);
  const keptAssembly = wantsAssembly ? await cache.get(assemblyKey) : undefined;
  const keptImports = hasImports ? await cache.get(importsKey) : undefined;
  if (known && (!wantsAssembly || keptAssembly) && (!hasImports || keptImports))
    return { object: known, assembly: keptAssembly, imports: keptImports };
  const made = await compile();
  await cache.put(key, made.object);
  if (made.assembly) await cache.put(assemblyKey, made.assembly);
  if (made.imports) await cache.put(importsKey, made.imports);
  return made;
}

/** The hash of all that machine code depends on. */
async function keyOf(job: Sources, { version }: Toolchain): Promise<string> {
  const { llvm, target, level, keepsSymbols = false, library } = job;
  const linked = [
    ...runtimeSources({ llvm, library: libraryIn('', library) }).map(({ text }) => text),
    ...(await linkedHashes(job.linked)),
  ];
  return sha256(
    JSON.stringify([
      ...[llvm, targetKey(target), level, keepsSymbols, version, ...linked],
      ...(library ? [library.file, library.isStatic] : []),
    ]),
  );
}

/** What C libraries are made of. */
async function linkedHashes(linked: LinkedCode | undefined): Promise<string[]> {
  if (!linked) return [];
  const files = [
    ...linked.sources.flatMap(({ path, headers }) => [path, ...headers]),
    ...linked.archives,
  ];
  const hashes = await Promise.all(files.map(async (file) => sha256(await readFile(file))));
  const settings = linked.sources.map(({ flags, include }) => [flags, include]);
  return [...hashes, JSON.stringify(settings)];
}

/** A library with a place for its import library in a folder. */
const libraryIn = (folder: string, library: Sources['library']): LibraryJob | undefined =>
  library && {
    file: library.file,
    isStatic: library.isStatic,
    ...(library.imports !== undefined && {
      imports: { file: library.imports, output: join(folder, 'imports') },
    }),
  };

/** What LLVM makes. */
const compiled = (
  toolchain: Toolchain,
  job: Sources & Pick<CompileJob, 'objects'>,
  wantsAssembly: boolean,
  signal: AbortSignal | undefined,
): Promise<MachineCode> =>
  withScratch(async (folder) => {
    const output = join(folder, 'object');
    const text = wantsAssembly ? join(folder, 'assembly') : undefined;
    const library = libraryIn(folder, job.library);
    await toolchain.compile({ ...job, library, output, ...(text && { assembly: text }) }, signal);
    const object = await readFile(output);
    const assembly = text === undefined ? undefined : await readFile(text);
    const imports = library?.imports && (await readFile(library.imports.output));
    return { object, assembly, imports };
  });

/** The object files of parts: those of the last build in memory, others in a cache. */
class PartObjects implements ObjectStore {
  private readonly cache: ObjectCache;
  private readonly version: string;
  private readonly last: Map<string, Uint8Array>;
  private readonly used = new Map<string, Uint8Array>();
  private readonly saving: Promise<void>[] = [];

  constructor(cache: ObjectCache, version: string, last: Map<string, Uint8Array>) {
    this.cache = cache;
    this.version = version;
    this.last = last;
  }

  async get(parts: readonly unknown[]): Promise<Uint8Array | undefined> {
    const key = this.keyOf(parts);
    const object = this.last.get(key) ?? (await this.cache.get(key));
    if (object) this.used.set(key, object);
    return object;
  }

  async put(parts: readonly unknown[], object: Uint8Array): Promise<void> {
    const key = this.keyOf(parts);
    this.used.set(key, object);
    // Nobody waits for it before the build is linked.
    this.saving.push(this.cache.put(key, object));
  }

  /** Forgets what this build hasn't used, and waits until the cache has what is new. */
  async saved(): Promise<void> {
    this.last.clear();
    for (const [key, object] of this.used) this.last.set(key, object);
    await Promise.all(this.saving);
  }

  private keyOf(parts: readonly unknown[]): string {
    return `${sha256(JSON.stringify([this.version, ...parts]))}.o`;
  }
}
