/** What a small addon tells of the machine and does to processes; it is compiled when it is first needed. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder } from '../../runtime/folders.ts';
import { LlvmModule } from '../4-emit/writer.ts';
import { machineCode } from '../5-link/machine-code.ts';
import { selectToolchain } from '../5-link/select.ts';
import { hostTarget } from '../5-link/targets.ts';
import { parseList, type Machine } from './shares.ts';

export interface System extends Machine {
  /** Runs something, such as the start of a process, that stays on these processors; undefined where that can't be had. */
  readonly onProcessors: (<T>(processors: readonly number[], run: () => T) => T) | undefined;
}

/** `runtime/native/process.c`. */
interface Addon {
  limit(): number;
  /** 0 where it worked. */
  setAffinity?(mask: Uint8Array): number;
}

export async function findSystem(): Promise<System> {
  const addon = await loadAddon();
  const processors = allowedProcessors();
  const setAffinity = addon?.setAffinity;
  return {
    processors,
    threads: addon ? addon.limit() & 0xffff : availableParallelism(),
    onProcessors: processors && setAffinity && pinned(processors, setAffinity),
  };
}

/** Has this thread run on some processors alone while it starts something, which stays there. */
const pinned =
  (all: readonly number[], setAffinity: (mask: Uint8Array) => number) =>
  <T>(processors: readonly number[], run: () => T): T => {
    if (setAffinity(maskOf(processors)) !== 0)
      throw new Error(`this process can't run on processors ${processors.join(', ')}`);
    try {
      return run();
    } finally {
      setAffinity(maskOf(all));
    }
  };

/** A bit for each processor. The kernel reads whole words. */
function maskOf(processors: readonly number[]): Uint8Array {
  const mask = new Uint8Array(8 * Math.ceil((Math.max(...processors) + 1) / 64));
  for (const processor of processors)
    mask[processor >> 3] = (mask[processor >> 3] ?? 0) | (1 << (processor & 7));
  return mask;
}

/** The affinity mask of this process. */
function allowedProcessors(): number[] | undefined {
  if (process.platform !== 'linux') return undefined;
  const status = readFileSync('/proc/self/status', 'utf8');
  const list = /^Cpus_allowed_list:\s*(.+)$/m.exec(status)?.[1];
  return list === undefined ? undefined : parseList(list);
}

/** Undefined where nothing can compile it. */
async function loadAddon(): Promise<Addon | undefined> {
  try {
    const toolchain = await selectToolchain('auto');
    const target = hostTarget('baseline');
    const { object } = await machineCode({
      toolchain,
      llvm: register(new LlvmModule(toolchain.dialect, target.triple)),
      target,
      level: 2,
      wantsAssembly: false,
      cacheFolder: join(cacheFolder(fileURLToPath(import.meta.url)), 'objects'),
    });
    const folder = mkdtempSync(join(tmpdir(), 'tsnative-run-'));
    try {
      const file = join(folder, 'process.node');
      writeFileSync(file, object);
      const module: { exports: Partial<Addon> } = { exports: {} };
      process.dlopen(module, file);
      // Safe: it is made above.
      return module.exports as Addon;
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  } catch {
    return undefined;
  }
}

/** A module whose entry point is the one of the C source. */
function register(llvm: LlvmModule): string {
  const params = ['ptr', 'ptr'] as const;
  llvm.declare('tsn_process_register', { result: 'ptr', params });
  llvm.declare('tsn_pool_limit', { result: 'i32', params: [] });
  const names = ['env', 'exports'].map((name) => ({ name, type: 'ptr' as const }));
  const f = llvm.define('napi_register_module_v1', 'ptr', names);
  const exports = f.call('ptr', 'tsn_process_register', [
    ['ptr', '%env'],
    ['ptr', '%exports'],
  ]);
  f.ret('ptr', exports);
  return llvm.text();
}
