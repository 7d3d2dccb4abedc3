/** Machine code from the cache, or from LLVM. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ObjectCache, sha256 } from './cache.ts';
import { runtimeSources } from './runtime-sources.ts';
import { withScratch } from './scratch.ts';
import { targetKey } from './targets.ts';
import type { CompileJob, LibraryJob, ObjectStore, Toolchain } from './types.ts';

export interface MachineCode {
  /** The addon: a shared object. */
  readonly object: Uint8Array;
  /** For people; undefined unless asked for. */
  readonly assembly: Uint8Array | undefined;
  /** Of a library for Windows. */
  readonly imports?: Uint8Array | undefined;
}

export interface MachineCodeJob extends Omit<
  CompileJob,
  'output' | 'assembly' | 'remarks' | 'objects' | 'library'
> {
  /** As `CompileJob` has it; where the import library goes is found out here. */
  readonly library?: (Omit<LibraryJob, 'imports'> & { readonly imports?: string }) | undefined;
  readonly toolchain: Toolchain;
  readonly wantsAssembly: boolean;
  /** What is kept is each part's object file, as most of them are the same in the next build. */
  readonly forRebuilds?: boolean;
  /** Where objects are kept. */
  readonly cacheFolder: string;
}

/** @throws as `Toolchain.compile` does */
export async function machineCode(
  { toolchain, wantsAssembly, cacheFolder, forRebuilds = false, library, ...job }: MachineCodeJob,
  signal?: AbortSignal,
): Promise<MachineCode> {
  const cache = new ObjectCache(cacheFolder);
  const { llvm, target, level, keepsSymbols = false } = job;
  const importsFile = library?.imports;
  const asLibrary = (folder: string): LibraryJob | undefined =>
    library && {
      file: library.file,
      isStatic: library.isStatic,
      ...(importsFile && { imports: { file: importsFile, output: join(folder, 'imports') } }),
    };
  const linked = runtimeSources({ llvm, library: asLibrary('') }).map(({ text }) => text);
  const key = sha256(
    JSON.stringify([
      ...[llvm, targetKey(target), level, keepsSymbols, toolchain.version, ...linked],
      ...(library ? [library.file, library.isStatic] : []),
    ]),
  );
  const [assemblyKey, importsKey] = [`${key}.s`, `${key}.lib`];
  const kept = forRebuilds ? undefined : await cache.get(key);
  const keptAssembly = wantsAssembly ? await cache.get(assemblyKey) : undefined;
  const keptImports = importsFile ? await cache.get(importsKey) : undefined;
  if (kept && (!wantsAssembly || keptAssembly) && (!importsFile || keptImports))
    return { object: kept, assembly: keptAssembly, imports: keptImports };
  return withScratch(async (folder) => {
    const output = join(folder, 'object');
    const text = wantsAssembly ? join(folder, 'assembly') : undefined;
    const made = { output, library: asLibrary(folder), ...(text && { assembly: text }) };
    const objects = forRebuilds && { objects: partsIn(cache, toolchain.version) };
    await toolchain.compile({ ...job, ...made, ...objects }, signal);
    const object = await readFile(output);
    const assembly = text === undefined ? undefined : await readFile(text);
    const imports = made.library?.imports && (await readFile(made.library.imports.output));
    if (!forRebuilds) await cache.put(key, object);
    if (assembly && !forRebuilds) await cache.put(assemblyKey, assembly);
    if (imports && !forRebuilds) await cache.put(importsKey, imports);
    return { object, assembly, imports };
  });
}

/** The object files of parts in a cache. */
const partsIn = (cache: ObjectCache, version: string): ObjectStore => {
  const keyOf = (parts: readonly unknown[]): string =>
    `${sha256(JSON.stringify([version, ...parts]))}.o`;
  return {
    get: (parts) => cache.get(keyOf(parts)),
    put: (parts, object) => cache.put(keyOf(parts), object),
  };
};
