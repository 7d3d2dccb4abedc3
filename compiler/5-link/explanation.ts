/** What LLVM makes of a module, for people: its assembly with debug locations, and its remarks. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withScratch } from './scratch.ts';
import type { CompileJob, Toolchain } from './types.ts';

export interface Explanation {
  readonly assembly: string;
  /** YAML. */
  readonly remarks: string;
}

/** @throws as `Toolchain.compile` does */
export async function explanation(
  toolchain: Toolchain,
  job: Omit<CompileJob, 'output' | 'assembly' | 'remarks'>,
  signal?: AbortSignal,
): Promise<Explanation> {
  return withScratch(async (folder) => {
    const output = join(folder, 'object');
    const assembly = join(folder, 'assembly');
    const remarks = join(folder, 'remarks');
    await toolchain.compile({ ...job, output, assembly, remarks }, signal);
    return {
      assembly: await readFile(assembly, 'utf8'),
      remarks: await readFile(remarks, 'utf8'),
    };
  });
}
