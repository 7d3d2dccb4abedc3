/** All who take part, compiled. */
import type { Kernel } from '../kernels/index.ts';
import { compileAssemblyScript } from './assemblyscript.ts';
import { compileC } from './c.ts';
import { compileNative, isThere } from './native.ts';
import type { Contender } from './types.ts';
import { inV8 } from './v8.ts';

/**
 * Whom our code is compared with. `wasm` is AssemblyScript without bounds checks; `plain` is our code
 * without hints and `unchecked` without bounds checks.
 */
export const peers = ['clang', 'v8', 'assemblyscript', 'wasm', 'plain', 'unchecked'] as const;
export type Peer = (typeof peers)[number];

export interface Contenders {
  /** The CPU that the code which runs here was made for, as clang names it. */
  readonly cpu: string;
  readonly ours: (kernel: Kernel) => Contender;
  /** Undefined for who has no such kernel. */
  readonly peer: (peer: Peer, kernel: Kernel) => Contender | undefined;
}

/**
 * Compiles the kernels; the C is for the CPU whose code of ours runs here.
 * @param cpu as for `tsnative build --cpu`, and its default
 */
export async function compileAll(
  kernels: readonly Kernel[],
  wanted: readonly Peer[],
  cpu: string | undefined,
): Promise<Contenders> {
  const forms = (['plain', 'unchecked'] as const).filter((form) => wanted.includes(form));
  const native = await compileNative(kernels, ['ours', ...forms], cpu);
  const c = wanted.includes('clang') ? await compileC(kernels, native.cpu) : undefined;
  const assemblyScript = (peer: Peer) =>
    wanted.includes(peer) ? compileAssemblyScript(kernels, peer === 'wasm') : undefined;
  const checkedWasm = await assemblyScript('assemblyscript');
  const wasm = await assemblyScript('wasm');
  return {
    cpu: native.cpu,
    ours: (kernel) => native.contender('ours', kernel),
    peer: (peer, kernel) => {
      switch (peer) {
        case 'clang':
          return c?.(kernel);
        case 'assemblyscript':
          return checkedWasm?.(kernel);
        case 'wasm':
          return wasm?.(kernel);
        case 'v8':
          return inV8(kernel);
        case 'plain':
        case 'unchecked':
          return isThere(peer, kernel) ? native.contender(peer, kernel) : undefined;
      }
    },
  };
}
