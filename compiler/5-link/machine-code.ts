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
  /** What is kept is each part's object file, as most of them are the same in the next build. */
  readonly forRebuilds?: boolean;
  /** Where objects are kept. */
  readonly cacheFolder: string;
}

/** @throws as `Toolchain.compile` does */
export async function machineCode(
  { toolchain, wantsAssembly, cacheFolder, forRebuilds = false, ...job }: MachineCodeJob,
  signal?: AbortSignal,
): Promise<MachineCode> {
  const cache = new ObjectCache(cacheFolder);
  const compile = (objects?: ObjectStore): Promise<MachineCode> =>
    compiled(toolchain, { ...job, ...(objects && { objects }) }, wantsAssembly, signal);
  if (forRebuilds) return compile(partsIn(cache, toolchain.version));
  const key = await keyOf(job, toolchain);
  const [assemblyKey, importsKey] = [`${key}.s`, `${key}.lib`];
  const hasImports = job.library?.imports !== undefined;
  const kept = await cache.get(key);
  const keptAssembly = wantsAssembly ? await cache.get(assemblyKey) : undefined;
  const keptImports = hasImports ? await cache.get(importsKey) : undefined;
  if (kept && (!wantsAssembly || keptAssembly) && (!hasImports || keptImports))
    return { object: kept, assembly: keptAssembly, imports: keptImports };
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

/** The object files of parts in a cache. */
const partsIn = (cache: ObjectCache, version: string): ObjectStore => {
  const keyOf = (parts: readonly unknown[]): string =>
    `${sha256(JSON.stringify([version, ...parts]))}.o`;
  return {
    get: (parts) => cache.get(keyOf(parts)),
    put: (parts, object) => cache.put(keyOf(parts), object),
  };
};
