/** What platforms lack. */
import type { IrExport } from '../../ir/types.ts';

/** WebAssembly has no threads. */
export const hasThreads = (platform: string): boolean => platform !== 'wasm32';

/** Whether native code sees JavaScript's memory. WebAssembly sees its own alone, so that typed arrays are copied there and back (`runtime/wasm/`). */
export const hasOneMemory = (platform: string): boolean => platform !== 'wasm32';

/** Whether a platform has an export; else JavaScript runs it. */
export const runsOn = (platform: string, { isAsync = false }: IrExport): boolean =>
  hasThreads(platform) || !isAsync;
