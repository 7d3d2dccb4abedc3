/** Machine code from the cache, or from LLVM. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ObjectCache, sha256 } from './cache.ts';
import { runtimeSources } from './runtime-sources.ts';
import { withScratch } from './scratch.ts';
import { targetKey } from './targets.ts';
import type { CompileJob, LinkedCode, ObjectStore, Toolchain } from './types.ts';

export interface MachineCode {
  /** The addon: a shared object. */
  readonly object: Uint8Array;
  /** For people; undefined unless asked for. */
  readonly assembly: Uint8Array | undefined;
}

/** What it is made from. */
type Sources = Omit<CompileJob, 'output' | 'assembly' | 'remarks' | 'objects'>;

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
  const assemblyKey = `${key}.s`;
  const kept = await cache.get(key);
  const keptAssembly = wantsAssembly ? await cache.get(assemblyKey) : undefined;
  if (kept && (!wantsAssembly || keptAssembly)) return { object: kept, assembly: keptAssembly };
  const made = await compile();
  await cache.put(key, made.object);
  if (made.assembly) await cache.put(assemblyKey, made.assembly);
  return made;
}

/** The hash of all that machine code depends on. */
async function keyOf(
  { llvm, target, level, keepsSymbols = false, linked: libraries }: Sources,
  { version }: Toolchain,
): Promise<string> {
  const linked = [
    ...runtimeSources(llvm).map(({ text }) => text),
    ...(await linkedHashes(libraries)),
  ];
  return sha256(JSON.stringify([llvm, targetKey(target), level, keepsSymbols, version, ...linked]));
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

/** What LLVM makes. */
const compiled = (
  toolchain: Toolchain,
  job: Omit<CompileJob, 'output' | 'assembly'>,
  wantsAssembly: boolean,
  signal: AbortSignal | undefined,
): Promise<MachineCode> =>
  withScratch(async (folder) => {
    const output = join(folder, 'object');
    const text = wantsAssembly ? join(folder, 'assembly') : undefined;
    await toolchain.compile({ ...job, output, ...(text && { assembly: text }) }, signal);
    const object = await readFile(output);
    const assembly = text === undefined ? undefined : await readFile(text);
    return { object, assembly };
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
