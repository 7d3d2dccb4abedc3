/** Machine code from the cache, or from LLVM. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ObjectCache, sha256 } from './cache.ts';
import { runtimeSources } from './runtime-sources.ts';
import { withScratch } from './scratch.ts';
import { targetKey } from './targets.ts';
import type { CompileJob, Toolchain } from './types.ts';

export interface MachineCode {
  /** The addon: a shared object. */
  readonly object: Uint8Array;
  /** For people; undefined unless asked for. */
  readonly assembly: Uint8Array | undefined;
}

export interface MachineCodeJob extends Omit<CompileJob, 'output' | 'assembly' | 'remarks'> {
  readonly toolchain: Toolchain;
  readonly wantsAssembly: boolean;
  /** Where objects are kept. */
  readonly cacheFolder: string;
}

/** @throws as `Toolchain.compile` does */
export async function machineCode(
  { toolchain, wantsAssembly, cacheFolder, ...job }: MachineCodeJob,
  signal?: AbortSignal,
): Promise<MachineCode> {
  const cache = new ObjectCache(cacheFolder);
  const { llvm, target, level, keepsSymbols = false } = job;
  const linked = runtimeSources(llvm).map(({ text }) => text);
  const key = sha256(
    JSON.stringify([llvm, targetKey(target), level, keepsSymbols, toolchain.version, ...linked]),
  );
  const assemblyKey = `${key}.s`;
  const kept = await cache.get(key);
  const keptAssembly = wantsAssembly ? await cache.get(assemblyKey) : undefined;
  if (kept && (!wantsAssembly || keptAssembly)) return { object: kept, assembly: keptAssembly };
  return withScratch(async (folder) => {
    const output = join(folder, 'object');
    const text = wantsAssembly ? join(folder, 'assembly') : undefined;
    await toolchain.compile({ ...job, output, ...(text && { assembly: text }) }, signal);
    const object = await readFile(output);
    const assembly = text === undefined ? undefined : await readFile(text);
    await cache.put(key, object);
    if (assembly) await cache.put(assemblyKey, assembly);
    return { object, assembly };
  });
}
